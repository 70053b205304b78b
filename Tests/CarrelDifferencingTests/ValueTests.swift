import CarrelDifferencing
import Testing

@Suite("Values of the same people, edited for a few") struct ValueTests {
  static let people = 200
  static let minimum = 7

  /// Places in a range, with no order and few alike.
  static func place(_ person: Int) -> Int { 1 + person * 7_919 % 40_000 }

  /// A table of the people of some cells, and a value of each.
  static func table(
    _ name: String, cells: [Range<Int>] = [0..<people], leavingOut: Set<Int> = [],
    value: (Int) -> Int = place
  ) -> (drawn: Drawn, values: LabelVector) {
    let drawn = Drawn(
      people,
      cells: cells.enumerated().map { number, cell in
        (name: "\(name) \(number)", people: cell.filter { !leavingOut.contains($0) })
      })
    let values = (0..<people).map { leavingOut.contains($0) ? 0 : UInt32(value($0)) }
    return (drawn, LabelVector.of(values))
  }

  /// Whether every figure of the new tables leaves with its own values.
  static func leavesWhole(
    _ new: [(drawn: Drawn, values: LabelVector)],
    against earlier: [(drawn: Drawn, values: LabelVector)] = []
  ) -> Bool {
    let judgement = DifferencingGuard(DifferencingRules(minimum: minimum)).judgement(
      of: new.map(\.drawn.table), vectors: new.map(\.drawn.vector),
      against: earlier.map(\.drawn.table), earlierVector: { earlier[$0].drawn.vector },
      values: { place in
        switch place {
        case .new(let number): new[number].values
        case .earlier(let number): earlier[number].values
        }
      })
    // Where the people are the same, taking the fact of how many they are changes no value.
    return !judgement.isHeld && !judgement.verdicts.joined().contains(.hide)
      && judgement.repaired.isEmpty
  }

  static let edits: [(name: String, edit: @Sendable (Int) -> Int)] = [
    ("raised", { place($0) + 9_000 }), ("at one end", { _ in 65_536 }),
    ("of another", { place($0 + 31) + 3_000 }),
  ]

  @Test(
    "A4: a mean and the same mean with the values of 1..k people edited never both leave",
    arguments: 1...minimum)
  func edited(count: Int) {
    let plain = Self.table("x")
    for (name, edit) in Self.edits {
      let chosen = Set((0..<count).map { $0 * 27 })
      let other = Self.table("y") { chosen.contains($0) ? edit($0) : Self.place($0) }
      #expect(!Self.leavesWhole([plain, other]), "\(name)")
      #expect(!Self.leavesWhole([other], against: [plain]), "\(name)")
      #expect(!Self.leavesWhole([plain], against: [other]), "\(name)")
    }
  }

  @Test func `A4: it is no way out to move, scale or turn the edited value`() {
    let plain = Self.table("x")
    for scale in [{ 30_000 - $0 / 2 }, { $0 / 3 + 20_000 }, { 60_000 - $0 }] as [(Int) -> Int] {
      let same = Self.table("y") { scale(Self.place($0)) }
      #expect(Self.leavesWhole([plain, same]))
      #expect(Self.leavesWhole([same], against: [plain]))
      let other = Self.table("z") { $0 == 117 ? 65_000 : scale(Self.place($0)) }
      #expect(!Self.leavesWhole([plain, other]))
      #expect(!Self.leavesWhole([other], against: [plain]))
    }
  }

  @Test func `A4: it is no way out to ask for the parts of a group`() {
    let whole = Self.table("x")
    let parts = Self.table("y", cells: [0..<90, 90..<200]) {
      $0 == 117 ? 65_000 : Self.place($0)
    }
    #expect(!Self.leavesWhole([whole, parts]))
    #expect(!Self.leavesWhole([parts, whole]))
    #expect(!Self.leavesWhole([whole], against: [parts]))
  }

  @Test func `A4: values cut at a limit that few are above are an edition`() {
    let plain = Self.table("x")
    let sorted = (0..<Self.people).map(Self.place).sorted()
    for above in 1...40 {
      let cut = Self.table("y") { min(Self.place($0), sorted[Self.people - above - 1]) }
      #expect(Self.leavesWhole([plain, cut]) == (above > Self.minimum), "\(above)")
    }
  }

  @Test func `values that have nothing to do with each other leave beside each other`() {
    let plain = Self.table("x")
    for people in [8, 9, 12, 16, 30, 200] {
      let one = Self.table("x", cells: [0..<people])
      let other = Self.table("y", cells: [0..<people]) { 1 + $0 * $0 * 613 % 50_000 }
      #expect(Self.leavesWhole([one, other]), "\(people)")
    }
    let levels = Self.table("few levels") { 10_000 * (1 + $0 % 5) }
    let others = Self.table("other levels") { 10_000 * (1 + ($0 / 3) % 4) }
    #expect(Self.leavesWhole([plain, levels, others]))
  }
}
