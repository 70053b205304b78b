public import CarrelLedger
internal import CarrelStore

extension SiteDatabase {
  /// The most bytes that one submission may have.
  public static let submissionLimitBytes = 32 << 20

  /// Every run, by name: an order of submission would say more than a list is for.
  ///
  /// - Throws: ``SiteError``.
  public func runs() throws -> [SiteRun] {
    try rows("\(Self.selectRuns) ORDER BY name", [], Self.siteRun)
  }

  /// The run of a name.
  ///
  /// - Throws: ``ReviewError/unknownRun(_:)``.
  public func run(named name: String) throws -> SiteRun {
    let found = try rows("\(Self.selectRuns) WHERE name = ?", [.text(name)], Self.siteRun)
    guard let run = found.first else { throw ReviewError.unknownRun(name) }
    return run
  }

  /// Takes in a new run with its sealed submission.
  ///
  /// - Parameters:
  ///   - new: The run at its beginning.
  ///   - files: The study, its code lists and parameters.
  ///   - policy: The digest of the project's policy.
  /// - Throws: ``ReviewError/submissionTooLarge``.
  public func submit(_ new: SiteRun, files: [SiteFile], policy: Digest) throws {
    precondition(new.state == .submitted && new.round == 1, "a new run begins at its beginning")
    let opening = try promise(files)
    try change {
      try run(
        "INSERT INTO runs VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, NULL, NULL)",
        [
          .text(new.id), .text(new.name), .text(new.project), .text(new.author), .text(new.title),
          .integer(new.submittedAt), .integer(new.round), .text(new.state.rawValue),
        ])
      try begin(new, opening, policy, files)
    }
  }

  /// Takes in the next round of a run that was returned.
  ///
  /// - Throws: ``ReviewError/notReturned(run:)`` also while that has not been told,
  ///   ``ReviewError/submissionTooLarge``.
  public func resubmit(
    _ name: String, title: String, files: [SiteFile], policy: Digest, at moment: LedgerTime
  ) throws -> SiteRun {
    let opening = try promise(files)
    return try change {
      // Its author learns nothing of a run in review, and so not why this cannot be done yet.
      guard try run(named: name).publicState == RunState.returned.publicName else {
        throw ReviewError.notReturned(run: name)
      }
      try move(name, by: .resubmit)
      try run(
        """
        UPDATE runs SET round = round + 1, title = ?, submitted_at = ?, is_told = 0,
          digest = NULL, failure = NULL WHERE name = ?
        """, [.text(title), .integer(moment.secondsSince1970), .text(name)])
      let next = try run(named: name)
      try begin(next, opening, policy, files)
      return next
    }
  }

  private func promise(_ files: [SiteFile]) throws -> Commitment.Opening {
    guard files.reduce(0, { $0 + $1.bytes.count }) <= Self.submissionLimitBytes else {
      throw ReviewError.submissionTooLarge
    }
    do {
      return try Commitment.promising(FileManifest.digest(of: files), subject: .submission)
    } catch {
      throw SiteError.ledger(error)
    }
  }

  private func begin(
    _ siteRun: SiteRun, _ opening: Commitment.Opening, _ policy: Digest, _ files: [SiteFile]
  ) throws {
    let entry = try note(
      .runCommitted(
        run: siteRun.id, project: siteRun.project, policyDigest: policy,
        commitment: opening.commitment(to: .submission)), by: siteRun.author)
    try run(
      "INSERT INTO rounds VALUES (?, ?, ?, ?, ?, ?, NULL, NULL, NULL)",
      [
        .text(siteRun.id), .integer(siteRun.round), .text(opening.digest.hexadecimal),
        .text(opening.random.hexadecimal), .text(policy.hexadecimal), .integer(entry),
      ])
    try keep(files, of: siteRun, in: "submitted_files")
  }

  /// The sealed submission of the present round, by path.
  public func submission(of siteRun: SiteRun) throws -> [SiteFile] {
    try files(of: siteRun, in: "submitted_files")
  }

  /// The sealed submission of the round before the present one, by path; empty in the first.
  public func earlierSubmission(of siteRun: SiteRun) throws -> [SiteFile] {
    try files(of: siteRun, round: siteRun.round - 1, in: "submitted_files")
  }

  /// What would leave of the present round, by path; empty where it failed.
  public func heldFiles(of siteRun: SiteRun) throws -> [SiteFile] {
    try files(of: siteRun, in: "held_files")
  }

  /// What guardians are shown of the present round, by path.
  public func packet(of siteRun: SiteRun) throws -> [SiteFile] {
    try files(of: siteRun, in: "packet_files")
  }

  /// Records what computing the present round came to, and holds it for the guardians.
  ///
  /// - Parameters:
  ///   - name: The run.
  ///   - outcome: The files that would leave, or why there are none.
  ///   - reading: What it was computed on.
  ///   - packet: What guardians are shown.
  ///   - memberships: What the files would say of people, where there are any.
  /// - Throws: ``ReviewError/wrongState(run:state:event:)`` where it was computed already.
  public func hold(
    _ name: String, _ outcome: Result<[SiteFile], RunFault>, reading: RoundTerms.Reading,
    packet: [SiteFile], memberships: NewMemberships?
  ) throws {
    try change {
      try move(name, by: .compute)
      let values: [StoreValue] =
        switch outcome {
        case .success(let files): [.text(FileManifest.digest(of: files).hexadecimal), .null]
        case .failure(let fault): [.null, .text(fault.code)]
        }
      try run(
        "UPDATE runs SET digest = ?, failure = ? WHERE name = ?", values + [.text(name)])
      let siteRun = try run(named: name)
      try run(
        """
        UPDATE rounds SET snapshot = ?, release_head = ?, version = ? WHERE run = ? AND round = ?
        """,
        [
          .text(reading.snapshot.hexadecimal), .text(reading.releaseLedgerHead.hexadecimal),
          .text(reading.version), .text(siteRun.id), .integer(siteRun.round),
        ])
      if case .success(let files) = outcome { try keep(files, of: siteRun, in: "held_files") }
      try keep(packet, of: siteRun, in: "packet_files")
      if let memberships { try keep(memberships, of: siteRun) }
    }
  }

