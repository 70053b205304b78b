import CarrelEngine
import CarrelPlan
import CarrelValues
import TestSupport
import Testing

@Suite("What outputs mean, on every engine") struct OutputMeaningTests {
  static let table = TableUse(
    name: "people", hasOneRowPerPatient: true,
    columns: [
      ColumnUse(name: "sex", type: .text), ColumnUse(name: "old", type: .boolean),
      ColumnUse(name: "n", type: .integer), ColumnUse(name: "x", type: .decimal),
    ])
  static let patients: [[[[Value]]]] = [
    [[["f", true, 1, 0.1]]], [[["f", false, .greatest, 0.2]]], [[["f", true, nil, 0.3]]],
    [[["m", nil, 4, nil]]], [[[nil, true, 5, nil]]], [[]],
  ]
  let sex = CarrelPlan.Expression.field(table: 0, column: 0)
  let old = CarrelPlan.Expression.field(table: 0, column: 1)
  let n = CarrelPlan.Expression.field(table: 0, column: 2)
  let x = CarrelPlan.Expression.field(table: 0, column: 3)

  func results(
    _ criteria: [Criterion], _ output: Output
  ) throws -> [(name: String, output: RawOutput)] {
    let plan = Plan(
      tables: [Self.table], populations: [Population(name: "all", criteria: criteria)],
      outputs: [output])
    let matrix = try EngineMatrix(patients: Self.patients, tables: [Self.table])
    return try matrix.all.map { ($0.name, try $0.engine.results(of: plan).outputs[0]) }
  }

  func tableOutput(
    levels: [Value], _ breakdowns: [[Int]], _ statistics: [Statistic.Kind]
  ) -> Output {
    .table(
      TableOutput(
        name: "table", population: 0,
        groupings: [
          Grouping(name: "sex", heading: "Sex", expression: sex, levels: levels.map { Level($0) }),
          Grouping(
            name: "old", heading: "Old", expression: old,
            levels: [false, true, nil].map { Level($0) }),
        ],
        breakdowns: breakdowns.map { Breakdown(groupings: $0, isTotal: false) },
        statistics: statistics.map { Statistic(name: "s", label: "s", kind: $0) }))
  }

  func measure(_ expression: CarrelPlan.Expression, _ type: ScalarType) -> Measure {
    Measure(expression: expression, type: type, bounds: nil, isCount: false)
  }

