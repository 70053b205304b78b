internal import CarrelFiles

/// A log in a folder, as it was at its last checkpoint: read by anybody, written by its site.
///
/// ```
/// ledger/
///   checkpoint                     name, size and root, signed
///   tile/0/000.p/7, tile/0/000     hashes of entries, up to 256 in a file (C2SP tlog-tiles)
///   tile/1/…                       hashes of full files of the level below
///   tile/entries/…                 the entries themselves
/// ```
///
/// Reading is safe while the site adds to the log: files of a size that was signed never change.
public struct Ledger {
  /// Where the log is.
  public let path: String
  /// The signed checkpoint.
  public let head: SignedCheckpoint
  /// The key that signed it.
  public let key: NoteKey
  /// The exchanges that led to the key, in order.
  public let handovers: [KeyHandover]
  let tiles: TileStore

  /// The name of the file that holds the checkpoint.
  public static let checkpointFile = "checkpoint"

  /// How many entries the log has.
  public var count: Int { head.checkpoint.size }

  /// Opens a log and believes its checkpoint, or says why not.
  ///
  /// That the entries are those of the checkpoint is checked as each is read; ``verify()`` reads all.
  ///
  /// - Parameters:
  ///   - path: The folder.
  ///   - key: The log's key, or one that handed over to it.
  ///   - known: A checkpoint seen before, which this one must have grown from.
  /// - Throws: ``LedgerError``; ``LedgerError/rolledBack(knownSize:size:)`` or
  ///   ``LedgerError/forked(knownSize:)`` where it did not grow from the known one.
  public init(
    at path: String, key: NoteKey, known: Checkpoint? = nil
  ) throws(LedgerError) {
    let head = try Self.readHead(at: path)
    try self.init(at: path, head: head, key: try head.verify(by: key))
    if let known { try checkGrowth(from: known) }
  }

  /// The key that the log began with.
  public var firstKey: NoteKey { handovers.first?.old ?? key }

  /// Opens a log whose key only its first entry tells.
  ///
  /// - Throws: ``LedgerError``.
  public static func selfSigned(at path: String) throws(LedgerError) -> (Ledger, key: NoteKey) {
    let head = try readHead(at: path)
    guard head.checkpoint.size > 0 else { throw .malformed(.entry(index: 0)) }
    let tile = Tile(.entries, holding: 0, inTreeOf: head.checkpoint.size)
    let bytes = try TileStore(folder: path).entries(of: tile)[0]
    guard let entry = LedgerEntry(parsing: bytes), case .siteMade(_, _, let text) = entry.event,
      let first = NoteKey(text: text)
    else { throw .malformed(.entry(index: 0)) }
    let ledger = try Ledger(at: path, key: first)
    guard try ledger.entry(at: 0) == entry else { throw .notTheTree(size: ledger.count) }
    return (ledger, ledger.key)
  }

  private static func readHead(at path: String) throws(LedgerError) -> SignedCheckpoint {
    let file = Path.join(path, checkpointFile)
    guard Files.exists(file) else { throw .notALog(path: path) }
    return try SignedCheckpoint(parsing: try readFile(file))
  }

  init(at path: String, head: SignedCheckpoint, key: NoteKey) throws(LedgerError) {
    self.path = path
    self.head = head
    self.key = key
    handovers = try head.handovers(to: key)
    tiles = TileStore(folder: path)
    try checkRoot()
    for handover in handovers {
      guard try entry(at: handover.place).event == handover.event else {
        throw .brokenHistory(index: handover.place, .notTheHandover)
      }
    }
  }

  private var tree: MerkleTree { tiles.tree(size: count) }

  private func checkRoot() throws(LedgerError) {
    guard try tree.root(ofFirst: count) == head.checkpoint.root else {
      throw .notTheTree(size: count)
    }
  }

  func checkGrowth(from known: Checkpoint) throws(LedgerError) {
    guard known.origin == head.checkpoint.origin else {
      throw .otherLog(expected: known.origin, found: head.checkpoint.origin)
    }
    guard known.size <= count else { throw .rolledBack(knownSize: known.size, size: count) }
    guard try tree.root(ofFirst: known.size) == known.root else {
      throw .forked(knownSize: known.size)
    }
  }
}

// MARK: What is in it, and proofs of that

extension Ledger {
  /// The entry at a place from 0, checked against the signed root.
  ///
  /// - Throws: ``LedgerError``; ``LedgerError/notTheTree(size:)`` for an entry that was changed.
  public func entry(at index: Int) throws(LedgerError) -> LedgerEntry {
    precondition((0..<count).contains(index), "a log has the entry that is asked for")
    let tile = Tile(.entries, holding: index, inTreeOf: count)
    let bytes = try tiles.entries(of: tile)[index % Tile.fullWidth]
    let proof = try inclusionProof(of: index)
    guard proof.proves(.leaf(bytes), inTreeOf: count, root: head.checkpoint.root) else {
      throw .notTheTree(size: count)
    }
    guard let entry = LedgerEntry(parsing: bytes) else { throw .malformed(.entry(index: index)) }
    return entry
  }

  /// The proof that an entry is in the log.
  ///
  /// - Throws: ``LedgerError``.
  public func inclusionProof(of index: Int) throws(LedgerError) -> InclusionProof {
    InclusionProof(index: index, path: try tree.inclusionPath(of: index, inFirst: count))
  }

  /// The file that shows offline that an entry is in the log.
  ///
  /// - Parameters:
  ///   - index: The entry's place.
  ///   - checkpoint: An earlier checkpoint of this log, say one that witnesses have cosigned; the
  ///     last one if left out.
  /// - Returns: The proof.
  /// - Throws: ``LedgerError``; ``LedgerError/forked(knownSize:)`` for a checkpoint that this log
  ///   did not grow from, ``LedgerError/notTheTree(size:)`` for one from before the entry.
  public func proof(
    of index: Int, under checkpoint: SignedCheckpoint? = nil
  ) throws(LedgerError) -> LogProof {
    let signed = checkpoint ?? head
    try checkGrowth(from: signed.checkpoint)
    let size = signed.checkpoint.size
    guard index < size else { throw .notTheTree(size: size) }
    let path = try tree.inclusionPath(of: index, inFirst: size)
    return LogProof(inclusion: InclusionProof(index: index, path: path), checkpoint: signed)
  }

  /// What a witness, or anybody who knew the log at a smaller size, needs to see that it only grew.
  ///
  /// - Throws: ``LedgerError/rolledBack(knownSize:size:)`` where the log was never smaller.
  public func witnessRequest(since oldSize: Int) throws(LedgerError) -> WitnessRequest {
    guard oldSize <= count else { throw .rolledBack(knownSize: oldSize, size: count) }
    let path = try tree.consistencyPath(from: oldSize, toFirst: count)
    return WitnessRequest(
      consistency: ConsistencyProof(oldSize: oldSize, path: path), checkpoint: head)
  }
}

func readFile(_ path: String) throws(LedgerError) -> [UInt8] {
  do { return try Files.read(path, limitBytes: SignedCheckpoint.limitBytes) } catch {
    throw .file(error)
  }
}
