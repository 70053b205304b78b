import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import TestSupport
import Testing

/// True totals beside hidden counts: what a reader could work out from everything that leaves.
///
/// Every answer is found by going through all tables that show the same, which shares nothing with
/// the gate.
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

  @Test func `two hidden counts in every line are not enough`() throws {
    // The margins of the hidden cells of a published pattern can fix one of them: here the first
    // row holds 1 and 1, so each follows if none may be nobody.
    let cells = [[1, 1, 20], [1, 4, 30], [30, 30, 30]]
    let released = try Self.table(cells).released(under: Self.policy())
    #expect(Possible(released, least: 1, most: 60).isSafe(cells, hidden: 1...4))
  }

  @Test func `a total rounds by itself and the choice is the same`() throws {
    let policy = try Policies.written(
      "hide 1 to 7", "round to 5", "totals rounded", "secondary on",
      "protect cover the hidden range", "means need 8 patients")
    let released = try Self.table([[3, 22, 31], [42, 53, 64]]).released(under: policy)
    let shown = Self.shown(released)
    #expect(shown[1] == [55, 160] && shown[3] == [215])
    #expect(shown[0].count { $0 == nil } == 4)
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

  @Test(
    "no hidden count follows from any of hundreds of tables",
    arguments: [("not exact", 4 as UInt64), ("cover the hidden range", 9)])
  func random(protect: String, seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let policy = try Self.policy("totals exact", protect)
    var held = 0
    for _ in 0..<200 {
      let (rows, columns) = (
        Int.random(in: 1...2, using: &generator), Int.random(in: 2...3, using: &generator)
      )
      let cells = (0..<rows).map { _ in
        (0..<columns).map { _ in Int.random(in: 0...11, using: &generator) }
      }
      guard let released = try? Self.table(cells).released(under: policy) else {
        held += 1
        continue
      }
      let possible = Possible(released, least: 1, most: 40)
      let isSafe =
        protect == "not exact"
        ? possible.isSafe(cells, hidden: 1...4) : possible.covers(cells, hidden: 1...4)
      #expect(isSafe, "\(cells) \(released.drawn)")
    }
    // Held are small ones in which everything is known once their total is.
    #expect(held < 60, "\(held)")
  }
}

/// Every table that shows the same as a released one, found by trying all.
struct Possible {
  let shown: [[Int?]]
  let columns: Int
  let least: Int
  let most: Int
  /// For each figure the values it takes.
  private(set) var values: [[Set<Int>]]

  init(_ table: ReleasedTable, least: Int, most: Int) {
    shown = SecondaryGateTests.shown(table)
    columns = shown[2].count
    self.least = least
    self.most = most
    values = shown.map { $0.map { _ in [] } }
    var cells = [Int](repeating: 0, count: shown[0].count)
    search(0, &cells)
  }

  private mutating func search(_ cell: Int, _ cells: inout [Int]) {
    if cell % columns == 0, cell > 0 {
      let row = cell / columns - 1
      let sum = cells[row * columns..<cell].reduce(0, +)
      guard agrees(sum, shown[1][row]) else { return }
    }
    if cell == cells.count { return finish(cells) }
    for value in shown[0][cell].map({ $0...$0 }) ?? least...most {
      let row = cell / columns
      cells[cell] = value
      let sum = cells[row * columns...cell].reduce(0, +)
      if let total = shown[1][row] ?? shown[3][0], sum > total { break }
      if shown[1][row] == nil, shown[3][0] == nil, value > 12, shown[0][cell] == nil { break }
      search(cell + 1, &cells)
    }
  }

  private mutating func finish(_ cells: [Int]) {
    let sums = [
      cells,
      shown[1].indices.map { row in cells[row * columns..<(row + 1) * columns].reduce(0, +) },
      (0..<columns).map { column in
        stride(from: column, to: cells.count, by: columns).reduce(0) { $0 + cells[$1] }
      },
      [cells.reduce(0, +)],
    ]
    guard zip(sums, shown).allSatisfy({ zip($0, $1).allSatisfy(agrees) }) else { return }
    for (kind, sums) in sums.enumerated() {
      for (place, sum) in sums.enumerated() { values[kind][place].insert(sum) }
    }
  }

  private func agrees(_ sum: Int, _ shown: Int?) -> Bool {
    shown.map { sum == $0 } ?? (sum >= least)
  }

  /// Whether each hidden count of the hidden range may be another number.
  func isSafe(_ cells: [[Int]], hidden: ClosedRange<Int>) -> Bool {
    all(cells, hidden) { $0.count > 1 }
  }

  /// Whether each may be the least and the largest of the hidden range.
  func covers(_ cells: [[Int]], hidden: ClosedRange<Int>) -> Bool {
    all(cells, hidden) { values in
      values.contains { $0 <= hidden.lowerBound } && values.contains { $0 >= hidden.upperBound }
    }
  }

  private func all(
    _ cells: [[Int]], _ hidden: ClosedRange<Int>, _ isGood: (Set<Int>) -> Bool
  ) -> Bool {
    let truth = [
      cells.flatMap(\.self), cells.map { $0.reduce(0, +) },
      (0..<columns).map { column in cells.reduce(0) { $0 + $1[column] } },
      [cells.flatMap(\.self).reduce(0, +)],
    ]
    return zip(truth, zip(shown, values)).allSatisfy { truth, rest in
      zip(truth, zip(rest.0, rest.1)).allSatisfy { count, figure in
        !hidden.contains(count) || (figure.0 == nil && isGood(figure.1))
      }
    }
  }
}
