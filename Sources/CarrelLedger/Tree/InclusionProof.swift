/// Shows that an entry stands at one place of a log.
public struct InclusionProof: Hashable, Sendable {
  /// The entry's place, from 0.
  public let index: Int
  /// The hashes beside the way from the leaf up to the root.
  public let path: [Digest]

  /// A proof of these parts, true or not.
  public init(index: Int, path: [Digest]) {
    self.index = index
    self.path = path
  }

  /// Whether the leaf stands at the index in the tree of this size and root.
  ///
  /// Source: RFC 9162, section 2.1.3.2, step by step.
  public func proves(_ leaf: Digest, inTreeOf size: Int, root: Digest) -> Bool {
    guard index >= 0, index < size else { return false }
    var (place, last, hash) = (index, size - 1, leaf)
    for sibling in path {
      if last == 0 { return false }
      if place & 1 == 1 || place == last {
        hash = .node(sibling, hash)
        while place & 1 == 0 && place != 0 {
          place >>= 1
          last >>= 1
        }
      } else {
        hash = .node(hash, sibling)
      }
      place >>= 1
      last >>= 1
    }
    return last == 0 && hash == root
  }
}
