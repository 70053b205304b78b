// The library of mathematical functions, for rounding.
import Glibc

/// Finds the largest whole-number value of a sum by branch and bound.
struct LatticeSearch {
  /// The block to search; its values are within its bounds.
  let block: Tableau
  /// The atoms of the block; its other variables are sums, whole where the atoms are.
  let atoms: [Int]
  /// What every table found must agree with.
  let component: Component
  /// A table of the whole component, in which the block is to be replaced.
  let base: [Int]
  /// What is to be raised.
  let weights: [(variable: Int, weight: Double)]
  private(set) var best: Int
  private(set) var bestTable: [Int]?
  private(set) var isDecided = true
  private var nodesLeft: Int

  init(
    block: Tableau, atoms: [Int], component: Component, base: [Int],
    weights: [(variable: Int, weight: Double)], above best: Int, nodeLimit: Int
  ) {
    self.block = block
    self.atoms = atoms
    self.component = component
    self.base = base
    self.weights = weights
    self.best = best
    nodesLeft = nodeLimit
  }

  /// Searches, and says what was found in `best`, `bestTable` and `isDecided`.
  mutating func run() {
    var tableau = block
    visit(&tableau)
  }

  private mutating func visit(_ tableau: inout Tableau) {
    guard nodesLeft > 0 else {
      isDecided = false
      return
    }
    nodesLeft -= 1
    switch tableau.makeFeasible() {
    case .infeasible: return
    case .undecided:
      isDecided = false
      return
    case .optimal: break
    }
    let outcome = tableau.maximize(weights)
    if outcome != .optimal { isDecided = false }
    let height = weights.reduce(0) { $0 + $1.weight * tableau.value[$1.variable] }
    if outcome == .optimal, (height + 1e-5).rounded(.down) <= Double(best) { return }
    guard let atom = mostFractional(in: tableau) else {
      take(tableau)
      return
    }
    branch(tableau, on: atom)
  }

  /// Tries the two nearest whole numbers of an atom, the nearer first.
  private mutating func branch(_ tableau: Tableau, on atom: Int) {
    let value = tableau.value[atom]
    let isUpFirst = value - value.rounded(.down) > 0.5
    for goesUp in [isUpFirst, !isUpFirst] {
      var child = tableau
      if goesUp {
        child.lower[atom] = value.rounded(.up)
      } else {
        child.upper[atom] = value.rounded(.down)
      }
      visit(&child)
    }
  }

  private func mostFractional(in tableau: Tableau) -> Int? {
    var found: Int?
    var distance = 1e-6
    for atom in atoms {
      let away = abs(tableau.value[atom] - tableau.value[atom].rounded())
      if away > distance { (found, distance) = (atom, away) }
    }
    return found
  }

  /// Takes the whole numbers of a tableau, if they agree when added up exactly.
  private mutating func take(_ tableau: Tableau) {
    var table = base
    for atom in atoms { table[atom] = Int(tableau.value[atom].rounded()) }
    let height = weights.reduce(0) {
      $0 + Int($1.weight) * Int(tableau.value[$1.variable].rounded())
    }
    guard component.agrees(table) else {
      isDecided = false
      return
    }
    if bestTable == nil || height > best { (best, bestTable) = (height, table) }
  }
}
