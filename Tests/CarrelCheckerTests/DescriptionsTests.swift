import CarrelChecker
import CarrelDiagnostics
import CarrelPlan
import CarrelValues
import Testing

@Suite("Summaries, histograms and deciles in a study") struct DescriptionsTests {
  static let declarations = """
    define age = age_on(2024-01-01)
    define band = bands of age at (18, 65)
    define stay = largest bed_days of admissions
    define heavy = any admissions where bed_days > 5
    define home = last row of addresses by start_date
    define practice = (last row of practice_registrations by start_date).practice_pseudo_id
    population everyone include patients is known
    """

  func output(_ statement: String) throws -> Output {
    let study = try checked("\(Self.declarations)\n\(statement)")
    return try #require(study.plan.outputs.first)
  }

  func summary(_ clauses: String) throws -> SummaryOutput {
    guard case .summary(let summary) = try output("summary s of everyone \(clauses)") else {
      throw NoTable()
    }
    return summary
  }

  @Test func `a summary shows of each variable what suits its type`() throws {
    let summary = try summary(
      "by patients.sex totals show heavy, band, home.imd_quintile, age as \"Age in years\"")
    #expect(
      summary.variables.map(\.heading) == ["heavy", "band", "imd_quintile", "Age in years"])
    #expect(summary.variables[0].kind == .holds(1))
    guard case .levels(let bands, from: 2) = summary.variables[1].kind,
      case .levels(let fifths, from: 5) = summary.variables[2].kind
    else {
      Issue.record("\(summary.variables)")
      return
    }
    #expect(bands.map(\.label) == ["under 18", "18-64", "65+"])
    // Not everybody has an address.
    #expect(fifths.map(\.fileText) == ["1", "2", "3", "4", "5", "missing"])
    #expect(summary.variables[3].kind == .number(mean: 11, deviation: 12))
    #expect(summary.table.statistics.count == 13)
    #expect(summary.partitions == [2..<5, 5..<11])
    #expect(summary.table.breakdowns.map(\.groupings) == [[0], []])
  }

  @Test func `an integer of many levels is a number, and needs bounds as a mean does`() throws {
    #expect(
      try summary("show stay").variables[0].kind == .number(mean: 1, deviation: 2))
    let found = check(
      "\(Self.declarations)\nsummary s of everyone show count admissions as \"Stays\"")
    #expect(found.diagnostics.sorted.map(\.code) == [.unboundedMeasure])
  }

  func histogram(_ clauses: String) throws -> HistogramOutput {
    guard case .histogram(let histogram) = try output("histogram h of everyone \(clauses)") else {
      throw NoTable()
    }
    return histogram
  }

  @Test func `a histogram has the declared bins, open ends, and those without a value`() throws {
    let stays = try histogram("by patients.sex show stay from 0 to 15 every 5")
    #expect(stays.edges == [0, 5, 10, 15].map { .integer($0) })
    #expect(
      stays.table.groupings.last?.levels.map(\.label)
        == ["under 0", "0-4", "5-9", "10-14", "15+", "missing"])
    #expect(stays.table.breakdowns == [Breakdown(groupings: [0, 1], isTotal: false)])
  }

  @Test func `edges of decimals are the decimals that are written`() throws {
    let values = "smallest numeric_value of clinical_events"
    let found = try histogram("show \(values) from 0.1 to 0.7 every 0.2")
    #expect(found.edges == [.decimal(0.1), .decimal(0.3), .decimal(0.5), .decimal(0.7)])
  }

  @Test func `deciles are across a column that names a unit`() throws {
    guard
      case .deciles(let deciles) = try output(
        """
        deciles d of everyone each month from 2024-01 to 2024-03 across practice
          show percent heavy, percent (any admissions where admission_date in month) as "Now"
        """)
    else { throw NoTable() }
    #expect(deciles.intervals?.count == 3)
    #expect(deciles.statistics.map(\.name) == ["percent_heavy", "now"])
  }

  @Test(
    "a mistake says what can be done",
    arguments: [
      Mistake(
        "a date is in no summary",
        "population p include true\nsummary s of p show patients.date_of_birth",
        says: """
          error[C216]: `patients.date_of_birth` cannot be summarised
            study.carrel:2:21
              2 | summary s of p show patients.date_of_birth
                |                     ^^^^^^^^^^^^^^^^^^^^^^ a date
             help: summarise numbers, booleans, categories or bands
          """),
      Mistake(
        "bins fill their range",
        "population p include true\nhistogram h of p show age_on(2024-01-01) from 0 to 60 every 7",
        says: """
          error[C217]: bins of 7 do not fill 0 to 60
            study.carrel:2:61
              2 | histogram h of p show age_on(2024-01-01) from 0 to 60 every 7
                |                                                             ^
             help: write a width that fills them: `from 0 to 60 every 5`
          """),
      Mistake(
        "a region is no unit",
        """
        population p include true
        define home = last row of addresses by start_date
        deciles d of p across home.region show percent home is known as "x"
        """,
        says: """
          error[C218]: `home.region` names no unit
            study.carrel:3:23
              3 | deciles d of p across home.region show percent home is known as "x"
                |                       ^^^^^^^^^^^
             help: those of the schema: `practice_registrations.practice_pseudo_id`
          """),
      Mistake(
        "units are compared by percentages",
        """
        population p include true
        define practice = (last row of practice_registrations by start_date).practice_pseudo_id
        deciles d of p across practice show count
        """,
        says: """
          error[C219]: `deciles` compares percentages
            study.carrel:3:37
              3 | deciles d of p across practice show count
                |                                     ^^^^^
             help: write `percent …`, without an interval
          """),
    ])
  func mistakes(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }
}
