public import CarrelStore
public import CarrelValues

/// Reads the records of one patient after another, in the order of their numbers.
///
/// Each table is read once from beginning to end, and no more than one patient's rows are held.
public final class RecordReader {
  /// A table and the columns to read of it, with the types that its schema gives them.
  public struct Selection: Hashable, Sendable {
    /// The table's name.
    public let table: String
    /// The columns, in the order in which a row gives their values.
    public let columns: [Column]

    /// A column and how its values are stored.
    public struct Column: Hashable, Sendable {
      /// The column's name.
      public let name: String
      /// The type its values are read as.
      public let type: ScalarType

      /// A column of this name and type.
      public init(_ name: String, _ type: ScalarType) {
        self.name = name
        self.type = type
      }
    }

    /// A table and some of its columns.
    public init(table: String, columns: [Column]) {
      self.table = table
      self.columns = columns
    }
  }

  /// The records of one patient.
  public struct Patient: Hashable, Sendable {
    /// The patient's number, from 1.
    public let number: Int
    /// What stands for the patient, where identifiers were kept and asked for; missing otherwise.
    public let identifier: Value
    /// For each table selected, its rows in the order of the files, each with the values of the
    /// columns selected.
    public let rows: [[[Value]]]
  }

  private let patients: Statement
  private var tables: [TableCursor]

  /// A reader at the first patient.
  ///
  /// - Parameters:
  ///   - database: The records.
  ///   - selections: The tables and columns to read.
  ///   - readsIdentifiers: Whether to read what stands for a patient too.
  /// - Throws: ``StoreError`` where a table or a column is not there.
  public init(
    _ database: Database, _ selections: [Selection], readsIdentifiers: Bool
  ) throws(StoreError) {
    let identifier = readsIdentifiers ? "pseudonym" : "NULL"
    patients = try database.prepare(
      "SELECT patient, \(identifier) FROM carrel_patients ORDER BY patient")
    tables = []
    for selection in selections { tables.append(try TableCursor(selection, in: database)) }
  }

  /// The next patient; `nil` after the last.
  ///
  /// - Throws: ``StoreError`` where the file is damaged.
  public func next() throws(StoreError) -> Patient? {
    guard try patients.step() else { return nil }
    let number = patients.integer(at: 0)
    var rows: [[[Value]]] = []
    for index in tables.indices { rows.append(try tables[index].rows(of: number)) }
    return Patient(number: number, identifier: identifier, rows: rows)
  }

  private var identifier: Value {
    switch patients.value(at: 1) {
    case .integer(let integer): .integer(integer)
    case .text(let text): .text(text)
    case .blob, .decimal, .null: .missing
    }
  }
}

/// A table that is read from beginning to end, ahead of the patient by at most one row.
private struct TableCursor {
  private let statement: Statement
  private let types: [ScalarType]
  /// The patient of the row that the statement is at; `nil` at the end.
  private var patient: Int?

  init(_ selection: RecordReader.Selection, in database: Database) throws(StoreError) {
    types = selection.columns.map(\.type)
    let columns = selection.columns.map { ", " + Database.quoted(identifier: $0.name) }
    statement = try database.prepare(
      """
      SELECT carrel_patient\(columns.joined()) FROM \(Database.quoted(identifier: selection.table))
      ORDER BY carrel_patient, carrel_row
      """)
    try advance()
  }

  private mutating func advance() throws(StoreError) {
    patient = try statement.step() ? statement.integer(at: 0) : nil
  }

  mutating func rows(of number: Int) throws(StoreError) -> [[Value]] {
    var rows: [[Value]] = []
    while patient == number {
      rows.append(types.indices.map { statement.value(at: $0 + 1, as: types[$0]) })
      try advance()
    }
    return rows
  }
}

extension Statement {
  /// A column of the row as a value of the language; missing where it is null.
  ///
  /// - Parameters:
  ///   - index: The column, counted from 0.
  ///   - type: How the value was stored: dates are numbers of days, booleans 0 and 1.
  /// - Returns: The value. A number of days that is no date, as only a damaged file holds, is
  ///   missing.
  public func value(at index: Int, as type: ScalarType) -> Value {
    if isNull(at: index) { return .missing }
    switch type {
    case .boolean: return .boolean(integer(at: index) != 0)
    case .integer: return .integer(integer(at: index))
    case .decimal: return .decimal(finite: decimal(at: index))
    case .text: return .text(text(at: index))
    case .date: return CivilDate(dayNumber: integer(at: index)).map(Value.date) ?? .missing
    }
  }
}
