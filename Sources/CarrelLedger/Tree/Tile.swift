/// A file of a log: up to 256 neighbouring hashes of one level, or entries.
///
/// Source: C2SP tlog-tiles.
package struct Tile: Hashable {
  /// What the tile holds.
  package let level: Level
  /// Its place among the tiles of its level.
  package let index: Int
  /// How many hashes or entries it has, 1 to 256.
  package let width: Int

  static let fullWidth = 256

  package enum Level: Hashable {
    /// Hashes of subtrees over 256 to the power of the level entries each.
    case hashes(Int)
    case entries
  }

  /// How many hashes or entries of this level a tree of so many entries has.
  static func count(of level: Level, inTreeOf size: Int) -> Int {
    switch level {
    case .hashes(let level): level < 8 ? size >> (8 * level) : 0
    case .entries: size
    }
  }

  /// The tile of a tree that holds one hash or entry of a level, as wide as the tree has it.
  package init(_ level: Level, holding item: Int, inTreeOf size: Int) {
    let count = Self.count(of: level, inTreeOf: size)
    precondition(item < count, "a tree has the item that is asked for")
    self.level = level
    index = item / Self.fullWidth
    width = min(Self.fullWidth, count - index * Self.fullWidth)
  }

  var isFull: Bool { width == Self.fullWidth }

  /// The path of the whole tile, which a partial one grows into.
  var fullPath: String {
    let name =
      switch level {
      case .hashes(let level): String(level)
      case .entries: "entries"
      }
    var groups: [String] = []
    var rest = index
    repeat {
      groups.insert((groups.isEmpty ? "" : "x") + Self.threeDigits(rest % 1_000), at: 0)
      rest /= 1_000
    } while rest > 0
    return "tile/\(name)/" + groups.joined(separator: "/")
  }

  /// The folder of the partial tiles that grow into this one.
  var partialsPath: String { fullPath + ".p" }

  /// The path of this tile within the log.
  package var path: String { isFull ? fullPath : "\(partialsPath)/\(width)" }

  private static func threeDigits(_ number: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: 3 - digits.count) + digits
  }
}

extension Tile {
  /// Every tile of a tree of so many entries, entries first, then level by level.
  package static func all(inTreeOf size: Int) -> [Tile] {
    let levels = [Level.entries] + (0..<8).map { .hashes($0) }
    return levels.flatMap { level in
      stride(from: 0, to: count(of: level, inTreeOf: size), by: fullWidth).map { item in
        Tile(level, holding: item, inTreeOf: size)
      }
    }
  }
}

/// Neighbouring entries as a tile holds them: each after its length, big-endian in two bytes.
enum EntryBundle {
  /// The most bytes that an entry has.
  static let entryLimitBytes = 0xFFFF

  static func bytes(of entries: [[UInt8]]) -> [UInt8] {
    entries.flatMap { entry -> [UInt8] in
      precondition(entry.count <= entryLimitBytes, "an entry's length fits two bytes")
      return [UInt8(entry.count >> 8), UInt8(entry.count & 0xFF)] + entry
    }
  }

  /// The entries of a bundle, or `nil` where the lengths do not add up.
  static func entries(of bytes: [UInt8]) -> [[UInt8]]? {
    var entries: [[UInt8]] = []
    var rest = bytes[...]
    while !rest.isEmpty {
      guard rest.count >= 2, let high = rest.popFirst(), let low = rest.popFirst() else {
        return nil
      }
      let count = Int(high) << 8 | Int(low)
      guard rest.count >= count else { return nil }
      entries.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
    }
    return entries
  }
}
