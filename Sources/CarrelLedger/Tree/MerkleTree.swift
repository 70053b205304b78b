/// The Merkle tree over the first entries of a log.
///
/// The tree asks for the hashes of complete subtrees, which is all that tiles keep, and works out
/// everything else as RFC 6962 (section 2.1) and RFC 9162 (section 2.1) define it.
package struct MerkleTree {
  /// How many entries it has.
  package let size: Int
  private let complete: (_ height: Int, _ index: Int) throws(LedgerError) -> Digest

  /// A tree of so many entries.
  ///
  /// - Parameters:
  ///   - size: How many entries there are.
  ///   - complete: The hash of the complete subtree over the entries from `index << height`,
  ///     `1 << height` in number; asked only for subtrees that lie within the size.
  package init(
    size: Int, complete: @escaping (_ height: Int, _ index: Int) throws(LedgerError) -> Digest
  ) {
    self.size = size
    self.complete = complete
  }

  /// The root over the first entries, all or some of them.
  package func root(ofFirst count: Int) throws(LedgerError) -> Digest {
    precondition(count <= size, "a tree knows its own entries")
    return count == 0 ? .emptyTree : try hash(of: 0..<count)
  }

  /// The path that shows an entry in the tree of the first `count`, from the leaf's sibling upwards.
  package func inclusionPath(
    of index: Int, inFirst count: Int
  ) throws(LedgerError) -> [Digest] {
    precondition(index < count && count <= size, "a tree proves its own entries")
    return try inclusionPath(of: index, in: 0..<count)
  }

  /// The path that shows the tree of the first `old` entries to be the beginning of that of the first
  /// `count`.
  package func consistencyPath(
    from old: Int, toFirst count: Int
  ) throws(LedgerError) -> [Digest] {
    precondition(old <= count && count <= size, "a tree extends a smaller one")
    if old == 0 || old == count { return [] }
    return try consistencyPath(from: old, in: 0..<count, isWholeOld: true)
  }
}

extension MerkleTree {
  /// MTH(D[range]); the range begins where a subtree of its size may.
  private func hash(of range: Range<Int>) throws(LedgerError) -> Digest {
    let height = range.count.trailingZeroBitCount
    if 1 << height == range.count { return try complete(height, range.lowerBound >> height) }
    let middle = range.middle
    return .node(
      try hash(of: range.lowerBound..<middle), try hash(of: middle..<range.upperBound))
  }

  /// PATH(m, D[range]) of RFC 9162, section 2.1.3.1.
  private func inclusionPath(
    of index: Int, in range: Range<Int>
  ) throws(LedgerError) -> [Digest] {
    if range.count == 1 { return [] }
    let (left, right) = (range.lowerBound..<range.middle, range.middle..<range.upperBound)
    return left.contains(index)
      ? try inclusionPath(of: index, in: left) + [try hash(of: right)]
      : try inclusionPath(of: index, in: right) + [try hash(of: left)]
  }

  /// SUBPROOF(m, D[range], b) of RFC 9162, section 2.1.4.1.
  private func consistencyPath(
    from old: Int, in range: Range<Int>, isWholeOld: Bool
  ) throws(LedgerError) -> [Digest] {
    if old == range.upperBound { return isWholeOld ? [] : [try hash(of: range)] }
    let (left, right) = (range.lowerBound..<range.middle, range.middle..<range.upperBound)
    return old <= range.middle
      ? try consistencyPath(from: old, in: left, isWholeOld: isWholeOld) + [try hash(of: right)]
      : try consistencyPath(from: old, in: right, isWholeOld: false) + [try hash(of: left)]
  }
}

extension Range<Int> {
  /// Where RFC 6962 splits the tree: after the largest power of two that is less than the count.
  fileprivate var middle: Int {
    lowerBound + 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }
}

extension Digest {
  /// The root of a tree without entries.
  public static let emptyTree = Digest(of: [])

  /// The hash of an entry as a leaf.
  public static func leaf(_ entry: [UInt8]) -> Digest { Digest(of: [0] + entry) }

  /// The hash of two subtrees, left and right.
  public static func node(_ left: Digest, _ right: Digest) -> Digest {
    Digest(of: [1] + left.bytes + right.bytes)
  }
}
