extension StudyMaker {
  /// An output of a population made before.
  mutating func output() -> String {
    let header = "\(newName("o")) of \(pick(populations))"
    guard chance(85) else { return "flow \(header)" }
    let interval = chance(25) ? " each \(intervals())" : ""
    let groups = (0..<number(0...2)).map { "\(grouping()) as \"G\($0)\"" }
    let by =
      groups.isEmpty
      ? "" : " by \(chance(25) ? "each of " : "")\(groups.joined(separator: ", "))"
    let totals = groups.isEmpty ? "" : pick(["", " totals", " totals over g0"])
    let statistics = (0..<number(1...3)).map { "\(statistic()) as \"S\($0)\"" }
    return "table \(header)\(interval)\(by)\(totals) show \(statistics.joined(separator: ", "))"
  }

  private mutating func intervals() -> String {
    pick([
      "month from 2023-01 to 2023-06", "3 months from 2023-01 to 2023-12",
      "week from 2023-01-02 to 2023-02-01", "year from 2019-04 to 2024-03",
      "week for 5 weeks from \(operand(.date, 1))", "quarter from index - 1 year to index",
    ])
  }

  private mutating func grouping() -> String {
    pick([
      "patients.sex", "address_on(index).region", operand(.boolean, 2),
      "bands of \(operand(.integer, 1)) at (10, 20, 30)",
      "bands of \(operand(.decimal, 1)) at (0.5, 1.5) labelled (\"a\", \"b\", \"c\")",
      "within(\(operand(.integer, 1)), 0, 5)", operand(.integer, 1), operand(.sex, 1),
    ])
  }

  private mutating func statistic() -> String {
    let (x, y) = (measure(), measure())
    return pick([
      "count", "percent \(operand(.boolean, 2))", "sum \(x)", "mean \(x)", "sd \(x)", "median \(x)",
      "quantile 0.\(number(1...99)) of \(x)", "rate \(x) per 1000", "ratio \(x) to \(y)",
      "rate \(x) per 100 person_years over within(\(y), 0, 366)",
    ])
  }

  private mutating func measure() -> String {
    let value = operand(pick([.integer, .decimal]), 2)
    return chance(60) ? "within(\(value), 0, \(number(1...500)))" : value
  }
}
