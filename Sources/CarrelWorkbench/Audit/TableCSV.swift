import CarrelCatalogue

/// Reads a table to audit from CSV: a column for each dimension, one of counts, and perhaps one that
/// says which are suppressed.
struct TableCSV {
  private(set) var table = TableDescription()

  typealias Mistake = TableReader.Mistake

  private static let countNames = ["n", "count", "freq", "frequency"]
  private static let markNames = ["suppressed", "hidden", "redacted"]

  /// Reads the whole file.
  init(_ bytes: [UInt8]) throws(Mistake) {
    let records = try Self.records(of: bytes)
    guard let header = records.first?.texts.map(Self.trimmed) else {
      throw Mistake("the file is empty")
    }
    let lowered = header.map { $0.lowercased() }
    guard let countColumn = lowered.firstIndex(where: Self.countNames.contains) else {
      throw Mistake("no column is called `n` or `count`")
    }
    let markColumn = lowered.firstIndex(where: Self.markNames.contains)
    let columns = header.indices.filter { $0 != countColumn && $0 != markColumn }
    guard !columns.isEmpty else { throw Mistake("there is no column beside the counts") }
    let rows = records.dropFirst().map { (line: $0.line, texts: $0.texts.map(Self.trimmed)) }
    for column in columns {
      var leaves: [String] = []
      var seen: Set<String> = [TableDescription.total]
      for row in rows where seen.insert(row.texts[column]).inserted {
        leaves.append(row.texts[column])
      }
      guard !leaves.isEmpty else { throw Mistake("`\(header[column])` has no level but `Total`") }
      table.dimensions.append(.init(name: header[column], leaves: leaves))
    }
    guard table.atomCount != nil else {
      throw Mistake("more than \(TableDescription.atomLimit) combinations of leaves")
    }
    var seen: Set<[String]> = []
    for row in rows {
      let key = columns.map { row.texts[$0] }
      guard seen.insert(key).inserted else {
        throw Mistake(
          "the cell `\(key.joined(separator: "|"))` occurs twice, again on line \(row.line)")
      }
      let mark = try markColumn.map { column throws(Mistake) in
        try Self.flag(row.texts[column], line: row.line)
      }
      let count = Int(row.texts[countColumn])
      guard count.map({ (0...1_000_000_000_000).contains($0) }) ?? isMark(row.texts[countColumn])
      else { throw Mistake("the count on line \(row.line) is no whole number of people") }
      let isHidden = mark ?? false || count == nil
      table.cells.append(
        TableDescription.Cell(
          key: key, atoms: table.atoms(of: key) ?? [],
          figure: isHidden ? .suppressed(low: 0, high: nil) : .shown(count ?? 0), count: count))
    }
  }

  /// Whether a field stands for a suppressed count: empty, or without a digit.
  private func isMark(_ text: String) -> Bool { !text.contains { $0.isNumber } }

  private static func flag(_ text: String, line: Int) throws(Mistake) -> Bool {
    switch text.lowercased() {
    case "true", "yes", "1", "x": return true
    case "false", "no", "0", "": return false
    default: throw Mistake("line \(line) is marked neither `true` nor `false`")
    }
  }

  private static func records(of bytes: [UInt8]) throws(Mistake) -> [CSVRecord] {
    var reader = CSVReader()
    reader.append(bytes)
    reader.finish()
    var records: [CSVRecord] = []
    var record = CSVRecord()
    do throws(CSVError) {
      while try reader.next(&record) { records.append(record) }
    } catch {
      throw Mistake(error.description)
    }
    return records
  }

  private static func trimmed(_ text: String) -> String {
    let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    let start = text.drop(while: isSpace)
    return String(start.reversed().drop(while: isSpace).reversed())
  }
}
