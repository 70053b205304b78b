import CarrelPlan
import CarrelPolicy
import CarrelStatistics

/// Works out confidence intervals from published parts, and from nothing else.
///
/// Whoever has the released figures can do the same, so an interval says nothing new.
struct IntervalFigures {
  let policy: Policy

  /// The interval of a statistic of a group, given the figure that it stands beside.
  func released(
    _ interval: ConfidenceInterval, of statistic: PublishedStatistic,
    in group: PublishedGroup, beside figure: ReleasedFigure
  ) -> ReleasedConfidenceInterval {
    guard figure.number != nil else { return ReleasedConfidenceInterval(both: figure) }
    switch (interval.method, statistic) {
    case (.share, .percentage(let part, let whole)):
      let decimals = policy.percentDecimals
      return share(part, of: whole, interval, times: 100) { rounded($0, toDecimals: decimals) }
    case (.share, .fraction(let part, let known)):
      let decimals = policy.percentDecimals.map { $0 + 2 }
      return share(part, of: known, interval, times: 1) { rounded($0, toDecimals: decimals) }
    case (.share, .quotient(.tally(let part?), by: .tally(let whole?), let times)):
      return share(part, of: whole, interval, times: times, rounded: significant)
    case (.events, .quotient(let above, by: let below, let times)):
      guard let events = above.number, let whole = below.number else { break }
      let bounds = ConfidenceBounds(ofEvents: events, coverage: interval.coverage)
      return figures(bounds.scaled(by: times / whole), rounded: significant)
    case (.ratioOfEvents, .quotient(let above, by: let below, _)):
      guard let events = above.number, let others = below.number else { break }
      let bounds = ConfidenceBounds(ofRatio: events, to: others, coverage: interval.coverage)
      return bounds.map { figures($0, rounded: significant) } ?? .init(both: .missing)
    case (.mean(let deviation), .mean(let mean?, let known, _)):
      return self.mean(mean, known, interval, by: group.statistics[deviation])
    default: preconditionFailure("an interval is worked out as its statistic allows")
    }
    return ReleasedConfidenceInterval(both: .missing)
  }

  private func share(
    _ part: Int, of whole: Int, _ interval: ConfidenceInterval, times: Double,
    rounded: (Double) -> ReleasedNumber?
  ) -> ReleasedConfidenceInterval {
    let bounds = ConfidenceBounds(ofShare: part, of: whole, coverage: interval.coverage)
    return figures(bounds.scaled(by: times), rounded: rounded)
  }

  /// The interval of a mean, from the deviation that is published in the same group.
  ///
  /// A deviation that is 0, or was rounded to it, gives no interval: it would have no width.
  private func mean(
    _ mean: ReleasedNumber, _ known: Int, _ interval: ConfidenceInterval,
    by statistic: PublishedStatistic
  ) -> ReleasedConfidenceInterval {
    guard case .spread(let deviation, known: _) = statistic else {
      return ReleasedConfidenceInterval(both: .redacted)
    }
    let bounds = deviation.flatMap { deviation in
      deviation.units == 0
        ? nil
        : ConfidenceBounds(
          ofMean: mean.approximation, deviation: deviation.approximation, count: known,
          coverage: interval.coverage)
    }
    guard let bounds, let deviation else { return ReleasedConfidenceInterval(both: .missing) }
    let decimals = policy.resolution == nil ? nil : max(0, mean.decimals, deviation.decimals)
    return figures(bounds) { rounded($0, toDecimals: decimals) }
  }

  private func figures(
    _ bounds: ConfidenceBounds, rounded: (Double) -> ReleasedNumber?
  ) -> ReleasedConfidenceInterval {
    let ends = [bounds.lower, bounds.upper].map { end -> ReleasedFigure in
      end == 0 ? .zero : rounded(end).map { .shown($0) } ?? .missing
    }
    return ReleasedConfidenceInterval(lower: ends[0], upper: ends[1])
  }

  /// As many digits as the figure itself has; see ``DerivedFigures``.
  private func significant(_ number: Double) -> ReleasedNumber? {
    ReleasedNumber(number, digits: policy.resolution == nil ? nil : 4)
  }

  private func rounded(_ number: Double, toDecimals decimals: Int?) -> ReleasedNumber? {
    guard number.isFinite else { return nil }
    let inFull = ReleasedNumber(inFull: number)
    return decimals.map { inFull.rounded(toDecimals: $0) } ?? inFull
  }
}

extension PublishedStatistic {
  /// A published count or sum; `nil` where nobody has a value.
  fileprivate var number: Double? {
    switch self {
    case .tally(let count): count.map { Double($0) }
    case .sum(let sum): sum?.approximation
    default: nil
    }
  }
}
