import CarrelWitness
import Testing

@Suite("The checker of proofs") struct WitnessCheckerTests {
  /// Two rows and two columns with their sums shown, and all four cells hidden.
  ///
  ///     3 4 | 7
  ///     5 6 | 11
  ///     8 10
  private let facts = [
    PublishedFact([0, 1], is: 7), PublishedFact([2, 3], is: 11), PublishedFact([0, 2], is: 8),
    PublishedFact([1, 3], is: 10),
  ]
  private let truth = [3, 4, 5, 6]
  private let cycle: [WitnessTables.Change] = [
    .init(0, 1), .init(1, -1), .init(2, -1), .init(3, 1),
  ]

  private func faults(
    _ tables: WitnessTables, _ protection: WitnessChecker.Protection = .notExact
  ) -> [WitnessChecker.Fault] {
    WitnessChecker(facts: facts, protecting: [.init([0], protection)]).faults(in: tables)
  }

  @Test func `two tables that agree and differ are a proof`() {
    #expect(faults(WitnessTables(base: truth, others: [cycle])) == [])
  }

  @Test func `one table is none`() {
    #expect(faults(WitnessTables(base: truth)) == [.unprotected(cell: 0)])
    #expect(faults(WitnessTables(base: truth, others: [[]])) == [.unprotected(cell: 0)])
  }

  @Test func `a base that disagrees proves nothing`() {
    #expect(faults(WitnessTables(base: [3, 4, 5, 7], others: [cycle])) == [.disagrees(table: 0)])
    #expect(faults(WitnessTables(base: [3, 4, 5])) == [.disagrees(table: 0)])
    #expect(faults(WitnessTables(base: [-1, 8, 9, 2])) == [.disagrees(table: 0)])
  }

  @Test(
    "a witness that disagrees is named and does not count",
    arguments: [
      [WitnessTables.Change(0, 1)], [.init(0, 1), .init(1, -1)],
      // Fewer than nobody, an atom that is none, and one atom twice.
      [.init(0, 5), .init(1, -5), .init(2, -5), .init(3, 5)], [.init(9, 1)],
      [.init(0, 1), .init(0, -1)],
    ])
  func disagrees(_ changes: [WitnessTables.Change]) {
    let found = faults(WitnessTables(base: truth, others: [changes]))
    #expect(found == [.disagrees(table: 1), .unprotected(cell: 0)])
  }

  @Test func `a range must be covered from end to end`() {
    let up = WitnessTables(base: truth, others: [cycle.scaled(by: 4)])
    #expect(faults(up, .covers(1...7)) == [.unprotected(cell: 0)])
    let both = WitnessTables(base: truth, others: [cycle.scaled(by: 4), cycle.scaled(by: -2)])
    #expect(faults(both, .covers(1...7)) == [])
    #expect(faults(both, .covers(0...7)) == [.unprotected(cell: 0)])
  }

  @Test func `a figure without an upper bound is one from below`() {
    let checker = WitnessChecker(
      facts: [PublishedFact([0, 1], from: 5, to: nil)], protecting: [.init([1], .notExact)])
    #expect(checker.faults(in: WitnessTables(base: [5, 0], others: [[.init(1, 90)]])) == [])
    let below = WitnessTables(base: [5, 0], others: [[.init(0, -1)]])
    #expect(checker.faults(in: below) == [.disagrees(table: 1), .unprotected(cell: 0)])
  }
}

extension [WitnessTables.Change] {
  fileprivate func scaled(by factor: Int) -> Self { map { .init($0.atom, $0.difference * factor) } }
}
