public import CarrelLedger
internal import CarrelStore
internal import CarrelValues

extension SiteDatabase {
  /// What guardians have decided on the present round of a run, by guardian.
  public func decisions(on siteRun: SiteRun) throws -> [Decision] {
    try rows(
      """
      SELECT guardian, word, decided_at, expires_at, reason, message, envelope
      FROM decisions WHERE run = ? AND round = ? ORDER BY guardian
      """, [.text(siteRun.id), .integer(siteRun.round)], Self.decision)
  }

  /// Whom a run's guardians must be independent of.
  public func independence(of siteRun: SiteRun, at moment: LedgerTime) throws -> Independence {
    let everyProject = try projects().map(\.project)
    let own = everyProject.first { $0.id == siteRun.project }
    let yearAgo = CivilDate(dayNumber: moment.secondsSince1970 / 86400)?.adding(-12, .months)
    let shared = everyProject.filter { project in
      project.researchers.contains(siteRun.author) && yearAgo.map { project.ends >= $0 } ?? true
    }
    return Independence(
      author: siteRun.author, researchers: Set(own?.researchers ?? []),
      coauthors: Set(shared.flatMap(\.researchers)))
  }

  /// What a decision on the present round is about, to the last byte of what would leave.
  ///
  /// - Throws: ``ReviewError/wrongState(run:state:event:)`` before it has been computed.
  public func matter(of siteRun: SiteRun) throws -> RunMatter {
    let terms = try terms(of: siteRun)
    guard let reading = terms.reading else {
      throw ReviewError.wrongState(run: siteRun.name, state: siteRun.state, event: .approve)
    }
    return RunMatter(
      site: site.ledgerKey.name, project: siteRun.project, run: siteRun.id,
      study: terms.opening.digest, snapshot: reading.snapshot, policy: terms.policy,
      round: siteRun.round, outputs: FileManifest.digest(of: try heldFiles(of: siteRun)))
  }

  /// Records a guardian's word on the present round, and what all of them come to.
  ///
  /// Nothing follows until the quorum has decided: the reviews are blind to each other.
  ///
  /// - Parameters:
  ///   - name: The run.
  ///   - signed: The signed word; who signed it and what it is about are checked here.
  ///   - reason: Why, for those inside the site.
  ///   - message: What the researcher is told once the outcome is, if anything.
  ///   - moment: The time for rules.
  /// - Returns: The verdict; the run has moved where it says so.
  /// - Throws: ``ReviewError`` where the signature is not of this round, the guardian is not
  ///   independent or has decided already, the run does not wait for a decision, or nothing could
  ///   leave of a run that is to be approved.
  @discardableResult
  public func decide(
    on name: String, _ signed: Envelope, reason: String, message: String? = nil,
    at moment: LedgerTime
  ) throws -> Quorum.Verdict {
    try change {
      let siteRun = try run(named: name)
      let decision = try verified(
        signed, on: siteRun, reason: reason, message: message, at: moment)
      guard siteRun.state == .held else {
        throw ReviewError.wrongState(
          run: name, state: siteRun.state, event: RunEvent(of: decision.word))
      }
      if decision.word == .approve, case .failed = siteRun.outcome {
        throw ReviewError.nothingToRelease(run: name)
      }
      let work = try independence(of: siteRun, at: moment)
      let roster = try people()
      try Self.check(decision, by: roster, independentOf: work, at: moment)
      let earlier = try decisions(on: siteRun)
      if earlier.contains(where: { $0.guardian == decision.guardian }) {
        throw ReviewError.alreadyDecided(run: name)
      }
      try insert(decision, into: "decisions", [.text(siteRun.id), .integer(siteRun.round)])
      let verdict = site.quorum.verdict(
        of: earlier + [decision], by: roster, independentOf: work, at: moment.secondsSince1970)
      if case .decided(let word) = verdict { try move(name, by: RunEvent(of: word)) }
      return verdict
    }
  }

  /// Believes a signed word on the present round of a run.
  func verified(
    _ signed: Envelope, on siteRun: SiteRun, reason: String, message: String?,
    at moment: LedgerTime
  ) throws -> Decision {
    let matter = try matter(of: siteRun)
    let guardians = try guardians(at: moment)
    do throws(DecisionFault) {
      let statement = try DecisionStatement.verified(
        signed, about: matter, roster: guardians, at: moment)
      return Decision(
        guardian: statement.guardian, word: statement.word,
        decidedAt: moment.secondsSince1970, expiresAt: statement.expiry.secondsSince1970,
        reason: reason, message: message, envelope: signed.bytes)
    } catch {
      throw ReviewError(error)
    }
  }

  static func check(
    _ decision: Decision, by roster: [Person], independentOf work: Independence,
    at moment: LedgerTime
  ) throws(ReviewError) {
    guard let guardian = roster.first(where: { $0.id == decision.guardian }) else {
      throw .wrongRole(.guardian)
    }
    if let objection = work.objection(to: guardian, at: moment.secondsSince1970) {
      throw .notIndependent(objection)
    }
  }

  func insert(_ decision: Decision, into table: String, _ subject: [StoreValue]) throws {
    let places = Array(repeating: "?", count: subject.count + 7).joined(separator: ", ")
    try run(
      "INSERT INTO \(table) VALUES (\(places))",
      subject + [
        .text(decision.guardian), .text(decision.word.rawValue), .integer(decision.decidedAt),
        .integer(decision.expiresAt), .text(decision.reason),
        decision.message.map { .text($0) } ?? .null, .blob(decision.envelope),
      ])
  }

  static func decision(_ row: Statement) throws -> Decision {
    guard let word = SignedWord(rawValue: row.text(at: 1)) else {
      throw SiteError.damagedState
    }
    return Decision(
      guardian: row.text(at: 0), word: word, decidedAt: row.integer(at: 2),
      expiresAt: row.integer(at: 3), reason: row.text(at: 4),
      message: row.isNull(at: 5) ? nil : row.text(at: 5), envelope: row.bytes(at: 6))
  }
}

extension RunEvent {
  /// What a decided word does to a run.
  init(of word: SignedWord) {
    self =
      switch word {
      case .approve: .approve
      case .return: .return
      case .reject: .reject
      }
  }
}
