internal import CarrelDiagnostics

extension Parser {
  /// Reports a mistake, unless what was reported before makes it doubtful.
  mutating func report(_ diagnostic: Diagnostic) {
    let isDoubtful = progress.isDoubtful || current.isSuspect || peek(1).isSuspect
    if !isDoubtful { diagnostics.report(diagnostic) }
  }

  /// Reports a mistake after which the statement cannot be read on.
  mutating func abandon(_ diagnostic: Diagnostic) -> Abandoned {
    report(diagnostic)
    return Abandoned()
  }

  /// Moves on to the next word that begins a statement, or one of these words.
  mutating func recover(at words: Set<String> = []) {
    while current.kind != .end, !isAtStatement {
      if current.kind == .word, words.contains(current.text), !isAfterPoint { return }
      advance()
    }
  }

  /// Whether a statement begins here.
  ///
  /// Words that begin statements are reserved, so that this holds nowhere else; only `for` has a
  /// second use in clauses, and after a point any word is a name. In the middle of a line the next
  /// word has to agree, so that a reserved word used as a name is not taken for a statement.
  var isAtStatement: Bool {
    guard current.kind == .word, Words.statements.contains(current.text), !isAfterPoint else {
      return false
    }
    let next = peek(1)
    return switch current.text {
    case "for": next.isWord("each")
    case "study", "example": isOnNewLine || next.kind == .text
    default: isOnNewLine || next.isName
    }
  }

  private var isAfterInteger: Bool { index > 0 && tokens[index - 1].kind == .integer }

  private var isAfterPoint: Bool { index > 0 && tokens[index - 1].isMark(".") }

  /// Whether the current token stands on a later line than the one before it.
  var isOnNewLine: Bool {
    guard index > 0 else { return true }
    let before = tokens[index - 1].span
    return before.source != current.span.source
      || before.source.hasLineBreak(between: before, and: current.span)
  }
}

extension Parser {
  /// Says that something else was due here, and abandons the statement.
  ///
  /// Where what was found belongs to the next line, the message points at the end of this one.
  mutating func failExpecting(_ expected: String, help: String? = nil) -> Abandoned {
    let place = placeOfMistake
    let next = place.range.isEmpty ? "here" : "before \(current.described)"
    return abandon(
      Diagnostic(.unexpectedWord, "expected \(expected), found \(current.described)", at: place)
        .help(foreignWordHelp ?? help ?? "write \(expected) \(next)"))
  }

  /// The token, or the end of the one before where the token belongs to something else.
  var placeOfMistake: SourceSpan {
    guard index > 0, current.kind == .end || isAtStatement, isOnNewLine || current.kind == .end
    else { return current.span }
    let before = tokens[index - 1].span
    return before.endPoint
  }

  /// What the current word is called here, where it is a word of other languages.
  var foreignWordHelp: String? {
    guard current.kind == .word else { return nil }
    switch current.text.lowercased() {
    case "else", "elif", "elsif": return "the last part of a `case` begins with `otherwise`"
    case "end": return "a `case` needs no word at its end"
    case "null", "none", "nil", "na": return "a value that is not there is `missing`"
    case "if": return "a choice is written `case when CONDITION then VALUE otherwise VALUE`"
    case let lower where lower != current.text && Words.reserved.contains(lower):
      return "words of the language are in lower case: `\(lower)`"
    default: return nil
    }
  }

  /// How a statement like this one is written.
  var usage: String? { StatementShape.all[progress.word].map { "it is written `\($0.usage)`" } }

  /// Reads a word that has to stand here.
  mutating func expect(_ word: String, help: String? = nil) throws(Abandoned) {
    guard accept(word) else {
      throw failExpecting("`\(word)`", help: suggestion(of: [word]) ?? help)
    }
  }

  /// Reads a mark that has to stand here.
  mutating func expectMark(_ mark: String) throws(Abandoned) {
    guard acceptMark(mark) else {
      throw failExpecting("`\(mark)`", help: mark == "=" || mark == ":" ? usage : nil)
    }
  }

  /// Asks whether one of these words was meant by the current one.
  func suggestion(of words: [String]) -> String? {
    guard current.kind == .word else { return nil }
    return closest(to: current.text, among: words).map { "did you mean `\($0)`?" }
  }
}

