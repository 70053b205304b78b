internal import CarrelCrypto
public import CarrelLedger
internal import CarrelStore

/// Somebody outside a site who watches that its public log only grows.
public struct OutsideWitness: Hashable, Sendable {
  /// The key that they cosign with, under their name.
  public let key: NoteKey
  /// When they were put on the site's list, in seconds since 1970.
  public let addedAt: Int
  /// When they were taken off it, in seconds since 1970; `nil` while they are on it.
  public let lapsedAt: Int?
}

extension Site {
  /// How many outside witnesses must have cosigned a log that has a release before it is handed out.
  ///
  /// Without them a log shown to some and another shown to others, or a restored backup, could not
  /// be told (attack E5).
  public var witnessesNeeded: Int {
    switch kind {
    case .protected: 2
    case .synthetic: 0
    }
  }
}

extension SiteDatabase {
  /// Everybody who is or was a witness of the site's log, by name.
  ///
  /// - Throws: ``SiteError``.
  public func witnesses() throws -> [OutsideWitness] {
    try rows("SELECT name, public_key, added_at, lapsed_at FROM witnesses ORDER BY name") { row in
      guard let key = VerifyingKey(bytes: row.bytes(at: 1)),
        let noteKey = NoteKey(name: row.text(at: 0), use: .witness, key: key)
      else { throw SiteError.damagedState }
      return OutsideWitness(
        key: noteKey, addedAt: row.integer(at: 2),
        lapsedAt: row.isNull(at: 3) ? nil : row.integer(at: 3))
    }
  }

  /// The keys of those who are witnesses now.
  func presentWitnesses() throws -> [NoteKey] {
    try witnesses().filter { $0.lapsedAt == nil }.map(\.key)
  }

  /// Refuses to release anything that too few could witness.
  func checkWitnesses() throws {
    let (found, needed) = (try presentWitnesses().count, site.witnessesNeeded)
    guard found >= needed else {
      throw ReviewError.tooFewWitnesses(found: found, needed: needed)
    }
  }

  /// Puts somebody outside on the list of witnesses.
  ///
  /// - Throws: ``ReviewError/exists(_:)`` where the name or the key was on it before, and
  ///   ``ReviewError/witnessInside(_:)`` for the key of the site or of anybody who was ever on its
  ///   roster.
  public func add(witness key: NoteKey, at moment: LedgerTime) throws {
    precondition(key.use == .witness, "a witness cosigns as one")
    try change {
      if try witnesses().contains(where: { $0.key.name == key.name || $0.key.key == key.key }) {
        throw ReviewError.exists(key.name)
      }
      guard try !people().contains(where: { $0.publicKey == key.key.bytes }),
        try !site.ledgerKeys().contains(where: { $0.key == key.key })
      else { throw ReviewError.witnessInside(key.name) }
      try run(
        "INSERT INTO witnesses VALUES (?, ?, ?, NULL)",
        [.text(key.name), .blob(key.key.bytes), .integer(moment.secondsSince1970)])
      _ = try note(
        .keyChanged(holder: "witness \(key.name)", old: nil, new: key.key.fingerprint), by: nil)
    }
  }

  /// Takes a witness off the list; what they cosigned stays in the bundles that were made of it.
  ///
  /// - Throws: ``ReviewError/unknownWitness(_:)`` where nobody of that name is on it.
  public func lapse(witness name: String, at moment: LedgerTime) throws {
    try change {
      let key = try witness(name)
      try run(
        "UPDATE witnesses SET lapsed_at = ? WHERE name = ?",
        [.integer(moment.secondsSince1970), .text(name)])
      _ = try note(
        .keyChanged(holder: "witness \(name)", old: key.key.fingerprint, new: nil), by: nil)
    }
  }

  private func witness(_ name: String) throws -> NoteKey {
    guard let key = try presentWitnesses().first(where: { $0.name == name }) else {
      throw ReviewError.unknownWitness(name)
    }
    return key
  }
}

// MARK: Cosignatures

