internal import CarrelCrypto
internal import CarrelFiles
public import CarrelLedger

extension Site {
  static let ledgerKeyFile = "keys/ledger.pem"
  /// The key that the log's is being exchanged for, until it is in the other's place.
  private static let nextLedgerKeyFile = "keys/ledger-next.pem"

  /// Who signs for a log as it is now, also where an exchange of its key was interrupted.
  ///
  /// - Throws: ``SiteError/tampered(path:)`` where the site holds no such key.
  func ledgerSigner(of ledger: borrowing Ledger) throws(SiteError) -> NoteSigner {
    if let next = try nextLedgerSigner(), next.key == ledger.key { return next }
    guard let signer = try ledgerSigner(in: Self.ledgerKeyFile), signer.key == ledger.key else {
      throw .tampered(path: Path.join(path, Self.ledgerKeyFile))
    }
    return signer
  }

  /// Who is to sign next, while the log's key is exchanged.
  func nextLedgerSigner() throws(SiteError) -> NoteSigner? {
    guard Files.exists(Path.join(path, Self.nextLedgerKeyFile)) else { return nil }
    return try ledgerSigner(in: Self.nextLedgerKeyFile)
  }

  private func ledgerSigner(in file: String) throws(SiteError) -> NoteSigner? {
    let keyPath = Path.join(path, file)
    try Self.checkPrivate(keyPath)
    guard let key = try? SigningKey(pem: try Self.readFile(keyPath)),
      let signer = NoteSigner(name: ledgerKey.name, use: .log, key: key)
    else { throw .tampered(path: keyPath) }
    return signer
  }

  /// Makes the key that the log's is to be exchanged for, on disk before anything tells of it.
  func makeNextLedgerKey() throws(SiteError) -> NoteSigner {
    do {
      let pem = try SigningKey().pem()
      try Files.write(pem, to: Path.join(path, Self.nextLedgerKeyFile), access: .owner)
    } catch let error as CryptoError { throw .crypto(error) } catch let error as FileError {
      throw .file(error)
    } catch { preconditionFailure("a key is made or written") }
    guard let signer = try nextLedgerSigner() else {
      throw .tampered(path: Path.join(path, Self.nextLedgerKeyFile))
    }
    return signer
  }

  /// Puts the new key in the place of the old one, once the log is signed by it.
  func takeNextLedgerKey() throws(SiteError) {
    let next = Path.join(path, Self.nextLedgerKeyFile)
    guard Files.exists(next) else { return }
    let pem = try Self.readFile(next)
    do throws(FileError) {
      try Files.write(pem, to: Path.join(path, Self.ledgerKeyFile), access: .owner)
      try Files.remove(next)
    } catch { throw .file(error) }
  }

  /// Every key that ever signed the site's log, the present one last.
  ///
  /// - Throws: As ``ledger(known:)``.
  public func ledgerKeys() throws(SiteError) -> [NoteKey] {
    let ledger = try ledger()
    return ledger.handovers.map(\.old) + [ledger.key]
  }
}

extension SiteDatabase {
  /// Has the key of the site's public log hand over to a new one.
  ///
  /// The new key is on disk before the change is noted here, and the note is here before the log is
  /// signed by the new key: whatever is cut off, the next command finishes it.
  ///
  /// - Parameter clock: The clock's time.
  /// - Returns: The new key.
  /// - Throws: ``SiteError``.
  public func exchangeLedgerKey(clock: LedgerTime) throws -> NoteKey {
    var writer = try site.ledgerWriterWhenFree()
    try checkHistory()
    try settle(in: &writer, at: clock)
    let (old, new) = (writer.ledger.key, try site.makeNextLedgerKey())
    try change {
      _ = try note(
        .keyChanged(
          holder: KeyHandover.holder, old: old.key.fingerprint, new: new.key.key.fingerprint),
        by: nil)
    }
    try settle(in: &writer, at: clock)
    return new.key
  }

  /// Enters in the log that its key is exchanged, signed by the new one.
  func handOver(in writer: inout LedgerWriter, at clock: LedgerTime) throws -> Int {
    guard let next = try site.nextLedgerSigner() else { throw SiteError.damagedState }
    do { return try writer.handOver(to: next, clock: clock) } catch {
      throw SiteError.ledger(error)
    }
  }
}

extension LedgerEvent {
  /// Whether it tells of the log's own key; somebody's key is added or withdrawn, never both.
  var isHandover: Bool {
    if case .keyChanged(KeyHandover.holder, .some, .some) = self { true } else { false }
  }
}
