import CarrelPlan
import CarrelValues

/// The drawn rows of all tables, as an engine takes them.
struct SpecRecords: Sendable {
  /// The rows of each table, by its name.
  var tables: [String: DrawnTable] = [:]

  /// Everyone with a row, by number.
  func patients() throws -> [Int] {
    Set(try tables.values.flatMap { try $0.perPatient().map(\.patient) }).sorted()
  }

  /// The rows of each patient in the tables of a plan, in the order drawn.
  func rows(of patients: [Int], in plan: Plan) throws -> [[[[Value]]]] {
    let tables = try plan.tables.map { try rows(of: $0) }
    return patients.map { patient in tables.map { $0[patient] ?? [] } }
  }

  private func rows(of table: TableUse) throws -> [Int: [[Value]]] {
    guard let drawn = tables[table.name] else { return [:] }
    let columns = drawn.heading.dropFirst()
    for column in columns where !table.columns.contains(where: { $0.name == column }) {
      throw Misdrawn("`\(table.name)` has no column `\(column)`")
    }
    var rows: [Int: [[Value]]] = [:]
    for (patient, cells) in try drawn.perPatient() {
      let row = try table.columns.map { column -> Value in
        guard let index = columns.firstIndex(of: column.name) else { return .missing }
        return try Value(drawn: cells[index - 1], column.type)
      }
      rows[patient, default: []].append(row)
    }
    return rows
  }
}

extension Value {
  /// A drawn value of a type; an empty cell is missing.
  fileprivate init(drawn text: String, _ type: ScalarType) throws {
    if text.isEmpty || text == "missing" {
      self = .missing
      return
    }
    let value: Value? =
      switch type {
      case .boolean: Bool(text).map(Value.boolean)
      case .integer: Int(text).map(Value.integer)
      case .decimal: Double(text).map(Value.decimal)
      case .text: .text(text)
      case .date: CivilDate(iso: text).map(Value.date)
      }
    guard let value else { throw Misdrawn("`\(text)` is no \(type)") }
    self = value
  }

  /// The value as a chapter draws it.
  var drawn: String { isMissing ? "missing" : plainText }
}
