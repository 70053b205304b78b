/// A component that is no network: three-way tables, crossed hierarchies, linked tables.
struct LatticeComponent {
  let component: Component
  let nodeLimit: Int
  private var base: [Int]
  private let blocks: [Tableau]
  /// For each block its atoms.
  private let atomsOf: [[Int]]
  /// For each atom its block; `nil` if the exact figures alone determine it.
  private let blockOf: [Int?]
  /// Tables found so far; each may already be the extreme of a later target.
  private var found: [[Int]] = []

  init(_ component: Component, nodeLimit: Int) throws(AuditError) {
    self.component = component
    self.nodeLimit = nodeLimit
    guard component.atoms.count * component.rows.count <= Tableau.entryLimit else {
      throw .undecided
    }
    let tableau = Tableau(component, at: component.table ?? component.low)
    blocks = tableau.blocks()
    let atomCount = component.atoms.count
    atomsOf = blocks.map { ($0.basic + $0.nonbasic).filter { $0 < atomCount }.sorted() }
    var blockOf = [Int?](repeating: nil, count: atomCount)
    for (block, atoms) in atomsOf.enumerated() { for atom in atoms { blockOf[atom] = block } }
    self.blockOf = blockOf
    base = component.table ?? []
    if component.table == nil { base = try firstTable(from: tableau) }
  }

  /// A table to start from, where none is known.
  private func firstTable(from tableau: Tableau) throws(AuditError) -> [Int] {
    var loose = component
    loose.rows = []
    loose.low = loose.low.map { _ in .min }
    loose.high = loose.high.map { _ in .max }
    var table = tableau.value.prefix(component.atoms.count).map { Int($0.rounded()) }
    for (block, atoms) in zip(blocks, atomsOf) {
      var search = LatticeSearch(
        block: block, atoms: atoms, component: loose, base: table, weights: [], above: -1,
        nodeLimit: nodeLimit)
      search.run()
      guard let better = search.bestTable else {
        throw search.isDecided ? .noTableAgrees : .undecided
      }
      table = better
    }
    guard component.agrees(table) else { throw .noTableAgrees }
    return table
  }

  /// The extremes of every target.
  mutating func answer() -> ComponentAnswer {
    var extremes: [Extremes] = []
    for target in component.targets { extremes.append(self.extremes(of: target)) }
    return ComponentAnswer(base: base, extremes: extremes)
  }

  private mutating func extremes(of target: [Int]) -> Extremes {
    let value = target.reduce(0) { $0 + base[$1] }
    var answer = Extremes(
      low: value, high: value, isDecided: true, lowChanges: [], highChanges: [])
    for block in Set(target.compactMap { blockOf[$0] }).sorted() {
      let part = target.filter { blockOf[$0] == block }
      let start = part.reduce(0) { $0 + base[$1] }
      let most = highest(part, in: block, sign: 1)
      let least = highest(part, in: block, sign: -1)
      answer.high += most.value - start
      answer.low += -least.value - start
      answer.isDecided = answer.isDecided && most.isDecided && least.isDecided
      answer.highChanges += changes(to: most.table, in: block)
      answer.lowChanges += changes(to: least.table, in: block)
    }
    return answer
  }

  /// The largest value of a sum, or of its negative, inside a block.
  private mutating func highest(
    _ atoms: [Int], in block: Int, sign: Int
  ) -> (value: Int, table: [Int], isDecided: Bool) {
    func height(_ table: [Int]) -> Int { sign * atoms.reduce(0) { $0 + table[$1] } }
    var best = base
    for table in found where height(table) > height(best) { best = table }
    var search = LatticeSearch(
      block: started(blocks[block], at: base), atoms: atomsOf[block], component: component,
      base: base, weights: atoms.map { ($0, Double(sign)) }, above: height(best),
      nodeLimit: nodeLimit)
    search.run()
    guard let better = search.bestTable else { return (height(best), best, search.isDecided) }
    found.append(better)
    return (height(better), better, search.isDecided)
  }

  /// A block with the values of a table, which satisfies its equations.
  private func started(_ block: Tableau, at table: [Int]) -> Tableau {
    var block = block
    for atom in table.indices { block.value[atom] = Double(table[atom]) }
    for (number, row) in component.rows.enumerated() {
      block.value[table.count + number] = Double(row.atoms.reduce(0) { $0 + table[$1] })
    }
    return block
  }

  private func changes(
    to table: [Int], in block: Int
  ) -> [(atom: Int, difference: Int)] {
    atomsOf[block].compactMap { atom in
      table[atom] == base[atom] ? nil : (atom, table[atom] - base[atom])
    }
  }
}
