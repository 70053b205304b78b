import CarrelPlan
import CarrelValues

// Rows.
extension RandomPlan {
  mutating func table() -> Int { random.number(0...plan.tables.count - 1) }

  /// Some rows and what is asked of them: of a sequence, both may see the row's place in it.
  mutating func asking<Answer>(
    of table: Int, depth: Int, _ ask: (inout RandomPlan, RowSet) -> Answer
  ) -> Answer {
    let outer = hasPlace
    defer { hasPlace = outer }
    hasPlace = false
    let sequence = random.chance(30) ? self.sequence(of: table, depth: depth) : nil
    hasPlace = sequence != nil
    let condition = random.chance(60) ? expression(of: .boolean, depth: depth, in: table) : nil
    return ask(&self, RowSet(table: table, sequence: sequence, condition: condition))
  }

  mutating func sequence(of table: Int, depth: Int) -> RowSequence {
    RowSequence(
      condition: random.chance(50) ? expression(of: .boolean, depth: depth, in: table) : nil,
      order: (0..<random.number(1...2)).map { _ in key(of: table) })
  }

  mutating func key(of table: Int) -> SortKey {
    SortKey(
      expression(of: random.one(of: ScalarType.allCases), depth: 2, in: table),
      isDescending: random.chance(40))
  }

  mutating func pick(from table: Int) -> Pick {
    asking(of: table, depth: 2) { plan, rows in
      let order = (0..<plan.random.number(1...3)).map { _ in plan.key(of: table) }
      let positions: [Pick.Position] = [.first, .last, .nth(plan.random.number(-1...4))]
      return Pick(
        rows: rows, order: order, position: plan.random.one(of: positions),
        includesMissing: plan.random.chance(40))
    }
  }

  /// A query whose answer has a type; `nil` where there is none for it.
  mutating func query(of type: ScalarType, depth: Int) -> RowQuery? {
    asking(of: table(), depth: depth) { $0.query(of: type, over: $1, depth: depth) }
  }

  private mutating func query(of type: ScalarType, over rows: RowSet, depth: Int) -> RowQuery? {
    let table = rows.table
    switch (type, random.number(0...5)) {
    case (.boolean, 0...2): return .any(rows)
    case (.integer, 0): return .count(rows)
    case (.integer, 1):
      return .countDistinct(
        rows, of: expression(of: random.one(of: ScalarType.allCases), depth: depth, in: table))
    case (.integer, 2):
      return .countEpisodes(
        rows, date: expression(of: .date, depth: depth, in: table),
        gapDays: random.one(of: [0, 1, 14, 365, 100_000]))
    case (.integer, 3), (.decimal, 0...1):
      return .sum(rows, of: expression(of: type, depth: depth, in: table))
    case (.decimal, 2...3):
      let operand = random.one(of: [ScalarType.integer, .decimal])
      return .mean(rows, of: expression(of: operand, depth: depth, in: table))
    case (_, 4...5):
      return .extremum(
        random.one(of: Extremum.allCases), rows, of: expression(of: type, depth: depth, in: table))
    default: return nil
    }
  }

  /// What the row at hand sees of its sequence, of a type.
  mutating func place(of type: ScalarType, in row: Int) -> Expression? {
    let neighbour = random.one(of: [SequencePlace.previous, .next])
    let columns = plan.tables[row].columns
    let typed = columns.indices.filter { columns[$0].type == type }
    if type == .integer, random.chance(50) { return .sequencePlace(.position) }
    if type == .boolean, random.chance(50) { return .unary(.isMissing, .sequencePlace(neighbour)) }
    if typed.isEmpty { return nil }
    return .rowColumn(
      table: row, column: random.one(of: typed), row: .sequencePlace(neighbour))
  }
}
