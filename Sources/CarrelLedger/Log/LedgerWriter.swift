internal import CarrelFiles

/// The one process that may add to a log, for as long as this value lives.
///
/// A log never contradicts what it signed: whatever a checkpoint covers is durable before the
/// checkpoint is, and a checkpoint is durable before anybody sees it. A crash leaves the log as it
/// was, or with the new entries whole.
public struct LedgerWriter: ~Copyable {
  /// The log as it is now.
  public private(set) var ledger: Ledger
  private let signer: NoteSigner
  private var lastTime: LedgerTime
  private let lock: FolderLock

  /// A checkpoint that is signed and not yet in its place.
  static let nextFile = "checkpoint.next"

  /// Opens a log to add to it.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - signer: The log's key.
  ///   - known: A checkpoint seen before, which the log must have grown from; a restored backup did
  ///     not.
  /// - Throws: ``LedgerError``; ``LedgerError/busy(path:)`` while another process adds to it.
  public init(
    at path: String, signer: NoteSigner, known: Checkpoint? = nil
  ) throws(LedgerError) {
    let lock = try Self.lock(path)
    try Self.finishInterrupted(at: path, key: signer.key)
    let ledger = try Ledger(at: path, key: signer.key, known: known)
    guard ledger.count > 0 else { throw .brokenHistory(index: 0, .notTheBeginning) }
    let lastTime = try ledger.entry(at: ledger.count - 1).time
    self.init(ledger: ledger, signer: signer, lastTime: lastTime, lock: lock)
  }

  private init(
    ledger: Ledger, signer: NoteSigner, lastTime: LedgerTime, lock: consuming FolderLock
  ) {
    self.ledger = ledger
    self.signer = signer
    self.lastTime = lastTime
    self.lock = lock
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
      try Ledger(at: path, head: signed).checkGrowth(from: ledger.head.checkpoint)
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
    let growth = try LogGrowth(of: ledger, by: entries, signer: signer)
    for file in growth.files { try write(file) }
    try publish(growth.head)
    removePartials(of: growth.files)
    ledger = try Ledger(at: ledger.path, head: growth.head)
    lastTime = time
    return (first, entries)
  }

  /// The time for every rule: the clock's, or the last entry's where the clock is behind it.
  public func time(by clock: LedgerTime) -> LedgerTime { max(clock, lastTime) }

  /// Signs no second checkpoint of a size while one waits that could not be put in its place.
  private mutating func finishLastAppend() throws(LedgerError) {
    guard Files.exists(Path.join(ledger.path, Self.nextFile)) else { return }
    try Self.finishInterrupted(at: ledger.path, key: signer.key)
    ledger = try Ledger(at: ledger.path, key: signer.key)
    lastTime = try ledger.entry(at: ledger.count - 1).time
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
    ledger = try Ledger(at: ledger.path, head: cosigned)
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

/// What a log gains with new entries: files, and the checkpoint over them.
struct LogGrowth {
  let files: [TileFile]
  let head: SignedCheckpoint

  init(
    of ledger: Ledger, by entries: [LedgerEntry], signer: NoteSigner
  ) throws(LedgerError) {
    try self.init(
      of: ledger.tiles, size: ledger.count, by: entries, origin: ledger.head.checkpoint.origin,
      signer: signer)
  }

  fileprivate init(
    of tiles: TileStore, size: Int, by entries: [LedgerEntry], origin: String, signer: NoteSigner
  ) throws(LedgerError) {
    let bytes = entries.map(\.bytes)
    if let large = bytes.first(where: { $0.count > EntryBundle.entryLimitBytes }) {
      throw .entryTooLarge(byteCount: large.count)
    }
    files = try tiles.grow(by: bytes, from: size)
    let newSize = size + entries.count
    let root = try tiles.tree(size: newSize).root(ofFirst: newSize)
    head = SignedCheckpoint(
      Checkpoint(origin: origin, size: newSize, root: root), signedBy: signer)
  }
}

/// A log that begins with the making of its site.
public struct NewLedger: Sendable {
  /// Every file of the log, by its path in the log's folder.
  public let files: [(path: String, bytes: [UInt8])]

  /// A log with its first entry.
  ///
  /// - Parameters:
  ///   - name: The name of the site.
  ///   - siteKind: The kind of the site.
  ///   - signer: The log's key; its name is the log's.
  ///   - clock: The time.
  /// - Throws: ``LedgerError/crypto(_:)`` where the kernel gives no random bytes.
  public init(
    siteNamed name: String, kind siteKind: String, signer: NoteSigner, clock: LedgerTime
  ) throws(LedgerError) {
    let event = LedgerEvent.siteMade(name: name, siteKind: siteKind, logKey: signer.key.text)
    let growth = try LogGrowth(
      of: TileStore(folder: ""), size: 0, by: [try LedgerEntry(event, at: clock, by: nil)],
      origin: signer.key.name, signer: signer)
    files =
      growth.files.map { ($0.tile.path, $0.bytes) }
      + [(Ledger.checkpointFile, growth.head.bytes)]
  }

  /// Writes the log to a folder that does not exist yet: all of it or nothing.
  ///
  /// - Throws: ``LedgerError/file(_:)``.
  public func write(to path: String) throws(LedgerError) {
    do throws(FileError) {
      var folder = try NewFolder(path, access: .owner)
      for (path, bytes) in files { try folder.write(bytes, to: path) }
      try folder.publish()
    } catch {
      throw .file(error)
    }
  }
}
