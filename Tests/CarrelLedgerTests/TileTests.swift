import CarrelLedger
import Testing

@Suite("Tiles") struct TileTests {
  @Test(
    "are found under the paths of C2SP",
    arguments: [
      (1_234_067, "tile/0/x001/x234/067"), (0, "tile/0/000"), (999, "tile/0/999"),
      (1_000, "tile/0/x001/000"), (273, "tile/0/273"),
    ])
  func paths(index: Int, path: String) {
    #expect(Tile(.hashes(0), holding: index * 256, inTreeOf: (index + 1) * 256).path == path)
    #expect(
      Tile(.entries, holding: index * 256, inTreeOf: index * 256 + 7).path
        == path.replacing("/0/", with: "/entries/", maxReplacements: 1) + ".p/7")
  }

  @Test func `of 70,000 entries are those that C2SP counts`() {
    let tiles = Tile.all(inTreeOf: 70_000)
    func widths(_ level: Tile.Level) -> (full: Int, partial: [Int]) {
      let level = tiles.filter { $0.level == level }.map(\.width)
      return (level.count { $0 == 256 }, level.filter { $0 < 256 })
    }
    for level in [Tile.Level.hashes(0), .entries] {
      #expect(widths(level) == (273, [112]))
    }
    #expect(widths(.hashes(1)) == (1, [17]))
    #expect(widths(.hashes(2)) == (0, [1]))
    #expect(tiles.count == 2 * 274 + 2 + 1)
    #expect(
      Tile.all(inTreeOf: 256).map(\.path) == ["tile/entries/000", "tile/0/000", "tile/1/000.p/1"])
    #expect(Tile.all(inTreeOf: 0).isEmpty)
  }

  @Test func `of 70,000 entries lead to the roots of another implementation`() throws {
    let roots = try Fixture.shared.get().largeRoots
    let store = TileStore(folder: "")
    _ = try store.grow(by: (0..<70_000).map { "entry \($0)".bytes }, from: 0)
    #expect(
      try store.tree(size: 70_000).root(ofFirst: 70_000).hexadecimal == roots["70000"])
    // The tiles of the largest tree are enough for every smaller one.
    for size in [255, 256, 257, 511, 512, 65_536, 65_537] {
      #expect(
        try store.tree(size: 70_000).root(ofFirst: size).hexadecimal == roots[String(size)])
    }
  }
}
