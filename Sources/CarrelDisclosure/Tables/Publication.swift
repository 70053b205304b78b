import CarrelPlan
import CarrelPolicy
import CarrelValues

/// Rounds what the rules let through: counts by the policy's rounding, measures to their step.
struct Publication {
  let policy: Policy

  /// What may be said of a group.
  func published(_ group: GroupFacts, _ verdict: PrimaryRules.Verdict) -> PublishedGroup {
    let patients = verdict.showsCount ? rounded(group.patients) : nil
    return PublishedGroup(
      patients: patients,
      statistics: zip(group.statistics, verdict.showsStatistic).map { statistic, isShown in
        guard isShown, let patients else { return .hidden }
        return published(statistic, of: patients)
      })
  }

  private func published(_ statistic: StatisticFacts, of patients: Int) -> PublishedStatistic {
    switch statistic {
    case .patients: .patients
    case .share(let numerator): .percentage(part: rounded(numerator), whole: patients)
    case .tally(let count, _): .tally(count.map(rounded))
    case .knownShare(let numerator, let known):
      .fraction(part: rounded(numerator ?? 0), known: rounded(known))
    case .sum(let measure): published(sumOf: measure)
    case .mean(let measure): published(meanOf: measure)
    case .rate(let sum, let times):
      quotient(published(sum, of: patients), by: .tally(patients), times: times)
    case .ratio(let above, let below, let times):
      quotient(published(above, of: patients), by: published(below, of: patients), times: times)
    case .deviation(let deviation, let measure): published(deviation, of: measure)
    case .quantile(let quantile): published(quantile)
    }
  }

  private func quotient(
    _ above: PublishedStatistic, by below: PublishedStatistic, times: Double
  ) -> PublishedStatistic {
    above == .hidden || below == .hidden ? .hidden : .quotient(above, by: below, times: times)
  }

  private func published(_ deviation: Double?, of measure: MeasureFacts) -> PublishedStatistic {
    let known = rounded(measure.known)
    guard let deviation else { return .spread(nil, known: known) }
    let people = policy.rounding.least(roundedTo: known)
    guard let step = measure.deviationStep(over: people, under: policy) else {
      return .spread(ReleasedNumber(inFull: deviation), known: known)
    }
    return step.rounded(deviation).map { .spread($0, known: known) } ?? .hidden
  }

  private func published(_ quantile: QuantileFacts) -> PublishedStatistic {
    let known = rounded(quantile.measure.known)
    guard let value = quantile.value else { return .spread(nil, known: known) }
    if policy.resolution == nil { return .spread(ReleasedNumber(inFull: value), known: known) }
    return quantile.binned(under: policy).map { .spread($0, known: known) } ?? .hidden
  }

  private func rounded(_ count: Int) -> Int { policy.rounding.rounded(count) }

  /// The sum to a step of at least R·w, or in full.
  private func published(sumOf measure: MeasureFacts) -> PublishedStatistic {
    guard let sum = measure.sum.number else { return .sum(nil) }
    guard let step = measure.scale(under: policy)?.ofSum else {
      if case .integer(let integer) = measure.sum { return .sum(ReleasedNumber(units: integer)) }
      return .sum(ReleasedNumber(inFull: sum))
    }
    return step.rounded(sum).map { .sum($0) } ?? .hidden
  }

  /// The mean to a step of at least R·w/n, or in full.
  ///
  /// The step depends on the published number of people, so that it says no more about n.
  private func published(meanOf measure: MeasureFacts) -> PublishedStatistic {
    let known = rounded(measure.known)
    let scale = measure.scale(under: policy)
    guard let sum = measure.sum.number else { return .mean(nil, known: known, scale: scale) }
    let mean = sum / Double(measure.known)
    let people = policy.rounding.least(roundedTo: known)
    guard let step = scale?.ofMean(over: people) else {
      return .mean(ReleasedNumber(inFull: mean), known: known, scale: scale)
    }
    return step.rounded(mean).map { .mean($0, known: known, scale: scale) } ?? .hidden
  }
}
