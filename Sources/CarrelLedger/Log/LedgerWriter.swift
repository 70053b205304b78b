internal import CarrelFiles

/// The one process that may add to a log, for as long as this value lives.
///
/// A log never contradicts what it signed: whatever a checkpoint covers is durable before the
/// checkpoint is, and a checkpoint is durable before anybody sees it. A crash leaves the log as it
/// was, or with the new entries whole.
public struct LedgerWriter: ~Copyable {
  /// The log as it is now.
  public private(set) var ledger: Ledger
  private var signer: NoteSigner
  /// The key that the present one is handing over to.
  private var next: NoteSigner?
  private var lastTime: LedgerTime
  private let lock: FolderLock

  /// A checkpoint that is signed and not yet in its place.
  static let nextFile = "checkpoint.next"

  /// Opens a log to add to it.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - signer: The log's key.
  ///   - next: The key that it was to hand over to when an exchange was interrupted.
  ///   - known: A checkpoint seen before, which the log must have grown from; a restored backup did
  ///     not.
  /// - Throws: ``LedgerError``; ``LedgerError/busy(path:)`` while another process adds to it.
  public init(
    at path: String, signer: NoteSigner, next: NoteSigner? = nil, known: Checkpoint? = nil
  ) throws(LedgerError) {
    let lock = try Self.lock(path)
    try Self.finishInterrupted(at: path, key: signer.key)
    let ledger = try Ledger(at: path, key: signer.key, known: known)
    guard ledger.count > 0 else { throw .brokenHistory(index: 0, .notTheBeginning) }
    let lastTime = try ledger.entry(at: ledger.count - 1).time
    let present = try Self.signer(of: ledger, among: [next, signer])
    self.init(ledger: ledger, signer: present, next: next, lastTime: lastTime, lock: lock)
  }

  private init(
    ledger: Ledger, signer: NoteSigner, next: NoteSigner?, lastTime: LedgerTime,
    lock: consuming FolderLock
  ) {
    self.ledger = ledger
    self.signer = signer
    self.next = next
    self.lastTime = lastTime
    self.lock = lock
  }

  /// The one who signed a log last: after an exchange that is the next key.
  private static func signer(
    of ledger: Ledger, among signers: [NoteSigner?]
  ) throws(LedgerError) -> NoteSigner {
    for case let signer? in signers where signer.key == ledger.key { return signer }
    throw .unsigned
  }

  private static func lock(_ path: String) throws(LedgerError) -> FolderLock {
    do {
      if let lock = try FolderLock(path) { return lock }
    } catch {
      throw error.reason == .notFound ? .notALog(path: path) : .file(error)
    }
    throw .busy(path: path)
  }

  /// Puts a checkpoint in its place that was signed when the last writer was stopped.
  private static func finishInterrupted(at path: String, key: NoteKey) throws(LedgerError) {
    let next = Path.join(path, nextFile)
    guard Files.exists(next) else { return }
    let signed = try SignedCheckpoint(parsing: try readFile(next))
    try signed.verify(by: key)
    let ledger = try Ledger(at: path, key: key)
    if signed.checkpoint.size > ledger.count {
      // Both are signed, so the larger tree must have grown from the smaller.
      let grown = try Ledger(at: path, head: signed, key: try signed.verify(by: key))
      try grown.checkGrowth(from: ledger.head.checkpoint)
      try write(signed.bytes, to: Path.join(path, Ledger.checkpointFile))
    } else {
      try ledger.checkGrowth(from: signed.checkpoint)
    }
    try remove(next)
  }

  /// Adds what happened, all of it or nothing.
  ///
  /// - Parameters:
  ///   - events: What happened, in order; at least one.
  ///   - actor: A pseudonym of who did it.
  ///   - clock: The time; where it is before the last entry, that entry's time is taken.
  /// - Returns: The new entries with the place of the first.
  /// - Throws: ``LedgerError``; the log is then as it was. Only where the disk fails at the very last
  ///   step, so that a signed checkpoint cannot be taken back, do the entries appear later: with the
  ///   next writer or the next call.
  @discardableResult
  public mutating func append(
    _ events: [LedgerEvent], by actor: String? = nil, clock: LedgerTime
  ) throws(LedgerError) -> (first: Int, entries: [LedgerEntry]) {
    precondition(!events.isEmpty, "something happened")
    try finishLastAppend()
    let time = time(by: clock)
    var entries: [LedgerEntry] = []
    for event in events { entries.append(try LedgerEntry(event, at: time, by: actor)) }
    let first = ledger.count
    try grow(by: entries, signedBy: signer, after: ledger.handovers)
    return (first, entries)
  }

