import CarrelChecker
import CarrelDiagnostics
import CarrelPlan
import CarrelValues
import Testing

@Suite("Intervals") struct IntervalsTests {
  static let declarations = """
    define started = date of first medications
    define ill_in(p : period) = any clinical_events where date in p
    population adults_on(d : date)
      include registered_on(d)
      include age_on(d) >= 18

    """

  func output(_ each: String, _ show: String = "show count") throws -> TableOutput {
    let study = try checked(
      Self.declarations + "table t of adults_on(2024-01-01) each \(each) \(show)")
    guard case .table(let table)? = study.plan.outputs.first else {
      throw IntervalsError()
    }
    return table
  }

  struct IntervalsError: Error {}

  func days(_ each: String) throws -> [String] {
    guard case .calendar(let all)? = try output(each).intervals?.extent else { return [] }
    return all.map { "\($0.start)…\($0.end)" }
  }

  @Test("the first begins with the first day, the last is the last to begin by the last day")
  func calendar() throws {
    #expect(
      try days("month from 2024-01 to 2024-03") == [
        "2024-01-01…2024-01-31", "2024-02-01…2024-02-29", "2024-03-01…2024-03-31",
      ])
    #expect(
      try days("3 months from 2024-02-15 to 2024-05-15") == [
        "2024-02-15…2024-05-14", "2024-05-15…2024-08-14",
      ])
    #expect(
      try days("quarter from 2024-01 to 2024-06")
        == ["2024-01-01…2024-03-31", "2024-04-01…2024-06-30"])
    #expect(
      try days("year from 2019-04 to 2021-03")
        == ["2019-04-01…2020-03-31", "2020-04-01…2021-03-31"])
    #expect(try days("week from 2024-01-01 to 2024-01-08").last == "2024-01-08…2024-01-14")
    #expect(try days("day from 2024-02-28 to 2024-03-01").count == 3)
    #expect(
      try days("month from 2024-01-31 to 2024-04-01") == [
        "2024-01-31…2024-02-29", "2024-03-01…2024-03-30", "2024-03-31…2024-04-30",
      ])
  }

  @Test("those that follow a date are counted by how often one fits in the time")
  func followUp() throws {
    for (each, count) in [
      ("week for 52 weeks", 52), ("week for 14 days", 2), ("3 months for 1 year", 4),
      ("month for 1 quarter", 3), ("2 days for 1 week", nil), ("month for 52 weeks", nil),
      ("quarter for 2 quarters", 2), ("2 quarters for 1 year", 2), ("year for 8 quarters", 2),
      ("quarters for 6 months", 2), ("2 weeks for 28 days", 2), ("7 days for 2 weeks", 2),
      ("day for 1 day", 1), ("year for 2 quarters", nil), ("quarter for 4 months", nil),
      ("week for 1 year", nil), ("quarter for 90 days", nil), ("days for 1 quarter", nil),
    ] {
      let text =
        Self.declarations + "table t of adults_on(2024-01-01) each \(each) from started show count"
      guard let count else {
        #expect(mistakes(in: text).contains("[C208]"), "\(each)")
        continue
      }
      guard case .table(let table)? = try checked(text).plan.outputs.first,
        case .followUp(_, let found)? = table.intervals?.extent
      else { throw IntervalsError() }
      #expect(found == count, "\(each)")
    }
  }

  @Test("the interval is named by its unit in the header, `by` and `show`")
  func scope() throws {
    let study = try checked(
      Self.declarations + """
        table t of adults_on(month.start) each month from 2024-01 to 2024-12
          by bands of age_on(month.end) at (40, 60) as "Age" totals
          show count, percent ill_in(month), sum ill_in(month) as "Ill"
        """)
    #expect(study.plan.text.contains("interval.start"))
    #expect(study.populations.map(\.name) == ["adults_on(month.start)"])
    guard case .table(let summary) = study.outputs[0].kind else { throw IntervalsError() }
    #expect(summary.intervals?.words == "12 months")
    #expect(summary.groupCount == 3)
    #expect(summary.cellCount == 12 * 4)
    #expect(study.outputs[0].figureCount == 12 * 4 * 3)
    guard case .table(let table)? = study.plan.outputs.first else { throw IntervalsError() }
    // Ages on the days of an interval are known of those who are 18 on one of them.
    #expect(table.groupings[0].levels.map(\.label) == ["under 40", "40-59", "60+"])
  }

  @Test(
    "a mistake is shown where it is",
    arguments: [
      (
        "an interval outside", "define x = month.start",
        "`month` is an interval only in an output with `each month`"
      ),
      (
        "an interval in a definition",
        "define x = ill_in(month)\n"
          + "table t of adults_on(month.start) each month from 2024-01 to 2024-02 show percent x",
        "`month` is an interval only in an output with `each month`"
      ),
      (
        "another unit",
        "table t of adults_on(week.start) each month from 2024-01 to 2024-02 show count",
        "the interval here is called `month`"
      ),
      (
        "reversed ends",
        "table t of adults_on(month.start) each month from 2024-02 to 2024-01 show count",
        "no month begins between 2024-02-01 and 2024-01-31"
      ),
      (
        "ends of each patient",
        "table t of adults_on(month.start) each month from started to 2024-01 show count",
        "the ends of `each … from … to …` must be the same for everyone"
      ),
      (
        "no length",
        "table t of adults_on(month.start) each 0 months from 2024-01 to 2024-03 show count",
        "`0 months` is not a length of intervals"
      ),
      (
        "too many",
        "table t of adults_on(month.start) each month from 2019-01 to 2024-01 show count",
        "a table has at most 60 intervals"
      ),
      (
        "too many to follow",
        "table t of adults_on(week.start) each week for 61 weeks from started show count",
        "a table has at most 60 intervals"
      ),
      (
        "too many groups",
        "table t of adults_on(month.start) each month from 2019-01 to 2023-12 "
          + "by within(count medications, 0, 200) as \"n\" show count",
        "intervals and totals included"
      ),
      (
        "a date that the interval decides",
        "table t of adults_on(week.start) each week for 4 weeks from week.start show count",
        "`week` is an interval only in an output with `each week`"
      ),
    ])
  func mistake(rule: String, study: String, message: String) {
    let found = mistakes(in: Self.declarations + study)
    #expect(found.contains(message), "\(rule): \(found)")
  }

  @Test("what does not mention the interval is one value for all intervals")
  func shared() throws {
    let study = try checked(
      Self.declarations + """
        define ever_ill = any clinical_events
        population people include patients is known
        table t of people each month from 2024-01 to 2024-02
          show percent ever_ill, percent ill_in(month)
        """)
    let dependent = study.plan.valuesOfIntervals.map { study.plan.values[$0].name }
    #expect(dependent == ["ill_in"])
  }
}
