internal import CarrelDiagnostics

/// Writes a syntax tree or its tokens for people who look into the parser.
public enum TreePrinter {
  /// A statement to a paragraph, each node in parentheses behind the word for what it is.
  public static func print(_ file: StudyFile) -> String {
    file.statements.map(print).joined(separator: "\n")
  }

  /// One statement, each line ended by a line feed.
  public static func print(_ statement: Statement) -> String {
    statement.outline.lines().map { $0 + "\n" }.joined()
  }

  /// One expression on one line.
  public static func print(_ expression: Expression) -> String { expression.outline.line }

  /// A token to a line: its place, its kind and its text.
  public static func print(_ tokens: [Token]) -> String {
    tokens.map { token in
      let start = token.span.start
      return "\(start.line):\(start.column)\t\(token.kind)\t\(token.text)\n"
    }.joined()
  }
}
