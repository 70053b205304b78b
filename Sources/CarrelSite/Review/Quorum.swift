public import CarrelLedger

/// How many independent people must agree before anything leaves.
public struct Quorum: Hashable, Sendable {
  /// How many guardians must have decided.
  public let guardians: Int
  /// How many organisations they must come from.
  public let organisations: Int

  /// A quorum of this many guardians from this many organisations, at least one of each.
  public init(guardians: Int, organisations: Int) {
    precondition(guardians >= 1 && (1...guardians).contains(organisations), "a quorum can be met")
    self.guardians = guardians
    self.organisations = organisations
  }

  /// What the decisions of a round come to.
  public enum Verdict: Hashable, Sendable {
    /// More guardians are needed.
    case waiting(guardians: Int)
    /// Enough have decided, and this is what follows.
    case decided(SignedWord)
  }

  /// What decisions come to at a moment, in seconds since 1970.
  ///
  /// People are counted, not signatures; a decision that expired, or of somebody who is not an
  /// independent guardian at the moment, does not count. One refusal outweighs any number of
  /// approvals, and a request for a change outweighs approval.
  public func verdict(
    of decisions: [Decision], by roster: [Person], independentOf work: Independence, at moment: Int
  ) -> Verdict {
    let counted = counting(decisions, by: roster, independentOf: work, at: moment)
    let organisations = Set(counted.map(\.person.organisation)).count
    let missing = max(
      guardians - counted.count, self.organisations - organisations)
    guard missing <= 0 else { return .waiting(guardians: missing) }
    let words = Set(counted.map(\.decision.word))
    return .decided(
      words.contains(.reject) ? .reject : words.contains(.return) ? .return : .approve)
  }

  /// The decisions that count, one a person, the latest where there are several.
  public func counting(
    _ decisions: [Decision], by roster: [Person], independentOf work: Independence, at moment: Int
  ) -> [(person: Person, decision: Decision)] {
    roster.compactMap { person in
      let own = decisions.filter {
        $0.guardian == person.id && $0.decidedAt <= moment && moment < $0.expiresAt
      }
      guard work.objection(to: person, at: moment) == nil,
        let latest = own.max(by: { $0.decidedAt < $1.decidedAt })
      else { return nil }
      return (person, latest)
    }
  }
}

extension Site {
  /// How many guardians decide here: two of two organisations where people are real.
  public var quorum: Quorum {
    switch kind {
    case .protected: Quorum(guardians: 2, organisations: 2)
    case .synthetic: Quorum(guardians: 1, organisations: 1)
    }
  }
}
