import CarrelDifferencing
import CarrelPolicy

struct MissingAsFilter: Attack {
  let name = "A3 missing as a filter"
  let method = "take a mean beside the mean of a value that is missing for the target alone"
  let best = "two sums over people who differ by the target: the target's value"
  let bits = "as many as the resolution leaves"
  let knowledge = "how to name the target in a condition"

  func play(against policy: Policy) -> AttackOutcome {
    let values = SamePeople(policy)
    let targets = 1...Desk.minimum(of: policy)
    let told = targets.count { targets in
      values.areBothShown(0..<values.people, targets..<values.people) { values.place($0) }
    }
    return AttackOutcome(
      getsThrough: told > 0, "\(told) of \(targets.count) pairs of means are both shown")
  }
}

struct EditedValue: Attack {
  let name = "A4 edited value"
  let method =
    "take a mean beside the mean of the same value cut at a limit, doubled, of all people"
  let best = "two sums that differ by what few people have above the limit"
  let bits = "as many as the resolution leaves"
  let knowledge = "a limit that few are above"

  func play(against policy: Policy) -> AttackOutcome {
    let values = SamePeople(policy)
    let sorted = (0..<values.people).map(values.place).sorted()
    let targets = 1...Desk.minimum(of: policy)
    let told = targets.count { targets in
      let limit = sorted[values.people - targets - 1]
      return values.areBothShown(0..<values.people, 0..<values.people) {
        2 * min(values.place($0), limit)
      }
    }
    return AttackOutcome(
      getsThrough: told > 0, "\(told) of \(targets.count) pairs of means are both shown")
  }
}

/// Two means over nearly the same people, as the guard judges them.
private struct SamePeople {
  let people = 300
  private let policy: Policy

  init(_ policy: Policy) { self.policy = policy }

  /// A person's value, as a place in a range; no two are alike.
  func place(_ person: Int) -> Int { 1 + person * 7_919 % 30_000 }

  /// Whether a mean of the places of some people leaves, and beside it the mean of another value of
  /// some others.
  func areBothShown(
    _ first: Range<Int>, _ second: Range<Int>, value: (Int) -> Int
  ) -> Bool {
    if policy.isForSyntheticSitesOnly { return true }
    let run = [first, second]
    let vectors = run.map { Self.vector($0) { _ in 1 } }
    let values = [Self.vector(first, place), Self.vector(second, value)]
    let judgement = DifferencingGuard(DifferencingRules(minimum: Desk.minimum(of: policy)))
      .judgement(
        of: ["first", "second"].map { name in
          GuardedTable(figures: [
            GuardedFigure(
              labels: [1], published: .interval(people - 20...people), identity: name, key: 0)
          ])
        }, vectors: vectors, against: [],
        earlierVector: { _ in preconditionFailure("nothing was released before") },
        values: { place in if case .new(let number) = place { values[number] } else { nil } })
    // Of the very same people a second mean is shown where it takes the fact of how many they are.
    return !judgement.isHeld && (judgement.verdicts[1] == [.fine] || first == second)
      && !judgement.verdicts.joined().contains(.hide)
  }

  private static func vector(_ people: Range<Int>, _ label: (Int) -> Int) -> LabelVector {
    var builder = LabelVectorBuilder()
    for person in people { builder.append(index: UInt32(person), label: UInt32(label(person))) }
    return builder.finished()
  }
}
