/// A file of comma-separated values as somebody reads it who knows nothing of how it was written.
struct PrintedTable {
  /// The names of the columns.
  let header: [String]
  /// The fields of each further line, by column.
  let lines: [[String: String]]

  /// Reads a file; `nil` where it is not well formed, or a line has other columns than the first.
  init?(_ bytes: [UInt8]) {
    var records = Self.records(in: bytes) ?? []
    guard !records.isEmpty else { return nil }
    header = records.removeFirst()
    guard Set(header).count == header.count,
      records.allSatisfy({ [count = header.count] in $0.count == count })
    else { return nil }
    lines = records.map { [header] record in
      Dictionary(uniqueKeysWithValues: zip(header, record))
    }
  }

  /// Fields between commas, line after line; a quoted one ends at a quote mark that is not doubled.
  private static func records(in bytes: [UInt8]) -> [[String]]? {
    var records: [[String]] = []
    var record: [String] = []
    var field: [UInt8] = []
    var (isQuoted, wasQuoted, place) = (false, false, 0)
    while place < bytes.count {
      let byte = bytes[place]
      place += 1
      switch byte {
      case UInt8(ascii: "\"") where isQuoted:
        if place < bytes.count, bytes[place] == byte {
          field.append(byte)
          place += 1
        } else {
          isQuoted = false
        }
      case _ where isQuoted: field.append(byte)
      case UInt8(ascii: "\""):
        guard field.isEmpty, !wasQuoted else { return nil }
        (isQuoted, wasQuoted) = (true, true)
      case UInt8(ascii: ","), UInt8(ascii: "\n"):
        record.append(String(decoding: field, as: UTF8.self))
        (field, wasQuoted) = ([], false)
        guard byte == UInt8(ascii: "\n") else { continue }
        records.append(record)
        record = []
      default: field.append(byte)
      }
    }
    return isQuoted || !field.isEmpty || !record.isEmpty ? nil : records
  }

  /// A text without the apostrophe before what a spreadsheet would take for a formula.
  static func plain(_ text: String) -> String {
    guard text.utf8.first == UInt8(ascii: "'"), let next = text.utf8.dropFirst().first,
      "=+-@\t\r".utf8.contains(next)
    else { return text }
    return String(text.dropFirst())
  }
}
