import CarrelPolicy

/// Hides figures beside hidden ones where everyone has exactly one of some levels.
///
/// The levels of a variable add up to the group. Where counts are not rounded, a hidden one follows
/// by subtraction when it is the only one, and the sum of a few hidden ones is itself a count. Levels
/// are then hidden too, until at least two are and their people together may be shown. Which ones
/// never depends on how many people they have: they follow the last hidden one in the declared order,
/// and then come from the first (`attacks`, D3).
struct Companions {
  let policy: Policy

  /// The verdict on a group, with more of each variable's levels hidden where that is needed.
  func hidden(
    _ verdict: PrimaryRules.Verdict, of group: GroupFacts, among partitions: [Range<Int>]
  ) -> PrimaryRules.Verdict {
    guard policy.rounding == .none, verdict.showsCount else { return verdict }
    var verdict = verdict
    for levels in partitions {
      while let next = next(after: verdict, of: group, in: levels) {
        verdict.showsStatistic[next] = false
      }
    }
    return verdict
  }

  /// The level to be hidden next; `nil` where nothing follows from what is shown.
  private func next(
    after verdict: PrimaryRules.Verdict, of group: GroupFacts, in levels: Range<Int>
  ) -> Int? {
    let hidden = levels.filter { !verdict.showsStatistic[$0] }
    guard let last = hidden.last, hidden.count < levels.count else { return nil }
    let people = hidden.map { group.statistics[$0].numerator }.reduce(0, +)
    if hidden.count > 1, policy.shows(people) { return nil }
    let shown = levels.filter { verdict.showsStatistic[$0] }
    return shown.first { $0 > last } ?? shown.first
  }
}

extension StatisticFacts {
  /// The people for whom it holds.
  fileprivate var numerator: Int {
    guard case .share(let numerator) = self else {
      preconditionFailure("a level is a share of the group")
    }
    return numerator
  }
}
