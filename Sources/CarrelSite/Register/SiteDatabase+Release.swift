public import CarrelLedger
internal import CarrelStore

/// What became of one run when its outcome was told.
public struct ToldOutcome: Hashable, Sendable {
  /// The run as it is now.
  public let run: SiteRun
  /// The number of its entry in the public log, where it was released.
  public let number: Int?
  /// Why it went back to the guardians, where it was to be released and could not be.
  public let refusal: ReviewError?
}

/// Something that has left the site, or may.
public struct ReleaseRecord: Hashable, Sendable {
  /// The number of its entry in the public log.
  public let number: Int
  /// The random UUID of the run.
  public let run: String
  /// The digest of the files.
  public let digest: Digest
  /// When, in seconds since 1970.
  public let releasedAt: Int
  /// The guardians whose approval counted, by id.
  let approvals: [String]
}

extension SiteDatabase {
  /// Tells the outcome of every run that has one, or of one run: what is approved is released, and
  /// what was returned or rejected is told, all under one lock.
  ///
  /// Before anything is released its signatures are checked again from the envelopes, against the
  /// roster and the time as they are now, and what would leave is read again and held against them.
  /// Where they no longer count the run goes back to the guardians.
  ///
  /// - Parameters:
  ///   - name: The only run; `nil` for all.
  ///   - clock: The clock's time.
  ///   - isDue: Whether the outcome of a run may be told at a moment, when it was decided at another;
  ///     both are times for rules.
  ///   - opinion: Judges an approved run against everything released since it was reviewed; where it
  ///     is not as safe, the run goes back to the guardians as well. It is asked under the same lock.
  /// - Returns: What became of each, by name.
  /// - Throws: ``SiteError``; ``ReviewError/wrongState(run:state:event:)`` for a named run that has
  ///   no outcome, and ``ReviewError/notDue(run:)`` for one whose time has not come;
  ///   ``ReviewError/tooFewWitnesses(found:needed:)``, and then nothing is told.
  public func tellOutcomes(
    of name: String? = nil, clock: LedgerTime,
    isDue: (SiteRun, _ decided: Int, _ now: Int) throws -> Bool = { _, _, _ in true },
    judging opinion: (SiteRun) throws -> SecondOpinion
  ) throws -> [ToldOutcome] {
    var writer = try site.ledgerWriterWhenFree()
    let moment = writer.time(by: clock)
    try checkHistory()
    try settle(in: &writer, at: clock)
    var told: [ToldOutcome] = []
    let decided = try runs().filter {
      !$0.isTold && (name == nil || $0.name == name) && $0.state.isDecided
    }
    let due = try decided.filter { siteRun in
      let last = try decisions(on: siteRun).map(\.decidedAt).max() ?? siteRun.submittedAt
      return try isDue(siteRun, last, moment.secondsSince1970)
    }
    if let name, due.isEmpty, !decided.isEmpty { throw ReviewError.notDue(run: name) }
    if !due.isEmpty { try checkWitnesses() }
    for siteRun in due {
      let refusal = try tell(siteRun, at: moment, opinion)
      try settle(in: &writer, at: clock)
      try sealIfCosigned(siteRun.name)
      told.append(
        ToldOutcome(
          run: try run(named: siteRun.name), number: try releaseRecord(of: siteRun)?.number,
          refusal: refusal))
    }
    if let name, told.isEmpty {
      throw ReviewError.wrongState(run: name, state: try run(named: name).state, event: .release)
    }
    return told
  }

  private func tell(
    _ siteRun: SiteRun, at moment: LedgerTime, _ opinion: (SiteRun) throws -> SecondOpinion
  ) throws -> ReviewError? {
    var note: [UInt8]?
    do {
      // What is released by now was released under this lock, so nothing can come between.
      let said = siteRun.state == .approved ? try opinion(siteRun) : nil
      note = said?.note
      if note != nil { throw ReviewError.changedVerdict(run: siteRun.name) }
      try change {
        if siteRun.state == .approved {
          try release(siteRun, at: moment)
          try keepFactCounts(said?.factCounts ?? [:])
        } else {
          try close(siteRun)
        }
        try run("UPDATE runs SET is_told = 1 WHERE name = ?", [.text(siteRun.name)])
      }
      return nil
    } catch let error as ReviewError {
      try holdAgain(siteRun.name, note: note)
      return error
    }
  }

  /// Releases an approved run, inside a transaction.
  private func release(_ siteRun: SiteRun, at moment: LedgerTime) throws {
    let terms = try terms(of: siteRun)
    let digest = FileManifest.digest(of: try heldFiles(of: siteRun))
    guard siteRun.outcome == .outputs(digest: digest.hexadecimal), let reading = terms.reading,
      FileManifest.digest(of: try submission(of: siteRun)) == terms.opening.digest
    else { throw ReviewError.changedSinceSigned(run: siteRun.name) }
    let counted = try decisions(on: siteRun).compactMap { stored -> Decision? in
      guard let signed = try? Envelope(parsing: stored.envelope) else { return nil }
      do {
        let decision = try verified(
          signed, on: siteRun, reason: stored.reason, message: stored.message, at: moment)
        return decision.guardian == stored.guardian ? decision : nil
      } catch is ReviewError { return nil }
    }
    let (roster, work) = (try people(), try independence(of: siteRun, at: moment))
    let verdict = site.quorum.verdict(
      of: counted, by: roster, independentOf: work, at: moment.secondsSince1970)
    guard verdict == .decided(.approve) else {
      throw ReviewError.tooFewApprovals(run: siteRun.name)
    }
    try move(siteRun.name, by: .release)
    let entry = try note(
      .runReleased(
        run: siteRun.id, opening: terms.opening, outputs: digest,
        releaseLedgerHead: reading.releaseLedgerHead), by: nil)
    let approvals = site.quorum.counting(
      counted, by: roster, independentOf: work, at: moment.secondsSince1970
    ).map(\.person.id)
    try run(
      "INSERT INTO releases VALUES (?, ?, ?, ?, ?, NULL, NULL, NULL)",
      [
        .integer(entry), .text(siteRun.id), .text(digest.hexadecimal),
        .integer(moment.secondsSince1970), .text(approvals.joined(separator: " ")),
      ])
  }

