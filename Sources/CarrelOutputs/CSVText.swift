/// The lines of a CSV file as they are put together: UTF-8, comma, line feed (RFC 4180).
struct CSVText {
  /// The file so far.
  private(set) var text = ""

  /// One field of a line.
  enum Field {
    /// Nothing.
    case empty
    /// A number or a word of the format itself, written as it is.
    case typed(String)
    /// Words from a study or a schema. A spreadsheet would run those that begin like a formula, so
    /// they get an apostrophe in front.
    case words(String)
  }

  /// Adds a line.
  mutating func append(_ fields: [Field]) {
    text += fields.map(Self.written).joined(separator: ",") + "\n"
  }

  private static func written(_ field: Field) -> String {
    switch field {
    case .empty: ""
    case .typed(let text): quoted(text)
    case .words(let text): quoted(startsFormula(text) ? "'" + text : text)
    }
  }

  private static func startsFormula(_ text: String) -> Bool {
    text.utf8.first.map { "=+-@\t\r".utf8.contains($0) } ?? false
  }

  private static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { "\",\r\n".utf8.contains($0) }) else { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
      result.unicodeScalars.append(scalar)
      if scalar == "\"" { result.unicodeScalars.append(scalar) }
    }
    return result + "\""
  }
}
