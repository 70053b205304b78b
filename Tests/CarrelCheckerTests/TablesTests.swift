import CarrelChecker
import CarrelDiagnostics
import CarrelPlan
import CarrelValues
import Testing

/// A study of one table, and that table as the plan has it.
private func table(_ clauses: String, of criteria: String = "include true") throws -> TableOutput {
  let study = try checked(
    """
    define age = age_on(2024-01-01)
    define band = bands of age at (18, 65)
    define home = last row of addresses by start_date
    define heavy = any admissions where bed_days > 5
    population everyone \(criteria)
    table t of everyone \(clauses)
    """)
  guard case .table(let table)? = study.plan.outputs.first else {
    throw NoTable()
  }
  return table
}

private struct NoTable: Error {}

@Suite("Groupings") struct GroupingsTests {
  @Test("levels come in their declared order, missing last")
  func levelsInOrder() throws {
    #expect(
      try levels(of: "patients.sex") == ["female", "male", "intersex", "unknown", "missing"])
    #expect(
      try levels(of: "(last row of addresses by start_date).imd_quintile")
        == ["1 most deprived", "2", "3", "4", "5 least deprived", "missing"])
    #expect(try levels(of: "patients is known") == ["no", "yes"])
    #expect(
      try levels(of: "patients.sex = \"male\"") == ["no", "yes", "missing"])
    #expect(
      try levels(of: "within(count admissions, 0, 3)") == ["0", "1", "2", "3", "missing"])
    #expect(try levels(of: "count of (patients is known, ons_deaths is known)") == ["0", "1", "2"])
    #expect(
      try levels(of: "case when patients is known then \"here\" otherwise \"gone\"")
        == ["here", "gone"])
    #expect(
      try levels(of: "case when patients is known then \"here\"") == ["here", "missing"])
  }

  @Test("what is stored for a level is what the engine gives")
  func storedValues() throws {
    let table = try table("by band, patients.sex, home.imd_quintile, heavy show count")
    #expect(
      table.groupings.map { $0.levels.map(\.value) } == [
        [.integer(0), .integer(1), .integer(2), .missing],
        [.text("female"), .text("male"), .text("intersex"), .text("unknown"), .missing],
        [.integer(1), .integer(2), .integer(3), .integer(4), .integer(5), .missing],
        [.boolean(false), .boolean(true)],
      ])
  }

  @Test("columns are called by `as`, else by a name, a callee or the word after a dot")
  func names() throws {
    let table = try table(
      "by patients.sex, band, registered_on(2024-01-01), heavy as \"More than 5 days\" show count")
    #expect(table.groupings.map(\.name) == ["sex", "band", "registered_on", "more_than_5_days"])
    #expect(
      table.groupings.map(\.heading) == ["sex", "band", "registered_on", "More than 5 days"])
  }

  @Test(
    "a grouping has levels that are declared before any record is read",
    arguments: [
      Mistake(
        "a date", "population p include true\ntable t of p by ons_deaths.date show count",
        says: """
          error[C214]: `ons_deaths.date` cannot be a grouping
            study.carrel:2:17
              2 | table t of p by ons_deaths.date show count
                |                 ^^^^^^^^^^^^^^^ date, one level per day
             help: group by bands of the time from it: `bands of years from … to … at (1, 5)`
          """),
      Mistake(
        "an integer without a range",
        "population p include true\ntable t of p by age_on(2024-01-01) show count",
        says: """
          error[C214]: `age_on(2024-01-01)` cannot be a grouping
            study.carrel:2:17
              2 | table t of p by age_on(2024-01-01) show count
                |                 ^^^^^^^^^^^^^^^^^^ integer without a declared range
             help: group by bands: `bands of age_on(2024-01-01) at (…)`
          """),
      Mistake(
        "a code",
        "define c = primary_diagnosis of last admissions\npopulation p include true\ntable t of p by c show count",
        says: """
          error[C214]: `c` cannot be a grouping
            study.carrel:3:17
              3 | table t of p by c show count
                |                 ^ code, one level per code
             help: group by categories of codes: `c categorised by …`
          """),
      Mistake(
        "a text",
        "define w = ward of last admissions\npopulation p include true\ntable t of p by w show count",
        says: """
          error[C214]: `w` cannot be a grouping
            study.carrel:3:17
              3 | table t of p by w show count
                |                 ^ text, one level per text
             help: group by a category, bands or a boolean
          """),
      Mistake(
        "more groups than a table may have",
        """
        define n = within(count admissions, 0, 100)
        define m = within(count clinical_events, 0, 100)
        population p include true
        table t of p by n, m totals show count
        """,
        says: """
          error[C205]: `t` has more than 10000 groups
            study.carrel:4:14
              4 | table t of p by n, m totals show count
                |              ^^^^^^^ totals included
             help: group by fewer values, or `by each of` them
          """),
      Mistake(
        "without a name",
        "population p include true\ntable t of p by patients.sex = \"male\" show count",
        says: """
          error[C201]: a grouping needs a name for its column
            study.carrel:2:17
              2 | table t of p by patients.sex = "male" show count
                |                 ^^^^^^^^^^^^^^^^^^^^^
             help: add `as "…"` after it
          """),
      Mistake(
        "a name twice",
        "define sex = patients.sex\npopulation p include true\ntable t of p by sex, patients.sex show count",
        says: """
          error[C202]: two columns are called `sex`
            study.carrel:3:22
              3 | table t of p by sex, patients.sex show count
                |                      ^^^^^^^^^^^^
              3 | table t of p by sex, patients.sex show count
                |                 --- the first
             help: call one of them something else with `as "…"`
          """),
      Mistake(
        "not of a population", "define old = age_on(2024-01-01) > 65\ntable t of old show count",
        says: """
          error[C113]: an output is of a population, and `old` is a definition
            study.carrel:2:12
              2 | table t of old show count
                |            ^^^ a definition
             help: name a population
          """),
    ])
  func ungroupable(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }
}

