import CarrelCatalogue
import CarrelChecker
import CarrelDiagnostics
import CarrelFiles
public import CarrelJSON
import CarrelLedger
import CarrelPolicy
import CarrelRecords
import CarrelSite

/// Proposing projects at a site, and deciding on them.
public struct ProjectDesk {
  private let place: StudyPlace
  private let access: SiteAccess

  /// The projects of a site.
  public init(of place: StudyPlace) throws(Failure) {
    self.place = place
    access = try SiteAccess(place, for: "project")
  }

  /// Takes in a project's file for the guardians to decide on.
  ///
  /// - Returns: A line that says so.
  /// - Throws: A ``Failure``; `S035` with what is wrong with the file.
  public func propose(_ path: String) throws(Failure) -> String {
    let json: JSON
    do { json = try JSON(parsing: Files.read(path, limitBytes: 1 << 20)) } catch let error
      as FileError
    { throw Failure(error) } catch { throw Self.mistake("`\(path)` is not JSON") }
    var policy: PolicyFile?
    let project: Project
    do {
      project = try ProjectDocument.read(json) { name in
        let found = try PolicyFile(name)
        policy = found
        return .init(
          name: found.policy.name, version: found.policy.version,
          digest: Digest(of: found.source.bytes).hexadecimal)
      }
    } catch let failure as Failure { throw failure } catch let mistake as ProjectDocument.Mistake {
      throw Self.mistake(mistake.description)
    } catch { preconditionFailure("a project's file fails in ways that are known") }
    guard let policy else { preconditionFailure("a project that was read has a policy") }
    try PolicyFloor(of: access.site).check(policy.policy)
    try checkNames(of: project)
    try Self.checkOptOuts(of: project)
    try access.act {
      try access.database.propose(project, policyText: policy.source.bytes, at: access.now)
    }
    return "\(project.id)   proposed; \(access.site.quorum.words) decide"
  }

  private static func mistake(_ text: String) -> Failure {
    Failure("S035", text, help: "docs/projects.md shows a project's file", status: .refused)
  }

  /// A project names kinds of lists that there are.
  private static func checkOptOuts(of project: Project) throws(Failure) {
    guard let other = project.optOuts.first(where: { OptOutList.Kind(rawValue: $0) == nil })
    else { return }
    throw mistake("`opt_outs` names `\(other)`, which is neither `type-1` nor `national`")
  }

  /// Where there are records, a project names tables and columns that they have.
  private func checkNames(of project: Project) throws(Failure) {
    guard access.site.hasRecords else { return }
    let tables = try SchemaFolder(of: place).inUse.schema.tables
    for approved in project.data {
      guard let table = tables.first(where: { $0.name == approved.name }) else {
        throw Self.mistake("`data` names `\(approved.name)`, which is no table of the site")
      }
      let columns = table.columns.map(\.name)
      if let other = approved.columns?.first(where: { !columns.contains($0) }) {
        throw Self.mistake(
          "`data` names `\(approved.name).\(other)`, which is no column of the site")
      }
    }
  }

  /// Records a guardian's word on a project.
  ///
  /// - Parameters:
  ///   - id: The project.
  ///   - reason: Why, for those inside the site.
  ///   - choice: The guardian's key.
  ///   - prompt: Shows what is signed, and gives what was typed of its digest.
  /// - Returns: A line that says what follows.
  /// - Throws: A ``Failure``.
  public func approve(
    _ id: String, reason: String, with choice: KeyChoice, prompt: DigestPrompt
  ) throws(Failure) -> String {
    let (guardian, key) = try access.signer(of: choice, as: .guardian)
    let found = try access.look { try access.database.project(id) }
    let typed = try prompt(
      [
        "Signing \"approve\" as guardian \(guardian.id):",
        "  project \(id), \(found.project.title)",
        "  sha256 \(found.digest.inFours)",
      ], found.digest.hexadecimal)
    try access.remember(besideKey: choice)
    let verdict = try access.act {
      try found.digest.check(typed: typed)
      let statement = DecisionStatement(
        word: .approve, matter: access.database.matter(of: found), guardian: guardian.id,
        expiry: access.now.adding(days: 180))
      return try access.database.decide(
        onProject: id, statement.signed(with: key), reason: reason, at: access.now)
    }
    return switch verdict {
    case .decided:
      "Signed. \(id) is approved from \(found.project.starts.inWords)"
        + " to \(found.project.ends.inWords)."
    case .waiting(let count):
      "Signed. \(count) more \(count == 1 ? "guardian" : "guardians")"
        + " must agree\(access.site.quorum.organisations > 1 ? ", of another organisation" : "")."
    }
  }

  /// Every project with where it stands, in lines.
  public func text() throws(Failure) -> String {
    let rows = try projects().map { found in
      [
        found.project.id, standing(of: found), "\(found.project.ends)", found.project.title,
      ]
    }
    return Columns([["project", "state", "until", "title"]] + rows).text
  }

  /// One project: all that guardians sign, and its digest.
  public func text(of id: String) throws(Failure) -> String {
    let found = try access.look { try access.database.project(id) }
    let document = String(
      decoding: ProjectDocument.json(of: found.project).bytes(.indented), as: UTF8.self)
    return "\(document)\n\(standing(of: found)); sha256 \(found.digest.inFours)"
  }

  /// Every project for programs.
  public func json() throws(Failure) -> JSON {
    .object([
      .init("carrel", 1), .init("command", "project list"), .init("ok", true),
      .init(
        "projects",
        .array(
          try projects().map { found in
            .object([
              .init("state", .string(standing(of: found))),
              .init("sha256", .string(found.digest.hexadecimal)),
              .init("project", ProjectDocument.json(of: found.project)),
            ])
          })),
    ])
  }

  private func projects() throws(Failure) -> [ProjectCase] {
    try access.look { try access.database.projects() }
  }

  private func standing(of found: ProjectCase) -> String {
    guard found.state == .approved else { return "proposed" }
    if access.today < found.project.starts { return "not begun" }
    return found.project.isCurrent(on: access.today) ? "approved" : "ended"
  }
}

extension Quorum {
  /// How many decide, in words.
  var words: String {
    let count =
      guardians == 1 ? "one guardian" : guardians == 2 ? "two guardians" : "\(guardians) guardians"
    return organisations > 1 ? "\(count) of \(organisations) organisations" : count
  }
}
