public import CarrelWitness

/// Companions to hide with the cells that a policy hides, so that none of those can be derived.
///
/// For each primary cell a move is found, a step to another table that shows the same, hiding as few
/// cells as possible for it; afterwards every companion that turned out not to be needed is shown
/// again. A move only takes people from cells that hold enough whatever their counts are, so one
/// choice is safe for every table with the same pattern, and is the same for every one of them.
public struct Suppression: Sendable {
  /// The cells to hide with the primary ones, ascending.
  public let companions: [Int]
  /// The primary cells that nothing found protects: categories must be merged, a total left out, or
  /// the table held.
  public let unprotected: [Int]
  private let problem: SuppressionProblem
  /// For each protected figure the moves that protect it: atoms with differences of one.
  private let moves: [(cell: Int, changes: [WitnessTables.Change])]

  /// Chooses companions.
  ///
  /// - Complexity: In a network, a shortest path for each primary cell that hidden cells do not
  ///   protect yet; elsewhere a limited local search for each.
  public init(_ problem: SuppressionProblem) {
    let layout = SuppressionLayout(problem)
    var best: SuppressionSearch?
    for attempt in 0..<Self.attempts(cellCount: problem.cells.count) {
      var search = SuppressionSearch(layout, of: problem, attempt: UInt64(attempt))
      search.run()
      if best.map({ search.cost < $0.cost }) ?? true { best = search }
      if search.cost == (0, 0) { break }
    }
    self.problem = problem
    guard let best else { preconditionFailure("there is at least one attempt") }
    companions = best.companions.flatMap { layout.figures[$0].cells }.sorted()
    unprotected = best.unprotected.compactMap { layout.figures[$0].cells.first }.sorted()
    var moves: [(cell: Int, changes: [WitnessTables.Change])] = []
    for (figure, kept) in best.moves.enumerated() {
      guard let cell = layout.figures[figure].cells.first else { continue }
      for move in Set(kept.values).sorted(by: { $0.figures.lexicographicallyPrecedes($1.figures) })
      {
        moves.append((cell, move.changes.map { .init($0.atom, $0.difference) }))
      }
    }
    self.moves = moves
  }

  /// How often a table is tried in another order; the fewest companions win.
  private static func attempts(cellCount: Int) -> Int {
    cellCount <= 60 ? 16 : cellCount <= 1_500 ? 4 : 1
  }

  /// What protects the primary cells of one table with this pattern, for the checker.
  ///
  /// - Parameter table: The people in each atom.
  /// - Returns: The table, and one more for each move that protects a cell.
  public func witnesses(at table: [Int]) -> WitnessTables {
    var seen: Set<[WitnessTables.Change]> = []
    var witnesses = WitnessTables(base: table)
    for (cell, changes) in moves {
      let atoms = Set(problem.cells[cell].atoms)
      let value = atoms.reduce(0) { $0 + table[$1] }
      let rise = changes.filter { atoms.contains($0.atom) }.reduce(0) { $0 + $1.difference }
      let amount = amount(rise: rise, value: value)
      guard amount != 0 else { continue }
      let scaled = changes.map { WitnessTables.Change($0.atom, $0.difference * amount) }
      if seen.insert(scaled).inserted { witnesses.others.append(scaled) }
    }
    return witnesses
  }

  /// How often a move is made: once, or until the cell has left the range on its side.
  private func amount(rise: Int, value: Int) -> Int {
    switch problem.protection {
    case .notExact: 1
    case .covers(let range):
      max(0, rise > 0 ? range.upperBound - value : value - range.lowerBound)
    }
  }
}

extension Suppression {
  /// The primary cells with what the checker must confirm about them.
  public var protectedCells: [WitnessChecker.ProtectedCell] {
    let open = Set(unprotected)
    return problem.cells.indices.filter { problem.cells[$0].role == .primary && !open.contains($0) }
      .map { .init(problem.cells[$0].atoms, problem.protection) }
  }
}
