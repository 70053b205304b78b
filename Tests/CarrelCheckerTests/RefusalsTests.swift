import CarrelChecker
import CarrelDiagnostics
import CarrelPlan
import CarrelValues
import Testing

@Suite("What is not run yet") struct RefusalsTests {
  @Test(
    "is refused by its name, with what can be done instead",
    arguments: [
      Mistake(
        "a series",
        "population p(m : period) include registered_on(m.start)\ntable t of p(month) each month from 2024-01 to 2024-03 by zebra show count",
        says: """
          error[C502]: `each` is not executed yet
            study.carrel:2:21
              2 | table t of p(month) each month from 2024-01 to 2024-03 by zebra show count
                |                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
             help: write one table for each interval, with its dates
          """),
      Mistake(
        "an interval of a figure",
        "population p include true\ntable t of p show percent patients is known with interval 95% as \"x\"",
        says: """
          error[C508]: `with interval` is not executed yet
            study.carrel:2:59
              2 | table t of p show percent patients is known with interval 95% as "x"
                |                                                           ^^
             help: leave the interval out
          """),
      Mistake(
        "standardised figures",
        "population p include true\ntable t of p show percent patients is known standardised to \"esp2013\" by (patients.sex) as \"x\"",
        says: """
          error[C507]: `standardised to` is not executed yet
            study.carrel:2:61
              2 | table t of p show percent patients is known standardised to "esp2013" by (patients.sex) as "x"
                |                                                             ^^^^^^^^^
             help: show the figures by group, without standardising them
          """),
      Mistake(
        "other outputs",
        """
        population p include true
        summary s of p show patients.sex
        histogram h of p show 3 from 0 to 10 every 1
        """,
        says: """
          error[C503]: `summary` is not executed yet
            study.carrel:2:9
              2 | summary s of p show patients.sex
                |         ^
             help: show the numbers in a `table`

          error[C503]: `histogram` is not executed yet
            study.carrel:3:11
              3 | histogram h of p show 3 from 0 to 10 every 1
                |           ^
             help: show the numbers in a `table`
          """),
      Mistake(
        "sequences, but not what uses them",
        "events e = admissions sequenced by admission_date\ndefine x = count e where days from previous.admission_date to admission_date < 3",
        says: """
          error[C505]: `sequenced by` is not executed yet
            study.carrel:1:36
              1 | events e = admissions sequenced by admission_date
                |                                    ^^^^^^^^^^^^^^
             help: pick rows by their order: `first row of …`, `row 2 of … by date`
          """),
      Mistake(
        "code lists made from others, but not what uses them",
        "codelist a = \"195967001\"\ncodelist b = a + a\ndefine x = any clinical_events where snomedct_code in b",
        says: """
          error[C506]: code lists made from others are not executed yet
            study.carrel:2:14
              2 | codelist b = a + a
                |              ^^^^^
             help: keep the combined list in a file of its own
          """),
      Mistake(
        "templates, but not the names that they would declare",
        """
        list kinds = a, b
        for each k in kinds define has_{k} = any clinical_events
        define x = has_a and has_b
        """,
        says: """
          error[C501]: `list` is not executed yet
            study.carrel:1:6
              1 | list kinds = a, b
                |      ^^^^^
             help: write the statements out, one for each word

          error[C501]: `for each` is not executed yet
            study.carrel:2:10
              2 | for each k in kinds define has_{k} = any clinical_events
                |          ^
             help: write the statements out, one for each word
          """),
    ])
  func refused(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }
}

@Suite("Limits") struct LimitsTests {
  @Test("calls that double at every step are counted, not written out")
  func doubling() {
    let steps = (1...40).map { "define f\($0)(p : integer) = f\($0 - 1)(p) + f\($0 - 1)(p)" }
    let study =
      "define f0(p : integer) = p + age_on(2024-01-01)\n"
      + steps.joined(separator: "\n") + "\ndefine x = f40(1)"
    let clock = ContinuousClock()
    var found = ""
    let time = clock.measure { found = mistakes(in: study) }
    #expect(found.hasPrefix("error[C116]: `f14` has more than 100000 parts"), "\(found)")
    #expect(found.hasSuffix("1 error in study.carrel\n"))
    #expect(time < .seconds(1))
  }

  @Test("calls with ever more different arguments are counted")
  func differentCalls() {
    let steps = (1...40).map {
      "define f\($0)(d : date) = f\($0 - 1)(d + \($0) days) + f\($0 - 1)(d + \($0 * $0) months)"
    }
    let study =
      "define f0(d : date) = age_on(d)\n"
      + steps.joined(separator: "\n") + "\ndefine x = f40(2024-01-01)"
    #expect(mistakes(in: study).contains("error[C116]"))
  }

