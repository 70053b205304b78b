public import CarrelCrypto
internal import CarrelJSON

/// What a guardian decided, about exactly what, until when.
///
/// Every part is signed, so that one changed byte voids it, and no decision serves as another: not a
/// rejection as an approval, not last year's as this year's, not one run's as another's.
public struct DecisionStatement: Hashable, Sendable {
  /// The word.
  public let word: Word
  /// What was decided about.
  public let matter: Matter
  /// The guardian's name on the site's roster.
  public let guardian: String
  /// From when on the decision is void.
  public let expiry: LedgerTime

  /// The word of a decision.
  public enum Word: String, Hashable, Sendable, CaseIterable {
    case approve, `return`, reject
  }

  /// What a decision is about, to the last byte.
  public struct Matter: Hashable, Sendable {
    /// The name of the site's log.
    public let site: String
    /// The project.
    public let project: String
    /// The run.
    public let run: String
    /// The digest of the study with its code lists and parameters.
    public let study: Digest
    /// The keyed digest of the snapshot.
    public let snapshot: Digest
    /// The digest of the policy.
    public let policy: Digest
    /// The round of the review, from 1.
    public let round: Int
    /// The digest of everything that would leave.
    public let outputs: Digest

    /// A matter of these parts.
    public init(
      site: String, project: String, run: String, study: Digest, snapshot: Digest, policy: Digest,
      round: Int, outputs: Digest
    ) {
      self.site = site
      self.project = project
      self.run = run
      self.study = study
      self.snapshot = snapshot
      self.policy = policy
      self.round = round
      self.outputs = outputs
    }
  }

  /// The domain tag: no other kind of statement has this type.
  public static let predicateType = "urn:x-carrel:decision:v1"

  /// A decision of these parts.
  public init(word: Word, matter: Matter, guardian: String, expiry: LedgerTime) {
    self.word = word
    self.matter = matter
    self.guardian = guardian
    self.expiry = expiry
  }
}

// MARK: As a statement

extension DecisionStatement {
  private static let subjectName = "outputs"

  /// The decision as an in-toto statement about the outputs.
  public var statement: InTotoStatement {
    let predicate = JSON.object([
      .init("word", .string(word.rawValue)), .init("site", .string(matter.site)),
      .init("project", .string(matter.project)), .init("run", .string(matter.run)),
      .init("study", .string(matter.study.hexadecimal)),
      .init("snapshot", .string(matter.snapshot.hexadecimal)),
      .init("policy", .string(matter.policy.hexadecimal)), .init("round", .integer(matter.round)),
      .init("guardian", .string(guardian)), .init("expiry", .string(expiry.description)),
    ])
    return InTotoStatement(
      subjects: [.init(name: Self.subjectName, digest: matter.outputs)],
      predicateType: Self.predicateType, predicate: predicate)
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
    guard statement.predicateType == Self.predicateType, statement.subjects.count == 1,
      let word = said["word"].flatMap({ Word(rawValue: $0) }), let site = said["site"],
      let project = said["project"], let run = said["run"], let study = said.digest("study"),
      let snapshot = said.digest("snapshot"), let policy = said.digest("policy"),
      let round = statement.predicate["round"]?.integer, let guardian = said["guardian"],
      let expiry = said["expiry"].flatMap({ LedgerTime($0) })
    else { throw .malformed(.attestation) }
    self.init(
      word: word,
      matter: Matter(
        site: site, project: project, run: run, study: study, snapshot: snapshot, policy: policy,
        round: round, outputs: statement.subjects[0].digest),
      guardian: guardian, expiry: expiry)
    guard self.statement == statement else { throw .malformed(.attestation) }
  }
}
