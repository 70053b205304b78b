public import CarrelCrypto
internal import CarrelJSON

/// What a guardian decided about a project, to the last byte of its text, until when.
///
/// It has a type of its own, so that no word on a project serves as one on a run.
public struct ProjectDecisionStatement: Hashable, Sendable {
  /// The word.
  public let word: DecisionStatement.Word
  /// What was decided about.
  public let matter: Matter
  /// The guardian's name on the site's roster.
  public let guardian: String
  /// From when on the decision is void.
  public let expiry: LedgerTime

  /// What a decision about a project is about.
  public struct Matter: Hashable, Sendable {
    /// The name of the site's log.
    public let site: String
    /// The project.
    public let project: String
    /// The digest of the project's text, which holds the digest of its policy.
    public let text: Digest

    /// A matter of these parts.
    public init(site: String, project: String, text: Digest) {
      self.site = site
      self.project = project
      self.text = text
    }
  }

  /// The domain tag: no other kind of statement has this type.
  public static let predicateType = "urn:x-carrel:project-decision:v1"

  /// A decision of these parts.
  public init(
    word: DecisionStatement.Word, matter: Matter, guardian: String, expiry: LedgerTime
  ) {
    self.word = word
    self.matter = matter
    self.guardian = guardian
    self.expiry = expiry
  }
}

extension ProjectDecisionStatement {
  private static let subjectName = "project"

  /// The decision as an in-toto statement about the project's text.
  public var statement: InTotoStatement {
    let predicate = JSON.object([
      .init("word", .string(word.rawValue)), .init("site", .string(matter.site)),
      .init("project", .string(matter.project)), .init("guardian", .string(guardian)),
      .init("expiry", .string(expiry.description)),
    ])
    return InTotoStatement(
      subjects: [.init(name: Self.subjectName, digest: matter.text)],
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
      let word = said["word"].flatMap({ DecisionStatement.Word(rawValue: $0) }),
      let site = said["site"], let project = said["project"], let guardian = said["guardian"],
      let expiry = said["expiry"].flatMap({ LedgerTime($0) })
    else { throw .malformed(.attestation) }
    self.init(
      word: word,
      matter: Matter(site: site, project: project, text: statement.subjects[0].digest),
      guardian: guardian, expiry: expiry)
    guard self.statement == statement else { throw .malformed(.attestation) }
  }

  /// Believes a decision about a project, or says why not.
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
  ) throws(DecisionFault) -> ProjectDecisionStatement {
    guard let decision = try? ProjectDecisionStatement(in: envelope) else { throw .malformed }
    guard let guardian = roster.first(where: { $0.name == decision.guardian }) else {
      throw .unknownGuardian
    }
    guard !envelope.signers(among: guardian.keys).isEmpty else { throw .notSigned }
    guard decision.matter == matter else { throw .otherMatter }
    guard now < decision.expiry else { throw .expired }
    return decision
  }
}
