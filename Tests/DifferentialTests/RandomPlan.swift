import CarrelPlan
import CarrelValues

/// Random well-typed plans over some tables, of every expression and operator that there is.
struct RandomPlan {
  var plan: Plan
  /// The values that are picked rows, by position, with the table of the row.
  private var pickedTables: [Int: Int] = [:]
  /// Whether what is made now is for a table with intervals.
  private var hasInterval = false
  var random: SplitMix

  static func make(over tables: [TableUse], using random: inout SplitMix) -> Plan {
    var maker = RandomPlan(plan: Plan(tables: tables), random: random)
    maker.fill()
    random = maker.random
    return maker.plan
  }

  private init(plan: Plan, random: SplitMix) {
    self.plan = plan
    self.random = random
  }

  /// The columns of a plan that previews show: every value that is not a picked row and does not
  /// depend on an interval.
  static func columns(of plan: Plan) -> [PreviewColumn] {
    let dependent = plan.valuesOfIntervals
    return plan.values.indices.compactMap { index in
      if dependent.contains(index) { return nil }
      if case .query(.pick) = plan.values[index].expression { return nil }
      return PreviewColumn(name: "value \(index)", expression: .value(index))
    }
  }

  private mutating func fill() {
    plan.codelists = [codelist(hasCategories: false), codelist(hasCategories: true)]
    addValues(random.number(5...9))
    plan.populations = (0..<2).map { population($0) }
    plan.outputs = [anyTable(), .flow(FlowOutput(name: "flow", population: 1))]
    if random.chance(20) { plan.outputs.append(.deciles(deciles(of: 1))) }
    if random.chance(35) { addTableWithIntervals() }
  }

  /// Adds a table with intervals, and values for it.
  private mutating func addTableWithIntervals() {
    let intervals = random.chance(50) ? calendar() : followUp()
    hasInterval = true
    addValues(random.number(1...4))
    plan.populations.append(population(2))
    var table = tableOutput()
    table.intervals = intervals
    table.population = 2
    plan.outputs.append(.table(table))
    if random.chance(30) {
      var deciles = deciles(of: 2)
      deciles.intervals = intervals
      plan.outputs.append(.deciles(deciles))
    }
  }

  private mutating func calendar() -> Intervals {
    let dates = (0..<random.number(1...4)).map { _ -> Interval in
      guard case .date(let start) = RandomRecords.value(of: .date, using: &random) else {
        return Interval(start: .first, end: .last)
      }
      let end = start.adding(random.one(of: [0, 6, 30, 365]), .days)
      return Interval(start: start, end: end ?? .last)
    }
    return Intervals(length: 1, unit: .month, extent: .calendar(dates))
  }

  private mutating func followUp() -> Intervals {
    let unit = random.one(of: IntervalUnit.allCases)
    return Intervals(
      length: random.number(1...3), unit: unit,
      extent: .followUp(
        from: expression(of: .date, depth: 2, in: nil), count: random.number(1...4)))
  }

  private mutating func addValues(_ count: Int) {
    for index in plan.values.count..<plan.values.count + count {
      if random.chance(20) {
        let table = table()
        plan.values.append(
          PatientValue(name: "", type: .integer, expression: .query(.pick(pick(from: table)))))
        pickedTables[index] = table
      } else {
        let type = random.one(of: ScalarType.allCases)
        let expression = expression(of: type, depth: 4, in: nil)
        plan.values.append(PatientValue(name: "v", type: type, expression: expression))
      }
    }
  }

  private mutating func codelist(hasCategories: Bool) -> CodelistUse {
    let texts = RandomRecords.texts.filter { !$0.isEmpty }.shuffled(using: &random)
    let codes = texts.prefix(random.number(0...8)).map { Value.text($0) }.sorted()
    return CodelistUse(
      name: "list", codes: codes.map(\.plainText),
      categories: hasCategories ? codes.map { _ in random.one(of: ["low", "high", "é"]) } : [])
  }
}

// Outputs.
extension RandomPlan {
  private mutating func population(_ index: Int) -> Population {
    let criteria = (0..<random.number(0...3)).map { _ in
      let isExclusion = random.chance(50)
      // Most random conditions hold for few; this keeps some patients.
      let condition = expression(of: .boolean, depth: 3, in: nil)
      let lenient = Expression.binary(
        .otherwise, condition, .constant(.boolean(!isExclusion), .boolean))
      return Criterion(
        label: "", isExclusion: isExclusion, condition: random.chance(50) ? condition : lenient)
    }
    return Population(name: "population \(index)", criteria: criteria)
  }

