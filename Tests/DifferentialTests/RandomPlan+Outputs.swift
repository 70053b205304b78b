import CarrelPlan
import CarrelValues

// Tables, and what is computed like them.
extension RandomPlan {
  /// A table, or an output that is computed as one.
  mutating func anyTable() -> Output {
    let table = tableOutput()
    switch random.number(0...9) {
    case 0: return .summary(SummaryOutput(table: table, variables: []))
    case 1 where table.groupings.last?.levels.count ?? 0 > 1:
      return .histogram(HistogramOutput(table: table, edges: [.integer(0)]))
    default: return .table(table)
    }
  }

  /// Percentiles across units that are called by texts or integers, or by nothing.
  mutating func deciles(of population: Int) -> DecilesOutput {
    DecilesOutput(
      name: "deciles", population: population,
      unit: expression(of: random.one(of: [.text, .integer]), depth: 2, in: nil),
      statistics: (0..<random.number(1...2)).map { index in
        Statistic(
          name: "n\(index)", label: "",
          kind: .percent(expression(of: .boolean, depth: 3, in: nil)))
      })
  }

  mutating func tableOutput() -> TableOutput {
    let groupings = (0..<random.number(0...3)).map { grouping($0) }
    var breakdowns = [Breakdown(groupings: Array(groupings.indices), isTotal: false)]
    for _ in 0..<random.number(0...2) {
      let some = groupings.indices.filter { _ in random.chance(50) }
      breakdowns.append(Breakdown(groupings: some, isTotal: true))
    }
    return TableOutput(
      name: "table", population: 0, groupings: groupings, breakdowns: breakdowns,
      statistics: (0..<random.number(1...4)).map { statistic($0) })
  }

  private mutating func grouping(_ index: Int) -> Grouping {
    let (grouped, values): (Expression, [Value])
    switch random.number(0...2) {
    case 0:
      grouped = expression(of: .boolean, depth: 3, in: nil)
      values = [.boolean(true), .boolean(false)]
    case 1:
      let cuts = random.number(0...3)
      grouped = .band(
        expression(of: .integer, depth: 2, in: nil), cuts: (0..<cuts).map { .integer(2 * $0) })
      values = (0...cuts).map { .integer($0) }
    default:
      let categories = plan.codelists[1].categories
      grouped =
        categories.isEmpty
        ? .constant(.missing, .text)
        : .categorised(expression(of: .text, depth: 2, in: nil), codelist: 1)
      values = ["low", "é", "high"].map { .text($0) }
    }
    return Grouping(
      name: "g\(index)", heading: "", expression: grouped,
      levels: (values.shuffled(using: &random) + [.missing]).map { Level($0) })
  }

  private mutating func statistic(_ index: Int) -> Statistic {
    let measure = measure()
    let quantile = Quantile(hundredths: random.number(1...99))
    let bins = BinScale(decimals: random.number(-2...3), count: random.number(0...6))
    let kinds: [Statistic.Kind] = [
      .count, .percent(expression(of: .boolean, depth: 3, in: nil)), .sum(measure), .mean(measure),
      .rate(measure, per: 1_000), .personTimeRate(measure, per: 100, days: self.measure()),
      .ratio(measure, to: self.measure()), .standardDeviation(measure),
      .quantile(random.chance(50) ? .median : quantile, of: measure, bins: bins),
    ]
    return Statistic(name: "n\(index)", label: "", kind: random.one(of: kinds))
  }

  private mutating func measure() -> Measure {
    if random.chance(20) {
      let condition = expression(of: .boolean, depth: 3, in: nil)
      return Measure(
        expression: .unary(.asInteger, condition), type: .integer,
        bounds: Bounds(lowest: 0, highest: 1), isCount: true)
    }
    let type: ScalarType = random.chance(50) ? .integer : .decimal
    return Measure(
      expression: expression(of: type, depth: 3, in: nil), type: type,
      bounds: random.chance(50) ? Bounds(lowest: -3, highest: Double(random.number(-3...9))) : nil,
      isCount: false)
  }
}

// Rows.
extension RandomPlan {
}
