internal import CarrelJSON
public import CarrelLedger
internal import CarrelStore

/// A change that the site's public log is yet to tell.
private struct WaitingEntry {
  let id: Int
  let event: LedgerEvent
  let actor: String?
  /// The place in the log that was about to be written when the last attempt began.
  let attempt: Int?
}

extension SiteDatabase {
  /// Notes, in the transaction that changes something, what the public log is to say of it.
  ///
  /// - Returns: The note's number, which is not the entry's.
  func note(_ event: LedgerEvent, by actor: String?) throws -> Int {
    try run(
      "INSERT INTO ledger_entries (event, actor) VALUES (?, ?)",
      [.blob(event.json.bytes()), actor.map { .text($0) } ?? .null])
    let last = try rows("SELECT max(id) FROM ledger_entries") { $0.integer(at: 0) }
    guard let last = last.first else { throw SiteError.damagedState }
    return last
  }

  /// Enters in the public log all that waits for it, also what a crash kept from it.
  ///
  /// Called after every change. Waits while another process adds to the log.
  ///
  /// - Parameter clock: The clock's time.
  /// - Throws: ``SiteError``; what could not be entered waits on.
  public func settle(at clock: LedgerTime) throws {
    guard try !waiting().isEmpty else { return }
    var writer = try site.ledgerWriterWhenFree()
    try settle(in: &writer, at: clock)
  }

  /// The same where this process already holds the right to add to the log.
  func settle(in writer: inout LedgerWriter, at clock: LedgerTime) throws {
    for entry in try waiting() {
      let number: Int
      // What was interrupted between the log and this database is in the log already.
      if let place = entry.attempt, place < writer.ledger.count,
        try entered(place, in: writer.ledger) == entry.event
      {
        number = place
      } else {
        let head = writer.ledger.head.checkpoint
        try set("attempt", to: head.size, of: entry, seeing: head)
        number = try enter(entry, in: &writer, at: clock)
      }
      if entry.event.isHandover { try site.takeNextLedgerKey() }
      try set("number", to: number, of: entry, seeing: writer.ledger.head.checkpoint)
    }
  }

  private func enter(
    _ entry: WaitingEntry, in writer: inout LedgerWriter, at clock: LedgerTime
  ) throws -> Int {
    if entry.event.isHandover { return try handOver(in: &writer, at: clock) }
    do {
      return try writer.append([entry.event], by: entry.actor, clock: clock).first
    } catch { throw SiteError.ledger(error) }
  }

  /// Holds this file and the public log to each other: neither may be older than the other, as it is
  /// where one of them was restored from a backup that forgets releases (attack E5).
  ///
  /// - Throws: ``SiteError/ledger(_:)`` where the log did not grow from what this file has seen of
  ///   it, and ``SiteError/outdatedState`` where it says what this file knows nothing of.
  public func checkHistory() throws {
    let seen = try rows("SELECT size, root FROM log_seen") { row in
      guard let root = Digest(hexadecimal: row.text(at: 1)) else { throw SiteError.damagedState }
      return Checkpoint(origin: site.ledgerKey.name, size: row.integer(at: 0), root: root)
    }.first
    // Read after what was seen of it, so that it has grown by whatever happens meanwhile.
    let ledger = try site.ledger(known: seen)
    for place in (seen?.size ?? 1)..<ledger.count {
      let event = try entered(place, in: ledger)
      guard event.isNoted else { continue }
      let known = try rows(
        "SELECT event FROM ledger_entries WHERE number = ? OR number IS NULL AND attempt <= ?",
        [.integer(place), .integer(place)]
      ) { $0.bytes(at: 0) }
      guard known.contains(event.json.bytes()) else { throw SiteError.outdatedState }
    }
  }

  private func entered(_ place: Int, in ledger: Ledger) throws -> LedgerEvent {
    do { return try ledger.entry(at: place).event } catch { throw SiteError.ledger(error) }
  }

  private func waiting() throws -> [WaitingEntry] {
    try rows(
      "SELECT id, event, actor, attempt FROM ledger_entries WHERE number IS NULL ORDER BY id"
    ) { row in
      guard let event = (try? JSON(parsing: row.bytes(at: 1))).flatMap({ LedgerEvent(json: $0) })
      else { throw SiteError.damagedState }
      return WaitingEntry(
        id: row.integer(at: 0), event: event, actor: row.isNull(at: 2) ? nil : row.text(at: 2),
        attempt: row.isNull(at: 3) ? nil : row.integer(at: 3))
    }
  }

  private func set(
    _ column: String, to number: Int, of entry: WaitingEntry, seeing head: Checkpoint
  ) throws {
    _ = try change {
      try run(
        "UPDATE ledger_entries SET \(column) = ? WHERE id = ?",
        [.integer(number), .integer(entry.id)])
      try run(
        """
        INSERT INTO log_seen VALUES (1, ?, ?)
        ON CONFLICT (id) DO UPDATE SET size = excluded.size, root = excluded.root
        """, [.integer(head.size), .text(head.root.hexadecimal)])
    }
  }
}

extension LedgerEvent {
  /// Whether the site's database notes it before the log has it.
  fileprivate var isNoted: Bool {
    switch self {
    case .siteMade, .snapshotMade, .optOutsApplied, .policyChanged: false
    case .projectProposed, .projectApproved, .runCommitted, .runReleased, .runClosed, .keyChanged:
      true
    }
  }
}
