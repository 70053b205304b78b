internal import CarrelPlan
internal import CarrelValues

// Questions about a patient's rows: a subquery on one table, correlated by the patient alone.
extension SQLGenerator {
  func answer(to query: RowQuery) -> SQLFragment {
    switch query {
    case .any(let set): exists(set)
    case .count(let set): count(set)
    case .countDistinct(let set, let operand):
      aggregate(of: operand, in: set) { ("COUNT(DISTINCT \($0.text))", .integer) }
    case .countEpisodes(let set, let date, let gapDays): episodes(in: set, date, gapDays)
    case .sum(let set, let operand):
      aggregate(of: operand, in: set) { operand in
        let isInteger = operand.type == .integer
        let function = isInteger ? SQLFunction.integerSum : .decimalSum
        return (function.call(operand.text), operand.type)
      }
    case .mean(let set, let operand):
      aggregate(of: operand, in: set) { (SQLFunction.mean.call($0.text), .decimal) }
    case .extremum(let end, let set, let operand):
      aggregate(of: operand, in: set) { operand in
        ("\(end == .smallest ? "MIN" : "MAX")(\(operand.text))", operand.type)
      }
    case .pick(let pick): row(picked: pick)
    }
  }

  func exists(_ set: RowSet) -> SQLFragment {
    let scope = self.scope(of: set)
    return subquery(scope, "EXISTS (\(select("1", from: set, scope)))", .boolean)
  }

  private func count(_ set: RowSet) -> SQLFragment {
    let scope = self.scope(of: set)
    return subquery(scope, "(\(select("COUNT(*)", from: set, scope)))", .integer)
  }

  func field(_ column: Int, of table: Int) -> SQLFragment {
    columnValue(column, of: table) { _ in [] }
  }

  /// A column of the row that a fragment stands for.
  func pickedColumn(_ column: Int, of table: Int, row: SQLFragment) -> SQLFragment {
    let row = patientColumn(for: row)
    return columnValue(column, of: table) { scope in
      scope.patientStage = row.stage
      return ["\(scope.alias).carrel_row = \(row.text)"]
    }
  }

  private func columnValue(
    _ column: Int, of table: Int, where conditions: (RowScope) -> [String]
  ) -> SQLFragment {
    let set = RowSet(table: table)
    let scope = self.scope(of: set)
    let value = rowColumn(column, in: scope)
    let rows = select(value.text, from: set, scope, and: conditions(scope))
    return subquery(scope, "(\(rows))", value.type)
  }

  /// Whether a value is among those that an expression takes over a set of rows.
  ///
  /// SQL's `IN` is false for an empty set, whatever the value, and three-valued like the plan's.
  func isAmong(
    _ subject: SQLFragment, _ set: RowSet, _ operand: Expression, _ row: RowScope?
  ) -> SQLFragment {
    let scope = self.scope(of: set)
    let member = simple(operand, in: scope)
    let members = select(member.text, from: set, scope, and: ["\(member.text) IS NOT NULL"])
    let set = subquery(scope, "(\(members))", member.type)
    return combine([subject], .boolean, row) { "(\($0[0]) IN \(set.text))" }
      .mentioning(patientStage: set.stage, depth: set.depth)
  }
}

extension SQLGenerator {
  private func row(picked pick: Pick) -> SQLFragment {
    // There is no row before the first; SQLite would take the first.
    if case .nth(let number) = pick.position, number < 1 { return parameter(.missing, .integer) }
    let scope = self.scope(of: pick.rows)
    let keys = pick.order.map { simple($0.expression, in: scope) }
    let terms = terms(of: pick.order, keys, in: scope, isReversed: pick.position == .last)
    let known = pick.includesMissing ? [] : ["\(keys[0].text) IS NOT NULL"]
    let rows = select("\(scope.alias).carrel_row", from: pick.rows, scope, and: known)
    return subquery(
      scope,
      "(\(rows) ORDER BY \(terms.joined(separator: ", ")) LIMIT 1\(offset(of: pick.position)))",
      .integer)
  }

