public import CarrelJSON

/// What a guardian may decide about: a run, or a project.
///
/// Each kind has a domain tag of its own, so that no word on a project serves as one on a run.
public protocol DecisionMatter: Hashable, Sendable {
  /// The domain tag: no other kind of statement has this type.
  static var predicateType: String { get }
  /// What the statement calls the bytes that it is about.
  static var subjectName: String { get }
  /// The digest of the bytes that it is about.
  var subject: Digest { get }
  /// Its other parts, as the statement's predicate says them.
  var members: [JSON.Member] { get }

  /// The matter that a predicate and a subject say; nothing where a part lacks or is malformed.
  init?(predicate: JSON, subject: Digest)
}

/// What a decision about a run is about, to the last byte.
public struct RunMatter: DecisionMatter {
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

  /// The domain tag.
  public static let predicateType = "urn:x-carrel:decision:v1"
  /// What the statement calls its subject.
  public static let subjectName = "outputs"
  /// The digest of what it is about.
  public var subject: Digest { outputs }

  /// The other parts, as the predicate says them.
  public var members: [JSON.Member] {
    [
      .init("site", .string(site)), .init("project", .string(project)), .init("run", .string(run)),
      .init("study", .string(study.hexadecimal)),
      .init("snapshot", .string(snapshot.hexadecimal)),
      .init("policy", .string(policy.hexadecimal)), .init("round", .integer(round)),
    ]
  }

  /// The matter that a predicate and a subject say, if they do.
  public init?(predicate: JSON, subject: Digest) {
    let said = EntryMembers(object: predicate)
    guard let site = said["site"], let project = said["project"], let run = said["run"],
      let study = said.digest("study"), let snapshot = said.digest("snapshot"),
      let policy = said.digest("policy"), let round = predicate["round"]?.integer
    else { return nil }
    self.init(
      site: site, project: project, run: run, study: study, snapshot: snapshot, policy: policy,
      round: round, outputs: subject)
  }
}

/// What a decision about a project is about, to the last byte of its text.
public struct ProjectMatter: DecisionMatter {
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

  /// The domain tag.
  public static let predicateType = "urn:x-carrel:project-decision:v1"
  /// What the statement calls its subject.
  public static let subjectName = "project"
  /// The digest of what it is about.
  public var subject: Digest { text }

  /// The other parts, as the predicate says them.
  public var members: [JSON.Member] {
    [.init("site", .string(site)), .init("project", .string(project))]
  }

  /// The matter that a predicate and a subject say, if they do.
  public init?(predicate: JSON, subject: Digest) {
    let said = EntryMembers(object: predicate)
    guard let site = said["site"], let project = said["project"] else { return nil }
    self.init(site: site, project: project, text: subject)
  }
}
