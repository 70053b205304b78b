import CarrelDisclosure
import CarrelPolicy
import TestSupport
import Testing

/// What a reader can tell who knows the method, the policy and everything that leaves, but not the
/// key.
///
/// Every small table goes through the gate. Those that leave alike are what such a reader cannot
/// tell apart, companions and the choice of them included; nothing here is worked out by the gate.
@Suite("A reader who knows the method") struct EveryTableTests {
  /// Every way to put so many people, or fewer, into a table's cells.
  static func tables(rows: Int, columns: Int, atMost people: Int) -> [[[Int]]] {
    var all: [[Int]] = [[]]
    for _ in 0..<rows * columns {
      all = all.flatMap { cells in (0...people - cells.reduce(0, +)).map { cells + [$0] } }
    }
    return all.map { cells in
      (0..<rows).map { Array(cells[$0 * columns..<($0 + 1) * columns]) }
    }
  }

  /// The cells, the margins and everybody, in the order of the breakdowns.
  static func figures(_ table: [[Int]]) -> [Int] {
    table.flatMap(\.self) + table.map { $0.reduce(0, +) }
      + table[0].indices.map { column in table.reduce(0) { $0 + $1[column] } }
      + [table.flatMap(\.self).reduce(0, +)]
  }

  /// A key that the reader does not have.
  static func order(_ key: UInt64) -> SuppressionOrder {
    SuppressionOrder { bytes in
      var generator = SeededGenerator(
        seed: bytes.reduce(key) { $0 &* 0x100_0000_01B3 ^ UInt64($1) })
      return generator.next()
    }
  }

  @Test(
    "D3: no hidden count can be told from all tables that leave alike",
    arguments: [(2, 2, 5), (1, 3, 7)])
  func exhaustive(rows: Int, columns: Int, people: Int) throws {
    let policy = try Policies.written(
      "hide 1 to 2", "totals exact", "secondary on", "protect not exact", "means need 3 patients")
    var alike: [[[Int?]]: [[Int]]] = [:]
    for table in Self.tables(rows: rows, columns: columns, atMost: people) {
      for key in 0..<6 as Range<UInt64> {
        // What is held is not released, and all that a researcher sees of it is that it is held.
        guard
          let released = try? SecondaryGateTests.table(table)
            .released(under: policy, order: Self.order(key))
        else { continue }
        alike[SecondaryGateTests.shown(released), default: []].append(Self.figures(table))
      }
    }
    var hidden = 0
    for (shown, figures) in alike {
      for (place, mark) in shown.flatMap(\.self).enumerated() {
        let values = Set(figures.map { $0[place] })
        if let mark {
          #expect(values == [mark], "\(shown)")
        } else if !values.isDisjoint(with: 1...2) {
          hidden += 1
          #expect(values.count > 1, "figure \(place) of \(shown)")
        }
      }
    }
    #expect(hidden > 30)
  }

  @Test func `no hidden count can be told from two tables of the same people`() throws {
    let policy = try Policies.written(
      "hide 1 to 2", "secondary on", "protect not exact", "means need 3 patients")
    var alike: [[[String]]: [[Int]]] = [:]
    for one in Self.tables(rows: 1, columns: 3, atMost: 4) {
      let people = one[0].reduce(0, +)
      for other in (0...people).map({ [$0, people - $0] }) {
        let tables = [one[0], other].map { cells in
          RawExample(
            by: [LinkedTableTests.grouping("of \(cells.count)", cells.count)], show: [.count],
            cells: cells.map { .people($0) })
        }
        for key in 0..<3 as Range<UInt64> {
          guard
            let drawn = try? LinkedTableTests.drawn(tables, under: policy, order: Self.order(key))
          else { continue }
          alike[drawn, default: []].append(one[0] + other)
        }
      }
    }
    var hidden = 0
    for (drawn, figures) in alike {
      for (place, mark) in drawn.flatMap(\.self).enumerated() where mark == "R" {
        let values = Set(figures.map { $0[place] })
        if values.isDisjoint(with: 1...2) { continue }
        hidden += 1
        #expect(values.count > 1, "figure \(place) of \(drawn)")
      }
    }
    #expect(hidden > 10)
  }
}
