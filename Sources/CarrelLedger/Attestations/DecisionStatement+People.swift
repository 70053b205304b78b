public import CarrelCrypto

/// A person who may decide, with every key that is theirs now.
public struct Guardian: Hashable, Sendable {
  /// The name on the roster, which decisions state.
  public let name: String
  /// The keys.
  public let keys: [VerifyingKey]

  /// A person with their keys.
  public init(name: String, keys: [VerifyingKey]) {
    self.name = name
    self.keys = keys
  }
}

/// Why a signed decision does not count.
public enum DecisionFault: Error, Hashable, Sendable {
  /// It is not a decision.
  case malformed
  /// Whoever it names is not on the roster.
  case unknownGuardian
  /// It is not signed by a key of the guardian whom it names.
  case notSigned
  /// It is about something else.
  case otherMatter
  /// Its time is over.
  case expired
}

extension DecisionStatement {
  /// Believes a decision about a matter, or says why not.
  ///
  /// - Parameters:
  ///   - envelope: The signed decision.
  ///   - matter: What it must be about, every part of it.
  ///   - roster: Those who may decide, as the roster is now.
  ///   - now: The time, which is at or after its expiry where the decision is void.
  /// - Returns: The decision.
  /// - Throws: The first ``DecisionFault``.
  public static func verified(
    _ envelope: Envelope, about matter: Matter, roster: [Guardian], at now: LedgerTime
  ) throws(DecisionFault) -> DecisionStatement<Matter> {
    guard let decision = try? DecisionStatement(in: envelope) else { throw .malformed }
    guard let guardian = roster.first(where: { $0.name == decision.guardian }) else {
      throw .unknownGuardian
    }
    guard !envelope.signers(among: guardian.keys).isEmpty else { throw .notSigned }
    guard decision.matter == matter else { throw .otherMatter }
    guard now < decision.expiry else { throw .expired }
    return decision
  }

  /// The people who approve a matter: each once, however many keys or envelopes are theirs, and
  /// nobody who also returns or rejects it.
  ///
  /// - Returns: Their names, in byte order.
  public static func approvers(
    in envelopes: [Envelope], of matter: Matter, roster: [Guardian], at now: LedgerTime
  ) -> [String] {
    let decisions = envelopes.compactMap { envelope in
      try? verified(envelope, about: matter, roster: roster, at: now)
    }
    let against = Set(decisions.filter { $0.word != .approve }.map(\.guardian))
    return Set(decisions.map(\.guardian)).subtracting(against).sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
  }
}
