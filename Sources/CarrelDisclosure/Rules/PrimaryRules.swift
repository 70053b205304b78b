import CarrelPlan
import CarrelPolicy
import CarrelValues

/// Which figures of a group may be shown, looking at that group alone.
///
/// Every rule counts distinct patients, in whole numbers. What is hidden here stays hidden; later
/// stages only hide more.
struct PrimaryRules {
  let policy: Policy

  /// Whether the number of people of a group, and then each of its statistics, may be shown.
  struct Verdict: Equatable {
    var showsCount: Bool
    var showsStatistic: [Bool]
  }

  /// The verdict on a group: where its number of people is hidden, so is all else about it.
  func verdict(on group: GroupFacts) -> Verdict {
    let showsCount = policy.shows(group.patients)
    return Verdict(
      showsCount: showsCount,
      showsStatistic: group.statistics.map { showsCount && shows($0, of: group.patients) })
  }

  /// The verdict on a group of which some figures may not be seen beside others.
  func verdict(on group: GroupFacts, seeing: Verdict) -> Verdict {
    guard seeing.showsCount else { return nothing(of: group) }
    var verdict = verdict(on: group)
    for (number, isSeen) in seeing.showsStatistic.enumerated() where !isSeen {
      verdict.showsStatistic[number] = false
    }
    return verdict
  }

  /// The verdict that hides a group whole.
  func nothing(of group: GroupFacts) -> Verdict {
    Verdict(showsCount: false, showsStatistic: group.statistics.map { _ in false })
  }

  /// Whether the numbers of people that a statistic is made of may each be shown, in the order of
  /// ``StudyIndex/parts(of:)``; a statistic may be hidden for other reasons.
  func showsCounts(of statistic: StatisticFacts, of patients: Int) -> [Bool] {
    switch statistic {
    case .patients, .sum: []
    case .share(let numerator): [policy.shows(numerator, of: patients)]
    case .tally(let count, _): [policy.shows(count ?? 0, of: patients)]
    case .knownShare(let numerator, let known):
      [policy.shows(numerator ?? 0, of: known), showsKnown(known, of: patients)]
    case .mean(let measure), .deviation(_, let measure): [showsKnown(measure.known, of: patients)]
    case .quantile(let quantile): [showsKnown(quantile.measure.known, of: patients)]
    case .rate(let sum, times: _): showsCounts(of: sum, of: patients)
    case .ratio(let above, let below, times: _):
      showsCounts(of: above, of: patients) + showsCounts(of: below, of: patients)
    }
  }

  private func shows(_ statistic: StatisticFacts, of patients: Int) -> Bool {
    switch statistic {
    case .patients: true
    case .share(let numerator): policy.shows(numerator, of: patients)
    case .tally(let count, let known):
      showsKnown(known, of: patients) && policy.shows(count ?? 0, of: patients)
    case .knownShare(let numerator, let known):
      showsKnown(known, of: patients) && policy.shows(numerator ?? 0, of: known)
    case .sum(let measure), .mean(let measure), .deviation(_, of: let measure):
      showsKnown(measure.known, of: patients) && shows(measure) && !isDominated(measure)
    case .rate(let sum, times: _): shows(sum, of: patients)
    case .ratio(let above, let below, times: _):
      shows(above, of: patients) && shows(below, of: patients) && showsParts(above, below)
    case .quantile(let quantile):
      showsKnown(quantile.measure.known, of: patients) && shows(quantile.measure)
        && shows(quantile)
    }
  }

  /// Whether two counts of people may stand beside each other: one may be a part of the other.
  private func showsParts(_ above: StatisticFacts, _ below: StatisticFacts) -> Bool {
    guard case .tally(let part?, _) = above, case .tally(let whole?, _) = below else { return true }
    return policy.shows(min(part, whole), of: max(part, whole))
  }

  private func shows(_ quantile: QuantileFacts) -> Bool {
    if quantile.measure.known == 0 || policy.resolution == nil { return true }
    return quantile.hasTails(under: policy) && quantile.binned(under: policy) != nil
  }

  /// Whether it may be said how many have a value: they, and those who lack one, are nobody or
  /// more than the policy hides.
  private func showsKnown(_ known: Int, of patients: Int) -> Bool {
    let lacking = patients - known
    return policy.shows(known) && (lacking == 0 || policy.shows(lacking))
  }

  /// Widths of a declared range that give a step; nothing that is measured is outside of them.
  private static let widths = 1e-30...1e30

  private func shows(_ measure: MeasureFacts) -> Bool {
    if measure.known == 0 { return true }
    guard measure.known >= policy.fewestForMean, showsDifferent(measure) else { return false }
    guard policy.resolution != nil else { return true }
    guard let bounds = measure.bounds, Self.widths.contains(bounds.width) else { return false }
    return showsContributions(to: measure, within: bounds)
  }

  /// Whether it may be said how many differ from the commonest value: nobody, where the policy shows
  /// that everybody is alike, or more than it hides (`attacks`, A2 and A6).
  private func showsDifferent(_ measure: MeasureFacts) -> Bool {
    policy.shows(measure.known - measure.concentration.commonest)
  }

  /// Whether so much of the total is that of a few people that others, or they of each other, could
  /// work out what they contribute.
  private func isDominated(_ measure: MeasureFacts) -> Bool {
    let concentration = measure.concentration
    return policy.dominance.map {
      concentration.largestPercentages[$0.largest - 1] > $0.mostPercent
    } ?? false || policy.leastRemainder.map { concentration.remainderPercentage < $0 } ?? false
  }

  /// Whether the sum is not that of a few people at one end of the range.
  ///
  /// A value made so that a chosen few have the highest and all others the lowest counts those few.
  /// How many people at the highest value would make the sum, and likewise at the lowest, is
  /// therefore treated as a count of people (`attacks`, K2 and A2).
  private func showsContributions(to measure: MeasureFacts, within bounds: Bounds) -> Bool {
    guard let sum = measure.sum.number else { return true }
    let fromLowest = sum - Double(measure.known) * bounds.lowest
    let fromHighest = Double(measure.known) * bounds.highest - sum
    return [fromLowest, fromHighest].allSatisfy { distance in
      if distance == 0 { return policy.shows(0) }
      guard let hidden = policy.hiddenCounts else { return true }
      return distance >= Double(hidden.upperBound + 1) * bounds.width
    }
  }
}
