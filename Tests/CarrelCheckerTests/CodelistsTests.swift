import CarrelChecker
import CarrelDiagnostics
import CarrelPlan
import CarrelValues
import Testing

@Suite("Code lists") struct CodelistsTests {
  static let ethnicity = """
    snomedcode,Grouping_6
    976631000000101,10
    92391000000108,9
    494131000000105,
    185984009,9

    """

  @Test("a list takes the system of the first column that it is held against")
  func settledByUse() throws {
    let study = try checked(
      """
      codelist a from "a.csv"
      define x = any clinical_events where snomedct_code in a
      """, files: ["a.csv": "code,term\n195967001,Asthma\n195967001,Again\n"])
    #expect(study.codelists.map(\.system) == [.snomedct])
    #expect(study.codelists.map(\.codeCount) == [1])
    #expect(study.codelists.map(\.path) == ["a.csv"])
  }

  @Test("categories are levels, numbers by size; a code without one has no category")
  func categories() throws {
    let study = try checked(
      """
      codelist e from "e.csv" category "Grouping_6"
      define group = snomedct_code of last clinical_events categorised by e
      define any_code = any clinical_events where snomedct_code in e
      population p include true
      table t of p by group show count, percent any_code
      """, files: ["e.csv": Self.ethnicity])
    guard case .table(let table)? = study.plan.outputs.first else { return }
    #expect(table.groupings[0].levels.map(\.label) == ["9", "10", "missing"])
    let lists = study.plan.codelists
    #expect(lists.map(\.codes.count) == [3, 4])
    #expect(lists[0].categories == ["9", "9", "10"])
    #expect(lists[1].categories == [])
  }

  @Test(
    "codes in quotation marks are checked, and stored without the dot that ICD-10 is printed with")
  func quoted() throws {
    let study = try checked(
      """
      codelist asthma : icd10 = "J45.9", "J46"
      define x = any admissions where primary_diagnosis in asthma
      population p include x
      flow f of p
      """)
    #expect(study.plan.codelists.map(\.codes) == [["J459", "J46"]])
    #expect(study.codelists.map(\.path) == [nil])
  }

  @Test(
    "a list holds codes of one system",
    arguments: [
      Mistake(
        "held against two",
        """
        codelist a = "195967001"
        define x = any clinical_events where snomedct_code in a
        define y = any medications where dmd_code in a
        """,
        says: """
          error[C122]: `a` holds SNOMED CT codes, and these are dm+d
            study.carrel:3:46
              3 | define y = any medications where dmd_code in a
                |                                              ^
              2 | define x = any clinical_events where snomedct_code in a
                |                                                       - SNOMED CT from here
             help: declare a list of dm+d codes
          """),
      Mistake(
        "with a type",
        "codelist a : icd10 = \"J45\"\ndefine x = any clinical_events where snomedct_code in a",
        says: """
          error[C122]: `a` holds ICD-10 codes, and these are SNOMED CT
            study.carrel:2:55
              2 | define x = any clinical_events where snomedct_code in a
                |                                                       ^
              1 | codelist a : icd10 = "J45"
                |              ----- ICD-10 from here
             help: declare a list of SNOMED CT codes
          """),
      Mistake(
        "of an unknown type", "codelist a : icd11 = \"J45\"",
        says: """
          error[C114]: there is no coding system `icd11`
            study.carrel:1:14
              1 | codelist a : icd11 = "J45"
                |              ^^^^^
             help: did you mean `icd10`?
          """),
      Mistake(
        "with a mistyped code", "codelist a : snomedct = \"195967001\", \"195967002\"",
        says: """
          error[C132]: "195967002" fails its check digit
            study.carrel:1:38
              1 | codelist a : snomedct = "195967001", "195967002"
                |                                      ^^^^^^^^^^^ a digit is wrong or two are swapped
             help: compare it with the list that it comes from
          """),
      Mistake(
        "held against no code",
        "codelist a : icd10 = \"J45\"\ndefine x = any admissions where ward in a",
        says: """
          error[C120]: only a code is held against a code list, not a text
            study.carrel:2:33
              2 | define x = any admissions where ward in a
                |                                 ^^^^ a text
             help: name a column of codes
          """),
      Mistake(
        "held against a field of several codes with `in`",
        "codelist a : icd10 = \"J45\"\ndefine x = any admissions where all_diagnoses in a",
        says: """
          error[C120]: a field of several codes is not one code
            study.carrel:2:33
              2 | define x = any admissions where all_diagnoses in a
                |                                 ^^^^^^^^^^^^^
             help: write `all_diagnoses matches …`
          """),
      Mistake(
        "without categories",
        "codelist a : icd10 = \"J45\"\ndefine x = primary_diagnosis of last admissions categorised by a",
        says: """
          error[C304]: `a` has no categories
            study.carrel:2:64
              2 | define x = primary_diagnosis of last admissions categorised by a
                |                                                                ^
             help: name their column where the list is declared: `category "HEADER"`
          """),
      Mistake(
        "whose file is not there",
        "codelist a from \"a.csv\"\ndefine x = any clinical_events where snomedct_code in a",
        says: """
          error[C301]: `a.csv` cannot be read
            study.carrel:1:17
              1 | codelist a from "a.csv"
                |                 ^^^^^^^ there is no such file
             help: put it beside the study
          """),
    ])
  func mistaken(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }

  @Test("what is wrong with a file is said where the study names it")
  func files() {
    let wrongHeader = mistakes(
      in: "codelist a from \"a.csv\" column \"snomed\"", files: ["a.csv": "code,term\n1,x\n"])
    #expect(
      wrongHeader == """
        error[C302]: `a.csv`: there is no column `snomed`
          study.carrel:1:17
            1 | codelist a from "a.csv" column "snomed"
              |                 ^^^^^^^
           help: the file has `code`, `term`

        1 error in study.carrel

        """)
    let doubtful = mistakes(
      in: "codelist a : snomedct from \"a.csv\"",
      files: ["a.csv": "code\n195967001\n195967002\n195967001\nJ45\n"])
    #expect(
      doubtful.split(separator: "\n").filter { $0.contains("[C") } == [
        "warning[C303]: `a.csv`: 1 code is not a SNOMED CT code and is left out (line 5)",
        "warning[C303]: `a.csv`: 1 code fails its check digit (line 3)",
        "warning[C303]: `a.csv`: 1 code is listed again (line 4)",
      ])
  }
}

@Suite("Parameters") struct ParametersTests {
  @Test(
    "are set as text of their type",
    arguments: [
      ("date", "2024-03-31", "2024-03-31"), ("integer", "-3", "-3"), ("decimal", "1.5", "1.5"),
      ("decimal", "2", "2.0"), ("boolean", "true", "true"), ("text", "North", "North"),
      ("period", "2024-02", "2024-02-01 to 2024-02-29"),
      ("period", "2024-01-01 to 2024-03-31", "2024-01-01 to 2024-03-31"),
      ("duration", "90 days", "90 days"), ("icd10", "J45.9", "J459"),
    ])
  func set(type: String, text: String, value: String) throws {
    let study = try checked("parameter p : \(type)", setting: ["p": text])
    #expect(
      study.parameters.map { [$0.name, $0.type, $0.value, String($0.isSet)] } == [
        ["p", type, value, "true"]
      ])
  }

  @Test("have the study's value unless set")
  func unset() throws {
    let study = try checked("parameter index : date = 2024-03-31\ndefine x = index - 1 day")
    #expect(study.parameters.map(\.value) == ["2024-03-31"])
    #expect(study.parameters.map(\.isSet) == [false])
    #expect(
      study.preview.map(\.expression) == [
        .constant(.date(try #require(CivilDate(iso: "2024-03-30"))), .date)
      ])
  }

  @Test(
    "do not take text of another type",
    arguments: [
      ("date", "31/03/2024"), ("date", "2023-02-29"), ("integer", "1.5"), ("integer", "1e3"),
      ("decimal", "1e3"), ("decimal", "inf"), ("decimal", "."), ("boolean", "yes"),
      ("period", "2024"), ("duration", "90"), ("duration", "3 fortnights"),
    ])
  func wrongText(type: String, text: String) {
    let found = mistakes(in: "parameter p : \(type)", setting: ["p": text])
    #expect(found.hasPrefix("error[C402]: `p` is set to \"\(text)\", which is not "), "\(found)")
  }

  @Test("without a value, or unknown, are mistakes")
  func missing() {
    #expect(
      mistakes(in: "parameter index : date", setting: ["indx": "2024-01-01"]) == """
        error[C403]: the study has no parameter `indx`
          study.carrel
           help: did you mean `index`?

        error[C401]: `index` has no value
          study.carrel:1:11
            1 | parameter index : date
              |           ^^^^^ a parameter without a value of its own
           help: set it when running: `--set index=…`, or write `= …` here

        2 errors in study.carrel

        """)
  }
}