@Suite("Totals") struct TotalsTests {
  private func breakdowns(_ clauses: String) throws -> [String] {
    let table = try table(clauses)
    return table.breakdowns.map { breakdown in
      (breakdown.isTotal ? "total " : "group ")
        + breakdown.groupings.map { table.groupings[$0].name }.joined(separator: "+")
    }
  }

  @Test("a table is by all its groupings at once, and by none where it has none")
  func plain() throws {
    #expect(try breakdowns("by band, heavy show count") == ["group band+heavy"])
    #expect(try breakdowns("show count") == ["group "])
  }

  @Test("`totals` leave out every one or more groupings")
  func totals() throws {
    #expect(
      try breakdowns("by band, heavy totals show count")
        == ["group band+heavy", "total band", "total heavy", "total "])
    #expect(
      try breakdowns("by band, heavy, patients.sex totals show count") == [
        "group band+heavy+sex", "total band+heavy", "total band+sex", "total heavy+sex",
        "total band", "total heavy", "total sex", "total ",
      ])
  }

  @Test("`totals over` leave out the groupings that are named")
  func totalsOver() throws {
    #expect(
      try breakdowns("by band, heavy totals over heavy show count")
        == ["group band+heavy", "total band"])
    #expect(
      try breakdowns("by band, heavy, patients.sex totals over band, sex show count") == [
        "group band+heavy+sex", "total band+heavy", "total heavy+sex", "total heavy",
      ])
  }

  @Test("`by each of` makes a table of each grouping, with one total over everything")
  func eachOf() throws {
    #expect(
      try breakdowns("by each of band, heavy show count") == ["group band", "group heavy"])
    #expect(
      try breakdowns("by each of band, heavy totals show count")
        == ["group band", "group heavy", "total "])
  }

  @Test(
    "totals are over groupings of the table",
    arguments: [
      Mistake(
        "of no grouping", "population p include true\ntable t of p totals show count",
        says: """
          error[C204]: there is nothing to total
            study.carrel:2:14
              2 | table t of p totals show count
                |              ^^^^^^ the table has no groups
             help: leave `totals` out, or add `by …`
          """),
      Mistake(
        "of something else",
        "population p include true\ntable t of p by patients.sex totals over sec show count",
        says: """
          error[C203]: the table is not grouped by `sec`
            study.carrel:2:42
              2 | table t of p by patients.sex totals over sec show count
                |                                          ^^^
             help: did you mean `sex`?
          """),
      Mistake(
        "of one grouping where each has a table of its own",
        "population p include true\ntable t of p by each of patients.sex totals over sex show count",
        says: """
          error[C203]: `by each of` has one total, over everything
            study.carrel:2:38
              2 | table t of p by each of patients.sex totals over sex show count
                |                                      ^^^^^^^^^^^^^^^
             help: write `totals` alone
          """),
    ])
  func mistakenTotals(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }
}

