public import CarrelValues

/// The codes of a CSV file, before it is known which system they belong to.
///
/// Reads every layout of OpenCodelists: `code,term`, the files of earlier uploads with their own
/// headers, and the dm+d downloads. The column of codes is the one that a study names, or the only
/// one whose header is known to hold codes; it is never guessed.
public struct CodelistFile: Hashable, Sendable {
  /// The rows that have a code, in the order of the file.
  public let entries: [Entry]
  /// Whether a column of categories was asked for.
  public let hasCategories: Bool
  /// The system that the header of the column names, such as `snomedcode`; `nil` for `code`.
  public let suggestedSystem: CodingSystem?

  /// One row of the file.
  public struct Entry: Hashable, Sendable {
    /// The code without white space around it.
    public let code: String
    /// The category without white space around it; `nil` where there is none.
    public let category: String?
    /// The line of the file where the row begins.
    public let line: Int
  }

  /// What reading a file gives: the codes, unless they cannot be found, and all problems.
  public struct Reading: Hashable, Sendable {
    /// The file; `nil` if any problem is an error.
    public let file: CodelistFile?
    /// Every problem, in the order found.
    public let problems: [CodelistProblem]
  }

  /// Reads a code list from the bytes of a CSV file.
  ///
  /// - Parameters:
  ///   - bytes: UTF-8, with a header line.
  ///   - column: The header of the column of codes, in any case; `nil` to take the only one that
  ///     is known to hold codes.
  ///   - category: The header of a column of categories, in any case.
  /// - Returns: The codes, unless a problem is an error, with every problem.
  public static func read(
    _ bytes: [UInt8], column: String? = nil, category: String? = nil
  ) -> Reading {
    var reader = CodelistFileReader()
    let file = reader.file(bytes, column: column, category: category)
    return Reading(
      file: reader.problems.contains(where: \.isError) ? nil : file, problems: reader.problems)
  }
}

private struct CodelistFileReader {
  var problems: [CodelistProblem] = []

  /// The headers of columns that are known to hold codes, in lower case, and their systems.
  private static let codeColumns: [(header: String, system: CodingSystem?)] = [
    ("code", nil), ("id", nil), ("ctv3id", .ctv3), ("ctv3code", .ctv3), ("ctv3_id", .ctv3),
    ("snomedct_id", .snomedct), ("snomedcode", .snomedct), ("snomed_id", .snomedct),
    ("dmd", .dmd), ("dmd_id", .dmd), ("icd10", .icd10), ("icd code", .icd10),
    ("icd_code", .icd10), ("icd", .icd10), ("icd10_code", .icd10),
  ]

  mutating func file(_ bytes: [UInt8], column: String?, category: String?) -> CodelistFile? {
    let records: [CSVRecord]
    do { records = try CSVReader.records(of: bytes) } catch {
      report(
        .notCSV, line: error.line, "not a CSV file: \(error)",
        help: "download the list again, or save it as CSV in UTF-8")
      return nil
    }
    guard let header = records.first?.header else {
      report(.emptyFile, "the file is empty", help: "a code list has a header and a row per code")
      return nil
    }
    let rows = records.dropFirst()
    let codes = column.map { index(of: $0, in: header) } ?? knownColumn(header, rows)
    let categories = category.map { index(of: $0, in: header) }
    guard let codes, categories != .some(nil) else { return nil }
    reportPeople(in: rows, header, codes: codes)
    return CodelistFile(
      entries: entries(rows, codes: codes, categories: categories ?? nil),
      hasCategories: category != nil,
      suggestedSystem: Self.codeColumns.first { $0.header == header[codes].lowercased() }?.system)
  }

  private mutating func entries(
    _ rows: ArraySlice<CSVRecord>, codes: Int, categories: Int?
  ) -> [CodelistFile.Entry] {
    var entries: [CodelistFile.Entry] = []
    var padded: [Int] = []
    var empty: [Int] = []
    for row in rows {
      let text = row.text(codes)
      let code = text.trimmed
      if code.utf8.count != text.utf8.count { padded.append(row.line) }
      if code.isEmpty {
        empty.append(row.line)
        continue
      }
      let category = categories.map { row.text($0).trimmed }.flatMap { $0.isEmpty ? nil : $0 }
      entries.append(CodelistFile.Entry(code: code, category: category, line: row.line))
    }
    warn(
      .whiteSpace, padded, "code has white space around it", "codes have white space around them")
    warn(.emptyCode, empty, "row has no code and is left out", "rows have no code and are left out")
    if entries.isEmpty { report(.noCodes, "the list has no codes") }
    return entries
  }

  /// Everything but codes is words, in which nobody's number or address has a place.
  private mutating func reportPeople(
    in rows: ArraySlice<CSVRecord>, _ header: [String], codes: Int
  ) {
    let words = header.indices.filter { index in
      index != codes && !Self.codeColumns.contains { $0.header == header[index].lowercased() }
    }
    let lines = rows.filter { row in
      words.contains { PersonalDetail.first(in: Array(row.text($0).utf8)) != nil }
    }.map(\.line)
    warn(
      .person, lines, "row holds what looks like an NHS number, a postcode or an e-mail address",
      "rows hold what looks like an NHS number, a postcode or an e-mail address")
  }

  // MARK: Columns

  /// The column with a header, as it is written or else in any case.
  private mutating func index(of name: String, in header: [String]) -> Int? {
    let name = name.trimmed
    let exact = header.indices.filter { header[$0] == name }
    let close = header.indices.filter { header[$0].lowercased() == name.lowercased() }
    if let index = exact.first ?? close.first, exact.count == 1 || close.count == 1 { return index }
    if close.isEmpty {
      report(
        .missingColumn, line: 1, "there is no column `\(name.abbreviated)`",
        help: "the file has \(quoted(header))")
    } else {
      report(.ambiguousColumn, line: 1, "several columns are called `\(name.abbreviated)`")
    }
    return nil
  }

  /// The only column that is known to hold codes.
  ///
  /// Several that hold the same in every row are as good as one: OpenCodelists puts `code` before
  /// the column that a list was uploaded with.
  private mutating func knownColumn(_ header: [String], _ rows: ArraySlice<CSVRecord>) -> Int? {
    let known = header.indices.filter { index in
      Self.codeColumns.contains { $0.header == header[index].lowercased() }
    }
    guard let first = known.first else {
      report(
        .missingColumn, line: 1, "no column is known to hold codes",
        help: "name one with `column`: the file has \(quoted(header))")
      return nil
    }
    let agree = rows.allSatisfy { row in
      known.allSatisfy { row.text($0).trimmed.utf8.elementsEqual(row.text(first).trimmed.utf8) }
    }
    if agree { return first }
    report(
      .ambiguousColumn, line: 1, "\(quoted(known.map { header[$0] })) could all hold the codes",
      help: "name one with `column \"\(header[first])\"`")
    return nil
  }

  private func quoted(_ names: [String]) -> String {
    names.filter { !$0.isEmpty }.map { "`\($0.abbreviated)`" }.joined(separator: ", ")
  }

  // MARK: Problems

  private mutating func report(
    _ kind: CodelistProblem.Kind, line: Int? = nil, _ message: String, help: String? = nil
  ) {
    problems.append(CodelistProblem(kind: kind, line: line, message: message, help: help))
  }

  private mutating func warn(
    _ kind: CodelistProblem.Kind, _ lines: [Int], _ one: String, _ many: String
  ) {
    if lines.isEmpty { return }
    problems.append(CodelistProblem(kind, lines: lines, one: one, many: many))
  }
}
