/// Reads CSV (RFC 4180) from chunks of bytes, one record at a time.
///
/// Give it bytes with ``append(_:)`` as they come and call ``finish()`` after the last; between
/// those, ``next(_:)`` gives every record that is complete. Accepted beyond the standard: line
/// feeds without carriage returns, a byte-order mark, no line end after the last record, and empty
/// lines after it. Every record must have as many fields as the first.
public struct CSVReader: Sendable {
  private let delimiter: UInt8
  private let quote: UInt8
  private let limitBytes: Int
  private var buffer: [UInt8] = []
  private var position = 0
  private var line = 1
  private var fieldCount: Int?
  private var emptyLine: Int?
  private var isStarted = false
  private var isFinished = false

  /// The longest record that is read where the caller does not choose: 1 MiB.
  public static let defaultLimitBytes = 1 << 20

  /// A reader for one way of writing CSV.
  ///
  /// - Parameters:
  ///   - dialect: The delimiter and the quote mark.
  ///   - limitBytes: The longest record to read.
  public init(
    _ dialect: Resource.Dialect = Resource.Dialect(), limitBytes: Int = defaultLimitBytes
  ) {
    delimiter = dialect.delimiter
    quote = dialect.quote
    self.limitBytes = limitBytes
  }

  /// Adds the next bytes of the file.
  public mutating func append(_ chunk: [UInt8]) {
    buffer.removeSubrange(..<position)
    position = 0
    buffer += chunk
  }

  /// Says that there are no more bytes.
  public mutating func finish() { isFinished = true }

  /// Whether the last record has been read: there are no more bytes, here or to come.
  public var isAtEnd: Bool { isFinished && position == buffer.count }

  /// Fills a record with the next one.
  ///
  /// - Returns: Whether there was one; if not, the reader needs more bytes or is at the end.
  /// - Throws: A ``CSVError`` with the line, after which the reader must not be used any more.
  public mutating func next(_ record: inout CSVRecord) throws(CSVError) -> Bool {
    guard skipByteOrderMark() else { return false }
    while position < buffer.count {
      record.reset(line: line)
      guard try fill(&record) else { return false }
      if record.count == 1, record.bytes.isEmpty, let fieldCount, fieldCount > 1 {
        emptyLine = emptyLine ?? record.line
        continue
      }
      try check(record)
      return true
    }
    return false
  }

  /// Skips a byte-order mark; false until there are enough bytes to tell.
  private mutating func skipByteOrderMark() -> Bool {
    if isStarted { return true }
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    guard buffer.count >= mark.count || isFinished else { return false }
    if buffer.starts(with: mark) { position = mark.count }
    isStarted = true
    return true
  }

  private mutating func check(_ record: CSVRecord) throws(CSVError) {
    let expected = fieldCount ?? record.count
    fieldCount = expected
    if let emptyLine {
      throw CSVError(line: emptyLine, reason: .ragged(expected: expected, found: 1))
    }
    guard record.count == expected else {
      throw CSVError(line: record.line, reason: .ragged(expected: expected, found: record.count))
    }
  }
}

// MARK: Records

extension CSVReader {
  /// Reads one record, or gives false where its end is not in the buffer yet.
  ///
  /// Most records hold no quote mark: their bytes are copied whole.
  private mutating func fill(_ record: inout CSVRecord) throws(CSVError) -> Bool {
    var end = position
    var fieldStart = position
    var isPlainText = true
    var returns = 0
    while end < buffer.count {
      let byte = buffer[end]
      if byte == quote { return try fillQuoted(&record) }
      if byte == delimiter {
        record.ranges.append(fieldStart - position..<end - position)
        fieldStart = end + 1
      } else if byte == UInt8(ascii: "\n") {
        break
      } else if byte == UInt8(ascii: "\r") {
        returns += 1
      } else if byte == 0 || byte >= 0x80 {
        isPlainText = false
      }
      end += 1
    }
    guard end < buffer.count || isFinished else { return try waitForMore(record) }
    var textEnd = end
    if end < buffer.count, end > fieldStart, buffer[end - 1] == UInt8(ascii: "\r") {
      textEnd -= 1
      returns -= 1
    }
    guard returns == 0 else { throw CSVError(line: line, reason: .strayCarriageReturn) }
    record.ranges.append(fieldStart - position..<textEnd - position)
    record.bytes += buffer[position..<textEnd]
    if !isPlainText { try checkText(record) }
    position = min(end + 1, buffer.count)
    line += 1
    return true
  }

