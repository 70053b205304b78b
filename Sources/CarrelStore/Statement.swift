internal import CSQLite

/// A prepared statement: parameters are counted from 1, columns from 0, as in SQLite.
///
/// It keeps its connection open and stays on the connection's thread.
public final class Statement {
  /// The statement's text.
  public let text: String
  private let handle: OpaquePointer
  private let database: Database

  init(_ text: String, on database: Database) throws(StoreError) {
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v3(
      database.connection, text, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
    guard code == SQLITE_OK, let handle = prepared else {
      // The message of a failed preparation is about the text and the schema; no row was read.
      let reason =
        code == SQLITE_OK ? "no statement" : String(cString: sqlite3_errmsg(database.connection))
      throw StoreError(
        .prepare, text, code: code == SQLITE_OK ? SQLITE_MISUSE : code, reason: reason)
    }
    self.text = text
    self.handle = handle
    self.database = database
  }

  deinit { sqlite3_finalize(handle) }

  /// How many parameters the statement has.
  public var parameterCount: Int { Int(sqlite3_bind_parameter_count(handle)) }

  /// How many columns a row has; 0 for a statement that gives no rows.
  public var columnCount: Int { Int(sqlite3_column_count(handle)) }

  /// Moves to the next row, and says whether there is one.
  @discardableResult
  public func step() throws(StoreError) -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw StoreError(.step, text, code: code)
    }
  }

  /// Makes the statement ready to run again, with the parameters it has.
  public func reset() {
    // It repeats the error of the last step, which that step has thrown.
    sqlite3_reset(handle)
  }

  /// Runs a statement whose rows nobody needs, and makes it ready to run again.
  public func run() throws(StoreError) {
    defer { reset() }
    while try step() {}
  }
}

extension Statement {
  /// Fills a parameter with null.
  public func bindNull(at index: Int) throws(StoreError) {
    try check(sqlite3_bind_null(handle, CInt(index)))
  }

  /// Fills a parameter with an integer.
  public func bind(_ integer: Int, at index: Int) throws(StoreError) {
    try check(sqlite3_bind_int64(handle, CInt(index), sqlite3_int64(integer)))
  }

  /// Fills a parameter with a number; NaN becomes null.
  public func bind(_ decimal: Double, at index: Int) throws(StoreError) {
    try check(sqlite3_bind_double(handle, CInt(index), decimal))
  }

  /// Fills a parameter with a text.
  public func bind(_ text: String, at index: Int) throws(StoreError) {
    var text = text
    let code = text.withUTF8 {
      carrel_bind_text(handle, CInt(index), $0.baseAddress, UInt64($0.count))
    }
    try check(code)
  }

  /// Fills a parameter with a text whose UTF-8 bytes these are; they must be well formed.
  public func bindText(utf8 bytes: Span<UInt8>, at index: Int) throws(StoreError) {
    let code = bytes.withUnsafeBytes {
      carrel_bind_text(handle, CInt(index), $0.baseAddress, UInt64($0.count))
    }
    try check(code)
  }

  /// Fills a parameter with a blob.
  public func bind(_ bytes: [UInt8], at index: Int) throws(StoreError) {
    let code = bytes.withUnsafeBytes {
      carrel_bind_blob(handle, CInt(index), $0.baseAddress, UInt64($0.count))
    }
    try check(code)
  }

  /// Fills a parameter with a value of any type.
  public func bind(_ value: StoreValue, at index: Int) throws(StoreError) {
    switch value {
    case .null: try bindNull(at: index)
    case .integer(let integer): try bind(integer, at: index)
    case .decimal(let decimal): try bind(decimal, at: index)
    case .text(let text): try bind(text, at: index)
    case .blob(let bytes): try bind(bytes, at: index)
    }
  }

  private func check(_ code: CInt) throws(StoreError) {
    guard code == SQLITE_OK else { throw StoreError(.bind, text, code: code) }
  }
}

extension Statement {
  /// The name of a column.
  public func columnName(at index: Int) -> String {
    sqlite3_column_name(handle, CInt(index)).map { String(cString: $0) } ?? ""
  }

  /// Whether a column of the row is null.
  public func isNull(at index: Int) -> Bool {
    sqlite3_column_type(handle, CInt(index)) == SQLITE_NULL
  }

  /// A column of the row as an integer; 0 where it is null.
  public func integer(at index: Int) -> Int {
    Int(sqlite3_column_int64(handle, CInt(index)))
  }

  /// A column of the row as a number; 0 where it is null.
  public func decimal(at index: Int) -> Double {
    sqlite3_column_double(handle, CInt(index))
  }

  /// A column of the row as a text; empty where it is null.
  public func text(at index: Int) -> String {
    withBytes(at: index) { String(decoding: $0, as: UTF8.self) }
  }

  /// A column of the row as bytes; none where it is null.
  public func bytes(at index: Int) -> [UInt8] {
    withBytes(at: index) { Array($0) }
  }

  /// Lends a column's bytes, of a text or a blob, for the length of one call.
  public func withBytes<Result>(at index: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result
  {
    // The pointer first: asking for it may convert the column, which changes the count.
    let start = sqlite3_column_blob(handle, CInt(index))
    let count = Int(sqlite3_column_bytes(handle, CInt(index)))
    return body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
  }

  /// A column of the row, of whatever type it has.
  public func value(at index: Int) -> StoreValue {
    switch sqlite3_column_type(handle, CInt(index)) {
    case SQLITE_INTEGER: .integer(integer(at: index))
    case SQLITE_FLOAT: .decimal(decimal(at: index))
    case SQLITE_TEXT: .text(text(at: index))
    case SQLITE_BLOB: .blob(bytes(at: index))
    default: .null
    }
  }
}
