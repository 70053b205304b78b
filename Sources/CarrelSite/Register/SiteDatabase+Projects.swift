internal import CarrelCrypto
internal import CarrelJSON
internal import CarrelStore

/// A project, where it stands and who has decided on it.
public struct ProjectCase: Hashable, Sendable {
  /// The project.
  public let project: Project
  /// Where it stands.
  public let state: Project.State
  /// SHA-256 of the document that guardians sign, in hexadecimal.
  public let digest: String
  /// What guardians have signed about it.
  public let decisions: [Decision]
}

extension SiteDatabase {
  /// Every project, by id.
  ///
  /// - Throws: ``SiteError``.
  public func projects() throws -> [ProjectCase] {
    try rows("SELECT id, document, state FROM projects ORDER BY id") { row in
      let document = row.bytes(at: 1)
      guard let state = Project.State(rawValue: row.text(at: 2)),
        let project = try? ProjectDocument.stored(JSON(parsing: document))
      else { throw SiteError.damagedState }
      return ProjectCase(
        project: project, state: state,
        digest: Hexadecimal.text(of: HashFunction.sha256.digest(of: document)),
        decisions: try self.decisions(onProject: row.text(at: 0)))
    }
  }

  /// The project of an id.
  ///
  /// - Throws: ``ReviewError/unknownProject(_:)``.
  public func project(_ id: String) throws -> ProjectCase {
    guard let found = try projects().first(where: { $0.project.id == id }) else {
      throw ReviewError.unknownProject(id)
    }
    return found
  }

  /// Takes in a project for the guardians to decide on.
  ///
  /// - Throws: ``ReviewError/exists(_:)``, and ``ReviewError/unknownPerson(_:)`` where a researcher
  ///   is not on the roster.
  public func propose(_ project: Project, at moment: Int) throws {
    let document = ProjectDocument.json(of: project).bytes()
    try change {
      let people = try people()
      for id in project.researchers {
        guard people.contains(where: { $0.id == id && $0.has(.researcher, at: moment) }) else {
          throw ReviewError.unknownPerson(id)
        }
      }
      if try projects().contains(where: { $0.project.id == project.id }) {
        throw ReviewError.exists(project.id)
      }
      try run(
        "INSERT INTO projects VALUES (?, ?, ?, ?)",
        [
          .text(project.id), .blob(document), .text(Project.State.proposed.rawValue),
          .integer(moment),
        ])
    }
  }

  /// Records a guardian's approval of a project and what all of them come to.
  ///
  /// - Returns: The verdict of the quorum; the project is approved where it says so.
  /// - Throws: ``ReviewError`` where the guardian is not independent or has decided already.
  @discardableResult
  public func decide(
    onProject id: String, _ decision: Decision, by quorum: Quorum, at moment: Int
  ) throws -> Quorum.Verdict {
    try change {
      let found = try project(id)
      guard found.state == .proposed else { throw ReviewError.exists(id) }
      let work = Independence(
        author: nil, researchers: Set(found.project.researchers), coauthors: [])
      let roster = try people()
      try Self.check(decision, by: roster, independentOf: work, at: moment)
      if found.decisions.contains(where: { $0.guardian == decision.guardian }) {
        throw ReviewError.alreadyDecided(run: id)
      }
      try insert(decision, into: "project_decisions", [.text(id)])
      let verdict = quorum.verdict(
        of: found.decisions + [decision], by: roster, independentOf: work, at: moment)
      if verdict == .decided(.approve) {
        try run(
          "UPDATE projects SET state = ? WHERE id = ?",
          [.text(Project.State.approved.rawValue), .text(id)])
      }
      return verdict
    }
  }

  private func decisions(onProject id: String) throws -> [Decision] {
    try rows(
      """
      SELECT guardian, word, decided_at, expires_at, reason, message, envelope
      FROM project_decisions WHERE project = ? ORDER BY guardian
      """, [.text(id)], Self.decision)
  }
}