  @Test("definitions that use each other through many levels are refused rather than followed")
  func deep() {
    let chain = (1...1_000).map { "define a\($0) = a\($0 - 1) + 1" }.reversed()
    let study = chain.joined(separator: "\n") + "\ndefine a0 = 1"
    #expect(mistakes(in: study).contains("error[C117]"))
    let forward = "define a0 = 1\n" + chain.reversed().joined(separator: "\n")
    #expect(mistakes(in: forward) == "", "what stands first is known when it is used")
  }

  @Test("the deepest expressions that are allowed need little memory")
  func deepExpressions() throws {
    let sum = "1" + String(repeating: " + age", count: 240)
    let study = "define b = a\ndefine a = \(sum)\ndefine age = age_on(2024-01-01)"
    #expect(mistakes(in: study) == "")
    let twice =
      "define b = a\(String(repeating: " + 1", count: 240))\ndefine a = \(sum)\ndefine age = 1"
    #expect(mistakes(in: twice) == "")
  }

  @Test("a study has at most 2,000 declarations and 200 code lists")
  func declarations() {
    let many = (1...2_001).map { "define a\($0) = 1" }.joined(separator: "\n")
    #expect(mistakes(in: many).contains("error[C115]: a study has at most 2000 declarations"))
    let lists = (1...201).map { "codelist c\($0) = \"195967001\"" }.joined(separator: "\n")
    #expect(mistakes(in: lists).contains("error[C115]: a study has at most 200 code lists"))
  }
}

@Suite("The checked study") struct CheckedStudyTests {
  static let study = """
    study "Deaths" question "How many?" uses core
    parameter index : date = 2024-01-01
    codelist asthma from "a.csv"
    codelist other from "b.csv"
    define age = age_on(index)
    define band = bands of age at (18, 65)
    define home = address_on(index)
    define died = ons_deaths.date
    define ill = any clinical_events where snomedct_code in asthma
    define other_ill = any medications where dmd_code in other
    population adults(d : date)
      include registered_on(d)  "Registered"
      include age >= 18
      exclude ill               "Ill"
    flow attrition of adults(index)
    table deaths of adults(index)
      by band, home.imd_quintile
      totals over band
      show count, percent died is known
    """

  @Test("the plan holds what the outputs read and nothing else")
  func reads() throws {
    let study = try checked(
      Self.study, files: ["a.csv": "code\n195967001\n", "b.csv": "code\n195967001\n"])
    #expect(
      study.reads.map { "\($0.table): \($0.columns.joined(separator: ", "))" } == [
        "patients: date_of_birth", "ons_deaths: date", "clinical_events: snomedct_code",
        "practice_registrations: start_date, end_date",
        "addresses: start_date, end_date, imd_quintile",
      ])
    #expect(study.plan.codelists.map(\.name) == ["asthma"])
    #expect(study.codelists.map(\.name) == ["asthma", "other"])
    #expect(!study.plan.values.contains { $0.name == "other_ill" })
    #expect(study.patientPlan.values.contains { $0.name == "other_ill" })
    #expect(study.patientPlan.outputs.isEmpty)
  }

  @Test("populations and outputs are described before any record is read")
  func outputs() throws {
    let study = try checked(
      Self.study, files: ["a.csv": "code\n195967001\n", "b.csv": "code\n195967001\n"])
    #expect(study.title == "Deaths")
    #expect(study.question == "How many?")
    #expect(study.schemas == ["core"])
    #expect(study.populations.map(\.name) == ["adults(index)"])
    #expect(study.populations[0].criteria.map(\.label) == ["Registered", "age >= 18", "Ill"])
    #expect(
      study.populations[0].criteria.map(\.condition) == ["registered_on(d)", "age >= 18", "ill"])
    #expect(study.outputs.map(\.name) == ["attrition", "deaths"])
    #expect(study.outputs.map(\.population) == ["adults(index)", "adults(index)"])
    #expect(study.outputs[0].kind == .flow(criteria: 3))
    guard case .table(let table) = study.outputs[1].kind else { return }
    // Three bands, as age is known, by five fifths and no address; then the sum over the bands.
    #expect(table.groupCount == 18)
    #expect(table.cellCount == 24)
    #expect(study.outputs.map(\.figureCount) == [4, 48])
  }

  @Test("a preview has a column for each definition that is a single value")
  func preview() throws {
    let study = try checked(
      Self.study, files: ["a.csv": "code\n195967001\n", "b.csv": "code\n195967001\n"])
    #expect(study.preview.map(\.name) == ["age", "band", "died", "ill", "other_ill"])
    #expect(study.preview[1].levels.map(\.label) == ["under 18", "18-64", "65+"])
    #expect(study.preview[0].levels.isEmpty)
  }

  @Test("definitions alone are a study, which uses the only schema at hand")
  func definitionsAlone() throws {
    let study = try checked("define age = age_on(2024-01-01)")
    #expect(study.title.isEmpty)
    #expect(study.outputs.isEmpty)
    #expect(study.preview.map(\.name) == ["age"])
  }
}
