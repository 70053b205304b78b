/// Verifies the proof that hidden cells are safe, sharing nothing with whoever found it.
///
/// Everything is added up again from the tables themselves. Verified: every witness agrees with
/// every fact, and for each protected cell the witnesses differ as much as its protection asks.
public struct WitnessChecker: Sendable {
  /// A hidden cell and how far a reader must stay from its count.
  public struct ProtectedCell: Hashable, Sendable {
    /// The atoms that the cell sums.
    public var atoms: [Int]
    /// What the witnesses must show.
    public var protection: Protection

    /// A cell under a protection.
    public init(_ atoms: [Int], _ protection: Protection) {
      self.atoms = atoms
      self.protection = protection
    }
  }

  /// How far a reader must stay from the count of a hidden cell.
  public enum Protection: Hashable, Sendable {
    /// Two tables in which the cell has two values.
    case notExact
    /// One table at or below the hidden range, and one at or above it.
    case covers(ClosedRange<Int>)
  }

  /// What is wrong with a proof.
  public enum Fault: Hashable, Sendable {
    /// A table (0 is the base) has a negative count, a wrong shape, or disagrees with a fact.
    case disagrees(table: Int)
    /// The tables do not differ enough in a protected cell.
    case unprotected(cell: Int)
  }

  private let facts: [PublishedFact]
  private let cells: [ProtectedCell]

  /// A checker of proofs about these facts and cells.
  public init(facts: [PublishedFact], protecting cells: [ProtectedCell]) {
    self.facts = facts
    self.cells = cells
  }

  /// Everything that is wrong with a proof; nothing if it holds.
  ///
  /// - Complexity: Linear in the facts, the cells and the differences written down.
  public func faults(in tables: WitnessTables) -> [Fault] {
    let base = tables.base
    let named = facts.flatMap(\.atoms) + cells.flatMap(\.atoms)
    guard base.allSatisfy({ $0 >= 0 }), named.allSatisfy(base.indices.contains) else {
      return [.disagrees(table: 0)]
    }
    let sums = facts.map { sum($0.atoms, base) }
    guard zip(facts, sums).allSatisfy({ $0.holds(at: $1) }) else { return [.disagrees(table: 0)] }
    let factsOf = index(facts.map(\.atoms), atoms: base.count)
    let cellsOf = index(cells.map(\.atoms), atoms: base.count)
    let values = cells.map { sum($0.atoms, base) }
    var (least, most) = (values, values)
    var faults: [Fault] = []
    for (number, changes) in tables.others.enumerated() {
      guard agrees(changes, with: base, sums, factsOf) else {
        faults.append(.disagrees(table: number + 1))
        continue
      }
      for (cell, difference) in moved(by: changes, cellsOf) {
        let value = values[cell] + difference
        least[cell] = min(least[cell], value)
        most[cell] = max(most[cell], value)
      }
    }
    return faults
      + cells.indices.filter { !cells[$0].protection.isMet(by: least[$0]...most[$0]) }
      .map { .unprotected(cell: $0) }
  }

  private func agrees(
    _ changes: [WitnessTables.Change], with base: [Int], _ sums: [Int], _ factsOf: [[Int]]
  ) -> Bool {
    guard Set(changes.map(\.atom)).count == changes.count,
      changes.allSatisfy({ base.indices.contains($0.atom) && base[$0.atom] + $0.difference >= 0 })
    else { return false }
    return moved(by: changes, factsOf).allSatisfy { fact, difference in
      facts[fact].holds(at: sums[fact] + difference)
    }
  }

  /// By how much each sum changes, for those that a table touches.
  private func moved(by changes: [WitnessTables.Change], _ sumsOf: [[Int]]) -> [Int: Int] {
    changes.reduce(into: [:]) { moved, change in
      for sum in sumsOf[change.atom] { moved[sum, default: 0] += change.difference }
    }
  }

  private func sum(_ atoms: [Int], _ table: [Int]) -> Int {
    atoms.reduce(0) { $0 + table[$1] }
  }

  /// For each atom the sums that it is part of.
  private func index(_ sums: [[Int]], atoms: Int) -> [[Int]] {
    var found = [[Int]](repeating: [], count: atoms)
    for (number, atoms) in sums.enumerated() { for atom in atoms { found[atom].append(number) } }
    return found
  }
}

extension PublishedFact {
  fileprivate func holds(at sum: Int) -> Bool { low <= sum && (high.map { sum <= $0 } ?? true) }
}

extension WitnessChecker.Protection {
  fileprivate func isMet(by values: ClosedRange<Int>) -> Bool {
    switch self {
    case .notExact: values.count > 1
    case .covers(let range):
      values.lowerBound <= range.lowerBound && values.upperBound >= range.upperBound
    }
  }
}
