public import CarrelCrypto
internal import CarrelFiles
internal import CarrelJSON
public import CarrelLedger
internal import CarrelStore

extension Site {
  private static let pseudonymKeysFile = "keys/pseudonym.key"
  /// The key that the present one is being exchanged for, until it is behind the others.
  private static let nextPseudonymKeyFile = "keys/pseudonym-next.key"

  /// How many keys a site can have had: a byte beside each person's number says which was used.
  private static let pseudonymKeyLimit = 256

  /// The keys that pseudonyms were made with since the site was, the present one last.
  ///
  /// By those before it a person is known again whom the last load did not meet. Only a load and
  /// the application of opt-outs read them. A run never does.
  ///
  /// - Throws: ``SiteError`` where the file is missing, damaged or open to others.
  public func pseudonymKeys() throws(SiteError) -> [SecretKey] {
    try readKeys(in: Self.pseudonymKeysFile, atMost: Self.pseudonymKeyLimit)
  }

  private func readKeys(in file: String, atMost limit: Int) throws(SiteError) -> [SecretKey] {
    let keyPath = Path.join(path, file)
    try Self.checkPrivate(Path.parent(of: keyPath))
    try Self.checkPrivate(keyPath)
    let bytes = try Self.readFile(keyPath)
    let (count, rest) = bytes.count.quotientAndRemainder(dividingBy: Self.keyByteCount)
    guard rest == 0, (1...limit).contains(count) else { throw .tampered(path: keyPath) }
    return (0..<count).map { number in
      var part = Array(bytes[(number * Self.keyByteCount)..<((number + 1) * Self.keyByteCount)])
      return SecretKey(absorbing: &part)
    }
  }

  /// Makes the key that the present one is to be exchanged for, on disk before anything tells of it.
  ///
  /// - Returns: The fingerprints of the present key and of the next.
  fileprivate func makeNextPseudonymKey() throws(SiteError) -> (old: String, new: String) {
    let keys = try pseudonymKeys()
    guard let old = keys.last, keys.count < Self.pseudonymKeyLimit else { throw .noKeyLeft }
    do {
      let new = try SecretKey(randomByteCount: Self.keyByteCount)
      try write([new], to: Self.nextPseudonymKeyFile)
      return (old.pseudonymFingerprint, new.pseudonymFingerprint)
    } catch let error as CryptoError { throw .crypto(error) } catch let error as SiteError {
      throw error
    } catch { preconditionFailure("a key is made or written") }
  }

  /// What the log calls the key that was made to be the next; `nil` where there is none.
  fileprivate func nextPseudonymKey() throws(SiteError) -> String? {
    guard Files.exists(Path.join(path, Self.nextPseudonymKeyFile)) else { return nil }
    return try readKeys(in: Self.nextPseudonymKeyFile, atMost: 1)[0].pseudonymFingerprint
  }

  /// Puts the next key behind the others, from when on it is the present one; what was cut off on
  /// the way is done again.
  fileprivate func takeNextPseudonymKey() throws(SiteError) {
    let keys = try pseudonymKeys()
    let new = try readKeys(in: Self.nextPseudonymKeyFile, atMost: 1)
    if keys.last?.pseudonymFingerprint != new[0].pseudonymFingerprint {
      try write(keys + new, to: Self.pseudonymKeysFile)
    }
    do { try Files.remove(Path.join(path, Self.nextPseudonymKeyFile)) } catch {
      throw .file(error)
    }
  }

  private func write(_ keys: [SecretKey], to file: String) throws(SiteError) {
    let bytes = keys.flatMap { key in key.withUnsafeBytes { Array($0) } }
    do { try Files.write(bytes, to: Path.join(path, file), access: .owner) } catch {
      throw .file(error)
    }
  }
}

extension SecretKey {
  /// What the public log calls the key: it follows from the key, and nothing follows from it.
  fileprivate var pseudonymFingerprint: String {
    var authenticator = MessageAuthenticator(key: self)
    return Hexadecimal.text(of: authenticator.tag(of: Array("carrel/pseudonym-key/v1".utf8)))
  }
}

extension SiteDatabase {
  /// Exchanges the key that pseudonyms are made with for a new one, which the next load uses.
  ///
  /// The new key is on disk before the change is noted here, the note before the log tells of it,
  /// and the log before the key is used: whatever is cut off, the next exchange or load goes on.
  /// People keep their numbers, so that what was released of them stays known.
  ///
  /// - Parameter clock: The clock's time.
  /// - Throws: ``SiteError``; ``SiteError/busy(path:)`` while a load runs.
  public func exchangePseudonymKey(clock: LedgerTime) throws {
    let lock = try site.takeLock()
    try finishPseudonymKeyExchange(clock: clock)
    let (old, new) = try site.makeNextPseudonymKey()
    try change { _ = try note(.keyChanged(holder: Self.holder, old: old, new: new), by: nil) }
    try finishPseudonymKeyExchange(clock: clock)
    _ = consume lock
  }

  /// Goes on with an exchange that was cut off, if the site knows of it; a key that it does not
  /// know of is of no use.
  ///
  /// Whoever asks holds the right to change the records.
  ///
  /// - Parameter clock: The clock's time.
  /// - Throws: ``SiteError``.
  public func finishPseudonymKeyExchange(clock: LedgerTime) throws {
    guard let next = try site.nextPseudonymKey() else { return }
    try settle(at: clock)
    let events = try rows("SELECT event FROM ledger_entries") { row in
      (try? JSON(parsing: row.bytes(at: 0))).flatMap { LedgerEvent(json: $0) }
    }
    let isKnown = events.contains { event in
      if case .keyChanged(Self.holder, .some, next) = event { true } else { false }
    }
    if isKnown { try site.takeNextPseudonymKey() }
  }

  private static let holder = "pseudonyms"
}