  @Test func `every group has a cell, in declared order, also those with nobody`() throws {
    let output = tableOutput(
      levels: ["m", "other", "f", nil], [[0], [0, 1], []], [.count, .percent(old)])
    for (name, output) in try results([], output) {
      guard case .table(let table) = output else { return #expect(Bool(false)) }
      #expect(table.breakdowns[0].map(\.patients) == [1, 0, 3, 2], "\(name)")
      #expect(
        table.breakdowns[1].map(\.patients) == [0, 0, 1, 0, 0, 0, 1, 2, 0, 0, 1, 1], "\(name)")
      #expect(
        table.breakdowns[2]
          == [RawCell(patients: 6, statistics: [.count, .percent(numerator: 3)])], "\(name)")
    }
  }

  @Test func `percentiles are across units in order of their numbers, without their names`() throws
  {
    let output = Output.deciles(
      DecilesOutput(
        name: "deciles", population: 0, unit: sex,
        statistics: [Statistic(name: "old", label: "old", kind: .percent(old))]))
    for (name, output) in try results([], output) {
      // One man, three women of whom two are old; who has no sex belongs to no unit.
      #expect(
        output
          == .units(
            RawUnits(cellsByInterval: [
              [
                RawCell(patients: 1, statistics: [.percent(numerator: 0)]),
                RawCell(patients: 3, statistics: [.percent(numerator: 2)]),
              ]
            ])), "\(name)")
    }
  }

  @Test func `sums and means say how many patients they are of`() throws {
    let output = tableOutput(
      levels: ["f", "m", nil], [[0]], [.sum(measure(n, .integer)), .mean(measure(x, .decimal))])
    for (name, output) in try results([], output) {
      guard case .table(let table) = output else { return #expect(Bool(false)) }
      #expect(
        table.breakdowns[0].map(\.statistics) == [
          // 1 and the greatest integer overflow; 0.1, 0.2 and 0.3 are exactly 0.6.
          [.sum(Self.overflow), .mean(Self.tenths)],
          [.sum(RawSum(of: [4])), .mean(.ofNobody)], [.sum(RawSum(of: [5])), .mean(.ofNobody)],
        ], "\(name)")
    }
  }

  /// 1 and the greatest integer, which makes all but nothing of them.
  static let overflow = RawSum(
    nil, contributors: 2,
    concentration: Concentration(
      commonest: 1, largestPercentages: [100, 100, 100, 100, 100], remainderPercentage: 0))
  /// 0.1, 0.2 and 0.3: one half, five sixths and all of 0.6; 0.1 is a third of 0.3.
  static let tenths = RawSum(
    0.6, contributors: 3,
    concentration: Concentration(
      commonest: 1, largestPercentages: [50, 84, 100, 100, 100], remainderPercentage: 33))

  @Test func `sums say how much of them is that of few people`() throws {
    let whole = Measure(
      expression: n, type: .integer, bounds: Bounds(lowest: -10, highest: 10), isCount: false)
    let tally = Measure(
      expression: .unary(.asInteger, old), type: .integer, bounds: Bounds(lowest: 0, highest: 1),
      isCount: true)
    // Whole numbers with the boolean, and what is known of each group.
    let patients: [[[[Value]]]] = [
      [[["a", true, 7, nil]]], [[["a", true, -7, nil]]], [[["a", false, 2, nil]]],
      [[["a", true, 2, nil]]], [[["a", nil, 2, nil]]],
      [[["b", false, 0, nil]]], [[["b", false, 0, nil]]], [[["b", nil, nil, nil]]],
    ]
    let output = tableOutput(levels: ["a", "b"], [[0]], [.sum(whole), .sum(tally)])
    let plan = Plan(
      tables: [Self.table], populations: [Population(name: "all", criteria: [])], outputs: [output])
    for (name, engine) in try EngineMatrix(patients: patients, tables: [Self.table]).all {
      guard case .table(let table) = try engine.results(of: plan).outputs[0] else {
        return #expect(Bool(false))
      }
      let found = table.breakdowns[0].map { $0.statistics.flatMap(\.sums).map(\.concentration) }
      #expect(
        found == [
          [
            // 7, 7, 2, 2 and 2 of 20; 6 is 85.7% of 7.
            Concentration(
              commonest: 3, largestPercentages: [35, 70, 80, 90, 100], remainderPercentage: 85),
            // Three of four.
            Concentration(
              commonest: 3, largestPercentages: [34, 67, 100, 100, 100], remainderPercentage: 100),
          ],
          [Concentration](
            repeating: Concentration(
              commonest: 2, largestPercentages: [0, 0, 0, 0, 0], remainderPercentage: 100), count: 2
          ),
        ], "\(name)")
    }
  }

  @Test func `rates and ratios carry the sums that they are of`() throws {
    let integers = measure(n, .integer)
    let decimals = measure(x, .decimal)
    let output = tableOutput(
      levels: ["f", "m", nil], [[0]],
      [
        .rate(decimals, per: 1_000), .ratio(decimals, to: integers),
        .personTimeRate(integers, per: 100, days: decimals),
      ])
    for (name, output) in try results([], output) {
      guard case .table(let table) = output else { return #expect(Bool(false)) }
      let (sum, overflow, none) = (Self.tenths, Self.overflow, RawSum.ofNobody)
      let (four, five) = (RawSum(of: [4]), RawSum(of: [5]))
      #expect(
        table.breakdowns[0].map(\.statistics) == [
          [.rate(sum), .ratio(sum, to: overflow), .ratio(overflow, to: sum)],
          [.rate(none), .ratio(none, to: four), .ratio(four, to: none)],
          [.rate(none), .ratio(none, to: five), .ratio(five, to: none)],
        ], "\(name)")
    }
  }

  @Test func `deviations and quantiles are of those who have a value`() throws {
    let (integers, decimals) = (measure(n, .integer), measure(x, .decimal))
    let bins = BinScale(decimals: 1, count: 3)
    let output = tableOutput(
      levels: ["f", "m", nil], [[0]],
      [
        .standardDeviation(decimals), .quantile(.median, of: decimals, bins: bins),
        .quantile(Quantile(hundredths: 25), of: integers, bins: .none),
      ])
    for (name, output) in try results([], output) {
      guard case .table(let table) = output else { return #expect(Bool(false)) }
      let found = table.breakdowns[0].map(\.statistics)
      // 0.1, 0.2 and 0.3: 0.2 alone is in 0.2 to 0.3, and with 0.3 in 0.2 to 0.4.
      #expect(
        found[0] == [
          // 0.3 is the decimal below three tenths, so that the distances are not quite a tenth.
          .standardDeviation(0.09999999999999999, of: Self.tenths),
          .quantile(0.2, peopleByBin: [1, 2, 3], of: Self.tenths),
          // A quarter of the way from 1 to the greatest integer, 2^63 - 1: 2^61 nearly.
          .quantile(2_305_843_009_213_693_952.0, peopleByBin: [], of: Self.overflow),
        ], "\(name)")
      let none = RawSum.ofNobody
      #expect(
        found[1] == [
          .standardDeviation(nil, of: none), .quantile(nil, peopleByBin: [0, 0, 0], of: none),
          .quantile(4.0, peopleByBin: [], of: RawSum(of: [4])),
        ], "\(name)")
    }
  }

  @Test func `a criterion that is missing neither includes nor excludes`() throws {
    let criteria = [
      Criterion(
        label: "", isExclusion: true, condition: .binary(.equal, sex, .constant("m", .text))),
      Criterion(label: "", isExclusion: false, condition: old),
      Criterion(label: "", isExclusion: true, condition: .unary(.isMissing, n)),
    ]
    for (name, output) in try results(criteria, .flow(FlowOutput(name: "flow", population: 0))) {
      #expect(output == .flow(RawFlow(universe: 6, remaining: [5, 3, 2])), "\(name)")
    }
    for (name, output) in try results(criteria, tableOutput(levels: ["f", nil], [[0]], [.count])) {
      guard case .table(let table) = output else { return #expect(Bool(false)) }
      #expect(table.breakdowns[0].map(\.patients) == [1, 1], "\(name)")
    }
  }

  @Test func `no criteria keep everybody, and nobody gives empty cells`() throws {
    for (name, output) in try results([], .flow(FlowOutput(name: "flow", population: 0))) {
      #expect(output == .flow(RawFlow(universe: 6, remaining: [])), "\(name)")
    }
    let nobody = [Criterion(label: "", isExclusion: false, condition: .constant(false, .boolean))]
    let output = tableOutput(
      levels: ["f"], [[], [0]], [.count, .percent(old), .sum(measure(n, .integer))])
    let empty = RawCell(
      patients: 0, statistics: [.count, .percent(numerator: 0), .sum(.ofNobody)])
    for (name, output) in try results(nobody, output) {
      #expect(output == .table(RawTable(breakdowns: [[empty], [empty]])), "\(name)")
    }
  }

  @Test func `a value outside the declared levels is an error that quotes nothing`() throws {
    let output = tableOutput(levels: ["m", nil], [[0]], [.count])
    let plan = Plan(
      tables: [Self.table], populations: [Population(name: "all", criteria: [])], outputs: [output])
    let matrix = try EngineMatrix(patients: Self.patients, tables: [Self.table])
    for (name, engine) in matrix.all {
      let error = #expect(throws: EngineError.self, "\(name)") { try engine.results(of: plan) }
      #expect(error?.operation == "group patients by `sex`", "\(name)")
      #expect(
        error?.reason == "the records hold a value outside the levels that the schema declares")
    }
  }
}