  /// Reads one record that holds quote marks, byte by byte.
  private mutating func fillQuoted(_ record: inout CSVRecord) throws(CSVError) -> Bool {
    record.reset(line: line)
    var lineFeeds = 0
    var index = position
    var fieldStart = 0
    while true {
      // At the start of a field.
      if index < buffer.count, buffer[index] == quote {
        guard let closed = try copyQuoted(from: index + 1, &record, &lineFeeds) else {
          return try waitForMore(record)
        }
        index = closed
      } else {
        while index < buffer.count, !isSpecial(buffer[index]) {
          record.bytes.append(buffer[index])
          index += 1
        }
      }
      record.ranges.append(fieldStart..<record.bytes.count)
      fieldStart = record.bytes.count
      guard index < buffer.count else {
        guard isFinished else { return try waitForMore(record) }
        return try end(&record, at: index, lineFeeds: lineFeeds)
      }
      switch buffer[index] {
      case delimiter: index += 1
      case UInt8(ascii: "\n"): return try end(&record, at: index + 1, lineFeeds: lineFeeds + 1)
      case UInt8(ascii: "\r"):
        guard index + 1 < buffer.count || isFinished else { return try waitForMore(record) }
        guard index + 1 < buffer.count, buffer[index + 1] == UInt8(ascii: "\n") else {
          throw CSVError(line: line, reason: .strayCarriageReturn)
        }
        return try end(&record, at: index + 2, lineFeeds: lineFeeds + 1)
      default: throw CSVError(line: line, reason: .strayQuote)
      }
    }
  }

  /// Copies the inside of a quoted field, and gives the index after its closing quote mark; `nil`
  /// where that is not in the buffer yet.
  private func copyQuoted(
    from start: Int, _ record: inout CSVRecord, _ lineFeeds: inout Int
  ) throws(CSVError) -> Int? {
    var index = start
    while index < buffer.count {
      let byte = buffer[index]
      if byte == quote {
        guard index + 1 < buffer.count else { return isFinished ? index + 1 : nil }
        guard buffer[index + 1] == quote else { return index + 1 }
        index += 1
      }
      if byte == UInt8(ascii: "\n") { lineFeeds += 1 }
      record.bytes.append(byte)
      index += 1
    }
    if isFinished { throw CSVError(line: line, reason: .unclosedQuote) }
    return nil
  }

  private func isSpecial(_ byte: UInt8) -> Bool {
    byte == delimiter || byte == quote || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
  }

  private mutating func end(
    _ record: inout CSVRecord, at index: Int, lineFeeds: Int
  ) throws(CSVError) -> Bool {
    try checkText(record)
    position = index
    line += lineFeeds
    return true
  }

  private func waitForMore(_ record: CSVRecord) throws(CSVError) -> Bool {
    guard buffer.count - position <= limitBytes else {
      throw CSVError(line: line, reason: .tooLong(limitBytes: limitBytes))
    }
    return false
  }

  private func checkText(_ record: CSVRecord) throws(CSVError) {
    if record.bytes.contains(0) { throw CSVError(line: line, reason: .zeroByte) }
    if String(validating: record.bytes, as: UTF8.self) == nil {
      throw CSVError(line: line, reason: .invalidUTF8)
    }
  }
}

extension CSVReader {
  /// Reads a whole table from its bytes, header included.
  ///
  /// - Throws: A ``CSVError`` with the line.
  public static func records(
    of bytes: [UInt8], _ dialect: Resource.Dialect = Resource.Dialect()
  ) throws(CSVError) -> [CSVRecord] {
    var reader = CSVReader(dialect)
    reader.append(bytes)
    reader.finish()
    var records: [CSVRecord] = []
    var record = CSVRecord()
    while try reader.next(&record) { records.append(record) }
    return records
  }
}