@Suite("Statistics") struct StatisticsTests {
  @Test("statistics are called by their word and what they are of")
  func names() throws {
    let table = try table(
      """
      show count, percent heavy, percent age >= 65, mean home.imd_quintile,
           sum heavy as "Heavy users", percent patients.date_of_death is known
      """)
    #expect(
      table.statistics.map(\.name) == [
        "count", "percent_heavy", "percent_age", "mean_imd_quintile", "heavy_users",
        "percent_date_of_death",
      ])
    #expect(
      table.statistics.map(\.label) == [
        "count", "percent heavy", "percent age >= 65", "mean home.imd_quintile", "Heavy users",
        "percent patients.date_of_death is known",
      ])
  }

  @Test("rates, ratios and quantiles are called by their word and what is first in them")
  func namesOfFigures() throws {
    let table = try table(
      """
      show rate heavy per 1000, ratio heavy to age, sd age, median age, quantile 0.9 of age,
           rate heavy per 100 person_years over within(days from home.start_date to 2024-01-01, 0, 366) as "Time"
      """)
    #expect(
      table.statistics.map(\.name) == [
        "rate_heavy", "ratio_heavy", "sd_age", "median_age", "quantile_age", "time",
      ])
    let kinds = table.statistics.map(\.kind)
    guard case .rate(let heavy, per: 1_000) = kinds[0], case .ratio(heavy, to: let age) = kinds[1],
      case .standardDeviation(age) = kinds[2],
      case .quantile(.median, of: age, bins: let bins) = kinds[3],
      case .quantile(let ninth, of: age, bins: bins) = kinds[4],
      case .personTimeRate(heavy, per: 100, days: let days) = kinds[5]
    else {
      Issue.record("\(kinds)")
      return
    }
    #expect(heavy.isCount)
    #expect(ninth.hundredths == 90)
    // Ages of at most 124 years and one before birth: bins of 1 to 200 years.
    #expect(bins == BinScale(decimals: 0, count: 8))
    #expect(days.bounds == Bounds(lowest: 0, highest: 366))
  }

  @Test("a measure has the bounds that are declared for it")
  func bounds() throws {
    func measure(_ expression: String) throws -> Measure? {
      let table = try table("show mean \(expression) as \"x\"")
      if case .mean(let measure)? = table.statistics.first?.kind { return measure }
      return nil
    }
    func bounds(_ expression: String) throws -> [Double]? {
      try measure(expression)?.bounds.map { [$0.lowest, $0.highest] }
    }
    #expect(try bounds("home.imd_quintile") == [1, 5])
    #expect(try bounds("(numeric_value of last clinical_events)") == [0, 1000])
    #expect(try bounds("(mean numeric_value of clinical_events)") == [0, 1000])
    #expect(try bounds("(sum numeric_value of clinical_events)") == nil)
    #expect(try bounds("(count admissions)") == nil)
    #expect(try bounds("within(count admissions, 0, 20)") == [0, 20])
    #expect(try bounds("heavy") == [0, 1])
    #expect(try bounds("count of (heavy, heavy)") == [0, 2])
    #expect(try bounds("(home.imd_quintile + 1) * 2") == [4, 12])
    #expect(try bounds("(2 - home.imd_quintile)") == [-3, 1])
    #expect(try bounds("absolute(home.imd_quintile - 3)") == [0, 2])
    #expect(try bounds("(home.imd_quintile otherwise 0)") == [0, 5])
    #expect(try bounds("(case when heavy then home.imd_quintile otherwise 9)") == [1, 9])
    #expect(try bounds("smallest of (home.imd_quintile, 3)") == [1, 5])
    #expect(try bounds("patients.date_of_birth.month") == [1, 12])
    // Born from 1900-01-01 to 2024-12-01.
    #expect(try bounds("(years from patients.date_of_birth to 2024-01-01)") == [-1, 124])
    #expect(try bounds("(days from patients.date_of_death to 2024-01-01)") == nil)
    #expect(try measure("heavy")?.isCount == true)
    #expect(try measure("within(count admissions, 0, 20)")?.isCount == true)
    #expect(try measure("home.imd_quintile")?.isCount == false)
  }

  @Test(
    "a sum or mean without bounds is a warning",
    arguments: [
      Mistake(
        "a number of rows",
        "define stays = count admissions\npopulation p include true\ntable t of p show sum stays, mean stays",
        says: """
          warning[C215]: `stays` has no declared bounds, so its sum can be released only under `exact`
            study.carrel:3:23
              3 | table t of p show sum stays, mean stays
                |                       ^^^^^
             help: say what is plausible: `within(stays, low, high)`

          warning[C215]: `stays` has no declared bounds, so its mean can be released only under `exact`
            study.carrel:3:35
              3 | table t of p show sum stays, mean stays
                |                                   ^^^^^
             help: say what is plausible: `within(stays, low, high)`
          """)
    ])
  func unbounded(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
    #expect(check(mistake.study).study != nil)
  }

  @Test(
    "statistics are of numbers and conditions",
    arguments: [
      Mistake(
        "the median of a boolean",
        "population p include true\ntable t of p show median patients is known as \"x\"",
        says: """
          error[C120]: `median` needs a number, not a boolean
            study.carrel:2:26
              2 | table t of p show median patients is known as "x"
                |                          ^^^^^^^^^^^^^^^^^ a boolean
          """),
      Mistake(
        "a quantile that lists people, and a rate for nobody",
        """
        population p include true
        table t of p show quantile 0.99 of age_on(2024-01-01), rate patients is known per 0 as "x"
        """,
        says: """
          error[C207]: there is no quantile `0.99`
            study.carrel:2:28
              2 | table t of p show quantile 0.99 of age_on(2024-01-01), rate patients is known per 0 as "x"
                |                            ^^^^
             help: write 0.05, 0.1, 0.25, 0.5, 0.75, 0.9 or 0.95

          error[C206]: a rate is for 1 or more, not for 0
            study.carrel:2:56
              2 | table t of p show quantile 0.99 of age_on(2024-01-01), rate patients is known per 0 as "x"
                |                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
             help: write `per 1000`
          """),
      Mistake(
        "a percentage of a number",
        "population p include true\ntable t of p show percent age_on(2024-01-01)",
        says: """
          error[C120]: `percent` needs a boolean, not an integer
            study.carrel:2:27
              2 | table t of p show percent age_on(2024-01-01)
                |                           ^^^^^^^^^^^^^^^^^^ an integer
             help: compare it with a number, as in `age_on(2024-01-01) > 0`
          """),
      Mistake(
        "the mean of a date", "population p include true\ntable t of p show mean ons_deaths.date",
        says: """
          error[C120]: `mean` needs a number, not a date
            study.carrel:2:24
              2 | table t of p show mean ons_deaths.date
                |                        ^^^^^^^^^^^^^^^ a date
             help: count the time to it, as in `days from … to ons_deaths.date`
          """),
    ])
  func mistakenStatistics(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }
}

