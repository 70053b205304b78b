public import CarrelDiagnostics

/// Divides a source into tokens by the longest match.
///
/// A mistake is reported and repaired where it is plain what was meant, so that the parser can go
/// on; where it is not, the tokens beside it are marked ``Token/isSuspect``.
public struct Lexer {
  /// The longest file that is read, in bytes: 1 MiB.
  public static let longestFile = 1 << 20

  let source: SourceText
  var offset: Int
  var tokens: [Token] = []
  var comments: [Comment] = []
  var diagnostics = Diagnostics()
  var isNextSuspect = false
  private var knownEndOfLine = -1

  private init(_ source: SourceText) {
    self.source = source
    self.offset = source.startOfText
  }

  /// The tokens of a source, ending with ``Token/Kind/end``, and its comments.
  ///
  /// A file that is too long or not text gives no tokens but the end. A file with too many mistakes
  /// is read up to the last of them.
  public static func read(
    _ source: SourceText, reporting diagnostics: inout Diagnostics
  ) -> (tokens: [Token], comments: [Comment]) {
    var lexer = Lexer(source)
    if isReadable(source, reporting: &lexer.diagnostics) {
      while lexer.offset < source.bytes.count, !lexer.diagnostics.isFull { lexer.readNext() }
    }
    if lexer.offset < source.bytes.count {
      lexer.offset = source.bytes.count
      lexer.isNextSuspect = true
    }
    lexer.append(.end, "", from: source.bytes.count)
    diagnostics.report(contentsOf: lexer.diagnostics)
    return (lexer.tokens, lexer.comments)
  }

  private mutating func readNext() {
    switch source.bytes[offset] {
    case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): offset += 1
    case UInt8(ascii: "#"): readComment()
    case UInt8(ascii: "\""): readText()
    case let byte where byte.isDigit: readNumber()
    case let byte where byte.isNameStart || byte == UInt8(ascii: "{"): readWord()
    case let byte where Self.plainMarks.contains(byte): append(.mark, take(1), from: offset - 1)
    default: readMark()
    }
  }
}

extension Lexer {
  /// The byte some places after the current one, or `nil` past the end.
  func byte(_ distance: Int) -> UInt8? {
    offset + distance < source.bytes.count ? source.bytes[offset + distance] : nil
  }

  /// Whether the source goes on with this text.
  func isAt(_ text: String) -> Bool { source.bytes[offset...].starts(with: text.utf8) }

  /// The offset of the end of the current line, its line break left out.
  ///
  /// Looked for once a line, so that a line of a million texts is read in one pass.
  mutating func endOfLine() -> Int {
    if knownEndOfLine < offset {
      let end = source.bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? source.bytes.count
      let isCRLF = end > offset && source.bytes[end - 1] == UInt8(ascii: "\r")
      knownEndOfLine = isCRLF ? end - 1 : end
    }
    return knownEndOfLine
  }

  /// Appends a token that ends here.
  mutating func append(
    _ kind: Token.Kind, _ text: String, from start: Int, isSuspect: Bool = false
  ) {
    tokens.append(
      Token(kind, text, at: source.span(start..<offset), isSuspect: isSuspect || isNextSuspect))
    isNextSuspect = false
  }

  /// Marks the token beside a place that could not be read: the one before it on its line, or else
  /// the next.
  mutating func markSuspect(at place: Int) {
    guard let last = tokens.last,
      !source.bytes[last.span.range.upperBound..<place].contains(UInt8(ascii: "\n"))
    else {
      isNextSuspect = true
      return
    }
    tokens[tokens.count - 1] = Token(last.kind, last.text, at: last.span, isSuspect: true)
  }

  /// Moves on over bytes and gives what they say.
  mutating func take(_ length: Int) -> String {
    offset += length
    return source.text(in: offset - length..<offset)
  }
}

extension UInt8 {
  /// Whether this is an ASCII digit.
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  /// Whether a name may begin with this: an ASCII letter or `_`.
  var isNameStart: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || self == UInt8(ascii: "_")
  }
}
