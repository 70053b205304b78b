/// Numbers the identifiers of a load from 0 in the order in which they are first met.
///
/// The identifiers lie one after the other in one array, found through a table of slots by open
/// addressing: a row costs one hash and one comparison, and no allocation.
struct IdentifierIndex {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var slots = [Int](repeating: -1, count: 1 << 12)

  /// How many identifiers there are.
  var count: Int { ends.count }

  /// The bytes of an identifier.
  subscript(number: Int) -> ArraySlice<UInt8> {
    bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]]
  }

  /// The number of an identifier, which is new if it is the count so far.
  mutating func number(of identifier: ArraySlice<UInt8>) -> Int {
    if ends.count * 2 > slots.count { grow() }
    let slot = slot(of: identifier)
    if slots[slot] >= 0 { return slots[slot] }
    slots[slot] = ends.count
    bytes += identifier
    ends.append(bytes.count)
    return ends.count - 1
  }

  /// The slot that holds the identifier, or the empty one where it belongs.
  private func slot(of identifier: ArraySlice<UInt8>) -> Int {
    var hasher = Hasher()
    identifier.withUnsafeBytes { hasher.combine(bytes: $0) }
    var slot = hasher.finalize() & (slots.count - 1)
    while slots[slot] >= 0, !self[slots[slot]].elementsEqual(identifier) {
      slot = (slot + 1) & (slots.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    slots = [Int](repeating: -1, count: slots.count * 2)
    for number in 0..<count { slots[slot(of: self[number])] = number }
  }
}
