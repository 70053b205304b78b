internal import CarrelFiles

/// The tiles of a log in a folder, read as they are asked for and kept in memory.
///
/// What is read is only as good as the root it leads to: whoever reads compares that.
package final class TileStore {
  let folder: String
  private var tiles: [Tile: [Digest]] = [:]

  package init(folder: String) { self.folder = folder }

  /// The tree of the first entries, so many.
  package func tree(size: Int) -> MerkleTree {
    MerkleTree(size: size) { [self] (height, index) throws(LedgerError) in
      let (level, rest) = (height / 8, height % 8)
      let first = index << rest
      let tile = Tile(.hashes(level), holding: first, inTreeOf: size)
      let hashes = try hashes(of: tile)
      let place = first % Tile.fullWidth
      return Self.root(over: hashes[place..<place + 1 << rest])
    }
  }

  /// The root over hashes of neighbouring complete subtrees, a power of two in number.
  static func root(over hashes: ArraySlice<Digest>) -> Digest {
    var row = Array(hashes)
    while row.count > 1 {
      row = stride(from: 0, to: row.count, by: 2).map { .node(row[$0], row[$0 + 1]) }
    }
    return row[0]
  }

  /// The hashes of a tile of hashes.
  func hashes(of tile: Tile) throws(LedgerError) -> [Digest] {
    if let known = tiles[tile] { return known }
    let (path, bytes) = try read(tile, limitBytes: Tile.fullWidth * Digest.byteCount)
    guard bytes.count.isMultiple(of: Digest.byteCount) else { throw .malformed(.tile(path: path)) }
    let hashes = stride(from: 0, to: bytes.count, by: Digest.byteCount).compactMap {
      Digest(bytes: bytes[$0..<$0 + Digest.byteCount])
    }
    let asked = try Self.first(tile.width, of: hashes, path)
    tiles[tile] = asked
    return asked
  }

  /// Keeps the hashes of a tile that is about to be written.
  func remember(_ hashes: [Digest], of tile: Tile) { tiles[tile] = hashes }

  /// The bytes of the entries of a tile of entries.
  func entries(of tile: Tile) throws(LedgerError) -> [[UInt8]] {
    let (path, bytes) = try read(
      tile, limitBytes: Tile.fullWidth * (EntryBundle.entryLimitBytes + 2))
    guard let entries = EntryBundle.entries(of: bytes) else {
      throw .malformed(.tile(path: path))
    }
    return try Self.first(tile.width, of: entries, path)
  }

  private static func first<Item>(
    _ width: Int, of items: [Item], _ path: String
  ) throws(LedgerError) -> [Item] {
    guard items.count >= width else { throw .truncated(path: path) }
    return Array(items.prefix(width))
  }

  /// The bytes of a tile, or of the whole one that it has grown into.
  private func read(
    _ tile: Tile, limitBytes: Int
  ) throws(LedgerError) -> (path: String, bytes: [UInt8]) {
    var failure: FileError?
    for path in [tile.path, tile.fullPath] {
      do {
        return (path, try Files.read(path, inside: folder, limitBytes: limitBytes))
      } catch {
        guard error.reason == .notFound else { throw .file(error) }
        failure = error
      }
    }
    throw .truncated(path: Path.join(folder, failure?.path ?? tile.path))
  }
}
