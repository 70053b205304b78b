/// The figures of a table with each sum of atoms only once.
///
/// Where a dimension has one level its total is the level itself: two figures that are shown or
/// hidden together.
struct SuppressionLayout {
  struct Figure {
    var atoms: [Int]
    var role: SuppressionProblem.Role
    var order: UInt64
    var canFall: Bool
    /// The cells of the problem that show this figure; none for an atom that nothing shows.
    var cells: [Int]
  }

  var figures: [Figure] = []
  /// For each atom the figure that shows it alone.
  private(set) var figureOfAtom: [Int]
  /// The figures of more than one atom.
  private(set) var sums: [Int] = []

  init(_ problem: SuppressionProblem) {
    figureOfAtom = [Int](repeating: -1, count: problem.atomCount)
    var known: [[Int]: Int] = [:]
    for (number, cell) in problem.cells.enumerated() {
      let atoms = cell.atoms.sorted()
      let figure = Figure(
        atoms: atoms, role: cell.role, order: cell.order, canFall: cell.canFall, cells: [number])
      let place = atoms.count == 1 ? figureOfAtom[atoms[0]] : known[atoms] ?? -1
      if place >= 0 {
        figures[place].merge(figure)
        continue
      }
      if atoms.count == 1 {
        figureOfAtom[atoms[0]] = figures.count
      } else {
        known[atoms] = figures.count
        sums.append(figures.count)
      }
      figures.append(figure)
    }
    for atom in figureOfAtom.indices where figureOfAtom[atom] < 0 {
      figureOfAtom[atom] = figures.count
      figures.append(Figure(atoms: [atom], role: .hidden, order: 0, canFall: false, cells: []))
    }
  }
}

extension SuppressionLayout.Figure {
  /// Takes in another cell that shows the same figure: it is shown if one of them must be.
  fileprivate mutating func merge(_ other: Self) {
    let roles = [role, other.role]
    let ranked: [SuppressionProblem.Role] = [.shown, .primary, .hidden, .eligible]
    role = ranked.first(where: roles.contains) ?? role
    canFall = canFall && other.canFall
    cells += other.cells
  }
}

/// One step from a table to another that shows the same: a person more here, one fewer there.
struct Move: Hashable {
  struct Change: Hashable {
    var atom: Int
    var difference: Int
  }

  /// What changes, and by one each.
  var changes: [Change]
  /// The figures that change, all of which must be hidden.
  var figures: [Int]
}

/// Finds moves that change a hidden figure and leave every shown one as it is.
protocol MoveFinder {
  /// Hides a figure or shows it again.
  mutating func setHidden(_ figure: Int, _ isHidden: Bool)

  /// A move that changes a figure by one, up or down.
  ///
  /// Where eligible figures may be hidden for it, as few as can be found are; `nil` where no move
  /// was found.
  mutating func move(_ figure: Int, isUp: Bool, mayHide: Bool) -> Move?
}

extension Move {
  /// The figures of this move that are shown so far.
  func toHide(_ isHidden: [Bool]) -> [Int] { figures.filter { !isHidden[$0] } }
}
