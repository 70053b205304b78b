/// A component whose rows are two families of nested sets, written as a circulation.
///
/// Nested sets make a tree, so the sums of one family divide from the root down to the atoms, and
/// those of the other gather again up to it. A two-way table with its margins is one, with or
/// without a hierarchy on one side; a three-way table is none.
struct NetworkComponent {
  var network: FlowNetwork
  /// For each atom its arc.
  let arcOfAtom: [Int]
  /// For each target its arc.
  let arcOfTarget: [Int]

  /// Recognises a network; `nil` where the sets do not come in two nested families.
  init?(_ component: Component) {
    var rows = component.rows
    var rowOfTarget: [Int?] = []
    var known = Dictionary(rows.enumerated().map { ($1.atoms.sorted(), $0) }) { first, _ in first }
    for target in component.targets {
      guard target.count > 1 else {
        rowOfTarget.append(nil)
        continue
      }
      let atoms = target.sorted()
      let number = known[atoms] ?? rows.count
      if number == rows.count {
        known[atoms] = number
        rows.append(
          Row(
            atoms: atoms, low: 0,
            high: atoms.reduce(0) { $0 + component.high[$1] }))
      }
      rowOfTarget.append(number)
    }
    guard let families = Self.families(rows, atomCount: component.atoms.count) else { return nil }
    let tops = Self.arcs(rows, families, atomCount: component.atoms.count)
    var arcs = tops.arcs
    let rowCount = rows.count
    arcs += component.atoms.indices.map { atom in
      FlowNetwork.Arc(
        from: tops.leaves[0][atom], to: tops.leaves[1][atom], low: component.low[atom],
        high: component.high[atom], flow: 0)
    }
    arcOfAtom = component.atoms.indices.map { rowCount + $0 }
    arcOfTarget = zip(component.targets, rowOfTarget).map { target, row in
      row ?? rowCount + target[0]
    }
    network = FlowNetwork(arcs: arcs, nodeCount: rowCount + 1)
    if let table = component.table {
      for (atom, value) in table.enumerated() { network.arcs[rowCount + atom].flow = value }
      for (number, row) in rows.enumerated() {
        network.arcs[number].flow = row.atoms.reduce(0) { $0 + table[$1] }
      }
    }
  }

  /// For each row the family it belongs to, so that no two of one family cross.
  static func families(_ rows: [Row], atomCount: Int) -> [Int]? {
    var rowsOf = [[Int]](repeating: [], count: atomCount)
    for (number, row) in rows.enumerated() { for atom in row.atoms { rowsOf[atom].append(number) } }
    var family = [Int](repeating: -1, count: rows.count)
    var shared = [Int](repeating: 0, count: rows.count)
    for start in rows.indices where family[start] < 0 {
      family[start] = 0
      var waiting = [start]
      while let number = waiting.popLast() {
        var met: [Int] = []
        for atom in rows[number].atoms {
          for other in rowsOf[atom] where other != number {
            if shared[other] == 0 { met.append(other) }
            shared[other] += 1
          }
        }
        for other in met {
          let crosses = shared[other] < min(rows[number].atoms.count, rows[other].atoms.count)
          shared[other] = 0
          guard crosses else { continue }
          if family[other] < 0 {
            family[other] = 1 - family[number]
            waiting.append(other)
          } else if family[other] == family[number] {
            return nil
          }
        }
      }
    }
    return family
  }

  /// The arcs of the two trees, and for each family and atom the smallest set that holds it.
  static func arcs(
    _ rows: [Row], _ families: [Int], atomCount: Int
  ) -> (arcs: [FlowNetwork.Arc], leaves: [[Int]]) {
    let root = rows.count
    var leaves = [[Int]](repeating: [Int](repeating: root, count: atomCount), count: 2)
    var top = leaves
    var parent = [Int](repeating: root, count: rows.count)
    let ascending = rows.indices.sorted { (rows[$0].atoms.count, $0) < (rows[$1].atoms.count, $1) }
    for number in ascending {
      let family = families[number]
      for atom in rows[number].atoms {
        let below = top[family][atom]
        if below == root { leaves[family][atom] = number } else { parent[below] = number }
        top[family][atom] = number
      }
    }
    let arcs = rows.indices.map { number in
      let isDown = families[number] == 0
      return FlowNetwork.Arc(
        from: isDown ? parent[number] : number, to: isDown ? number : parent[number],
        low: rows[number].low, high: rows[number].high, flow: 0)
    }
    return (arcs, leaves)
  }
}