  /// Takes a run back, for its author, who alone is told that there is such a run.
  ///
  /// - Throws: ``ReviewError/unknownRun(_:)`` for anybody else's;
  ///   ``ReviewError/wrongState(run:state:event:)`` once it has ended.
  public func withdraw(_ name: String, by author: String) throws {
    try change {
      let siteRun = try run(named: name)
      guard siteRun.author == author else { throw ReviewError.unknownRun(name) }
      // A refusal that has not been told looks like a run in review, here as everywhere.
      if siteRun.state == .rejected, siteRun.isTold {
        throw ReviewError.wrongState(run: name, state: siteRun.state, event: .withdraw)
      }
      try close(siteRun)
      try move(name, by: .withdraw)
      try run("UPDATE runs SET is_told = 1 WHERE name = ?", [.text(name)])
    }
  }

  /// Says in the public log that a round ended without release, whichever way, once.
  func close(_ siteRun: SiteRun) throws {
    if !siteRun.isTold { _ = try note(.runClosed(run: siteRun.id), by: nil) }
  }

  /// What the present round of a run is bound to.
  public func terms(of siteRun: SiteRun) throws -> RoundTerms {
    let found = try rows(
      """
      SELECT submission, random, policy, snapshot, release_head, version FROM rounds
      WHERE run = ? AND round = ?
      """, [.text(siteRun.id), .integer(siteRun.round)]
    ) { row in
      (
        (0..<5).map { row.isNull(at: $0) ? nil : Digest(hexadecimal: row.text(at: $0)) },
        version: row.isNull(at: 5) ? "" : row.text(at: 5)
      )
    }
    guard let (terms, version) = found.first, let submission = terms[0], let random = terms[1],
      let policy = terms[2]
    else { throw SiteError.damagedState }
    var reading: RoundTerms.Reading?
    if let snapshot = terms[3], let head = terms[4] {
      reading = .init(snapshot: snapshot, releaseLedgerHead: head, version: version)
    }
    return RoundTerms(
      opening: .init(random: random, digest: submission), policy: policy, reading: reading)
  }

  /// The number of the entry of the public log that says that the present round was submitted;
  /// `nil` until it is there.
  public func entryNumber(of siteRun: SiteRun) throws -> Int? {
    try rows(
      """
      SELECT number FROM rounds JOIN ledger_entries ON entry = id WHERE run = ? AND round = ?
      """, [.text(siteRun.id), .integer(siteRun.round)]
    ) { $0.isNull(at: 0) ? nil : $0.integer(at: 0) }.first ?? nil
  }

  /// Moves a run to its next state, inside a transaction.
  @discardableResult
  func move(_ name: String, by event: RunEvent) throws -> RunState {
    let present = try run(named: name)
    guard let next = present.state.after(event) else {
      throw ReviewError.wrongState(run: name, state: present.state, event: event)
    }
    try run(
      "UPDATE runs SET state = ? WHERE name = ?", [.text(next.rawValue), .text(name)])
    return next
  }

  private func keep(_ files: [SiteFile], of siteRun: SiteRun, in table: String) throws {
    for file in files {
      try run(
        "INSERT INTO \(table) VALUES (?, ?, ?, ?)",
        [.text(siteRun.id), .integer(siteRun.round), .text(file.path), .blob(file.bytes)])
    }
  }

  private func files(
    of siteRun: SiteRun, round: Int? = nil, in table: String
  ) throws -> [SiteFile] {
    try rows(
      "SELECT path, bytes FROM \(table) WHERE run = ? AND round = ? ORDER BY path",
      [.text(siteRun.id), .integer(round ?? siteRun.round)]
    ) { SiteFile(path: $0.text(at: 0), bytes: $0.bytes(at: 1)) }
  }

  private static let selectRuns = """
    SELECT id, name, project, author, title, submitted_at, round, state, is_told, digest,
      failure FROM runs
    """

  private static func siteRun(_ row: Statement) throws -> SiteRun {
    guard let state = RunState(rawValue: row.text(at: 7)) else { throw SiteError.damagedState }
    let outcome: SiteRun.Outcome? =
      if !row.isNull(at: 9) {
        .outputs(digest: row.text(at: 9))
      } else if !row.isNull(at: 10) {
        .failed(code: row.text(at: 10))
      } else { nil }
    return SiteRun(
      id: row.text(at: 0), name: row.text(at: 1), project: row.text(at: 2),
      author: row.text(at: 3), title: row.text(at: 4), submittedAt: row.integer(at: 5),
      round: row.integer(at: 6), state: state, isTold: row.integer(at: 8) != 0, outcome: outcome)
  }
}