  /// The terms of an order by keys, every column and the stored order.
  func terms(
    of order: [SortKey], _ keys: [SQLFragment], in scope: RowScope, isReversed: Bool = false
  ) -> [String] {
    let columns = plan.tables[scope.table].columns.indices.map { rowColumn($0, in: scope).text }
    // Null is the least value in SQLite, as missing is in the language. A key of the patient alone
    // orders nothing, and SQLite does not let `ORDER BY` mention the outer query.
    let terms =
      zip(keys, order).filter { $0.0.usesRow || !$0.0.usesPatient }.map {
        ($0.text, $1.isDescending)
      }
      + (columns + ["\(scope.alias).carrel_row"]).map { ($0, false) }
    return terms.map { "\($0)\($1 != isReversed ? " DESC" : "")" }
  }

  private func offset(of position: Pick.Position) -> String {
    guard case .nth(let number) = position, number > 1 else { return "" }
    return " OFFSET \(parameter(.integer(number - 1), .integer).text)"
  }

  private func episodes(in set: RowSet, _ date: Expression, _ gapDays: Int) -> SQLFragment {
    let scope = self.scope(of: set)
    let day = ofRow(date, in: scope).text
    let gap = "\(day) - LAG(\(day)) OVER (ORDER BY \(day)) AS gap"
    let gaps = select(gap, from: set, scope, and: ["\(day) IS NOT NULL"])
    let limit = parameter(.integer(gapDays), .integer).text
    return subquery(
      scope,
      "(SELECT COUNT(*) FROM (\(gaps)) AS g WHERE g.gap IS NULL OR g.gap > \(limit))", .integer)
  }

  /// A subquery of one aggregate of an expression.
  private func aggregate(
    of operand: Expression, in set: RowSet, _ call: (SQLFragment) -> (String, ScalarType)
  ) -> SQLFragment {
    let scope = self.scope(of: set)
    // An aggregate that mentions no row of its own would be taken for one of the outer query.
    let operand = settled(fragment(of: operand, in: scope), in: scope)
    let (text, type) = call(operand.usesRow ? operand : rowColumn(for: operand, in: scope))
    return subquery(scope, "(\(select(text, from: set, scope)))", type)
  }

  private func subquery(_ scope: RowScope, _ text: String, _ type: ScalarType) -> SQLFragment {
    SQLFragment(
      text: text, type: type, depth: dialect.nestingLimit, usesPatient: true,
      stage: scope.patientStage)
  }
}

extension SQLGenerator {
  private func scope(of set: RowSet) -> RowScope {
    let scope = RowScope(alias: "r\(nextNumber())", table: set.table)
    scope.sequence = set.sequence.map { sequence($0, of: set.table) }
    scope.patientStage = scope.sequence?.rows.patientStage ?? 0
    return scope
  }

  /// The rows of a set that satisfy its condition and some more; may be followed by `ORDER BY`.
  private func select(
    _ head: String, from set: RowSet, _ scope: RowScope, and more: [String] = []
  ) -> String {
    let condition = set.condition.map { settled(fragment(of: $0, in: scope), in: scope).text }
    let table = dialect.quoted(plan.tables[set.table].name)
    let ownRows = "\(scope.alias).carrel_patient = s.patient"
    let sequence = scope.sequence.map { ordered($0, from: table) }
    let (stages, source) = stages(
      of: scope, from: sequence?.last ?? table, where: sequence == nil ? ownRows : nil)
    let expressions = (sequence?.expressions ?? []) + stages
    let conditions =
      (expressions.isEmpty ? [ownRows] : []) + (condition.map { [$0] } ?? []) + more
    let prefix = expressions.isEmpty ? "" : "WITH \(expressions.joined(separator: ", ")) "
    return "\(prefix)SELECT \(head) FROM \(source) AS \(scope.alias)\(clause(conditions))"
  }

