import CarrelPolicy

/// Works out figures from published parts, and from nothing else.
struct DerivedFigures {
  let policy: Policy

  /// The released figures of a group.
  func released(
    _ group: PublishedGroup, interval: Int?, levels: [Int], headings: [ReleasedStatisticHeading]
  ) -> ReleasedGroup {
    let count = ReleasedFigure(count: group.patients)
    let intervals = IntervalFigures(policy: policy)
    return ReleasedGroup(
      interval: interval, levels: levels, count: count,
      statistics: zip(group.statistics, headings).map { statistic, heading in
        let figures = released(statistic, count: count, kind: heading.kind)
        return figures.with(
          heading.interval.map {
            intervals.released($0, of: statistic, in: group, beside: figures.value)
          })
      })
  }

  private func released(
    _ statistic: PublishedStatistic, count: ReleasedFigure, kind: ReleasedStatisticHeading.Kind
  ) -> ReleasedStatistic {
    switch statistic {
    case .hidden: hidden(kind)
    case .patients: ReleasedStatistic(value: count)
    case .percentage(let part, let whole):
      ReleasedStatistic(
        value: share(part, of: whole, shift: 2, nobody: .notApplicable),
        numerator: ReleasedFigure(count: part), denominator: ReleasedFigure(count: whole))
    case .fraction(let part, let known):
      ReleasedStatistic(
        value: share(part, of: known, shift: 0, nobody: .missing),
        denominator: ReleasedFigure(count: known))
    case .tally(let count):
      ReleasedStatistic(value: count.map { ReleasedFigure(count: $0) } ?? .missing)
    case .sum(let sum): ReleasedStatistic(value: sum.map { .shown($0) } ?? .missing)
    case .mean(let mean, let known, _):
      ReleasedStatistic(
        value: mean.map { .shown($0) } ?? .missing, denominator: ReleasedFigure(count: known))
    case .spread(let number, let known):
      ReleasedStatistic(
        value: number.map { .shown($0) } ?? .missing, denominator: ReleasedFigure(count: known))
    case .quotient(let above, let below, let times):
      quotient(
        released(above, count: count, kind: kind).value,
        by: released(below, count: count, kind: kind).value, times: times)
    }
  }

  /// A released sum divided by another and multiplied.
  ///
  /// Both stand beside it, so its digits say nothing new; it has four, as rounded parts support no
  /// more, or all where the policy shows measures in full.
  private func quotient(
    _ above: ReleasedFigure, by below: ReleasedFigure, times: Double
  ) -> ReleasedStatistic {
    ReleasedStatistic(
      value: value(of: above, by: below, times: times), numerator: above, denominator: below)
  }

  private func value(
    of above: ReleasedFigure, by below: ReleasedFigure, times: Double
  ) -> ReleasedFigure {
    guard let whole = below.number else { return .missing }
    if whole.units == 0 { return .notApplicable }
    guard let part = above.number else { return .missing }
    if above == .zero { return .zero }
    let quotient = times * part.approximation / whole.approximation
    let digits = policy.resolution == nil ? nil : 4
    return ReleasedNumber(quotient, digits: digits).map { .shown($0) } ?? .missing
  }

  private func hidden(_ kind: ReleasedStatisticHeading.Kind) -> ReleasedStatistic {
    ReleasedStatistic(
      value: .redacted, numerator: kind.hasNumerator ? .redacted : nil,
      denominator: kind.hasDenominator ? .redacted : nil)
  }

  /// A part of a whole times a power of ten; a fraction has the digits of its percentage.
  private func share(
    _ part: Int, of whole: Int, shift: Int, nobody: ReleasedFigure
  ) -> ReleasedFigure {
    if whole == 0 { return nobody }
    if part == 0 { return .zero }
    let decimals = policy.percentDecimals.map { $0 + 2 - shift }
    return .shown(ReleasedNumber(part, dividedBy: whole, shift: shift, decimals: decimals))
  }
}
