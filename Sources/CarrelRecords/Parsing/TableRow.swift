internal import CarrelCatalogue
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

  /// The line where the record begins.
  var line: Int { record.line }

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
