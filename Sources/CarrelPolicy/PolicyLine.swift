import CarrelDiagnostics
import CarrelSyntax

/// The words of one line of a policy file, read from left to right.
struct PolicyLine {
  private let tokens: [Token]
  private let source: SourceText
  private var position = 0

  /// A line of at least one token.
  init(_ tokens: [Token], endingIn source: SourceText) {
    precondition(!tokens.isEmpty, "a line has a word")
    self.tokens = tokens
    self.source = source
  }

  /// The first word, which says what the line is about.
  var head: Token { tokens[0] }

  /// The line's number, counted from 1.
  var number: Int { head.span.start.line }

  /// The word at hand; `nil` at the end of the line.
  private var token: Token? { position < tokens.count ? tokens[position] : nil }

  /// The place of the word at hand, or just after the last.
  private var place: SourceSpan {
    let end = tokens[tokens.count - 1].span.range.upperBound
    return token?.span ?? source.span(end..<end)
  }

  /// The mistake of something else standing here.
  func mistake(expecting expected: String) -> PolicyMistake { .unexpected(expected, at: place) }

  /// Moves on by one word.
  mutating func advance() { position += 1 }

  /// Moves on if the word at hand is this one.
  mutating func takes(_ word: String) -> Bool {
    guard let token, token.kind == .word || token.kind == .mark, token.text == word else {
      return false
    }
    advance()
    return true
  }

  /// Moves on over words that must stand here.
  mutating func take(_ words: String...) throws(PolicyMistake) {
    for word in words where !takes(word) { throw mistake(expecting: "`\(word)`") }
  }

  /// A whole number of a range that must stand here.
  mutating func integer(in range: ClosedRange<Int>) throws(PolicyMistake) -> Int {
    guard let token, token.kind == .integer, let number = Int(token.text), range.contains(number)
    else {
      throw mistake(
        expecting: range.upperBound > 1_000_000
          ? "a whole number of \(range.lowerBound) or more"
          : "a whole number from \(range.lowerBound) to \(range.upperBound)")
    }
    advance()
    return number
  }

  /// A text that must stand here.
  mutating func text() throws(PolicyMistake) -> String {
    guard let token, token.kind == .text, !token.text.isEmpty else {
      throw mistake(expecting: "a text in quotation marks")
    }
    advance()
    return token.text
  }

  /// A name that must stand here; parts may be joined by `-`.
  mutating func name() throws(PolicyMistake) -> String {
    guard let first = token, first.kind == .word else { throw mistake(expecting: "a name") }
    var name = first.text
    advance()
    while takes("-") {
      guard let part = token, part.kind == .word else { throw mistake(expecting: "a name") }
      name += "-" + part.text
      advance()
    }
    return name
  }

  /// Fails unless the line ends here.
  func end() throws(PolicyMistake) {
    if position < tokens.count { throw mistake(expecting: "the end of the line") }
  }
}

/// Why a line of a policy file cannot be used.
enum PolicyMistake: Error {
  case unknown(Token)
  case repeated(PolicyParameter, Token)
  case unexpected(String, at: SourceSpan)
  case notEnforced(String, at: SourceSpan)

  /// The mistake as a person reads it.
  var diagnostic: Diagnostic {
    switch self {
    case .unknown(let head): Self.unknown(head)
    case .repeated(let parameter, let head):
      Diagnostic(
        .repeatedParameter, "`\(parameter.rawValue)` is written twice", at: head.span
      ).help("keep one of the two lines")
    case .unexpected(let expected, let span):
      Diagnostic(.parameterValue, "expected \(expected)", at: span)
    case .notEnforced(let name, let span):
      Diagnostic(
        .parameterNotEnforced, "`\(name)` is not enforced by this version of Carrel", at: span
      ).help("remove it: a policy states only what is done")
    }
  }

  private static func unknown(_ head: Token) -> Diagnostic {
    if PolicyParameter.notEnforced.contains(head.text) {
      return PolicyMistake.notEnforced(head.text, at: head.span).diagnostic
    }
    let names = PolicyParameter.allCases.map(\.rawValue)
    return Diagnostic(
      .unknownParameter, "there is no parameter `\(head.span.text)`", at: head.span
    )
    .label("expected one of \(names.map { "`\($0)`" }.joined(separator: ", "))")
    .suggesting(closest(to: head.text, among: names))
  }
}
