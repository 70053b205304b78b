internal import CarrelCatalogue
internal import CarrelStore
internal import CarrelValues

/// One record of a file as values of the fields that are described.
struct TableRow {
  /// The value of each field as it is stored; missing where the file has no such column.
  let values: [Value]
  /// The constraints that the row breaks, by field.
  let broken: [(field: Int, constraint: BrokenConstraint)]
  private let record: CSVRecord
  private let columns: [Int?]

  init(
    _ values: [Value], broken: [(field: Int, constraint: BrokenConstraint)], _ record: CSVRecord,
    columns: [Int?]
  ) {
    self.values = values
    self.broken = broken
    self.record = record
    self.columns = columns
  }

  /// A field as the file writes it; empty where the file has no such column.
  func text(of field: Int) -> ArraySlice<UInt8> { columns[field].map { record[$0] } ?? [] }

  /// A field's value as part of a key; `nil` where it is missing.
  ///
  /// A text or a date is taken as the file writes it, because what is stored may be cut.
  func key(of field: Int) -> ArraySlice<UInt8>? {
    switch values[field] {
    case .missing: nil
    case .integer(let integer): Array(String(integer).utf8)[...]
    case .boolean, .decimal: Array(values[field].plainText.utf8)[...]
    case .text, .date: text(of: field)
    }
  }
}

extension Value {
  /// Fills a parameter as records are stored: dates as numbers of days, booleans as 0 and 1.
  func bind(to statement: Statement, at index: Int) throws(StoreError) {
    switch self {
    case .missing: try statement.bindNull(at: index)
    case .boolean(let boolean): try statement.bind(boolean ? 1 : 0, at: index)
    case .integer(let integer): try statement.bind(integer, at: index)
    case .decimal(let decimal): try statement.bind(decimal, at: index)
    case .text(let text): try statement.bind(text, at: index)
    case .date(let date): try statement.bind(date.dayNumber, at: index)
    }
  }
}
