import CarrelPlan
import CarrelPolicy

/// Takes the numbers of units through the gate: what leaves are percentiles across them.
///
/// Each unit's percentage is worked out from its own rounded parts, to a decimal; a unit of which
/// either part may not be shown is left out, and it is not said how many are. A percentile is shown
/// where enough units lie strictly beyond it, on both sides for the median, so that it is not that of
/// a few known ones (`attacks`, B5). Leaving out units with few people for whom it holds moves the
/// percentiles of a rare thing up; that is the price of the rule.
struct DecilesGate {
  let output: DecilesOutput
  let policy: Policy

  func released(_ raw: RawUnits) -> ReleasedDeciles {
    precondition(
      raw.cellsByInterval.count == output.intervals?.count ?? 1, "units for each interval")
    return ReleasedDeciles(
      name: output.name, intervals: output.intervals.map(ReleasedIntervals.init),
      statistics: output.statistics.map(ReleasedStatisticHeading.init),
      lines: raw.cellsByInterval.enumerated().flatMap { number, cells in
        lines(of: cells, interval: output.intervals == nil ? nil : number)
      })
  }

  private func lines(of units: [RawCell], interval: Int?) -> [ReleasedDeciles.Line] {
    let shares = output.statistics.indices.map { index in
      units.compactMap { share(of: $0, at: index) }.sorted()
    }
    return DecilesOutput.percentiles.map { percentile in
      ReleasedDeciles.Line(
        interval: interval, percentile: percentile,
        figures: shares.map { figure(percentile, of: $0) })
    }
  }

  /// A unit's percentage in tenths; `nil` where it is left out.
  private func share(of unit: RawCell, at index: Int) -> Int? {
    guard case .percent(let numerator) = unit.statistics[index] else {
      preconditionFailure("units are compared by percentages")
    }
    guard let part = policy.release(of: numerator, of: unit.patients).number,
      let whole = policy.release(of: unit.patients).number, whole > 0
    else { return nil }
    return (2 * 1_000 * part + whole) / (2 * whole)
  }

  /// A percentile of percentages in tenths, rising, to a tenth.
  private func figure(_ percentile: Int, of shares: [Int]) -> ReleasedFigure {
    guard !shares.isEmpty else { return policy.unitsBeyond == 0 ? .missing : .redacted }
    // In hundredths of a tenth: between the two units around it, in proportion (Hyndman and Fan's
    // definition 7).
    let (lower, rest) = ((shares.count - 1) * percentile).quotientAndRemainder(dividingBy: 100)
    let value = shares[lower] * (100 - rest) + (rest == 0 ? 0 : shares[lower + 1] * rest)
    guard hasUnits(beyond: value, percentile, in: shares) else { return .redacted }
    if value == 0 { return .zero }
    return .shown(ReleasedNumber(units: (2 * value + 100) / 200, decimals: 1))
  }

  /// Whether enough units lie strictly beyond a value: those below it for a low percentile, those
  /// above it for a high one, and either for the median.
  private func hasUnits(beyond value: Int, _ percentile: Int, in shares: [Int]) -> Bool {
    let below = shares.count { 100 * $0 < value }
    let above = shares.count { 100 * $0 > value }
    return (percentile > 50 || below >= policy.unitsBeyond)
      && (percentile < 50 || above >= policy.unitsBeyond)
  }
}