  /// Has the log's key hand over to another, and adds the entry that tells of it: from then on the
  /// new key signs, and the old one is not believed by whoever knows of it.
  ///
  /// - Parameters:
  ///   - new: The new key, under the log's name; it is durable before this is called.
  ///   - clock: The time.
  /// - Returns: The place of the entry.
  /// - Throws: As ``append(_:by:clock:)``; ``LedgerError/tooManyHandovers(limit:)``.
  @discardableResult
  public mutating func handOver(
    to new: NoteSigner, clock: LedgerTime
  ) throws(LedgerError) -> Int {
    precondition(
      new.key.name == signer.key.name && new.key != signer.key, "a new key for the same log")
    try finishLastAppend()
    guard ledger.handovers.count < KeyHandover.limit else {
      throw .tooManyHandovers(limit: KeyHandover.limit)
    }
    let handover = KeyHandover(from: signer, to: new, at: ledger.count)
    let entry = try LedgerEntry(handover.event, at: time(by: clock), by: nil)
    next = new
    try grow(by: [entry], signedBy: new, after: ledger.handovers + [handover])
    signer = try Self.signer(of: ledger, among: [next, signer])
    return handover.place
  }

  private mutating func grow(
    by entries: [LedgerEntry], signedBy signer: NoteSigner, after handovers: [KeyHandover]
  ) throws(LedgerError) {
    let growth = try LogGrowth(of: ledger, by: entries, signer: signer, after: handovers)
    for file in growth.files { try write(file) }
    try publish(growth.head)
    removePartials(of: growth.files)
    ledger = try Ledger(at: ledger.path, head: growth.head, key: signer.key)
    lastTime = entries.last?.time ?? lastTime
  }

  /// The time for every rule: the clock's, or the last entry's where the clock is behind it.
  public func time(by clock: LedgerTime) -> LedgerTime { max(clock, lastTime) }

  /// Signs no second checkpoint of a size while one waits that could not be put in its place.
  private mutating func finishLastAppend() throws(LedgerError) {
    guard Files.exists(Path.join(ledger.path, Self.nextFile)) else { return }
    try Self.finishInterrupted(at: ledger.path, key: signer.key)
    ledger = try Ledger(at: ledger.path, key: signer.key)
    lastTime = try ledger.entry(at: ledger.count - 1).time
    signer = try Self.signer(of: ledger, among: [next, signer])
  }

  /// Makes a signed checkpoint durable, and then the log's.
  private func publish(_ head: SignedCheckpoint) throws(LedgerError) {
    let next = Path.join(ledger.path, Self.nextFile)
    try Self.write(head.bytes, to: next)
    defer { try? Self.remove(next) }
    try Self.write(head.bytes, to: Path.join(ledger.path, Ledger.checkpointFile))
  }

  /// Adds what a witness handed back, where it is for the log as it is now.
  ///
  /// - Parameters:
  ///   - line: The witness's signature line.
  ///   - witness: Its key.
  /// - Throws: ``LedgerError``; ``LedgerError/brokenSignature(key:)`` also where the log has grown
  ///   since, in which case the request's checkpoint takes the line.
  public mutating func add(
    cosignatureLine line: [UInt8], of witness: NoteKey
  ) throws(LedgerError) {
    let cosigned = try ledger.head.adding(cosignatureLine: line, of: witness)
    try Self.write(cosigned.bytes, to: Path.join(ledger.path, Ledger.checkpointFile))
    ledger = try Ledger(at: ledger.path, head: cosigned, key: signer.key)
  }
}

// MARK: Files

extension LedgerWriter {
  private func write(_ file: TileFile) throws(LedgerError) {
    do { try Files.write(file.bytes, to: file.tile.path, inside: ledger.path) } catch {
      throw .file(error)
    }
  }

  /// Partial files that a full one has taken the place of; readers find the full one.
  private func removePartials(of files: [TileFile]) {
    for file in files where file.tile.isFull {
      try? Files.remove(Path.join(ledger.path, file.tile.partialsPath))
    }
  }

  private static func write(_ bytes: [UInt8], to path: String) throws(LedgerError) {
    do { try Files.write(bytes, to: path) } catch { throw .file(error) }
  }

  private static func remove(_ path: String) throws(LedgerError) {
    do { try Files.remove(path) } catch { throw .file(error) }
  }
}
