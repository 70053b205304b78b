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
  public func independence(of siteRun: SiteRun, at moment: Int) throws -> Independence {
    let everyProject = try projects().map(\.project)
    let own = everyProject.first { $0.id == siteRun.project }
    let yearAgo = CivilDate(dayNumber: moment / 86400)?.adding(-12, .months)
    let shared = everyProject.filter { project in
      project.researchers.contains(siteRun.author) && yearAgo.map { project.ends >= $0 } ?? true
    }
    return Independence(
      author: siteRun.author, researchers: Set(own?.researchers ?? []),
      coauthors: Set(shared.flatMap(\.researchers)))
  }

  /// Records a guardian's decision on the present round, and what all of them come to.
  ///
  /// Nothing follows until the quorum has decided: the reviews are blind to each other.
  ///
  /// - Returns: The verdict; the run has moved where it says so.
  /// - Throws: ``ReviewError`` where the guardian is not independent or has decided already, the
  ///   run does not wait for a decision, or nothing could leave of a run that is to be approved.
  @discardableResult
  public func decide(
    on name: String, _ decision: Decision, by quorum: Quorum, at moment: Int
  ) throws -> Quorum.Verdict {
    try change {
      let siteRun = try run(named: name)
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
      let verdict = quorum.verdict(
        of: earlier + [decision], by: roster, independentOf: work, at: moment)
      if case .decided(let word) = verdict { try move(name, by: RunEvent(of: word)) }
      return verdict
    }
  }

  /// Puts an approved run back before the guardians, whose decisions it voids.
  ///
  /// - Throws: ``ReviewError/wrongState(run:state:event:)``.
  public func holdAgain(_ name: String) throws {
    try change {
      let siteRun = try run(named: name)
      try move(name, by: .hold)
      try run(
        "DELETE FROM decisions WHERE run = ? AND round = ?",
        [.text(siteRun.id), .integer(siteRun.round)])
    }
  }

  /// Records that a run has left under the number of its ledger entry.
  ///
  /// - Throws: ``ReviewError/wrongState(run:state:event:)`` unless it is approved.
  public func release(_ name: String, as number: Int, at moment: Int) throws {
    try change {
      let siteRun = try run(named: name)
      try move(name, by: .release)
      try run(
        "INSERT INTO releases VALUES (?, ?, ?)",
        [.integer(number), .text(siteRun.id), .integer(moment)])
    }
  }

  /// The number under which a run was released, if it was.
  public func releaseNumber(of siteRun: SiteRun) throws -> Int? {
    try rows("SELECT number FROM releases WHERE run = ?", [.text(siteRun.id)]) {
      $0.integer(at: 0)
    }.first
  }

  static func check(
    _ decision: Decision, by roster: [Person], independentOf work: Independence, at moment: Int
  ) throws(ReviewError) {
    guard let guardian = roster.first(where: { $0.id == decision.guardian }) else {
      throw .wrongRole(.guardian)
    }
    if let objection = work.objection(to: guardian, at: moment) { throw .notIndependent(objection) }
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
    guard let word = Decision.Word(rawValue: row.text(at: 1)) else {
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
  init(of word: Decision.Word) {
    self =
      switch word {
      case .approve: .approve
      case .return: .return
      case .reject: .reject
      }
  }
}
