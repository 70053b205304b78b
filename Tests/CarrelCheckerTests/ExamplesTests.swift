import CarrelCatalogue
import CarrelChecker
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues
import Testing

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

  @Test("numbers may be negative, and a column may be called like a reserved word")
  func values() throws {
    let schema = Schema(
      name: "odd",
      tables: [
        Table(
          name: "readings",
          columns: [
            Column(name: "from", type: .date), Column(name: "by", type: .integer),
            Column(name: "case", type: .decimal), Column(name: "on", type: .text),
          ])
      ])
    var diagnostics = Diagnostics()
    let study = StudyFile.parse(
      SourceText(
        name: "study.carrel",
        text: """
          study "Odd names" uses odd
          define lowest = smallest (readings.by) of readings
                          where readings.from >= 2024-01-01 and readings.on = "a"
          define last_case = (last row of readings by readings.from).case
          example "below zero"
            given readings (from 2024-01-01, by -3, case -0.5, on "a")
                           (from 2024-01-02, by -9223372036854775808, case 1.5)
            expect lowest = -3, last_case = 1.5
          """), reporting: &diagnostics)
    let checker = StudyChecker(schemas: [SchemaInUse(schema: schema, definitions: nil)]) { _ in
      .unreadable(reason: "there is no such file", help: "put it beside the study")
    }
    let result = checker.check(study, setting: [:], under: nil)
    let plan = try #require(result.study, "\(TextRenderer().render(result.diagnostics))")
    let day = try #require(CivilDate(iso: "2024-01-01"))
    #expect(
      plan.examples[0].rows[0] == [
        [.date(day), .integer(-3), .decimal(-0.5), .text("a")],
        [.date(try #require(day.adding(1, .days))), .integer(.min), .decimal(1.5), .missing],
      ])
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