  /// Rows with their computed columns, each stage adding those that need only the one before.
  ///
  /// Materialised, since SQLite would otherwise write a column's expression out wherever it is used.
  func stages(
    of scope: RowScope, from source: String, where condition: String?
  ) -> (stages: [String], last: String) {
    var stages: [String] = []
    var source = source
    for stage in 1..<(scope.computed.map(\.stage).max() ?? 0) + 1 {
      let name = "carrel_w\(nextNumber())"
      let added = scope.computed.filter { $0.stage == stage }.map { "\($0.text) AS \($0.name)" }
      let columns = (["\(scope.alias).*"] + added).joined(separator: ", ")
      let conditions = stage == 1 ? [condition].compactMap(\.self) : []
      stages.append(
        "\(name) AS MATERIALIZED (SELECT \(columns) FROM \(source) AS \(scope.alias)"
          + "\(clause(conditions)))")
      source = name
    }
    return (stages, source)
  }

  /// A `WHERE` of some conditions; nothing without any.
  func clause(_ conditions: [String]) -> String {
    conditions.isEmpty ? "" : " WHERE " + conditions.joined(separator: " AND ")
  }

  /// A column of the table, of the row at hand.
  func rowColumn(_ column: Int, in row: RowScope?) -> SQLFragment {
    guard let row else { preconditionFailure("a column is of the row at hand") }
    if row.sequence != nil { return sequenceColumn(column, in: row) }
    let column = plan.tables[row.table].columns[column]
    let own = SQLFragment(
      text: "\(row.alias).\(dialect.quoted(column.name))", type: column.type, usesRow: true)
    return dialect.isLostInSubqueries(column.name) ? rowColumn(for: own, in: row) : own
  }

  /// A column computed for each row, which holds what a fragment computes.
  func rowColumn(for fragment: SQLFragment, in row: RowScope) -> SQLFragment {
    row.patientStage = max(row.patientStage, fragment.stage)
    let stage = fragment.rowStage + 1
    let name = freeName(in: row)
    row.computed.append(StageColumn(name: name, text: fragment.text, stage: stage))
    return SQLFragment(
      text: "\(row.alias).\(name)", type: fragment.type, usesRow: true, rowStage: stage)
  }

  /// A name for a computed column that no column of the table has; case makes no difference.
  func freeName(in row: RowScope) -> String {
    let taken = plan.tables[row.table].columns.map { $0.name.lowercased() }
    var name = "carrel_\(nextNumber())"
    while taken.contains(name) { name = "carrel_\(nextNumber())" }
    return name
  }

  /// A fragment as a row query may use it: a patient's value is not computed for every row.
  func settled(_ fragment: SQLFragment, in row: RowScope) -> SQLFragment {
    let settled =
      fragment.usesPatient && !fragment.usesRow ? patientColumn(for: fragment) : fragment
    row.patientStage = max(row.patientStage, settled.stage)
    return settled
  }

  /// An expression as a column or a parameter, so that it can be written more than once.
  func simple(_ expression: Expression, in row: RowScope) -> SQLFragment {
    let fragment = settled(fragment(of: expression, in: row), in: row)
    return fragment.isSimple ? fragment : rowColumn(for: fragment, in: row)
  }

  /// An expression as a column of the row at hand, also where it is the same for every row.
  func ofRow(_ expression: Expression, in row: RowScope) -> SQLFragment {
    let fragment = simple(expression, in: row)
    return fragment.usesRow ? fragment : rowColumn(for: fragment, in: row)
  }
}

extension SQLFragment {
  /// This fragment, which also mentions patient values up to a stage and nests at least so deeply.
  fileprivate func mentioning(patientStage: Int, depth: Int) -> SQLFragment {
    var fragment = self
    fragment.usesPatient = true
    fragment.stage = max(stage, patientStage)
    fragment.depth = max(self.depth, depth)
    return fragment
  }
}
