extension Tableau {
  /// The largest number of entries that is tried; beyond it a component is not decided.
  static let entryLimit = 30_000_000

  /// The equations of a component: each row's sum in terms of its atoms, at a table.
  ///
  /// Variables are the atoms and then the sums. Sums with one value are solved for an atom each and
  /// leave, so that what remains to choose is the freedom that exact figures leave to the atoms.
  init(_ component: Component, at table: [Int]) {
    let atomCount = component.atoms.count
    lower = component.low.map(Double.init) + component.rows.map { Double($0.low) }
    upper = component.high.map(Double.init) + component.rows.map { Double($0.high) }
    value = table.map(Double.init)
    basic = component.rows.indices.map { atomCount + $0 }
    nonbasic = Array(0..<atomCount)
    entries = [Double](repeating: 0, count: atomCount * component.rows.count)
    for (row, sum) in component.rows.enumerated() {
      value.append(Double(sum.atoms.reduce(0) { $0 + table[$1] }))
      for atom in sum.atoms { entries[row * atomCount + atom] = 1 }
    }
    eliminate(component.rows.indices.filter { component.rows[$0].low == component.rows[$0].high })
  }

  /// Solves rows whose sums are known for one atom each.
  private mutating func eliminate(_ known: [Int]) {
    var spent = Set<Int>()
    var hasLeft = [Bool](repeating: false, count: nonbasic.count)
    for row in known {
      let start = row * nonbasic.count
      let usable = nonbasic.indices.filter { !hasLeft[$0] && entries[start + $0] != 0 }
      // An entry of one keeps whole numbers whole.
      guard let column = usable.first(where: { abs(entries[start + $0]) == 1 }) ?? usable.first
      else {
        spent.insert(row)
        continue
      }
      pivot(row: row, column: column)
      hasLeft[column] = true
      let variable = nonbasic[column]
      move(column: column, by: lower[variable] - value[variable])
    }
    keep(
      rows: basic.indices.filter { !spent.contains($0) },
      columns: nonbasic.indices.filter { !hasLeft[$0] })
  }

  /// Leaves out all other rows and columns.
  private mutating func keep(rows: [Int], columns: [Int]) {
    let width = nonbasic.count
    entries = rows.flatMap { row in columns.map { entries[row * width + $0] } }
    basic = rows.map { basic[$0] }
    nonbasic = columns.map { nonbasic[$0] }
  }

  /// The parts that can be moved one without the other; variables that cannot move are in none.
  func blocks() -> [Tableau] {
    var block = [Int](repeating: -1, count: nonbasic.count)
    var members: [(rows: [Int], columns: [Int])] = []
    let width = nonbasic.count
    var isTaken = [Bool](repeating: false, count: basic.count)
    for start in nonbasic.indices where block[start] < 0 {
      var (rows, columns) = ([Int](), [start])
      block[start] = members.count
      var next = 0
      while next < columns.count {
        let column = columns[next]
        next += 1
        for row in basic.indices where !isTaken[row] && entries[row * width + column] != 0 {
          isTaken[row] = true
          rows.append(row)
          for other in 0..<width where block[other] < 0 && entries[row * width + other] != 0 {
            block[other] = members.count
            columns.append(other)
          }
        }
      }
      members.append((rows.sorted(), columns.sorted()))
    }
    return members.map { rows, columns in
      var part = self
      part.keep(rows: rows, columns: columns)
      return part
    }
  }
}
