import CarrelWitness

/// A sum of at least two unknown atoms between two numbers.
struct Row: Hashable {
  var atoms: [Int]
  var low: Int
  var high: Int
}

/// Facts reduced by integer reasoning to bounds of atoms and rows over those still unknown.
///
/// Bounds are tightened by what each row leaves for an atom, and atoms with one value leave their
/// rows, until nothing changes. Every table that agrees with the facts agrees with the result, and
/// the other way round.
struct Presolve {
  private(set) var low: [Int]
  private(set) var high: [Int]
  private(set) var rows: [Row]
  /// For each atom whether some figure bounds it from above.
  private(set) var isBounded: [Bool]

  /// Rounds of tightening; bounds that creep further than this are left to the solver.
  private static let roundLimit = 40

  init(_ problem: AuditProblem) throws(AuditError) {
    let count = problem.atomCount
    isBounded = [Bool](repeating: false, count: count)
    var merged: [[Int]: Int] = [:]
    rows = []
    // Larger than any sum that the facts can force, so that it stands for no bound at all.
    let enough = problem.facts.reduce(1) { $0 + max($1.low, $1.high ?? 0) }
      .advanced(by: problem.table?.max() ?? 0)
    low = [Int](repeating: 0, count: count)
    high = [Int](repeating: enough, count: count)
    for fact in problem.facts {
      if fact.high != nil { for atom in fact.atoms { isBounded[atom] = true } }
      let row = Row(
        atoms: fact.atoms.sorted(), low: max(fact.low, 0),
        high: fact.high ?? enough * (fact.atoms.count + 1))
      if let known = merged[row.atoms] {
        rows[known].low = max(rows[known].low, row.low)
        rows[known].high = min(rows[known].high, row.high)
      } else {
        merged[row.atoms] = rows.count
        rows.append(row)
      }
    }
    try reduce()
  }

  private mutating func reduce() throws(AuditError) {
    for _ in 0..<Self.roundLimit {
      var hasChanged = false
      for row in rows { hasChanged = try tighten(row) || hasChanged }
      if !hasChanged { break }
    }
    for atom in low.indices where low[atom] > high[atom] { throw .noTableAgrees }
    var rest: [Row] = []
    for row in rows { if let row = try remainder(of: row) { rest.append(row) } }
    rows = rest
  }

  /// Tightens the bounds of the atoms of a row; whether that changed anything.
  private mutating func tighten(_ row: Row) throws(AuditError) -> Bool {
    var (least, most) = (0, 0)
    for atom in row.atoms {
      least += low[atom]
      most += high[atom]
    }
    guard row.low <= row.high, least <= row.high, most >= row.low else { throw .noTableAgrees }
    if least >= row.low, most <= row.high { return false }
    var hasChanged = false
    for atom in row.atoms {
      let newHigh = min(high[atom], row.high - (least - low[atom]))
      let newLow = max(low[atom], row.low - (most - high[atom]))
      guard newLow <= newHigh else { throw .noTableAgrees }
      guard newHigh < high[atom] || newLow > low[atom] else { continue }
      least += newLow - low[atom]
      most += newHigh - high[atom]
      (low[atom], high[atom]) = (newLow, newHigh)
      hasChanged = true
    }
    return hasChanged
  }

  /// A row without its known atoms; `nil` where the bounds of atoms already say as much.
  private func remainder(of row: Row) throws(AuditError) -> Row? {
    var rest = Row(atoms: [], low: row.low, high: row.high)
    var (least, most) = (0, 0)
    for atom in row.atoms {
      if low[atom] == high[atom] {
        rest.low -= low[atom]
        rest.high -= low[atom]
      } else {
        rest.atoms.append(atom)
        least += low[atom]
        most += high[atom]
      }
    }
    guard rest.low <= most, rest.high >= least else { throw .noTableAgrees }
    return least >= rest.low && most <= rest.high ? nil : rest
  }

  /// Whether an atom has only one possible value.
  func isFixed(_ atom: Int) -> Bool { low[atom] == high[atom] }
}
