import CarrelDisclosure
import CarrelOutputs
import CarrelPlan
import CarrelValues
import TestSupport
import Testing

@Suite("Tables with intervals in files and in the terminal") struct IntervalOutputTests {
  func months(_ count: Int) throws -> Intervals {
    .months(count, from: try #require(CivilDate(iso: "2023-11-01")))
  }

  func bySex() throws -> RawExample {
    RawExample(
      name: "monthly", in: try months(3), by: [Examples.sex],
      show: [.count, .percent("ill", "Ill")], totals: [[]],
      cells: [(40, 10), (60, 30), (0, 0), (50, 10), (4, 1), (0, 0), (60, 30), (70, 35), (10, 10)]
        .map { .people($0, $1) })
  }

  @Test func `a CSV names intervals of the calendar by their first and last day`() throws {
    let lines = try #require(try Examples.released(try bySex()).file("monthly.csv")).lines
    #expect(lines[0].hasPrefix("line,interval_start,interval_end,sex,count,count_status,"))
    #expect(lines[1].hasPrefix("group,2023-11-01,2023-11-30,female,40,shown,"))
    #expect(lines[5].hasPrefix("group,2023-12-01,2023-12-31,male,,redacted,"))
    #expect(lines[12].hasPrefix("total,2024-01-01,2024-01-31,,140,shown,"))
  }

  @Test func `a CSV numbers intervals of each person's own from 1`() throws {
    let example = RawExample(
      name: "weekly", in: .weeks(2), by: [], show: [.count], cells: [.people(100), .people(50)])
    #expect(
      try Examples.released(example).file("weekly.csv") == """
        line,interval,count,count_status
        group,1,100,shown
        group,2,50,shown

        """)
    let json = try #require(try Examples.released(example).file("weekly.json"))
    #expect(json.contains(#""each": "week""#))
    #expect(json.contains(#""interval": 2"#))
  }

  @Test func `a JSON lists the intervals and says which one each group is of`() throws {
    let json = try #require(try Examples.released(try bySex()).file("monthly.json"))
    #expect(json.contains(#""each": "month""#))
    #expect(json.ranges(of: #""start": "2023-12-01""#).count == 1 + 4)
  }

  @Test func `months stand in lines by their names, the last grouping in columns`() throws {
    #expect(
      try Examples.released(try bySex()).text(TextStyle(columns: 100)) == """
        Month                female          male        missing            All
        ─────────────  ────────────  ────────────  ─────────────  ─────────────
        November 2023  25% 10 of 40  50% 30 of 60            n/a  40% 40 of 100
        December 2023  20% 10 of 50    [REDACTED]            n/a  20% 10 of  50
        January 2024   50% 30 of 60  50% 35 of 70  100% 10 of 10  54% 75 of 140
        Counts of 1 to 7 are hidden, others are to the nearest 5, totals add up what is shown.
        """)
  }

  @Test func `other intervals are named by their days, and one's own by number`() throws {
    let day = try #require(CivilDate(iso: "2024-02-05"))
    let week = try #require(CivilDate(iso: "2024-02-11"))
    let intervals = Intervals(
      length: 1, unit: .week, extent: .calendar([Interval(start: day, end: week)]))
    let example = RawExample(in: intervals, by: [], show: [.count], cells: [.people(40)])
    #expect(
      try Examples.released(example).text(TextStyle(columns: 100)).lines[0...2] == [
        "Week                      count", "────────────────────────  ─────",
        "2024-02-05 to 2024-02-11     40",
      ])
    let own = RawExample(
      in: .weeks(2), by: [], show: [.count], cells: [.people(40), .people(20)])
    #expect(
      try Examples.released(own).text(TextStyle(columns: 100)).lines[0...3] == [
        "Week  count", "────  ─────", "1        40", "2        20",
      ])
  }

  @Test func `of many intervals the first are shown, and the file that has the rest is named`()
    throws
  {
    let example = RawExample(
      name: "monthly", in: try months(60), by: [], show: [.count],
      cells: (0..<60).map { .people(100 + 10 * $0) })
    let lines = try Examples.released(example).text(TextStyle(columns: 100)).lines
    #expect(lines.count == 2 + 20 + 1 + 1)
    #expect(lines[22] == "… 40 more in monthly.csv")
  }
}
