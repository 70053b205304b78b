internal import CarrelPlan
internal import CarrelValues

/// The rows of a sequence before any filter of a query over it.
///
/// Its common table expression holds what the query asks of it and nothing else, each under a name of
/// its own: a query reads no column of a table through a subquery, where SQLite may lose its name.
final class SequenceScope {
  /// The rows that are put in order.
  let rows: RowScope
  /// Which of them are in the sequence.
  let condition: String?
  /// The first key, without which a row has no place.
  let firstKey: String
  /// The terms of their order.
  let order: [String]
  /// What the query asks of each row, in the order in which it was first asked for.
  private(set) var columns: [(name: String, text: String)] = []

  init(rows: RowScope, condition: String?, firstKey: String, order: [String]) {
    self.rows = rows
    self.condition = condition
    self.firstKey = firstKey
    self.order = order
  }

  /// The name of the column that holds what some SQL gives for each row; equal SQL shares one.
  func name(of text: String, or newName: @autoclosure () -> String) -> String {
    if let known = columns.first(where: { $0.text == text }) { return known.name }
    let name = newName()
    columns.append((name, text))
    return name
  }
}

// Rows that know their place in a sequence: windows over the rows of the sequence, before any
// filter of the query.
extension SQLGenerator {
  /// The rows of a sequence in their order.
  func sequence(_ sequence: RowSequence, of table: Int) -> SequenceScope {
    let rows = RowScope(alias: "r\(nextNumber())", table: table)
    // The window parts rows by their first key, and like `ORDER BY` may not mention the outer query.
    let keys = sequence.order.enumerated().map { index, key in
      index == 0 ? ofRow(key.expression, in: rows) : simple(key.expression, in: rows)
    }
    let condition = sequence.condition.map { settled(fragment(of: $0, in: rows), in: rows).text }
    return SequenceScope(
      rows: rows, condition: condition, firstKey: keys[0].text,
      order: terms(of: sequence.order, keys, in: rows))
  }

  /// The place of the row at hand: its number, or the row before or after.
  func place(_ place: SequencePlace, in row: RowScope?) -> SQLFragment {
    let (row, sequence) = sequenced(row)
    let stored = "\(sequence.rows.alias).carrel_row"
    return switch place {
    case .position: placeColumn("ROW_NUMBER()", .integer, in: row, sequence)
    case .previous: placeColumn("LAG(\(stored))", .integer, in: row, sequence)
    case .next: placeColumn("LEAD(\(stored))", .integer, in: row, sequence)
    }
  }

  /// A column of the row before or after.
  func neighbour(_ column: Int, at place: SequencePlace, in row: RowScope?) -> SQLFragment {
    precondition(place != .position, "a number is no row")
    let (row, sequence) = sequenced(row)
    let value = rowColumn(column, in: sequence.rows)
    let function = place == .previous ? "LAG" : "LEAD"
    return placeColumn("\(function)(\(value.text))", value.type, in: row, sequence)
  }

  /// A column of the table, of the row at hand.
  func sequenceColumn(_ column: Int, in row: RowScope) -> SQLFragment {
    let (row, sequence) = sequenced(row)
    let value = rowColumn(column, in: sequence.rows)
    return exported(value.text, value.type, in: row, sequence)
  }

  private func sequenced(_ row: RowScope?) -> (row: RowScope, sequence: SequenceScope) {
    guard let row, let sequence = row.sequence else {
      preconditionFailure("a place is in a sequence")
    }
    return (row, sequence)
  }

  /// What a window function gives, for rows that have a place.
  private func placeColumn(
    _ function: String, _ type: ScalarType, in row: RowScope, _ sequence: SequenceScope
  ) -> SQLFragment {
    exported(
      "CASE WHEN \(sequence.firstKey) IS NOT NULL THEN \(function) OVER w END", type, in: row,
      sequence)
  }

  private func exported(
    _ text: String, _ type: ScalarType, in row: RowScope, _ sequence: SequenceScope
  ) -> SQLFragment {
    let name = sequence.name(of: text, or: freeName(in: row))
    return SQLFragment(text: "\(row.alias).\(name)", type: type, usesRow: true)
  }

  /// The common table expressions that compute a sequence, and the name of the last.
  func ordered(
    _ sequence: SequenceScope, from table: String
  ) -> (expressions: [String], last: String) {
    let alias = sequence.rows.alias
    let ownRows = "\(alias).carrel_patient = s.patient"
    let (stages, source) = stages(of: sequence.rows, from: table, where: ownRows)
    let conditions = (stages.isEmpty ? [ownRows] : []) + (sequence.condition.map { [$0] } ?? [])
    let columns = ["\(alias).carrel_row"] + sequence.columns.map { "\($0.text) AS \($0.name)" }
    let name = "carrel_w\(nextNumber())"
    let ordered =
      "\(name) AS MATERIALIZED (SELECT \(columns.joined(separator: ", ")) "
      + "FROM \(source) AS \(alias)\(clause(conditions)) "
      + "WINDOW w AS (PARTITION BY \(sequence.firstKey) IS NULL "
      + "ORDER BY \(sequence.order.joined(separator: ", "))))"
    return (stages + [ordered], name)
  }
}
