internal import CarrelCrypto
internal import CarrelJSON

/// What a site says of a release: of what, for whom, under whose eyes.
///
/// Everything that a crate tells people and that no other signature covers stands here, so that
/// nothing in a bundle is anybody's word but the site's or its guardians'. Times are whole hours.
public struct ReleaseStatement: Hashable, Sendable {
  /// The name of the bundle's folder, such as `asthma-review-heron-417`.
  public let name: String
  /// The name of the run that people say aloud, such as `heron-417`.
  public let alias: String
  /// The study's title.
  public let title: String
  /// The random UUID of the run.
  public let run: String
  /// The hour of the release.
  public let released: LedgerTime
  /// Who released it.
  public let site: SiteFacts
  /// What it was released for.
  public let project: ProjectFacts
  /// Who may decide about releases here, as the roster was.
  public let guardians: [Guardian]
  /// How many of them must approve.
  public let approvalsNeeded: Int
  /// The digest of the released files: SHA-256 of their list as `sha256sum` writes it.
  public let outputs: Digest

  /// A site as everybody may know it.
  public struct SiteFacts: Hashable, Sendable {
    /// The name, such as `Northmoor Health Records`.
    public let name: String
    /// Whether the people are real.
    public let isProtected: Bool
    /// The key of its public log, under the log's name, such as `northmoor-1`.
    public let key: NoteKey
    /// The keys that signed the log before, each of which handed over to the next.
    public let formerKeys: [NoteKey]
    /// Those outside who watch its log, as the site names them.
    public let witnesses: [NoteKey]

    /// A site of these facts.
    public init(
      name: String, isProtected: Bool, key: NoteKey, formerKeys: [NoteKey] = [],
      witnesses: [NoteKey]
    ) {
      self.name = name
      self.isProtected = isProtected
      self.key = key
      self.formerKeys = formerKeys
      self.witnesses = witnesses
    }
  }

  /// A project as everybody may know it.
  public struct ProjectFacts: Hashable, Sendable {
    /// The id, such as `P-014`.
    public let id: String
    /// The title, the summary and the benefit in plain English.
    public let title, summary, publicBenefit: String
    /// The organisation that does the work.
    public let organisation: String
    /// The researcher's pseudonym at the site, and the name to be credited.
    public let author, authorName: String

    /// A project of these facts.
    public init(
      id: String, title: String, summary: String, publicBenefit: String, organisation: String,
      author: String, authorName: String
    ) {
      self.id = id
      self.title = title
      self.summary = summary
      self.publicBenefit = publicBenefit
      self.organisation = organisation
      self.author = author
      self.authorName = authorName
    }
  }

  /// The type of the statement.
  public static let predicateType = "urn:x-carrel:release:v1"
  private static let subjectName = "outputs"

  /// A statement of these parts; the time is cut to the hour.
  public init(
    name: String, alias: String, title: String, run: String, released: LedgerTime, site: SiteFacts,
    project: ProjectFacts, guardians: [Guardian], approvalsNeeded: Int, outputs: Digest
  ) {
    self.name = name
    self.alias = alias
    self.title = title
    self.run = run
    self.released = released.startOfHour
    self.site = site
    self.project = project
    self.guardians = guardians
    self.approvalsNeeded = approvalsNeeded
    self.outputs = outputs
  }
}

// MARK: As a statement

extension ReleaseStatement {
  /// The statement as in-toto writes it.
  public var statement: InTotoStatement {
    let guardians = guardians.map { guardian -> JSON in
      [
        "name": .string(guardian.name),
        "keys": .array(guardian.keys.map { .string(Base64.text(of: $0.bytes)) }),
      ]
    }
    return InTotoStatement(
      subjects: [.init(name: Self.subjectName, digest: outputs)],
      predicateType: Self.predicateType,
      predicate: [
        "name": .string(name), "alias": .string(alias), "title": .string(title),
        "run": .string(run),
        "released": .string(released.description), "site": site.json, "project": project.json,
        "guardians": .array(guardians), "approvals_needed": .integer(approvalsNeeded),
      ])
  }

  /// Reads a statement without believing it.
  ///
  /// - Throws: ``LedgerError/malformed(_:)``.
  public init(in envelope: Envelope) throws(LedgerError) {
    let statement = try InTotoStatement(in: envelope)
    let said = statement.predicate
    guard statement.predicateType == Self.predicateType, statement.subjects.count == 1,
      let name = said["name"]?.string, let alias = said["alias"]?.string,
      let title = said["title"]?.string,
      let run = said["run"]?.string,
      let released = said["released"]?.string.flatMap({ LedgerTime($0) }),
      let site = said["site"].flatMap(SiteFacts.init),
      let needed = said["approvals_needed"]?.integer,
      let project = said["project"].flatMap(ProjectFacts.init),
      let guardians = said["guardians"]?.array?.compactMap(Guardian.init)
    else { throw .malformed(.attestation) }
    self.init(
      name: name, alias: alias, title: title, run: run, released: released, site: site,
      project: project,
      guardians: guardians, approvalsNeeded: needed, outputs: statement.subjects[0].digest)
    // A member that was passed over is missing here.
    guard self.statement == statement else { throw .malformed(.attestation) }
  }
}

extension ReleaseStatement.SiteFacts {
  fileprivate var json: JSON {
    var members: [JSON.Member] = [
      .init("name", .string(name)), .init("protected", .boolean(isProtected)),
      .init("key", .string(key.text)),
      .init("witnesses", .array(witnesses.map { .string($0.text) })),
    ]
    if !formerKeys.isEmpty {
      members.append(.init("former_keys", .array(formerKeys.map { .string($0.text) })))
    }
    return .object(members)
  }

  fileprivate init?(_ json: JSON) {
    guard let name = json["name"]?.string, let isProtected = json["protected"]?.boolean,
      let key = json["key"]?.string.flatMap({ NoteKey(text: $0) }), key.use == .log,
      let texts = json["witnesses"]?.array?.compactMap(\.string)
    else { return nil }
    let former = (json["former_keys"]?.array ?? []).compactMap(\.string)
    self.init(
      name: name, isProtected: isProtected, key: key,
      formerKeys: former.compactMap { NoteKey(text: $0) },
      witnesses: texts.compactMap { NoteKey(text: $0) })
  }
}

extension ReleaseStatement.ProjectFacts {
  fileprivate var json: JSON {
    [
      "id": .string(id), "title": .string(title), "summary": .string(summary),
      "public_benefit": .string(publicBenefit), "organisation": .string(organisation),
      "author": .string(author), "author_name": .string(authorName),
    ]
  }

  fileprivate init?(_ json: JSON) {
    guard let id = json["id"]?.string, let title = json["title"]?.string,
      let summary = json["summary"]?.string, let benefit = json["public_benefit"]?.string,
      let organisation = json["organisation"]?.string, let author = json["author"]?.string,
      let authorName = json["author_name"]?.string
    else { return nil }
    self.init(
      id: id, title: title, summary: summary, publicBenefit: benefit, organisation: organisation,
      author: author, authorName: authorName)
  }
}

extension Guardian {
  fileprivate init?(_ json: JSON) {
    guard let name = json["name"]?.string, let texts = json["keys"]?.array else { return nil }
    self.init(
      name: name,
      keys: texts.compactMap { text in
        text.string.flatMap { Base64.bytes(of: $0) }.flatMap { VerifyingKey(bytes: $0) }
      })
  }
}
