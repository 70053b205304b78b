public import CarrelCrypto
internal import CarrelJSON

/// The word of a decision, as it is signed.
public enum SignedWord: String, Hashable, Sendable, CaseIterable {
  case approve, `return`, reject
}

/// What a guardian decided, about exactly what, until when.
///
/// Every part is signed, so that one changed byte voids it, and no decision serves as another: not a
/// rejection as an approval, not last year's as this year's, not one run's as another's.
public struct DecisionStatement<Matter: DecisionMatter>: Hashable, Sendable {
  /// The word.
  public let word: SignedWord
  /// What was decided about.
  public let matter: Matter
  /// The guardian's name on the site's roster.
  public let guardian: String
  /// From when on the decision is void.
  public let expiry: LedgerTime

  /// A decision of these parts.
  public init(word: SignedWord, matter: Matter, guardian: String, expiry: LedgerTime) {
    self.word = word
    self.matter = matter
    self.guardian = guardian
    self.expiry = expiry
  }
}

// MARK: As a statement

extension DecisionStatement {
  /// The decision as an in-toto statement about the bytes of its matter.
  public var statement: InTotoStatement {
    let word = [JSON.Member("word", .string(word.rawValue))]
    let guardian: [JSON.Member] = [
      .init("guardian", .string(guardian)), .init("expiry", .string(expiry.description)),
    ]
    return InTotoStatement(
      subjects: [.init(name: Matter.subjectName, digest: matter.subject)],
      predicateType: Matter.predicateType,
      predicate: JSON.object(word + matter.members + guardian))
  }

  /// The decision in an envelope that its guardian has signed.
  public func signed(with key: SigningKey) -> Envelope {
    var envelope = statement.envelope
    envelope.sign(with: key)
    return envelope
  }

  /// Reads a decision without believing it.
  ///
  /// - Throws: ``LedgerError/malformed(_:)``.
  public init(in envelope: Envelope) throws(LedgerError) {
    let statement = try InTotoStatement(in: envelope)
    let said = EntryMembers(object: statement.predicate)
    guard statement.predicateType == Matter.predicateType, statement.subjects.count == 1,
      let matter = Matter(
        predicate: statement.predicate, subject: statement.subjects[0].digest),
      let word = said["word"].flatMap({ SignedWord(rawValue: $0) }),
      let guardian = said["guardian"], let expiry = said["expiry"].flatMap({ LedgerTime($0) })
    else { throw .malformed(.attestation) }
    self.init(word: word, matter: matter, guardian: guardian, expiry: expiry)
    guard self.statement == statement else { throw .malformed(.attestation) }
  }
}