  private mutating func table() -> Int { random.number(0...plan.tables.count - 1) }

  private mutating func rows(of table: Int, depth: Int) -> RowSet {
    RowSet(
      table: table,
      condition: random.chance(60) ? expression(of: .boolean, depth: depth, in: table) : nil)
  }

  private mutating func pick(from table: Int) -> Pick {
    let order = (0..<random.number(1...3)).map { _ in
      SortKey(
        expression(of: random.one(of: ScalarType.allCases), depth: 2, in: table),
        isDescending: random.chance(40))
    }
    let positions: [Pick.Position] = [.first, .last, .nth(random.number(-1...4))]
    return Pick(
      rows: rows(of: table, depth: 2), order: order, position: random.one(of: positions),
      includesMissing: random.chance(40))
  }

  /// A query whose answer has a type; `nil` where there is none for it.
  private mutating func query(of type: ScalarType, depth: Int) -> RowQuery? {
    let table = table()
    let rows = rows(of: table, depth: depth)
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
}

// Expressions.
extension RandomPlan {
  mutating func expression(of type: ScalarType, depth: Int, in row: Int?) -> Expression {
    if depth <= 0 || random.chance(20) { return leaf(of: type, in: row) }
    if random.chance(row == nil ? 30 : 6), let query = query(of: type, depth: depth - 1) {
      return .query(query)
    }
    if random.chance(20) { return common(of: type, depth: depth - 1, in: row) }
    return switch type {
    case .boolean: boolean(depth - 1, row)
    case .integer: integer(depth - 1, row)
    case .decimal: decimal(depth - 1, row)
    case .text: text(depth - 1, row)
    case .date: date(depth - 1, row)
    }
  }

  private mutating func leaf(of type: ScalarType, in row: Int?) -> Expression {
    var leaves: [Expression] = []
    if let row {
      let columns = plan.tables[row].columns
      let own = columns.indices.filter { columns[$0].type == type }.map { Expression.column($0) }
      if !own.isEmpty, random.chance(70) { return random.one(of: own) }
    }
    for (index, value) in plan.values.enumerated() {
      if value.type == type, pickedTables[index] == nil { leaves.append(.value(index)) }
    }
    for (index, table) in plan.tables.enumerated() where table.hasOneRowPerPatient {
      for (column, use) in table.columns.enumerated() where use.type == type {
        leaves.append(.field(table: index, column: column))
      }
      if type == .boolean { leaves.append(.isPresent(table: index)) }
    }
    for (index, table) in pickedTables.sorted(by: { $0.key < $1.key }) {
      for (column, use) in plan.tables[table].columns.enumerated() where use.type == type {
        leaves.append(.rowColumn(table: table, column: column, row: .value(index)))
      }
      if type == .boolean { leaves.append(.unary(.isMissing, .value(index))) }
    }
    if hasInterval, type == .date, random.chance(60) {
      return random.chance(50) ? .intervalStart : .intervalEnd
    }
    if leaves.isEmpty || random.chance(30) {
      return .constant(RandomRecords.value(of: type, using: &random), type)
    }
    return random.one(of: leaves)
  }

  /// Expressions that there are for every type.
  private mutating func common(of type: ScalarType, depth: Int, in row: Int?) -> Expression {
    switch random.number(0...3) {
    case 0:
      let branches = (0..<random.number(1...3)).map { _ in
        Branch(
          when: expression(of: .boolean, depth: depth, in: row),
          then: expression(of: type, depth: depth, in: row))
      }
      return .choice(
        branches, otherwise: random.chance(60) ? expression(of: type, depth: depth, in: row) : nil)
    case 1: return binary(.otherwise, type, depth, row)
    case 2: return .extremum(random.one(of: Extremum.allCases), list(of: type, depth, row))
    default:
      let table = table()
      let columns = plan.tables[table].columns
      let typed = columns.indices.filter { columns[$0].type == type }
      if typed.isEmpty { return leaf(of: type, in: row) }
      return .rowColumn(
        table: table, column: random.one(of: typed), row: .query(.pick(pick(from: table))))
    }
  }

  private mutating func list(of type: ScalarType, _ depth: Int, _ row: Int?) -> [Expression] {
    (0..<random.number(1...4)).map { _ in expression(of: type, depth: depth, in: row) }
  }

