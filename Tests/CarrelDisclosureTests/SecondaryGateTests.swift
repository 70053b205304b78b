import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import TestSupport
import Testing

/// True totals beside hidden counts: what a reader could work out from everything that leaves.
///
/// What a reader who knows the method can tell is in ``EveryTableTests``.
@Suite("Hidden counts beside true totals") struct SecondaryGateTests {
  static func policy(_ totals: String = "totals exact", _ protect: String = "not exact") throws
    -> Policy
  {
    try Policies.written(
      "hide 1 to 4", totals, "secondary on", "protect \(protect)", "means need 5 patients")
  }

  static func table(_ people: [[Int]]) -> RawExample {
    RawExample(
      by: [
        .named("g", levels: people.indices.map { "g\($0)" }),
        .named("h", levels: people[0].indices.map { "h\($0)" }),
      ], show: [.count], totals: [[0], [1], []], cells: people.flatMap { $0.map { .people($0) } })
  }

  /// The shown counts of a table of two groupings: cells, margins, everybody; `nil` where hidden.
  static func shown(_ table: ReleasedTable) -> [[Int?]] {
    table.breakdowns.map { $0.groups.map { $0.count.number?.units } }
  }

  @Test func `a hidden count does not follow from its margins`() throws {
    let released = try Self.table([[3, 20, 30], [40, 50, 60], [70, 80, 90]])
      .released(under: Self.policy())
    let shown = Self.shown(released)
    #expect(shown[0][0] == nil)
    #expect(shown[0].count { $0 == nil } == 4)
    #expect(shown[1] == [53, 150, 240] && shown[2] == [113, 150, 180] && shown[3] == [443])
  }

  @Test func `nothing more is hidden where nothing is`() throws {
    let released = try Self.table([[5, 0], [40, 50]]).released(under: Self.policy())
    #expect(Self.shown(released) == [[5, 0, 40, 50], [5, 90], [45, 50], [95]])
  }

  @Test func `two hidden counts in a line are not enough where they are known to be somebody`()
    throws
  {
    // The first row would leave two people for two groups, neither of them empty: one in each.
    let released = try Self.table([[1, 1, 20], [1, 4, 30], [30, 30, 30]])
      .released(under: Self.policy())
    let shown = Self.shown(released)
    #expect(shown[0][0] == nil && shown[0][1] == nil)
    #expect(shown[0][2] == nil || shown[1][0] == nil)
  }

  @Test func `where rounding leaves enough numbers possible nothing more is hidden`() throws {
    // 55 less 20 and 30 is 5; but 55 stands for 53 to 57, 20 for 18 to 22 and 30 for 28 to 32, which
    // leaves 1 to 11.
    let policy = try Policies.written(
      "hide 1 to 7", "round to 5", "totals rounded", "secondary on",
      "protect cover the hidden range", "means need 8 patients")
    let released = try Self.table([[3, 22, 31], [42, 53, 64]]).released(under: policy)
    #expect(Self.shown(released) == [[nil, 20, 30, 40, 55, 65], [55, 160], [45, 75, 95], [215]])
  }

  @Test func `where rounding leaves too few more is hidden`() throws {
    // 25 is 23 to 27 and 20 at least 18: a hidden count is 9 at most, but also 1 at least. 20 less 20
    // can be at most 22 - 18, which is not all of 1 to 7.
    let policy = try Policies.written(
      "hide 1 to 7", "round to 5", "totals rounded", "secondary on",
      "protect cover the hidden range", "means need 8 patients")
    let released = try Self.table([[1, 20], [30, 40]]).released(under: policy)
    #expect(Self.shown(released)[0].count { $0 == nil } == 4)
  }

  @Test func `the mark beside a hidden count hides all of its group`() throws {
    let example = RawExample(
      by: [.named("g", levels: ["a", "b", "c"])], show: [.count, .percent("p")], totals: [[]],
      cells: [.people(3, 1), .people(40, 20), .people(50, 10)])
    let released = try example.released(under: Self.policy())
    let groups = released.breakdowns[0].groups
    #expect(groups.count { $0.count == .redacted } == 2)
    for group in groups where group.count == .redacted {
      #expect(group.statistics.allSatisfy { $0.value == .redacted })
    }
    #expect(released.breakdowns[1].groups[0].count.number?.units == 93)
    // The percentage of everybody covers the groups in which it is shown, and no more.
    let part = released.breakdowns[1].groups[0].statistics[1].denominator?.number?.units
    #expect(part == groups.compactMap { $0.count.number?.units }.first)
  }

  @Test func `which groups are hidden never depends on how many people they have`() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<60 {
      let hides = (0..<3).map { _ in
        (0..<4).map { _ in Int.random(in: 0..<4, using: &generator) == 0 }
      }
      var patterns: Set<[[Bool]]> = []
      for _ in 0..<4 {
        let cells = hides.map { row in
          row.map {
            $0
              ? Int.random(in: 1...4, using: &generator)
              : Int.random(in: 5...40, using: &generator)
          }
        }
        // Rows and columns hold too many to be hidden, so that the pattern is all there is.
        guard cells.allSatisfy({ $0.reduce(0, +) > 4 }),
          (0..<4).allSatisfy({ column in cells.reduce(0) { $0 + $1[column] } > 16 })
        else { continue }
        let shown = Self.shown(try Self.table(cells).released(under: Self.policy()))
        patterns.insert(shown.map { $0.map { $0 == nil } })
      }
      #expect(patterns.count <= 1, "\(hides)")
    }
  }

  @Test func `a key changes the choice, and the same key never does`() throws {
    let example = Self.table([[3, 20, 30, 30], [40, 50, 60, 10], [70, 80, 90, 20]])
    var choices: Set<[[Int?]]> = []
    for key in 0..<8 as Range<UInt64> {
      let order = SuppressionOrder { bytes in
        bytes.reduce(key &+ 0x9E37) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
      }
      let both = try (0..<2).map { _ in
        let results = try DisclosureGate.release(
          example.raw, of: example.plan, under: Self.policy(), order: order)
        guard case .table(let table) = results.outputs[0] else { throw DrawingError() }
        return Self.shown(table)
      }
      #expect(both[0] == both[1])
      choices.insert(both[0])
    }
    #expect(choices.count > 1)
  }

  @Test func `a table and its repeat in the same study hide the same`() throws {
    let example = Self.table([[3, 20, 30], [40, 50, 60]])
    var plan = example.plan
    var raw = example.raw
    guard case .table(var again) = plan.outputs[0], case .table(let cells) = raw.outputs[0] else {
      throw DrawingError()
    }
    again.name = "again"
    again.breakdowns = Array(again.breakdowns.prefix(2))
    plan.outputs.append(.table(again))
    raw.outputs.append(.table(RawTable(breakdowns: Array(cells.breakdowns.prefix(2)))))
    let results = try DisclosureGate.release(raw, of: plan, under: Self.policy())
    guard case .table(let one) = results.outputs[0], case .table(let two) = results.outputs[1]
    else { throw DrawingError() }
    #expect(Array(Self.shown(one).prefix(2)) == Self.shown(two))
  }
}
