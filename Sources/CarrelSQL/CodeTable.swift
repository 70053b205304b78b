internal import CarrelPlan
internal import CarrelValues

/// A code list laid out for looking up bytes without making a string of them.
///
/// The codes stand one after another in one array; a hash table with open addressing gives the
/// position of a code from its bytes.
struct CodeTable {
  /// The category of each code; empty where the list has none.
  let categories: [String]
  private var bytes: [UInt8] = []
  /// Where each code starts in `bytes`, and at last where the last one ends.
  private var starts: [Int] = [0]
  /// Positions of codes by hash, -1 where none is; a power of two, at most half full.
  private var slots: [Int32]
  /// Whether some code has this many bytes.
  private var hasLength: [Bool] = []

  init(_ codelist: CodelistUse) {
    categories = codelist.categories
    var size = 2
    while size < 2 * codelist.codes.count { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    for (position, code) in codelist.codes.enumerated() { insert(code, at: Int32(position)) }
  }

  private mutating func insert(_ code: String, at position: Int32) {
    bytes.append(contentsOf: code.utf8)
    starts.append(bytes.count)
    let length = code.utf8.count
    while hasLength.count <= length { hasLength.append(false) }
    hasLength[length] = true
    var slot = Int(truncatingIfNeeded: Self.hash(code.utf8Span.span)) & (slots.count - 1)
    while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = position
  }

  /// The position of a code, or `nil` where the list does not have it.
  func position(of code: Span<UInt8>) -> Int? {
    position(of: code, length: code.count, hash: Self.hash(code))
  }

  /// Whether a code begins with one in the list.
  func hasPrefix(of code: Span<UInt8>) -> Bool {
    var hash = Self.emptyHash
    for length in 0...min(code.count, hasLength.count) {
      if length < hasLength.count, hasLength[length],
        position(of: code, length: length, hash: hash) != nil
      {
        return true
      }
      if length < code.count { hash = Self.hash(hash, code[length]) }
    }
    return false
  }

  private func position(of code: Span<UInt8>, length: Int, hash: UInt64) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let position = Int(slots[slot])
      if isCode(at: position, equalTo: code, length: length) { return position }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  private func isCode(at position: Int, equalTo code: Span<UInt8>, length: Int) -> Bool {
    let start = starts[position]
    guard starts[position + 1] - start == length else { return false }
    for index in 0..<length where bytes[start + index] != code[index] { return false }
    return true
  }

  // FNV-1a, which takes one byte after another, so that every prefix is hashed on the way.
  private static let emptyHash: UInt64 = 0xcbf2_9ce4_8422_2325

  private static func hash(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
  }

  private static func hash(_ code: Span<UInt8>) -> UInt64 {
    var hash = emptyHash
    for index in 0..<code.count { hash = Self.hash(hash, code[index]) }
    return hash
  }
}