  private mutating func unary(
    _ unary: UnaryOperator, _ type: ScalarType, _ depth: Int, _ row: Int?
  ) -> Expression {
    .unary(unary, expression(of: type, depth: depth, in: row))
  }

  private mutating func binary(
    _ binary: BinaryOperator, _ type: ScalarType, _ depth: Int, _ row: Int?
  ) -> Expression {
    .binary(
      binary, expression(of: type, depth: depth, in: row),
      expression(of: type, depth: depth, in: row))
  }

  private mutating func boolean(_ depth: Int, _ row: Int?) -> Expression {
    let anyType = random.one(of: ScalarType.allCases)
    let comparisons: [BinaryOperator] = [
      .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
    ]
    switch random.number(0...9) {
    case 0: return unary(.not, .boolean, depth, row)
    case 1: return unary(.isMissing, anyType, depth, row)
    case 2...3: return binary(random.one(of: [.and, .or]), .boolean, depth, row)
    case 4...5: return binary(random.one(of: comparisons), anyType, depth, row)
    case 6:
      return binary(
        random.one(of: [.contains, .hasPrefix, .anyCodeHasPrefix]), .text, depth, row)
    case 7:
      return .oneOf(
        expression(of: anyType, depth: depth, in: row), list(of: anyType, depth, row))
    case 8:
      return .inCodelist(
        expression(of: .text, depth: depth, in: row), codelist: random.number(0...1),
        random.one(of: CodeMatch.allCases))
    default:
      let table = table()
      return .inValues(
        expression(of: anyType, depth: depth, in: row), rows: rows(of: table, depth: depth),
        of: expression(of: anyType, depth: depth, in: table))
    }
  }

  private mutating func integer(_ depth: Int, _ row: Int?) -> Expression {
    switch random.number(0...8) {
    case 0: return unary(random.one(of: [.negate, .absolute]), .integer, depth, row)
    case 1: return unary(.asInteger, .boolean, depth, row)
    case 2: return unary(random.one(of: [.floor, .round]), .decimal, depth, row)
    case 3: return unary(random.one(of: [.year, .month, .day]), .date, depth, row)
    case 4: return binary(random.one(of: [.add, .subtract, .multiply]), .integer, depth, row)
    case 5: return binary(random.one(of: [.floorDivide, .modulo]), .integer, depth, row)
    case 6: return binary(.span(random.one(of: CalendarUnit.allCases)), .date, depth, row)
    case 7:
      return .countOf(
        random.chance(10) ? [] : list(of: .boolean, depth, row))
    default:
      let isInteger = random.chance(50)
      let cuts = (0..<random.number(0...3)).map { cut in
        isInteger ? Value.integer(3 * cut) : .decimal(Double(cut) * 1.25 - 1)
      }
      return .band(
        expression(of: isInteger ? .integer : .decimal, depth: depth, in: row), cuts: cuts)
    }
  }

  private mutating func decimal(_ depth: Int, _ row: Int?) -> Expression {
    switch random.number(0...3) {
    case 0: unary(.widen, .integer, depth, row)
    case 1:
      unary(
        random.one(of: [.negate, .absolute, .squareRoot, .logarithm, .exponential]), .decimal,
        depth, row)
    default:
      binary(
        random.one(of: [.add, .subtract, .multiply, .divide, .power]), .decimal, depth, row)
    }
  }

  private mutating func text(_ depth: Int, _ row: Int?) -> Expression {
    if random.chance(50), !plan.codelists[1].categories.isEmpty {
      return .categorised(expression(of: .text, depth: depth, in: row), codelist: 1)
    }
    return common(of: .text, depth: depth, in: row)
  }

  private mutating func date(_ depth: Int, _ row: Int?) -> Expression {
    switch random.number(0...3) {
    case 0: return unary(random.one(of: [.firstOfMonth, .firstOfYear]), .date, depth, row)
    case 1:
      return .makeDate(
        year: random.chance(60)
          ? .constant(.integer(random.number(1_899...2_021)), .integer)
          : expression(of: .integer, depth: depth, in: row),
        month: expression(of: .integer, depth: depth, in: row),
        day: random.chance(50)
          ? .constant(.integer(random.number(0...31)), .integer)
          : expression(of: .integer, depth: depth, in: row))
    default:
      return .binary(
        .move(random.one(of: CalendarUnit.allCases)), expression(of: .date, depth: depth, in: row),
        expression(of: .integer, depth: depth, in: row))
    }
  }
}
