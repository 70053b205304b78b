internal import CarrelDiagnostics

extension Lexer {
  /// The marks that begin nothing longer.
  static let plainMarks = Array("()+-*,.:%".utf8)

  /// Reads a mark that may be one of several, or none of the language.
  mutating func readMark() {
    let start = offset
    if isAt("//") || isAt("/*") {
      readForeignComment()
    } else if let mark = Self.foreignMarks.first(where: { isAt($0.written) }) {
      readForeignMark(mark)
    } else if let mark = Self.marks.first(where: { isAt($0) }) {
      append(.mark, take(mark.utf8.count), from: start)
    } else if let quotes = Self.foreignQuotes.first(where: { isAt($0.open) }) {
      readForeignText(quotes)
    } else if foreignLetter != nil {
      readWord()
    } else {
      skipStray()
    }
  }

  /// The other marks, longer ones before what they begin with.
  private static let marks = ["!=", "<=", ">=", "=", "<", ">", "/"]

  /// A mark of another language, with what is meant by it here.
  struct ForeignMark {
    /// How other languages write it.
    let written: String
    /// The word or mark that says it here; `nil` where nothing is written.
    let meant: String?
    /// What is so.
    let message: String
  }

  /// Marks of other languages, longer ones before what they begin with.
  ///
  /// None of them could be part of a study: no two of these characters stand side by side in one.
  private static let foreignMarks: [ForeignMark] =
    operators.map { written, meant in
      ForeignMark(written: written, meant: meant, message: "`\(written)` is written `\(meant)`")
    } + [
      ForeignMark(written: ";", meant: nil, message: "a statement needs no mark at its end")
    ]

  private static let operators: [(written: String, meant: String)] = [
    ("==", "="), ("<>", "!="), ("=<", "<="), ("=>", ">="), ("≠", "!="), ("≤", "<="), ("≥", ">="),
    ("&&", "and"), ("||", "or"), ("&", "and"), ("|", "or"), ("×", "*"), ("÷", "/"), ("−", "-"),
    ("–", "-"), ("—", "-"),
  ]

  private mutating func readForeignComment() {
    let start = offset
    offset = endOfLine()
    diagnostics.report(
      Diagnostic(
        .foreignMark, "a comment begins with `#` and ends with its line",
        at: source.span(start..<start + 2)
      )
      .help("write `#` before each line of the comment"))
  }

  private mutating func readForeignMark(_ mark: ForeignMark) {
    let start = offset
    offset += mark.written.utf8.count
    let span = source.span(start..<offset)
    diagnostics.report(
      Diagnostic(.foreignMark, mark.message, at: span)
        .help(
          mark.meant.map { "write `\($0)`" } ?? "remove it",
          fix: Diagnostic.Fix(replacing: span, with: mark.meant ?? "", isSafe: true)))
    guard let meant = mark.meant else { return }
    append(meant.utf8.allSatisfy(\.isNameStart) ? .word : .mark, meant, from: start)
  }

  /// The quotation marks people and editors write, with what may close them.
  private static let foreignQuotes: [(open: String, close: [String])] = [
    ("“", ["”", "“", "\""]), ("”", ["”", "“", "\""]), ("„", ["“", "”", "\""]),
    ("‘", ["’", "‘", "'"]), ("’", ["’", "‘", "'"]), ("«", ["»"]), ("'", ["'"]), ("`", ["`"]),
  ]

  private mutating func readForeignText(_ quotes: (open: String, close: [String])) {
    let start = offset
    let line = source.bytes[offset + quotes.open.utf8.count..<endOfLine()]
    let close = line.indices.first { place in
      quotes.close.contains { line[place...].starts(with: $0.utf8) }
    }
    guard let close, let closing = source.scalar(at: close) else { return skipStray() }
    offset = close + closing.length
    let text = source.text(in: line.startIndex..<close)
    let span = source.span(start..<offset)
    diagnostics.report(
      Diagnostic(.wrongQuotes, "a text stands between `\"` and `\"`", at: span)
        .help(
          "write `\"\(text)\"`",
          fix: Diagnostic.Fix(replacing: span, with: "\"\(text)\"", isSafe: true)))
    append(.text, text, from: start)
  }

  /// Skips a run of characters that begin nothing, with one message for all.
  private mutating func skipStray() {
    let start = offset
    var isReported = false
    repeat {
      guard let (scalar, length) = source.scalar(at: offset) else {
        isReported = true
        offset += 1
        continue
      }
      isReported = isReported || scalar.isHidden
      offset += length
    } while isStray
    if !isReported { reportStray(at: source.span(start..<offset)) }
    markSuspect(at: start)
  }

  /// Whether what follows is more of a run that begins nothing.
  private var isStray: Bool {
    guard let byte = byte(0) else { return false }
    if byte >= 0x80 { return foreignLetter == nil }
    return "$?@\\^~[]}!".utf8.contains(byte)
  }

  private mutating func reportStray(at span: SourceSpan) {
    let written = span.text
    let isSpace = written.unicodeScalars.allSatisfy(\.properties.isWhitespace)
    let message =
      isSpace ? "a space of another kind stands here" : "`\(written)` means nothing here"
    let help =
      switch written {
      case _ where isSpace: "write an ordinary space"
      case "!": "write `not`"
      case "^": "write `power(x, n)`"
      case "[", "]", "}": "lists and groups stand in `(` and `)`"
      default: "remove it"
      }
    diagnostics.report(Diagnostic(.strayCharacter, message, at: span).help(help))
  }
}
