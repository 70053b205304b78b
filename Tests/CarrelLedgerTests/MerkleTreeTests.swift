import CarrelCrypto
import CarrelLedger
import Testing

/// The definitions of RFC 9162, sections 2.1.1, 2.1.3.1 and 2.1.4.1, copied as they stand: slow, and
/// apart from the program.
private enum RFC9162 {
  static func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
    if leaves.isEmpty { return HashFunction.sha256.digest(of: [UInt8]()) }
    if leaves.count == 1, let leaf = leaves.first { return leaf }
    let (left, right) = split(leaves)
    return HashFunction.sha256.digest(of: [1] + root(left) + root(right))
  }

  static func path(_ index: Int, _ leaves: ArraySlice<[UInt8]>) -> [[UInt8]] {
    if leaves.count == 1 { return [] }
    let (left, right) = split(leaves)
    return index < left.count
      ? path(index, left) + [root(right)] : path(index - left.count, right) + [root(left)]
  }

  static func proof(_ old: Int, _ leaves: ArraySlice<[UInt8]>) -> [[UInt8]] {
    old == 0 ? [] : subproof(old, leaves, true)
  }

  private static func subproof(
    _ old: Int, _ leaves: ArraySlice<[UInt8]>, _ isWhole: Bool
  ) -> [[UInt8]] {
    if old == leaves.count { return isWhole ? [] : [root(leaves)] }
    let (left, right) = split(leaves)
    return old <= left.count
      ? subproof(old, left, isWhole) + [root(right)]
      : subproof(old - left.count, right, false) + [root(left)]
  }

  private static func split(
    _ leaves: ArraySlice<[UInt8]>
  ) -> (ArraySlice<[UInt8]>, ArraySlice<[UInt8]>) {
    var middle = 1
    while middle * 2 < leaves.count { middle *= 2 }
    return (leaves.prefix(middle), leaves.dropFirst(middle))
  }
}

/// A tree over hashes of leaves in memory, for the tests: each complete subtree is worked out anew.
private func tree(over leaves: [[UInt8]]) -> MerkleTree {
  MerkleTree(size: leaves.count) { (height, index) throws(LedgerError) in
    let root = RFC9162.root(leaves[index << height..<(index + 1) << height])
    guard let digest = Digest(bytes: root) else { preconditionFailure("a root has 32 bytes") }
    return digest
  }
}

private func numbered(_ count: Int) -> [[UInt8]] {
  (0..<count).map { Digest.leaf("entry \($0)".bytes).bytes }
}

@Suite("The Merkle tree") struct MerkleTreeTests {
  /// The leaves of the published vectors (transparency-dev/merkle).
  private static let leaves = [
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ].map { Digest.leaf(Hexadecimal.bytes(of: $0) ?? []).bytes }

  @Test(
    "has the published roots",
    arguments: [
      (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      (1, "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"),
      (2, "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"),
      (3, "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77"),
      (7, "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c"),
      (8, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"),
    ])
  func publishedRoots(size: Int, root: String) throws {
    #expect(try tree(over: Self.leaves).root(ofFirst: size).hexadecimal == root)
  }

  @Test func `has the published leaf and node`() {
    #expect(
      Digest.leaf("L123456".bytes).hexadecimal
        == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56")
    // The published node joins texts that are no digests; its definition is the same.
    #expect(
      Digest(of: [1] + "N123".bytes + "N456".bytes).hexadecimal
        == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb")
    let (left, right) = (sample("left"), sample("right"))
    #expect(Digest.node(left, right) == Digest(of: [1] + left.bytes + right.bytes))
  }

  @Test func `has the published proofs`() throws {
    let tree = tree(over: Self.leaves)
    let shared = [
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    #expect(
      try tree.inclusionPath(of: 5, inFirst: 8).map(\.hexadecimal)
        == ["bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"] + shared)
    #expect(
      try tree.consistencyPath(from: 6, toFirst: 8).map(\.hexadecimal)
        == ["0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"] + shared)
  }

  @Test func `agrees with another implementation on every size up to 130`() throws {
    let fixture = try Fixture.shared.get()
    let tree = tree(over: numbered(130))
    for (size, root) in fixture.roots.enumerated() {
      #expect(try tree.root(ofFirst: size).hexadecimal == root)
    }
    #expect(fixture.roots.count == 131)
  }

  @Test func `proves every entry of every size up to 130, as RFC 9162 defines it`() throws {
    let leaves = numbered(130)
    let tree = tree(over: leaves)
    for size in 1...130 {
      let root = try tree.root(ofFirst: size)
      for index in 0..<size where size < 40 || index % 7 == size % 7 || index > size - 3 {
        let path = try tree.inclusionPath(of: index, inFirst: size)
        #expect(path.map(\.bytes) == RFC9162.path(index, leaves[..<size]))
        let leaf = try #require(Digest(bytes: leaves[index]))
        let proof = InclusionProof(index: index, path: path)
        #expect(proof.proves(leaf, inTreeOf: size, root: root))
        #expect(!proof.proves(leaf, inTreeOf: size, root: leaf) || size == 1)
      }
    }
  }

  @Test func `proves every growth between sizes up to 130, as RFC 9162 defines it`() throws {
    let leaves = numbered(130)
    let tree = tree(over: leaves)
    let roots = try (0...130).map { try tree.root(ofFirst: $0) }
    for size in 0...130 {
      for old in 0...size where size < 40 || old % 7 == size % 7 || old > size - 3 || old < 3 {
        let path = try tree.consistencyPath(from: old, toFirst: size)
        if old < size { #expect(path.map(\.bytes) == RFC9162.proof(old, leaves[..<size])) }
        let proof = ConsistencyProof(oldSize: old, path: path)
        #expect(proof.proves(oldRoot: roots[old], beginsTreeOf: size, root: roots[size]))
        let other = roots[(old + 1) % 131]
        #expect(!proof.proves(oldRoot: other, beginsTreeOf: size, root: roots[size]))
      }
    }
  }
}

@Suite("Proofs of the tree") struct TreeProofTests {
  @Test("of inclusion hold or are refused", arguments: try Fixture.shared.get().inclusion)
  func inclusion(_ proof: Fixture.Inclusion) throws {
    let read = InclusionProof(index: proof.index, path: try proof.path.map { try digest($0) })
    let holds = read.proves(
      try digest(proof.leaf), inTreeOf: proof.size, root: try digest(proof.root))
    #expect(holds == proof.holds)
  }

  @Test("of consistency hold or are refused", arguments: try Fixture.shared.get().consistency)
  func consistency(_ proof: Fixture.Consistency) throws {
    let read = ConsistencyProof(oldSize: proof.old, path: try proof.path.map { try digest($0) })
    let holds = read.proves(
      oldRoot: try digest(proof.oldRoot), beginsTreeOf: proof.size, root: try digest(proof.root))
    #expect(holds == proof.holds)
  }

  @Test func `no size is too large for the arithmetic`() {
    let hash = sample("x")
    let long = [Digest](repeating: hash, count: 63)
    for size in [Int.max, 1 << 62, 1 << 40] {
      let proof = InclusionProof(index: size - 1, path: long)
      #expect(!proof.proves(hash, inTreeOf: size, root: hash))
      #expect(
        !ConsistencyProof(oldSize: size - 1, path: long).proves(
          oldRoot: hash, beginsTreeOf: size, root: hash))
    }
  }
}