@Suite("Examples") struct ExamplesTests {
  @Test("rows are of the schema's tables, columns that are not given are missing")
  func rows() throws {
    let study = try checked(
      """
      define admitted = any admissions where is_emergency
      example "an emergency"
        given patients (sex "female", date_of_birth 1980-01-01)
        given admissions (admission_date 2024-01-01, is_emergency true, bed_days 3,
                          all_diagnoses "I21,J459")
                         (primary_diagnosis "J45.9")
        expect admitted
      """)
    let example = try #require(study.examples.first)
    let names = study.patientPlan.tables.map(\.name)
    #expect(example.title == "an emergency")
    let day = try #require(CivilDate(iso: "2024-01-01"))
    let birth = try #require(CivilDate(iso: "1980-01-01"))
    let patients = try #require(names.firstIndex(of: "patients"))
    let admissions = try #require(names.firstIndex(of: "admissions"))
    #expect(example.rows[patients] == [[.date(birth), .text("female"), .missing]])
    #expect(
      example.rows[admissions] == [
        [
          .date(day), .missing, .missing, .text("I21,J459"), .boolean(true), .missing,
          .integer(3), .missing,
        ],
        [
          .missing, .missing, .text("J459"), .missing, .missing, .missing, .missing, .missing,
        ],
      ])
    #expect(example.rows.map(\.count).reduce(0, +) == 3)
  }

  @Test("an expectation shows what it looks at and what that should be")
  func expectations() throws {
    let study = try checked(
      """
      define band = bands of age_on(2024-01-01) at (18, 65)
      define died = patients.date_of_death
      example "e"
        expect band = "18-64", not (band = "65+"), died is missing, died = 2024-01-01,
               died is known, died > 2023-01-01
      """)
    let expectations = try #require(study.examples.first).expectations
    #expect(
      expectations.map { [$0.text, $0.subject?.name, $0.expected] } == [
        ["band = \"18-64\"", "band", "18-64"],
        ["not (band = \"65+\")", "(band = \"65+\")", "false"],
        ["died is missing", "died", "missing"], ["died = 2024-01-01", "died", "2024-01-01"],
        ["died is known", "died", "known"], ["died > 2023-01-01", "died > 2023-01-01", "true"],
      ])
    #expect(expectations.map(\.line) == [4, 4, 4, 4, 5, 5])
    #expect(expectations[0].subject?.levels.map(\.label) == ["under 18", "18-64", "65+"])
  }

  @Test(
    "are held against the schema",
    arguments: [
      Mistake(
        "an unknown table, column and level",
        """
        example "e"
          given patient (sex "male")
          given patients (sec "male")
          given admissions (ward 3)
          expect true
        """,
        says: """
          error[C107]: there is no table `patient`
            study.carrel:2:9
              2 |   given patient (sex "male")
                |         ^^^^^^^ not in schema `core`
             help: did you mean `patients`?

          error[C108]: `patients` has no column `sec`
            study.carrel:3:19
              3 |   given patients (sec "male")
                |                   ^^^
             help: did you mean `sex`?

          error[C120]: `ward` needs a text, not an integer
            study.carrel:4:26
              4 |   given admissions (ward 3)
                |                          ^ an integer
          """),
      Mistake(
        "two rows where a patient has one",
        "example \"e\"\n  given patients (sex \"male\") (sex \"female\")\n  expect true",
        says: """
          error[C411]: a patient has at most one row in `patients`
            study.carrel:2:3
              2 |   given patients (sex "male") (sex "female")
                |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
             help: write one example for each
          """),
    ])
  func mistaken(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }
}
