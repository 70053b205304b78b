/// A mistake in a code list, or something in it worth knowing.
public struct CodelistProblem: Hashable, Sendable {
  /// What kind of problem it is.
  public let kind: Kind
  /// The line of the file where it first shows, counted from 1; `nil` where it is nowhere.
  public let line: Int?
  /// What is wrong, with the lines.
  public let message: String
  /// What to do about it.
  public let help: String?

  /// A problem, and the line where it first shows.
  public init(kind: Kind, line: Int?, message: String, help: String?) {
    self.kind = kind
    self.line = line
    self.message = message
    self.help = help
  }

  /// Whether the list cannot be used.
  public var isError: Bool { kind.isError }

  /// The kinds of problem of a code list.
  public enum Kind: Hashable, Sendable, CaseIterable {
    /// The file is not a CSV table.
    case notCSV
    /// The file has no header line.
    case emptyFile
    /// The column named, or any column of codes, is not there.
    case missingColumn
    /// Several columns could hold the codes.
    case ambiguousColumn
    /// The list has no codes, or none that its system could hold.
    case noCodes
    /// One code has two categories.
    case conflictingCategories
    /// A category is called `missing`.
    case wrongCategory
    /// A row has no code.
    case emptyCode
    /// A code has white space around it.
    case whiteSpace
    /// A code is listed more than once.
    case duplicate
    /// A code does not have the form of its system.
    case malformed
    /// A code looks as if a spreadsheet had changed it.
    case spreadsheetDamage
    /// The check digit of a code is wrong.
    case wrongCheckDigit
    /// A term or a category holds what looks like somebody's number or address.
    case person

    /// Whether a list with this problem cannot be used.
    public var isError: Bool {
      switch self {
      case .notCSV, .emptyFile, .missingColumn, .ambiguousColumn, .noCodes,
        .conflictingCategories, .wrongCategory:
        true
      case .emptyCode, .whiteSpace, .duplicate, .malformed, .spreadsheetDamage, .wrongCheckDigit,
        .person:
        false
      }
    }
  }
}

extension CodelistProblem {
  /// A problem of several lines: how many codes, what of them, and where.
  init(_ kind: Kind, lines: [Int], one: String, many: String, help: String? = nil) {
    self.init(
      kind: kind, line: lines.first,
      message: "\(lines.count) \(lines.count == 1 ? one : many) (\(Self.places(lines)))",
      help: help)
  }

  /// Up to five line numbers: `line 3`, `lines 3, 8 and 12`, `lines 3, 8, 12, 15, 16 and 4 more`.
  private static func places(_ lines: [Int]) -> String {
    if lines.count == 1 { return "line \(lines[0])" }
    if lines.count > 5 {
      let shown = lines.prefix(5).map(String.init).joined(separator: ", ")
      return "lines \(shown) and \(lines.count - 5) more"
    }
    return
      "lines \(lines.dropLast().map(String.init).joined(separator: ", ")) and \(lines[lines.count - 1])"
  }
}
