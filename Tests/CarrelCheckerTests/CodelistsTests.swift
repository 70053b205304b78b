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
      codelist e from "e.csv" column "snomedcode" category "Grouping_6"
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
