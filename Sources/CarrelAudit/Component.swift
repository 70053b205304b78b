/// Unknown atoms that rows tie together, and rows that touch no other.
///
/// Atoms are numbered anew from 0; what is asked of a component is asked of it alone, as no other
/// component can move with it.
struct Component {
  /// The atom of the problem behind each atom of the component, in order.
  var atoms: [Int]
  var low: [Int]
  var high: [Int]
  var rows: [Row]
  /// A table that agrees, if one is known.
  var table: [Int]?
  /// The sums whose extremes are asked.
  var targets: [[Int]] = []

  /// Whether a table is within the bounds and the rows.
  func agrees(_ table: [Int]) -> Bool {
    table.indices.allSatisfy { low[$0] <= table[$0] && table[$0] <= high[$0] }
      && rows.allSatisfy { row in
        let sum = row.atoms.reduce(0) { $0 + table[$1] }
        return row.low <= sum && sum <= row.high
      }
  }

  /// The components of what presolving left, with the place of each atom: component and number.
  static func split(
    _ reduced: Presolve, table: [Int]?
  ) -> (components: [Component], places: [(component: Int, number: Int)?]) {
    let count = reduced.low.count
    var leader = Array(0..<count)
    func find(_ atom: Int) -> Int {
      var atom = atom
      while leader[atom] != atom {
        leader[atom] = leader[leader[atom]]
        atom = leader[atom]
      }
      return atom
    }
    for row in reduced.rows {
      for atom in row.atoms.dropFirst() { leader[find(atom)] = find(row.atoms[0]) }
    }
    var components: [Component] = []
    var componentOf: [Int: Int] = [:]
    var places = [(component: Int, number: Int)?](repeating: nil, count: count)
    for atom in 0..<count where !reduced.isFixed(atom) {
      let component = componentOf[find(atom)] ?? components.count
      if component == components.count {
        componentOf[find(atom)] = component
        components.append(Component(atoms: [], low: [], high: [], rows: []))
      }
      places[atom] = (component, components[component].atoms.count)
      components[component].atoms.append(atom)
      components[component].low.append(reduced.low[atom])
      components[component].high.append(reduced.high[atom])
    }
    for row in reduced.rows {
      let inner = row.atoms.compactMap { places[$0] }
      components[inner[0].component].rows.append(
        Row(atoms: inner.map(\.number), low: row.low, high: row.high))
    }
    if let table {
      for index in components.indices {
        components[index].table = components[index].atoms.map { table[$0] }
      }
    }
    return (components, places)
  }
}

/// The extremes of one sum inside a component, with a table for each.
struct Extremes {
  var low: Int
  var high: Int
  var isDecided: Bool
  /// The tables as differences from the component's base table: atom to difference.
  var lowChanges: [(atom: Int, difference: Int)]
  var highChanges: [(atom: Int, difference: Int)]
}

/// The answers about one component.
struct ComponentAnswer {
  /// A table that agrees.
  var base: [Int]
  /// One for each target.
  var extremes: [Extremes]
}
