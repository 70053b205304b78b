internal import CarrelFiles

/// What a log gains with new entries: files, and the checkpoint over them.
struct LogGrowth {
  let files: [TileFile]
  let head: SignedCheckpoint

  init(
    of ledger: Ledger, by entries: [LedgerEntry], signer: NoteSigner,
    after handovers: [KeyHandover]
  ) throws(LedgerError) {
    try self.init(
      of: ledger.tiles, size: ledger.count, by: entries, origin: ledger.head.checkpoint.origin,
      signer: signer, after: handovers)
  }

  init(
    of tiles: TileStore, size: Int, by entries: [LedgerEntry], origin: String, signer: NoteSigner,
    after handovers: [KeyHandover] = []
  ) throws(LedgerError) {
    let bytes = entries.map(\.bytes)
    if let large = bytes.first(where: { $0.count > EntryBundle.entryLimitBytes }) {
      throw .entryTooLarge(byteCount: large.count)
    }
    files = try tiles.grow(by: bytes, from: size)
    let newSize = size + entries.count
    let root = try tiles.tree(size: newSize).root(ofFirst: newSize)
    head = SignedCheckpoint(
      Checkpoint(origin: origin, size: newSize, root: root), signedBy: signer, after: handovers)
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
