/// Writes CSV (RFC 4180): commas, line feeds, quotes only where needed.
///
/// A text that a spreadsheet would take for a formula, because it begins with `=`, `+`, `-`, `@`,
/// a tab or a carriage return, gets an apostrophe in front. Numbers and dates never do.
public struct CSVWriter: Sendable {
  /// Everything written so far.
  public private(set) var text = ""

  /// A writer that has written nothing.
  public init() {}

  /// One field: a text, which may need the apostrophe, or a typed value, which never does.
  public enum Cell: Hashable, Sendable {
    /// A text of any content.
    case text(String)
    /// A number, date or boolean written as it is; it must hold no comma, quote mark or line end.
    case literal(String)

    /// A value as a file holds it: missing is empty.
    public init(_ value: Value) {
      switch value {
      case .missing: self = .literal("")
      case .text(let text): self = .text(text)
      default: self = .literal(value.plainText)
      }
    }
  }

  /// Writes one record; it must have at least one field.
  public mutating func append(_ cells: [Cell]) {
    precondition(!cells.isEmpty, "a record has at least one field")
    let line = cells.map { cell in
      switch cell {
      case .text(let text): Self.quoted(Self.guarded(text))
      case .literal(let literal): literal
      }
    }.joined(separator: ",")
    // An empty line would be no record.
    text += line.isEmpty ? "\"\"\n" : line + "\n"
  }

  /// Writes one record of texts, such as a header.
  public mutating func append(texts: [String]) { append(texts.map(Cell.text)) }

  private static func guarded(_ text: String) -> String {
    switch text.utf8.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"),
      UInt8(ascii: "\t"), UInt8(ascii: "\r"):
      "'" + text
    default: text
    }
  }

  private static func quoted(_ text: String) -> String {
    let needsQuotes = text.utf8.contains {
      $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\n")
        || $0 == UInt8(ascii: "\r")
    }
    guard needsQuotes else { return text }
    var quoted = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { quoted += "\"" }
      quoted.unicodeScalars.append(scalar)
    }
    return quoted + "\""
  }
}
