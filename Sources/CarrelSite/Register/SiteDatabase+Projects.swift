internal import CarrelJSON
public import CarrelLedger
internal import CarrelStore

/// A project, where it stands and who has decided on it.
public struct ProjectCase: Hashable, Sendable {
  /// The project.
  public let project: Project
  /// Where it stands.
  public let state: Project.State
  /// The digest of the document that guardians sign.
  public let digest: Digest
  /// The text of the project's policy, whose digest the document states.
  public let policyText: [UInt8]
  /// What guardians have signed about it.
  public let decisions: [Decision]
}

extension SiteDatabase {
  /// Every project, by id.
  ///
  /// - Throws: ``SiteError``.
  public func projects() throws -> [ProjectCase] {
    try rows("SELECT id, document, state, policy FROM projects ORDER BY id") { row in
      let document = row.bytes(at: 1)
      let policy = row.bytes(at: 3)
      guard let state = Project.State(rawValue: row.text(at: 2)),
        let project = try? ProjectDocument.stored(JSON(parsing: document)),
        project.policy.digest == Digest(of: policy).hexadecimal
      else { throw SiteError.damagedState }
      return ProjectCase(
        project: project, state: state, digest: Digest(of: document), policyText: policy,
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

  /// What a decision about a project is about.
  public func matter(of project: ProjectCase) -> ProjectMatter {
    .init(site: site.ledgerKey.name, project: project.project.id, text: project.digest)
  }

  /// Takes in a project for the guardians to decide on.
  ///
  /// - Parameters:
  ///   - project: The project.
  ///   - policyText: The text of its policy, whose digest it states.
  ///   - moment: The time for rules.
  /// - Throws: ``ReviewError/exists(_:)``, and ``ReviewError/unknownPerson(_:)`` where a researcher
  ///   is not on the roster.
  public func propose(_ project: Project, policyText: [UInt8], at moment: LedgerTime) throws {
    let document = ProjectDocument.json(of: project).bytes()
    precondition(
      project.policy.digest == Digest(of: policyText).hexadecimal, "a project states its policy")
    let opening: Commitment.Opening
    do { opening = try Commitment.promising(Digest(of: document), subject: .project) } catch {
      throw SiteError.ledger(error)
    }
    try change {
      let people = try people()
      for id in project.researchers {
        let isResearcher = people.contains {
          $0.id == id && $0.has(.researcher, at: moment.secondsSince1970)
        }
        if !isResearcher { throw ReviewError.unknownPerson(id) }
      }
      if try projects().contains(where: { $0.project.id == project.id }) {
        throw ReviewError.exists(project.id)
      }
      try run(
        "INSERT INTO projects VALUES (?, ?, ?, ?, ?, ?)",
        [
          .text(project.id), .blob(document), .blob(policyText),
          .text(Project.State.proposed.rawValue), .text(opening.random.hexadecimal),
          .integer(moment.secondsSince1970),
        ])
      _ = try note(
        .projectProposed(project: project.id, commitment: opening.commitment(to: .project)),
        by: nil)
    }
  }

  /// Records a guardian's word on a project and what all of them come to.
  ///
  /// - Parameters:
  ///   - id: The project.
  ///   - signed: The signed word; who signed it and what it is about are checked here.
  ///   - reason: Why, for those inside the site.
  ///   - moment: The time for rules.
  /// - Returns: The verdict of the quorum; the project is approved where it says so.
  /// - Throws: ``ReviewError`` where the signature is not of this project, or the guardian is not
  ///   independent or has decided already.
  @discardableResult
  public func decide(
    onProject id: String, _ signed: Envelope, reason: String, at moment: LedgerTime
  ) throws -> Quorum.Verdict {
    try change {
      let found = try project(id)
      guard found.state == .proposed else { throw ReviewError.exists(id) }
      let work = Independence(
        author: nil, researchers: Set(found.project.researchers), coauthors: [])
      let roster = try people()
      let decision = try verified(signed, on: found, reason: reason, at: moment)
      try Self.check(decision, by: roster, independentOf: work, at: moment)
      if found.decisions.contains(where: { $0.guardian == decision.guardian }) {
        throw ReviewError.alreadyDecided(run: id)
      }
      try insert(decision, into: "project_decisions", [.text(id)])
      let verdict = site.quorum.verdict(
        of: found.decisions + [decision], by: roster, independentOf: work,
        at: moment.secondsSince1970)
      if verdict == .decided(.approve) { try approve(found, by: decision.guardian) }
      return verdict
    }
  }

  private func approve(_ found: ProjectCase, by guardian: String) throws {
    let project = found.project
    try run(
      "UPDATE projects SET state = ? WHERE id = ?",
      [.text(Project.State.approved.rawValue), .text(project.id)])
    _ = try note(
      .projectApproved(
        project: project.id, text: found.digest,
        policy: "\(project.policy.name) \(project.policy.version)",
        policyDigest: Digest(of: found.policyText)), by: guardian)
  }

  private func verified(
    _ signed: Envelope, on project: ProjectCase, reason: String, at moment: LedgerTime
  ) throws -> Decision {
    let guardians = try guardians(at: moment)
    do throws(DecisionFault) {
      let statement = try DecisionStatement.verified(
        signed, about: matter(of: project), roster: guardians, at: moment)
      return Decision(
        guardian: statement.guardian, word: statement.word, decidedAt: moment.secondsSince1970,
        expiresAt: statement.expiry.secondsSince1970, reason: reason, message: nil,
        envelope: signed.bytes)
    } catch {
      throw ReviewError(error)
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

extension ReviewError {
  /// A signed word that does not count.
  init(_ fault: DecisionFault) {
    self = fault == .unknownGuardian ? .wrongRole(.guardian) : .badSignature
  }
}
