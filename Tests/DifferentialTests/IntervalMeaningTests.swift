import CarrelEngine
import CarrelPlan
import CarrelValues
import TestSupport
import Testing

@Suite("What intervals mean, on every engine") struct IntervalMeaningTests {
  static let people = TableUse(
    name: "people", hasOneRowPerPatient: true,
    columns: [ColumnUse(name: "born", type: .date), ColumnUse(name: "sex", type: .text)])
  static let events = TableUse(
    name: "events", hasOneRowPerPatient: false,
    columns: [ColumnUse(name: "date", type: .date), ColumnUse(name: "amount", type: .integer)])

  /// Born, sex; then a date and an amount of each event.
  static let patients: [[[[Value]]]] = [
    [
      [[.day("1990-01-31"), "f"]],
      [
        [.day("2020-01-31"), 1], [.day("2020-02-01"), 10], [.day("2020-02-29"), 100],
        [.day("2020-03-31"), 1_000], [nil, 10_000],
      ],
    ],
    [[[.day("2020-02-15"), "m"]], [[.day("2020-02-20"), 5]]],
    [[[nil, "f"]], [[.day("2020-03-01"), 7]]],
    [[[.day("9999-12-01"), "m"]], []],
  ]

  let born = CarrelPlan.Expression.field(table: 0, column: 0)
  let sex = CarrelPlan.Expression.field(table: 0, column: 1)
  let during = RowSet(
    table: 1,
    condition: .binary(
      .and, .binary(.greaterOrEqual, .column(0), .intervalStart),
      .binary(.lessOrEqual, .column(0), .intervalEnd)))

  func day(_ text: String) throws -> CivilDate { try #require(CivilDate(iso: text)) }

  /// The cells of the only breakdown: people, then those with an event, then the sum of amounts.
  func drawn(
    _ intervals: Intervals, where criteria: [Criterion] = [], by groupings: [Grouping] = []
  ) throws -> [(name: String, cells: [String])] {
    let events = CarrelPlan.Expression.query(.any(during))
    let amounts = CarrelPlan.Expression.query(.sum(during, of: .column(1)))
    let plan = Plan(
      tables: [Self.people, Self.events],
      values: [
        PatientValue(name: "events", type: .boolean, expression: events),
        PatientValue(name: "amounts", type: .integer, expression: amounts),
      ],
      populations: [Population(name: "all", criteria: criteria)],
      outputs: [
        .table(
          TableOutput(
            name: "table", population: 0, intervals: intervals, groupings: groupings,
            breakdowns: [Breakdown(groupings: Array(groupings.indices), isTotal: false)],
            statistics: [
              Statistic(name: "n", label: "n", kind: .percent(.value(0))),
              Statistic(
                name: "s", label: "s",
                kind: .sum(
                  Measure(
                    expression: .value(1), type: .integer, bounds: nil, isCount: false))),
            ]))
      ])
    let matrix = try EngineMatrix(patients: Self.patients, tables: plan.tables)
    for (name, engine) in matrix.all {
      let members = try Memberships(of: plan, by: engine)
      #expect(members.isInOrder, "\(name)")
      #expect(members.counts(plan) == (try engine.results(of: plan)).memberCounts(plan), "\(name)")
      #expect(try members == Memberships(of: plan, by: matrix.reference), "\(name)")
    }
    return try matrix.all.map { name, engine in
      guard case .table(let table) = try engine.results(of: plan).outputs[0] else {
        return (name, [])
      }
      return (name, table.breakdowns[0].map(Self.drawn))
    }
  }

  private static func drawn(_ cell: RawCell) -> String {
    guard case .percent(let people) = cell.statistics[0], case .sum(let sum) = cell.statistics[1]
    else { return "?" }
    return "\(cell.patients) \(people) \(sum.total.plainText)"
  }

  @Test func `both ends of an interval of the calendar are in it`() throws {
    let months = try [("2020-01-01", "2020-01-31"), ("2020-02-01", "2020-02-29")].map {
      Interval(start: try day($0), end: try day($1))
    }
    let intervals = Intervals(length: 1, unit: .month, extent: .calendar(months))
    for (name, cells) in try drawn(intervals) {
      #expect(cells == ["4 1 1", "4 2 115"], "\(name)")
    }
  }

  @Test func `a patient may be in the population and in a group of one interval only`() throws {
    let months = try [("2020-02-01", "2020-02-29"), ("2020-03-01", "2020-03-31")].map {
      Interval(start: try day($0), end: try day($1))
    }
    let isBorn = Criterion(
      label: "", isExclusion: false, condition: .binary(.lessOrEqual, born, .intervalStart))
    let isAdult = Grouping(
      name: "adult", heading: "",
      expression: .binary(
        .greaterOrEqual, .binary(.span(.years), born, .intervalStart), .constant(18, .integer)),
      levels: [Level(.boolean(true)), Level(.boolean(false))])
    let intervals = Intervals(length: 1, unit: .month, extent: .calendar(months))
    for (name, cells) in try drawn(intervals, where: [isBorn], by: [isAdult]) {
      #expect(cells == ["1 1 110", "0 0 missing", "1 1 1000", "1 0 missing"], "\(name)")
    }
  }

  @Test func `intervals that follow a date roll forward, and none is without one`() throws {
    let bySex = Grouping(
      name: "sex", heading: "", expression: sex, levels: [Level("f"), Level("m")])
    // From 2020-01-31: to 2020-02-29, then from 2020-03-01 to 2020-03-30, then from 2020-03-31.
    // From 2020-02-15: to 2020-03-14, and so on. From 9999-12-01: the first ends after the calendar.
    let intervals = Intervals(
      length: 1, unit: .month,
      extent: .followUp(
        from: .binary(
          .otherwise,
          .choice(
            [
              Branch(
                when: .binary(.less, born, .constant(.day("2000-01-01"), .date)),
                then: .binary(.move(.years), born, .constant(30, .integer)))
            ], otherwise: nil), born), count: 3))
    for (name, cells) in try drawn(intervals, by: [bySex]) {
      #expect(
        cells == ["1 1 111", "1 1 5", "1 0 missing", "1 0 missing", "1 1 1000", "1 0 missing"],
        "\(name)")
    }
  }

  @Test func `a quarter is three months and a week seven days`() throws {
    let isFirst = Criterion(
      label: "", isExclusion: false, condition: .binary(.equal, sex, .constant("f", .text)))
    let from = CarrelPlan.Expression.constant(.day("2019-11-08"), .date)
    for (unit, expected) in [
      (IntervalUnit.quarter, ["2 1 11", "2 2 1107"]), (.week, ["2 0 missing", "2 0 missing"]),
      (.year, ["2 2 1118", "2 0 missing"]),
    ] {
      let intervals = Intervals(length: 1, unit: unit, extent: .followUp(from: from, count: 2))
      for (name, cells) in try drawn(intervals, where: [isFirst]) {
        #expect(cells == expected, "\(name) \(unit)")
      }
    }
  }
}