extension SiteDatabase {
  /// What to hand to a witness: the log as it is now, and its growth since they last cosigned it.
  ///
  /// - Parameters:
  ///   - name: The witness.
  ///   - since: The size of the log that the witness knows; that of their last cosignature here if
  ///     left out.
  /// - Returns: The request, whose checkpoint the site keeps until a cosignature of it comes back.
  /// - Throws: ``ReviewError/unknownWitness(_:)``, ``SiteError``.
  public func request(to name: String, since: Int? = nil) throws -> WitnessRequest {
    let key = try witness(name)
    let ledger = try site.ledger()
    let known = try checkpoints().last { checkpoint in
      try Self.logged { () throws(LedgerError) in try !checkpoint.cosignatures(of: [key]).isEmpty }
    }
    let request = try Self.logged { () throws(LedgerError) in
      try ledger.witnessRequest(since: since ?? known?.checkpoint.size ?? 0)
    }
    _ = try change {
      try run(
        "INSERT INTO checkpoints VALUES (?, ?) ON CONFLICT DO NOTHING",
        [.integer(ledger.count), .blob(ledger.head.bytes)])
    }
    return request
  }

  /// Takes in a cosignature that a witness handed back.
  ///
  /// - Parameter line: The signature line.
  /// - Returns: The witness, and the size of the log that they saw.
  /// - Throws: ``ReviewError/badCosignature`` where it is of nobody on the list, or for no
  ///   checkpoint that was given out.
  public func add(cosignature line: [UInt8]) throws -> (witness: String, size: Int) {
    for checkpoint in try checkpoints().reversed() {
      for key in try presentWitnesses() {
        guard let cosigned = try? checkpoint.adding(cosignatureLine: line, of: key) else {
          continue
        }
        _ = try change {
          try run(
            "UPDATE checkpoints SET note = ? WHERE size = ?",
            [.blob(cosigned.bytes), .integer(cosigned.checkpoint.size)])
        }
        try show(line, of: key, on: cosigned)
        for siteRun in try runs() where siteRun.state == .released {
          try sealIfCosigned(siteRun.name)
        }
        return (key.name, cosigned.checkpoint.size)
      }
    }
    throw ReviewError.badCosignature
  }

  /// Shows a cosignature under the public checkpoint too, where that has not grown meanwhile.
  private func show(
    _ line: [UInt8], of key: NoteKey, on cosigned: SignedCheckpoint
  ) throws {
    var writer = try site.ledgerWriterWhenFree()
    guard writer.ledger.head.checkpoint == cosigned.checkpoint else { return }
    do { try writer.add(cosignatureLine: line, of: key) } catch { throw SiteError.ledger(error) }
  }

  /// Every checkpoint that was given to witnesses, the smallest log first.
  func checkpoints() throws -> [SignedCheckpoint] {
    try rows("SELECT note FROM checkpoints ORDER BY size") { row in
      guard let checkpoint = try? SignedCheckpoint(parsing: row.bytes(at: 0)) else {
        throw SiteError.damagedState
      }
      return checkpoint
    }
  }

  /// The first checkpoint that shows an entry and that enough witnesses have cosigned; the log's
  /// own where none need to.
  func cosignedCheckpoint(
    showing entry: Int, in ledger: Ledger
  ) throws -> SignedCheckpoint? {
    let needed = site.witnessesNeeded
    if needed == 0 { return ledger.head }
    let witnesses = try presentWitnesses()
    return try checkpoints().filter { $0.checkpoint.size > entry }.first { checkpoint in
      // One signed before the log's key was exchanged does not go with what the new key signs.
      guard (try? checkpoint.verify(by: ledger.key)) != nil else { return false }
      return try Self.logged { () throws(LedgerError) in
        try checkpoint.cosignatures(of: witnesses).count >= needed
      }
    }
  }

  /// A failure of the log as one of the site.
  static func logged<Result>(
    _ body: () throws(LedgerError) -> Result
  ) throws(SiteError) -> Result {
    do { return try body() } catch { throw .ledger(error) }
  }
}
