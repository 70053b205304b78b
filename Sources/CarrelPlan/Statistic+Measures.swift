extension Statistic.Kind {
  /// The measures that it is computed from, in the order in which they are written.
  public var measures: [Measure] {
    switch self {
    case .count, .percent: []
    case .sum(let measure), .mean(let measure), .rate(let measure, per: _),
      .standardDeviation(let measure), .quantile(_, of: let measure, bins: _):
      [measure]
    case .personTimeRate(let measure, per: _, days: let days): [measure, days]
    case .ratio(let measure, to: let other): [measure, other]
    }
  }

  /// Whatever is computed for each patient: a condition, or the values of its measures.
  public var operands: [Expression] {
    if case .percent(let condition) = self { return [condition] }
    return measures.map(\.expression)
  }

  /// The same statistic of other measures: each is replaced by what a function makes of it.
  public func mapMeasures(_ transform: (Measure) -> Measure) -> Statistic.Kind {
    switch self {
    case .count, .percent: self
    case .sum(let measure): .sum(transform(measure))
    case .mean(let measure): .mean(transform(measure))
    case .rate(let measure, let per): .rate(transform(measure), per: per)
    case .personTimeRate(let measure, let per, let days):
      .personTimeRate(transform(measure), per: per, days: transform(days))
    case .ratio(let measure, let other): .ratio(transform(measure), to: transform(other))
    case .standardDeviation(let measure): .standardDeviation(transform(measure))
    case .quantile(let quantile, let measure, let bins):
      .quantile(quantile, of: transform(measure), bins: bins)
    }
  }
}
