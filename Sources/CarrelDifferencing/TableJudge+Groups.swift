import CarrelWitness

/// What tables determine of the groups that they make together.
extension TableJudge {
  /// The first small group that one other table and the new one determine (T2).
  mutating func firstShared() -> Repairable? {
    for number in others.indices where !settledPairs.contains(number) {
      let (other, pair) = (others[number], pairs[number])
      let isSmall = pair.shared.entries.contains { (1...rules.minimum).contains($0.count) }
      guard isSmall, pair.isConnected else {
        settledPairs.insert(number)
        continue
      }
      let audit = GroupAudit(
        [settled, other],
        pair.shared.entries.map { JointGroup(labels: [$0.first, $0.second], count: $0.count) },
        minimum: rules.minimum)
      // Between intervals of one series what is published decides; else the counts themselves.
      let isExact = !other.isSibling(of: settled)
      let found = first(
        in: audit, .shared(settled.place, other.place),
        by: audit.facts(of: 0...1, asExact: isExact),
        butNotBy: audit.facts(of: [1], asExact: isExact))
      if let found { return found }
      settledPairs.insert(number)
    }
    return nil
  }

  /// The first small group that several other tables and the new one determine (T3).
  func firstJoint(_ joint: JointGroups) -> Repairable? {
    guard joint.linked.count > 1 else { return nil }
    let audit = GroupAudit(
      [settled] + joint.linked.map { others[$0] }, joint.groups, minimum: rules.minimum)
    let targets = audit.targets()
    if targets.isEmpty { return nil }
    let kind = DifferencingFinding.Kind.joint(audit.tables.map(\.place))
    if let target = firstOfRank(audit, targets) { return repairable(target, in: audit, kind) }
    return first(
      in: audit, kind, by: audit.facts(of: audit.tables.indices, asExact: false),
      butNotBy: audit.facts(of: audit.tables.indices.dropFirst(), asExact: false))
  }

  /// The first target that follows by adding and subtracting the counts behind figures, those of
  /// other intervals of its own series left out.
  private func firstOfRank(_ audit: GroupAudit, _ targets: [GroupAudit.Target])
    -> GroupAudit.Target?
  {
    let strict = audit.tables.indices.dropFirst().filter {
      !audit.tables[$0].isSibling(of: settled)
    }
    var space = RowSpace(width: audit.groups.count)
    for fact in audit.facts(of: strict, asExact: true) { space.insert(fact.atoms) }
    let open = targets.filter { !space.contains($0.groups) }
    for fact in audit.facts(of: [0], asExact: true) { space.insert(fact.atoms) }
    return open.first { space.contains($0.groups) }
  }

  private func first(
    in audit: GroupAudit, _ kind: DifferencingFinding.Kind, by facts: [PublishedFact],
    butNotBy known: [PublishedFact]
  ) -> Repairable? {
    let outcome = audit.firstDetermined(
      audit.targets(), by: facts, butNotBy: known, nodeLimit: rules.nodeLimit)
    switch outcome {
    case .nothing: return nil
    case .found(let target): return repairable(target, in: audit, kind)
    case .undecided:
      return Repairable(
        finding: DifferencingFinding(.undecided(audit.tables.map(\.place))), culprits: [])
    }
  }

  /// A small group with the figures of the new table that it is part of, or else any of them.
  private func repairable(
    _ target: GroupAudit.Target, in audit: GroupAudit, _ kind: DifferencingFinding.Kind
  ) -> Repairable {
    let labels = Set(target.groups.map { audit.groups[$0].labels[0] })
    let own = known.filter { !labels.isDisjoint(with: settled.figures[$0].labels) }
    return Repairable(
      finding: DifferencingFinding(
        kind, figures: own.map(settled.place(of:)), people: target.people),
      culprits: own.isEmpty ? known : own)
  }
}