  /// Puts an approved run back before the guardians, whose decisions it voids.
  ///
  /// - Parameters:
  ///   - name: The run.
  ///   - note: What guardians read of why, beside the packet that they know.
  /// - Throws: ``ReviewError/wrongState(run:state:event:)``.
  func holdAgain(_ name: String, note: [UInt8]? = nil) throws {
    try change {
      let siteRun = try run(named: name)
      try move(name, by: .hold)
      try run(
        "DELETE FROM decisions WHERE run = ? AND round = ?",
        [.text(siteRun.id), .integer(siteRun.round)])
      if let note {
        try run(
          "INSERT OR REPLACE INTO packet_files VALUES (?, ?, ?, ?)",
          [
            .text(siteRun.id), .integer(siteRun.round), .text(Self.sinceReviewPath), .blob(note),
          ])
      }
    }
  }

  /// The path of the file of a packet that says what changed since guardians looked at a run.
  public static let sinceReviewPath = "since-review.txt"

  /// The files that left, for those who may fetch them.
  ///
  /// They are read once, and are those that the public log names, or nothing is given.
  ///
  /// - Throws: ``ReviewError/notReleased(run:)``, also where the log has no entry of it yet;
  ///   ``ReviewError/changedSinceSigned(run:)`` where a byte is another.
  public func releasedFiles(
    of siteRun: SiteRun
  ) throws -> (record: ReleaseRecord, files: [SiteFile]) {
    guard siteRun.state == .released, let record = try releaseRecord(of: siteRun) else {
      throw ReviewError.notReleased(run: siteRun.name)
    }
    let files = try heldFiles(of: siteRun)
    let digest = FileManifest.digest(of: files)
    let event: LedgerEvent
    let ledger = try site.ledger()
    do { event = try ledger.entry(at: record.number).event } catch { throw SiteError.ledger(error) }
    guard case .runReleased(siteRun.id, _, digest, _) = event else {
      throw ReviewError.changedSinceSigned(run: siteRun.name)
    }
    return (record, files)
  }

  /// Everything that was released, in the order of the public log.
  public func releases() throws -> [ReleaseRecord] {
    try rows(
      """
      SELECT number, run, digest, released_at, approvals FROM releases JOIN ledger_entries ON entry = id
      WHERE number IS NOT NULL ORDER BY number
      """
    ) { row in
      guard let digest = Digest(hexadecimal: row.text(at: 2)) else { throw SiteError.damagedState }
      return ReleaseRecord(
        number: row.integer(at: 0), run: row.text(at: 1), digest: digest,
        releasedAt: row.integer(at: 3),
        approvals: row.text(at: 4).split(separator: " ").map(String.init))
    }
  }

  /// The release of a run, once it is in the public log.
  public func releaseRecord(of siteRun: SiteRun) throws -> ReleaseRecord? {
    try releases().first { $0.run == siteRun.id }
  }

  /// Whether a head is one that the site's record of releases has or had.
  public func hasHad(releaseLedgerHead head: Digest) throws -> Bool {
    try releasedMemberships(at: head) != nil
  }

  /// What everything says of people that had been released when the head was this one; `nil` where
  /// it never was.
  public func releasedMemberships(at head: Digest) throws -> [MembershipRecord]? {
    let lines = try releaseLines()
    let count = (0...lines.count).first { count in
      site.releaseLedgerHead(after: Array(lines.prefix(count))) == head
    }
    guard let count else { return nil }
    let runs = Set(lines.prefix(count).map { $0[0] })
    return try releasedMemberships().filter { runs.contains($0.run) }
  }

  /// The head of the site's record of releases, as it is now.
  public func releaseLedgerHead() throws -> Digest {
    site.releaseLedgerHead(after: try releaseLines())
  }

  /// What the head is of: a line for each release, with what is kept of the people in it.
  private func releaseLines() throws -> [[String]] {
    let memberships = try releasedMemberships()
    return try releases().map { release in
      let record = memberships.first { $0.run == release.run }
      let digest = (record?.tables).map { Digest(of: $0).hexadecimal } ?? ""
      return [release.run, release.digest.hexadecimal, digest, record?.file.tag ?? ""]
    }
  }
}

extension RunState {
  /// Whether the guardians have decided and the outcome can be told.
  var isDecided: Bool {
    switch self {
    case .approved, .returned, .rejected: true
    case .submitted, .held, .withdrawn, .released: false
    }
  }
}
