/// A file of a log that is to be written.
package struct TileFile {
  package let tile: Tile
  package let bytes: [UInt8]
}

extension TileStore {
  /// The files that a log gains with new entries; the store then knows their hashes.
  ///
  /// Only files that the log did not have are among them: one that was partial stays as it is, and
  /// the wider one gets a name of its own.
  ///
  /// - Parameters:
  ///   - entries: The bytes of the new entries, at least one.
  ///   - size: How many entries the log had.
  /// - Returns: The files to write, before any checkpoint covers them.
  /// - Throws: ``LedgerError`` where the last files of the log cannot be read.
  package func grow(by entries: [[UInt8]], from size: Int) throws(LedgerError) -> [TileFile] {
    let newSize = size + entries.count
    var last: [[UInt8]] = []
    if size % Tile.fullWidth > 0 {
      last = try self.entries(of: Tile(.entries, holding: size - 1, inTreeOf: size))
    }
    var files = Self.pieces(of: last + entries, from: size).map { first, piece in
      TileFile(
        tile: Tile(.entries, holding: first, inTreeOf: newSize),
        bytes: EntryBundle.bytes(of: Array(piece)))
    }
    var new = entries.map { Digest.leaf($0) }
    for level in 0..<8 where !new.isEmpty {
      files += try growHashes(level: level, by: &new, from: size, to: newSize)
    }
    return files
  }

  /// The files of one level; what is new at the level above takes the place of what was new here.
  private func growHashes(
    level: Int, by new: inout [Digest], from size: Int, to newSize: Int
  ) throws(LedgerError) -> [TileFile] {
    let count = Tile.count(of: .hashes(level), inTreeOf: size)
    var last: [Digest] = []
    if count % Tile.fullWidth > 0 {
      last = try hashes(of: Tile(.hashes(level), holding: count - 1, inTreeOf: size))
    }
    let pieces = Self.pieces(of: last + new, from: count)
    new = pieces.filter { $0.items.count == Tile.fullWidth }.map { Self.root(over: $0.items) }
    return pieces.map { first, hashes in
      let tile = Tile(.hashes(level), holding: first, inTreeOf: newSize)
      remember(Array(hashes), of: tile)
      return TileFile(tile: tile, bytes: hashes.flatMap(\.bytes))
    }
  }

  /// Items from the beginning of the tile that the next one falls into, cut into tiles.
  private static func pieces<Item>(
    of items: [Item], from count: Int
  ) -> [(first: Int, items: ArraySlice<Item>)] {
    let start = count / Tile.fullWidth * Tile.fullWidth
    return stride(from: 0, to: items.count, by: Tile.fullWidth).map { offset in
      (start + offset, items[offset..<min(offset + Tile.fullWidth, items.count)])
    }
  }
}
