import CarrelChecker
import CarrelDiagnostics
import CarrelPlan
import CarrelValues
import Testing

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
             help: count it: `case when patients is known then 1 otherwise 0`
          """),
      Mistake(
        "a quantile that lists people, and a rate for nobody",
        """
        population p include true
        table t of p show quantile 0.99 of age_on(2024-01-01), rate patients is known per 0 as "x"
        """,
        says: """
          error[C210]: there is no quantile `0.99`
            study.carrel:2:28
              2 | table t of p show quantile 0.99 of age_on(2024-01-01), rate patients is known per 0 as "x"
                |                            ^^^^
             help: write 0.05, 0.1, 0.25, 0.5, 0.75, 0.9 or 0.95

          error[C209]: a rate is for 1 or more, not for 0
            study.carrel:2:56
              2 | table t of p show quantile 0.99 of age_on(2024-01-01), rate patients is known per 0 as "x"
                |                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
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
