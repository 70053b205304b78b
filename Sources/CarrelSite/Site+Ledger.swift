internal import CarrelCrypto
internal import CarrelFiles
public import CarrelLedger
internal import Glibc

extension Site {
  static let ledgerFolder = "ledger"

  /// The folder of the site's public log.
  public var ledgerPath: String { Path.join(path, Self.ledgerFolder) }

  /// The site's public log, to read.
  ///
  /// - Parameter known: A checkpoint that somebody saw before, such as the one in a guardian's key
  ///   file; a log that did not grow from it is refused.
  /// - Returns: The log as it is now.
  /// - Throws: ``SiteError/ledger(_:)``; ``SiteError/tampered(path:)`` where its first entry made
  ///   another kind of site.
  public func ledger(known: Checkpoint? = nil) throws(SiteError) -> Ledger {
    do {
      let ledger = try Ledger(at: ledgerPath, key: ledgerKey, known: known)
      try checkBeginning(of: ledger)
      return ledger
    } catch { throw SiteError(error, path: ledgerPath) }
  }

  /// The site's public log, to add to; one process at a time can.
  ///
  /// - Parameter known: As for ``ledger(known:)``.
  /// - Returns: The writer, which holds the right to add for as long as it lives.
  /// - Throws: As ``ledger(known:)``, and where the log's key is missing, damaged or open to others.
  public func ledgerWriter(known: Checkpoint? = nil) throws(SiteError) -> LedgerWriter {
    let signer = try ledgerSigner(of: try ledger())
    let next = try nextLedgerSigner()
    do {
      let writer = try LedgerWriter(at: ledgerPath, signer: signer, next: next, known: known)
      try checkBeginning(of: writer.ledger)
      return writer
    } catch { throw SiteError(error, path: ledgerPath) }
  }

  /// The same, after waiting for a while where another process adds to the log.
  ///
  /// - Throws: As ``ledgerWriter(known:)``; ``LedgerError/busy(path:)`` when the wait was in vain.
  public func ledgerWriterWhenFree() throws(SiteError) -> LedgerWriter {
    let (pauseMicroseconds, pauses) = (20_000, 500)
    for _ in 0..<pauses {
      do { return try ledgerWriter() } catch {
        guard case .ledger(.busy) = error else { throw error }
        usleep(UInt32(pauseMicroseconds))
      }
    }
    return try ledgerWriter()
  }

  /// The time for every rule: the clock's, or that of the log's last entry where the clock is
  /// behind it, so that a clock that is set back revives nothing.
  public func time(by clock: LedgerTime) throws(SiteError) -> LedgerTime {
    let ledger = try ledger()
    do { return max(clock, try ledger.entry(at: ledger.count - 1).time) } catch {
      throw .ledger(error)
    }
  }

  /// The head of the site's record of what it released, under a key of the site.
  ///
  /// A restored backup would have another one than the public log names. Each release is a line: the
  /// run, the digest of its files, and what is kept of the people in them.
  func releaseLedgerHead(after releases: [[String]]) -> Digest {
    var authenticator = MessageAuthenticator(key: key.derived(for: "carrel/ledger/releases/v1"))
    let lines = releases.map { $0.joined(separator: " ") + "\n" }
    let tag = authenticator.tag(of: Array(lines.joined().utf8))
    guard let digest = Digest(bytes: tag) else { preconditionFailure("a tag has 32 bytes") }
    return digest
  }

  /// Adds to the site's public log what happened, all of it or nothing.
  ///
  /// - Parameters:
  ///   - events: What happened, in order.
  ///   - actor: A pseudonym of who did it.
  ///   - time: The clock's time.
  /// - Returns: The place of the first new entry.
  /// - Throws: ``SiteError``, as ``ledgerWriter(known:)``.
  @discardableResult
  public func append(
    _ events: [LedgerEvent], by actor: String? = nil, at time: LedgerTime
  ) throws(SiteError) -> Int {
    var writer = try ledgerWriterWhenFree()
    do { return try writer.append(events, by: actor, clock: time).first } catch {
      throw .ledger(error)
    }
  }

  /// What the log shows of a snapshot: its digest under a key of the site, which nobody outside can
  /// hold against a file of their own.
  ///
  /// - Parameters:
  ///   - digest: The snapshot's digest.
  ///   - project: The project whose receipts it is for, each under a key of its own, so that two
  ///     projects cannot tell by them whether they read the same; `nil` for the log itself.
  /// - Returns: The keyed digest.
  public func publicDigest(ofSnapshot digest: String, forProject project: String? = nil) -> Digest {
    let purpose = project.map { "carrel/receipt/snapshot/v1/\($0)" } ?? "carrel/ledger/snapshot/v1"
    var authenticator = MessageAuthenticator(key: key.derived(for: purpose))
    let tag = authenticator.tag(of: Array(digest.utf8))
    guard let digest = Digest(bytes: tag) else { preconditionFailure("a tag has 32 bytes") }
    return digest
  }

  /// The kind of a site is signed: once under the site's seal, and once here for everybody.
  private func checkBeginning(of ledger: borrowing Ledger) throws(LedgerError) {
    guard case .siteMade(_, kind.rawValue, ledgerKey.text) = try ledger.entry(at: 0).event,
      ledger.firstKey == ledgerKey
    else {
      throw .brokenHistory(index: 0, .notTheBeginning)
    }
  }
}

/// The log of a site that is being made.
struct SiteLog {
  let signer: NoteSigner
  private let key: SigningKey

  /// A log with a key and a name of its own.
  ///
  /// The name is the site's with a part of the key's fingerprint behind it, because two sites may
  /// have one name, and a witness knows logs by name.
  init(ofSiteNamed name: String) throws(SiteError) {
    do { key = try SigningKey() } catch { throw .crypto(error) }
    let allowed = name.map { $0.isWhitespace || $0 == "+" ? "-" : String($0) }.joined()
    let origin = "\(allowed)-\(key.verifyingKey.fingerprint.prefix(8))"
    guard let signer = NoteSigner(name: origin, use: .log, key: key) else { throw .invalidName }
    self.signer = signer
  }

  /// The files of the log and of its key, by their paths in the site.
  func files(
    of site: Site, at time: LedgerTime
  ) throws(SiteError) -> [(path: String, bytes: [UInt8])] {
    let ledger: NewLedger
    do {
      ledger = try NewLedger(
        siteNamed: site.name, kind: site.kind.rawValue, signer: signer, clock: time)
    } catch { throw .ledger(error) }
    do {
      return [(Site.ledgerKeyFile, try key.pem())]
        + ledger.files.map { (Path.join(Site.ledgerFolder, $0.path), $0.bytes) }
    } catch { throw .crypto(error) }
  }
}

extension SiteError {
  /// A failure of the site's log; another beginning means that the site was tampered with.
  fileprivate init(_ error: LedgerError, path: String) {
    self =
      error == .brokenHistory(index: 0, .notTheBeginning) ? .tampered(path: path) : .ledger(error)
  }
}
