extension Ledger {
  /// Reads the whole log: every entry, every hash, and that its history can be one.
  ///
  /// - Returns: The entries, in order.
  /// - Throws: The first fault, as a ``LedgerError``.
  /// - Complexity: O(n) in the number of entries.
  @discardableResult
  public func verify() throws(LedgerError) -> [LedgerEntry] {
    var entries: [LedgerEntry] = []
    var leaves: [Digest] = []
    for tile in Tile.all(inTreeOf: count) where tile.level == .entries {
      for bytes in try tiles.entries(of: tile) {
        guard let entry = LedgerEntry(parsing: bytes) else {
          throw .malformed(.entry(index: entries.count))
        }
        entries.append(entry)
        leaves.append(.leaf(bytes))
      }
    }
    try verifyTiles(over: leaves)
    try Self.verifyHistory(entries)
    try verifyKeys(entries)
    return entries
  }

  /// Every exchange that the log tells of is one that its keys signed, and the first key began it.
  private func verifyKeys(_ entries: [LedgerEntry]) throws(LedgerError) {
    let places = handovers.map(\.place)
    for (index, entry) in entries.enumerated() {
      switch entry.event {
      case .siteMade(_, _, let text) where text != firstKey.text:
        throw .brokenHistory(index: index, .notTheHandover)
      case .keyChanged(KeyHandover.holder, .some, .some) where !places.contains(index):
        throw .brokenHistory(index: index, .notTheHandover)
      default: continue
      }
    }
  }

  /// Every tile of hashes against the entries, level by level.
  private func verifyTiles(over leaves: [Digest]) throws(LedgerError) {
    var row = leaves
    for tile in Tile.all(inTreeOf: count) {
      guard case .hashes(let level) = tile.level else { continue }
      if level > 0, tile.index == 0 { row = Self.rowAbove(row) }
      let first = tile.index * Tile.fullWidth
      guard try tiles.hashes(of: tile) == Array(row[first..<first + tile.width]) else {
        throw .notTheTree(size: count)
      }
    }
  }

  /// The roots of the full tiles over a row.
  private static func rowAbove(_ row: [Digest]) -> [Digest] {
    (0..<row.count / Tile.fullWidth).map { index in
      TileStore.root(over: row[index * Tile.fullWidth..<(index + 1) * Tile.fullWidth])
    }
  }

  private static func verifyHistory(
    _ entries: [LedgerEntry]
  ) throws(LedgerError) {
    var nonces: Set<[UInt8]> = []
    for (index, entry) in entries.enumerated() {
      guard (entry.event.kind == .site) == (index == 0) else {
        throw .brokenHistory(index: index, .notTheBeginning)
      }
      if index > 0, entry.time < entries[index - 1].time {
        throw .brokenHistory(index: index, .timeGoesBack)
      }
      guard nonces.insert(entry.nonce).inserted else {
        throw .brokenHistory(index: index, .repeatedNonce)
      }
    }
  }
}