@Suite("The missing level") struct MissingLevelTests {
  /// Whether a grouping by `x` has a level for those without a value.
  private func hasMissing(
    _ grouping: String, where criteria: String, with declarations: String = ""
  ) throws -> Bool {
    try levels(
      of: grouping, where: criteria,
      with: """
        define age = age_on(2024-01-01)
        define band = bands of age at (18, 65)
        define home = last row of addresses by start_date
        define imd = home.imd_quintile
        define heavy = any admissions where bed_days > 5
        \(declarations)
        """
    ).last == "missing"
  }

  @Test(
    "is left out where the criteria prove that everyone has a value",
    arguments: [
      ("band", "include age >= 18"),
      ("band", "include 18 <= age"),
      ("band", "include age between 18 and 109"),
      ("band", "include age in (30, 40)"),
      ("band", "include age is known"),
      ("band", "exclude age is missing"),
      ("band", "exclude not (age is known)"),
      ("band", "include not (age is missing or heavy)"),
      ("band", "exclude age is missing or heavy"),
      ("band", "include heavy and age > 3"),
      ("band", "include age > 3 or age < 2"),
      ("band", "include patients.date_of_birth <= 2000-01-01"),
      ("band", "include patients.date_of_birth in 2000"),
      ("band", "include age + 1 > 3"),
      ("band", "include age > 3 otherwise false"),
      ("band", "include grown"),
      ("band", "include case when age > 3 then true otherwise false"),
      ("band", "include band != \"65+\""),
      ("band", "include patients is known"),
      ("band", "include patients.sex = \"male\""),
      ("band", "include patients.date_of_death is known"),
      ("patients.sex", "include age >= 18"),
      ("patients.sex", "include patients.sex in (\"male\", \"female\")"),
      ("imd", "exclude imd is missing"),
      ("imd", "include home is known"),
      ("imd", "include home.region = \"London\""),
      ("imd = 5", "include imd is known"),
      ("imd otherwise 0", "include true"),
      ("heavy", "include true"),
      ("case when heavy then \"a\" otherwise \"b\"", "include true"),
      ("case when imd is known then imd otherwise 9", "include true"),
      ("imd", "include heavy include home is known"),
      ("imd", "include false"),
    ])
  func leftOut(grouping: String, criteria: String) throws {
    #expect(
      try !hasMissing(
        grouping, where: criteria.replacing("in 2000", with: "in 2000-01-01 to 2000-12-31"),
        with: "population grown include age >= 18"))
  }

  @Test(
    "is there where they do not",
    arguments: [
      ("band", "include true"),
      ("band", "include age >= 18 or heavy"),
      ("band", "exclude age < 18"),
      ("band", "exclude age is known and heavy"),
      ("band", "include age >= 18 otherwise heavy"),
      ("band", "include not (age < 18 and heavy)"),
      ("band", "include ons_deaths is known"),
      ("patients.sex", "include heavy"),
      ("imd", "include age >= 18"),
      ("imd", "include count addresses > 0"),
      ("home.region", "include imd is known"),
      ("imd = 5", "include true"),
      ("case when heavy then \"a\"", "include true"),
      ("case when heavy then \"a\" otherwise missing", "include true"),
      ("within(count admissions, 0, 5)", "include true"),
      ("imd", "include case when age > 3 then heavy otherwise imd is known"),
    ])
  func there(grouping: String, criteria: String) throws {
    #expect(try hasMissing(grouping, where: criteria))
  }
}
