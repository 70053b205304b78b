/// Shows that a log at one size is the beginning of the same log at a larger one.
public struct ConsistencyProof: Hashable, Sendable {
  /// The size of the smaller tree.
  public let oldSize: Int
  /// The hashes of RFC 9162, section 2.1.4.1; none where the smaller tree is empty or the same.
  public let path: [Digest]

  /// A proof of these parts, true or not.
  public init(oldSize: Int, path: [Digest]) {
    self.oldSize = oldSize
    self.path = path
  }

  /// Whether the tree of ``oldSize`` and this root is the beginning of the other one.
  ///
  /// Source: RFC 9162, section 2.1.4.2, step by step; and for the two cases that it leaves out, an
  /// empty tree begins every log and a tree begins itself, both with an empty path.
  public func proves(oldRoot: Digest, beginsTreeOf size: Int, root: Digest) -> Bool {
    guard oldSize >= 0, oldSize <= size else { return false }
    if oldSize == 0 { return path.isEmpty && oldRoot == .emptyTree }
    if oldSize == size { return path.isEmpty && oldRoot == root }
    guard !path.isEmpty else { return false }
    let isPowerOfTwo = oldSize & (oldSize - 1) == 0
    var rest = (isPowerOfTwo ? [oldRoot] : []) + path
    let first = rest.removeFirst()
    var (place, last) = (oldSize - 1, size - 1)
    while place & 1 == 1 {
      place >>= 1
      last >>= 1
    }
    var (oldHash, hash) = (first, first)
    for sibling in rest {
      if last == 0 { return false }
      if place & 1 == 1 || place == last {
        oldHash = .node(sibling, oldHash)
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
    return last == 0 && oldHash == oldRoot && hash == root
  }
}
