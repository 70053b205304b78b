import CarrelWitness

/// Quick proofs that a group has no one number: small changes that every fact allows.
///
/// Whoever has a change is safe, whatever else is so; whoever has none is audited.
struct GroupMoves {
  private let groups: [JointGroup]
  /// How much the sum of each fact may rise and fall.
  private var up: [Int] = []
  private var down: [Int] = []
  /// Whether some sum may change.
  private let hasSlack: Bool
  /// For each group the facts that it is part of, ascending.
  private var factsOf: [[Int]]
  private let numbers: [[Int]: Int]

  /// Groups up to which every other one is tried.
  private static let pairLimit = 1_024

  init(_ groups: [JointGroup], _ facts: [PublishedFact]) {
    self.groups = groups
    factsOf = [[Int]](repeating: [], count: groups.count)
    for (number, fact) in facts.enumerated() {
      let sum = fact.atoms.reduce(0) { $0 + groups[$1].count }
      up.append(fact.high.map { $0 - sum } ?? .max)
      down.append(sum - fact.low)
      for atom in fact.atoms { factsOf[atom].append(number) }
    }
    hasSlack = up.contains { $0 > 0 } || down.contains { $0 > 0 }
    numbers = Dictionary(groups.enumerated().map { ($1.labels, $0) }) { first, _ in first }
  }

  /// Whether the number of people of a target can change while every fact still holds.
  func canChange(_ target: GroupAudit.Target) -> Bool {
    target.groups.contains { group in
      canMove(by: 1, group) || canMove(by: -1, group)
        || (groups.count <= Self.pairLimit && canSwapPeople(group, target))
        || canExchangeLabel(group, target)
    }
  }

  private func canMove(by step: Int, _ group: Int) -> Bool {
    groups[group].count + step >= 0
      && factsOf[group].allSatisfy { (step > 0 ? up[$0] : down[$0]) >= 1 }
  }

  /// Whether one person more here and one fewer there, or the reverse, agrees with every fact.
  private func canSwapPeople(_ group: Int, _ target: GroupAudit.Target) -> Bool {
    // Where every figure is exact, no two groups are part of the same ones.
    guard hasSlack else { return false }
    return groups.indices.contains { other in
      guard other != group, !target.groups.contains(other) else { return false }
      let own = factsOf[group].filter { !factsOf[other].contains($0) }
      let its = factsOf[other].filter { !factsOf[group].contains($0) }
      return (own.allSatisfy { up[$0] >= 1 } && its.allSatisfy { down[$0] >= 1 })
        || (own.allSatisfy { down[$0] >= 1 } && its.allSatisfy { up[$0] >= 1 })
    }
  }

  /// Whether a person of this group and one of another could exchange the label of one table: that
  /// changes no sum of any table.
  private func canExchangeLabel(_ group: Int, _ target: GroupAudit.Target) -> Bool {
    let own = groups[group].labels
    if isKeptWithNobody(own, target) { return true }
    return groups.indices.contains { other in
      guard other != group, !target.groups.contains(other) else { return false }
      return own.indices.contains { table in
        let its = groups[other].labels
        guard own[table] != its[table] else { return false }
        var (mine, theirs) = (own, its)
        (mine[table], theirs[table]) = (its[table], own[table])
        return isKept(mine, other, theirs, group, target)
      }
    }
  }

  private func isKept(
    _ mine: [Int], _ other: Int, _ theirs: [Int], _ group: Int, _ target: GroupAudit.Target
  ) -> Bool {
    guard mine != groups[other].labels else { return false }
    return [mine, theirs].allSatisfy { labels in
      if labels.allSatisfy({ $0 == 0 }) { return true }
      guard let number = numbers[labels] else { return false }
      return number != group && !target.groups.contains(number)
    }
  }

  /// Whether somebody of this group could exchange labels with somebody who is in no table.
  private func isKeptWithNobody(_ own: [Int], _ target: GroupAudit.Target) -> Bool {
    own.indices.contains { table in
      guard own[table] != 0 else { return false }
      var (rest, alone) = (own, own.map { _ in 0 })
      rest[table] = 0
      alone[table] = own[table]
      return rest.contains { $0 != 0 }
        && [rest, alone].allSatisfy { labels in
          numbers[labels].map { !target.groups.contains($0) } ?? false
        }
    }
  }
}