extension Parser {
  /// Checks that nothing is left over once a statement is read.
  ///
  /// - Throws: ``Abandoned``, once the leftover is reported.
  mutating func expectEndOfStatement() throws(Abandoned) {
    guard current.kind != .end, !isAtStatement else { return }
    let clauses = StatementShape.all[progress.word]?.clauses ?? []
    if current.kind == .word, clauses.contains(current.text) {
      throw abandon(clauseOutOfOrder(clauses))
    }
    throw leftover(mayFollow: clauses)
  }

  /// Reads the word of a clause that every such statement has.
  mutating func expectClause(_ word: String) throws(Abandoned) {
    if accept(word) { return }
    let clauses = StatementShape.all[progress.word]?.clauses ?? []
    let own = clauses.firstIndex(of: word) ?? 0
    guard current.kind != .end, !isAtStatement else { throw abandon(missing(word)) }
    guard current.kind == .word, let found = clauses.firstIndex(of: current.text) else {
      throw failExpecting("`\(word)`", help: suggestion(of: clauses) ?? usage)
    }
    throw abandon(
      found > own ? missing(word, before: current.text) : clauseOutOfOrder(clauses))
  }

  private func missing(_ word: String, before next: String? = nil) -> Diagnostic {
    let name = progress.name.map { " `\($0.text)`" } ?? ""
    let place = next.map { " before `\($0)`" } ?? ""
    let diagnostic = Diagnostic(
      .missingClause, "`\(progress.word)`\(name) has no `\(word)`\(place)", at: placeOfMistake)
    return usage.map { diagnostic.help($0) } ?? diagnostic
  }

  private func clauseOutOfOrder(_ clauses: [String]) -> Diagnostic {
    let order = clauses.map { "`\($0)`" }.joined(separator: ", ")
    return Diagnostic(.clauseOrder, "`\(current.text)` cannot stand here", at: current.span)
      .label("out of order, or a second time")
      .help("the clauses of a `\(progress.word)` are, in this order: \(order)")
  }

  /// Says that a token can neither go on with what was read nor begin a statement.
  mutating func leftover(mayFollow words: [String] = []) -> Abandoned {
    let place = current.span
    guard current.kind == .word else {
      let help =
        isAtMark(",")
        ? "a list inside an expression stands in parentheses, as in `in (1, 2)`"
        : "an operator, a clause or the next statement could"
      return abandon(
        Diagnostic(.unexpectedWord, "\(current.described) cannot stand here", at: place).help(help))
    }
    if Words.statements.contains(current.text) {
      return abandon(
        Diagnostic(
          .reservedWord, "the reserved word `\(current.text)` cannot stand here", at: place
        )
        .help("it begins a statement, and names nothing"))
    }
    let words = words + Words.operators + (isAfterInteger ? Words.units.keys.sorted() : [])
    if isOnNewLine, foreignWordHelp == nil, closest(to: current.text, among: words) == nil {
      if peek(1).isName { unreadNames.append(Name(peek(1).text, at: peek(1).span)) }
      return abandon(
        Diagnostic(.unknownStatement, "no statement begins with `\(current.text)`", at: place)
          .suggesting(closest(to: current.text, among: Words.statements)))
    }
    let help =
      foreignWordHelp ?? suggestion(of: words + Words.statements)
      ?? "an operator, a clause or the next statement could"
    return abandon(
      Diagnostic(.unexpectedWord, "`\(current.text)` cannot stand here", at: place).help(help))
  }
}

extension Token {
  /// What the token is called in a message.
  var described: String {
    switch kind {
    case .end: "the end of the file"
    case .text: "a text"
    default: "`\(text.prefix(40))`"
    }
  }
}

extension SourceText {
  /// Whether a line ends between two places.
  func hasLineBreak(between first: SourceSpan, and second: SourceSpan) -> Bool {
    let (start, end) = (first.range.upperBound, second.range.lowerBound)
    return start > end || bytes[start..<end].contains(UInt8(ascii: "\n"))
  }
}

extension Diagnostic {
  static func emptyFile(at span: SourceSpan) -> Diagnostic {
    Diagnostic(.emptyFile, "the file holds no statement", at: span)
      .help("begin with `study \"TITLE\"`")
  }
}
