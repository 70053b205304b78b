internal import CarrelCrypto
internal import CarrelFiles
public import CarrelLedger
internal import CarrelStore

/// A release with everything that a bundle is packed from, each part signed.
public struct SealedRelease: Hashable, Sendable {
  /// Which release.
  public let record: ReleaseRecord
  /// The files that left.
  public let files: [SiteFile]
  /// A ``RunReceipt`` that the site signed.
  public let receipt: Envelope
  /// A ``ReleaseStatement`` that the site signed.
  public let statement: Envelope
  /// The guardians' words, in the order of their ids.
  public let decisions: [Envelope]
  /// That the release is in the public log, with the entry in it.
  public let proof: LogProof
}

extension SiteDatabase {
  /// A release as it is handed out: the same bytes whenever it is asked for.
  ///
  /// - Throws: As ``releasedFiles(of:)``; ``ReviewError/notCosigned(run:needed:)`` until enough
  ///   witnesses have cosigned a log that has the release.
  public func sealedRelease(of siteRun: SiteRun) throws -> SealedRelease {
    let (record, files) = try releasedFiles(of: siteRun)
    try sealIfCosigned(siteRun.name)
    let kept = try rows(
      "SELECT receipt, statement, proof FROM releases WHERE run = ? AND proof IS NOT NULL",
      [.text(siteRun.id)]
    ) { row in (row.bytes(at: 0), row.bytes(at: 1), row.bytes(at: 2)) }
    guard let kept = kept.first else {
      throw ReviewError.notCosigned(run: siteRun.name, needed: site.witnessesNeeded)
    }
    guard let receipt = try? Envelope(parsing: kept.0),
      let statement = try? Envelope(parsing: kept.1), let proof = try? LogProof(parsing: kept.2)
    else { throw SiteError.damagedState }
    return SealedRelease(
      record: record, files: files, receipt: receipt, statement: statement,
      decisions: try approvals(of: siteRun, counted: record.approvals), proof: proof)
  }

  /// The signed words of those whose approval counted.
  private func approvals(of siteRun: SiteRun, counted: [String]) throws -> [Envelope] {
    try decisions(on: siteRun).filter { counted.contains($0.guardian) }.map { decision in
      guard let envelope = try? Envelope(parsing: decision.envelope) else {
        throw SiteError.damagedState
      }
      return envelope
    }
  }

  /// Signs what the site says of a release, once enough witnesses have seen that it is in the log.
  ///
  /// It is kept, so that a bundle has the same bytes for everybody whenever it is fetched.
  func sealIfCosigned(_ name: String) throws {
    let siteRun = try run(named: name)
    let isSealed = try rows(
      "SELECT 1 FROM releases WHERE run = ? AND proof IS NOT NULL", [.text(siteRun.id)]
    ) { _ in true }
    guard isSealed.isEmpty, siteRun.state == .released,
      let record = try releaseRecord(of: siteRun)
    else { return }
    let ledger = try site.ledger()
    guard let checkpoint = try cosignedCheckpoint(showing: record.number, in: ledger) else {
      return
    }
    let (entry, proof) = try Self.logged { () throws(LedgerError) in
      (
        try ledger.entry(at: record.number),
        try ledger.proof(of: record.number, under: checkpoint)
      )
    }
    let signer = try site.ledgerSigner(of: ledger)
    let receipt = try receipt(of: siteRun, releasedAt: entry.time)
    let statement = try statement(
      on: siteRun, record, releasedAt: entry.time, signedBy: signer.key, under: checkpoint)
    let shown = LogProof(
      inclusion: proof.inclusion, checkpoint: proof.checkpoint, extra: entry.bytes)
    _ = try change {
      try run(
        "UPDATE releases SET receipt = ?, statement = ?, proof = ? WHERE run = ?",
        [
          .blob(signer.envelope(of: receipt.statement).bytes),
          .blob(signer.envelope(of: statement.statement).bytes), .blob(shown.bytes),
          .text(siteRun.id),
        ])
    }
  }

  /// What the run was made from, and by what.
  private func receipt(of siteRun: SiteRun, releasedAt time: LedgerTime) throws -> RunReceipt {
    let files = try heldFiles(of: siteRun).map(\.subject)
    let settings = try submission(of: siteRun).first {
      $0.path == RunReceipt.Parameter.sealedPath
    }
    guard let reading = try terms(of: siteRun).reading,
      let submitted = LedgerTime(secondsSince1970: siteRun.submittedAt)
    else { throw SiteError.damagedState }
    return RunReceipt(
      run: siteRun.id, site: site.ledgerKey.name, project: siteRun.project, files: files,
      inputs: files.filter { RunReceipt.isInput($0.name) },
      parameters: settings.map { RunReceipt.Parameter.unsealed($0.bytes) } ?? [],
      snapshot: reading.snapshot, releaseLedgerHead: reading.releaseLedgerHead,
      version: reading.version, started: submitted, finished: time)
  }

  /// What the site says of the release, with the roster as it was.
  private func statement(
    on siteRun: SiteRun, _ record: ReleaseRecord, releasedAt time: LedgerTime,
    signedBy key: NoteKey, under checkpoint: SignedCheckpoint
  ) throws -> ReleaseStatement {
    guard let moment = LedgerTime(secondsSince1970: record.releasedAt),
      let author = try people().first(where: { $0.id == siteRun.author })
    else { throw SiteError.damagedState }
    let project = try project(siteRun.project).project
    let submitted = try submission(of: siteRun)
    return ReleaseStatement(
      name: siteRun.bundleName(for: submitted), alias: siteRun.name, title: siteRun.title,
      run: siteRun.id, released: time,
      site: .init(
        name: site.name, isProtected: site.kind == .protected, key: key,
        formerKeys: try Self.logged { () throws(LedgerError) in
          try checkpoint.handovers(to: key).map(\.old)
        },
        witnesses: try presentWitnesses()),
      project: .init(
        id: project.id, title: project.title, summary: project.summary,
        publicBenefit: project.publicBenefit, organisation: project.organisation,
        author: author.id, authorName: author.name),
      guardians: try guardians(at: moment), approvalsNeeded: site.quorum.guardians,
      outputs: record.digest)
  }
}

extension SiteFile {
  /// The file by its path and digest, as receipts name it.
  var subject: InTotoStatement.Subject { .init(name: path, digest: Digest(of: bytes)) }
}

extension SiteRun {
  /// What a bundle of the run is called: after the study's file and the run.
  public func bundleName(for submission: [SiteFile]) -> String {
    let study = submission.first { $0.path.hasPrefix("study/") && $0.path.hasSuffix(".carrel") }
    let file = study.map { Path.lastComponent(of: $0.path).dropLast(".carrel".count) } ?? "study"
    return "\(file)-\(name)"
  }
}
