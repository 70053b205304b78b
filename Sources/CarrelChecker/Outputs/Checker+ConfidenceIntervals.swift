import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax

// `with interval 95%`.
extension Checker {
  /// The statistics of an output, each with the interval that is written with it; `nil` where one
  /// of those, or a statistic itself, has a mistake.
  func withIntervals(
    _ statistics: [Lowered.Statistic?], asWritten written: [Written.Statistic]
  ) -> [Lowered.Statistic]? {
    var isRight = true
    let result = zip(statistics, written).map { statistic, written -> Lowered.Statistic? in
      guard var statistic, let level = written.intervalPercent else { return statistic }
      let thousandths = thousandths(of: level)
      let method = method(of: statistic, among: statistics, written)
      if let thousandths, let method {
        statistic.interval = ConfidenceInterval(thousandths: thousandths, method: method)
      } else {
        isRight = false
      }
      return statistic
    }
    let known = result.compactMap(\.self)
    return isRight && known.count == statistics.count ? known : nil
  }

  /// A level in percent with at most one decimal, as thousandths.
  private func thousandths(of level: Literal) -> Int? {
    let known = ConfidenceInterval.offered.first { thousandths in
      switch level.kind {
      case .integer(let percent): percent * 10 == thousandths
      case .decimal(let percent): percent == Double(thousandths) / 10
      default: false
      }
    }
    if let known { return known }
    return failure(
      Diagnostic(
        .unknownIntervalLevel, "there is no interval of \(excerpt(level.span))%", at: level.span
      ).help("write a level from 50% to 99.9%, with at most one decimal: `with interval 95%`"))
  }

  /// How the interval of a statistic is worked out from what is released.
  private func method(
    of statistic: Lowered.Statistic, among statistics: [Lowered.Statistic?],
    _ written: Written.Statistic
  ) -> ConfidenceInterval.Method? {
    switch statistic.kind {
    case .percent: return .share
    case .mean(let measure) where measure.isTally: return .share
    case .mean(let measure): return mean(of: measure, among: statistics, written)
    case .rate(let measure, per: _) where measure.isTally: return .share
    case .rate(let measure, per: _) where measure.isCount: return .events
    case .personTimeRate(let measure, per: _, days: _) where measure.isCount: return .events
    case .ratio(let above, to: let below) where above.isCount && below.isCount:
      return .ratioOfEvents
    case .rate, .personTimeRate, .ratio:
      return withoutInterval(
        written, "only what counts people or events has one",
        "leave `with interval` out, or count something")
    case .count, .sum:
      return withoutInterval(
        written, "everyone is counted, and nothing estimated",
        "give it to a `percent`, a `rate`, a `ratio` or a `mean`")
    case .standardDeviation, .quantile:
      return withoutInterval(
        written, "none follows from released figures", "show a `mean` and its `sd` instead")
    }
  }

  private func mean(
    of measure: Measure, among statistics: [Lowered.Statistic?], _ written: Written.Statistic
  ) -> ConfidenceInterval.Method? {
    let deviation = statistics.firstIndex { $0?.kind == .standardDeviation(measure) }
    if let deviation { return .mean(deviation: deviation) }
    // What has a mistake may have been the deviation.
    if statistics.contains(where: { $0 == nil }) { return nil }
    let subject = if case .of(_, let value) = written.figure { excerpt(value.span) } else { "…" }
    return failure(
      Diagnostic(
        .intervalWithoutDeviation, "the interval of a mean needs the sd, which is not shown",
        at: written.intervalPercent?.span ?? written.span
      ).label("worked out from released figures only").help("also show `sd \(subject)`"))
  }

  private func withoutInterval(
    _ written: Written.Statistic, _ reason: String, _ step: String
  ) -> ConfidenceInterval.Method? {
    failure(
      Diagnostic(
        .withoutConfidenceInterval, "a `\(written.figure.word)` has no interval",
        at: written.intervalPercent?.span ?? written.span
      ).label(reason).help(step))
  }
}

extension Figure {
  /// The word that it begins with.
  fileprivate var word: String {
    switch self {
    case .count: "count"
    case .of(let measure, _): measure.rawValue
    case .quantile: "quantile"
    case .rate: "rate"
    case .ratio: "ratio"
    }
  }
}
