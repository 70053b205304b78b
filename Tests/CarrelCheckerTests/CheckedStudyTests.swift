import CarrelChecker
import CarrelDiagnostics
import CarrelPlan
import CarrelValues
import Testing

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

  @Test("a condition is shown as written, on one line and without comments")
  func conditions() throws {
    let study = try checked(
      """
      population p
        include patients.sex = "male"   # the men
                or age_on(2024-01-01)   # or the old
                   > 65
      flow f of p
      """)
    #expect(
      study.populations[0].criteria.map(\.condition) == [
        "patients.sex = \"male\" or age_on(2024-01-01) > 65"
      ])
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
