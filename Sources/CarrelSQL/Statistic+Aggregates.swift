internal import CarrelPlan
internal import CarrelValues

extension Statistic.Kind {
  /// What a group's statistic is read from, given the columns of what it is computed from.
  func aggregates(of columns: [String]) -> [String] {
    if case .percent = self { return ["COUNT(*) FILTER (WHERE \(columns[0]))"] }
    let sums = zip(measures, columns).flatMap { $0.aggregates(of: $1) }
    return (figure(of: columns[0]).map { [$0] } ?? []) + sums
  }

  /// How many columns of a statement it is read from.
  var columnCount: Int { aggregates(of: ["", ""]).count }

  /// The figure that stands before the sums, where they are not enough.
  private func figure(of column: String) -> String? {
    switch self {
    case .standardDeviation: SQLFunction.standardDeviation.call(column)
    case .quantile(let quantile, of: _, let bins):
      SQLFunction.quantile.call(
        column, "\(quantile.hundredths)", "\(bins.decimals)", "\(bins.count)")
    default: nil
    }
  }
}

extension Measure {
  /// What its sum over a group is read from: the total, the number of patients and, but for a tally,
  /// of which it follows, the concentration.
  func aggregates(of column: String) -> [String] {
    let isInteger = type == .integer
    let sum = [
      (isInteger ? SQLFunction.integerSum : .decimalSum).call(column), "COUNT(\(column))",
    ]
    if isTally { return sum }
    return sum
      + [(isInteger ? SQLFunction.integerConcentration : .decimalConcentration).call(column)]
  }

  /// How many columns of a statement its sum is read from.
  var columnCount: Int { aggregates(of: "").count }
}
