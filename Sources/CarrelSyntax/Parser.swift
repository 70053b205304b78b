public import CarrelDiagnostics

extension StudyFile {
  /// Reads a file of the language, reporting every mistake in it.
  ///
  /// A statement with a mistake is left out of the tree and the parser goes on at the next word
  /// that begins a statement.
  public static func parse(
    _ source: SourceText, reporting diagnostics: inout Diagnostics
  ) -> StudyFile {
    let (tokens, comments) = Lexer.read(source, reporting: &diagnostics)
    var parser = Parser(tokens)
    let statements = parser.statements()
    if tokens.count == 1, tokens.allSatisfy({ !$0.isSuspect }) {
      parser.diagnostics.report(.emptyFile(at: source.span(0..<0)))
    }
    diagnostics.report(contentsOf: parser.diagnostics)
    return StudyFile(
      source: source, statements: statements, unreadNames: parser.unreadNames, tokens: tokens,
      comments: comments)
  }
}

/// Reads tokens as statements by recursive descent, looking at most three words ahead and never
/// going back.
///
/// A function that meets a mistake reports it and throws ``Abandoned``; ``statements()`` catches
/// that and goes on at the next statement. Where it is plain what was meant the mistake is reported
/// and reading goes on.
struct Parser {
  /// How deep parentheses, calls and the like may stand in one another.
  static let maximumNesting = 64

  let tokens: [Token]
  var index = 0
  var diagnostics = Diagnostics()

  /// The names declared by statements that were abandoned.
  var unreadNames: [Name] = []
  /// The statement being read, for messages and recovery.
  var progress = StatementProgress()
  var nesting = 0
  /// The queries read since the enclosing expression began that do not stand in parentheses.
  var bareQueries: [Expression] = []
  /// Whether a `by` after a pick belongs to the output and not to the pick.
  var leavesOrder = false

  /// The members of every list of any length read so far, inner ones before those around them, as places in
  /// ``tokens``.
  private(set) var listMembers: [Range<Int>] = []
  private let recordsListMembers: Bool

  /// Makes a parser of tokens that end with ``Token/Kind/end``.
  init(_ tokens: [Token], recordingListMembers recordsListMembers: Bool = false) {
    precondition(tokens.last?.kind == .end, "tokens end with the end")
    self.tokens = tokens
    self.recordsListMembers = recordsListMembers
  }

  /// Thrown once a mistake is reported after which the statement cannot be read on.
  struct Abandoned: Error {}

  /// What is known of the statement being read.
  struct StatementProgress {
    /// The word it begins with.
    var word = ""
    /// The name it declares, once read.
    var name: Name?
    /// Whether a mistake was reported, or a suspect token read, that makes any later message about
    /// it doubtful.
    var isDoubtful = false
  }
}

extension Parser {
  var current: Token { tokens[index] }

  /// The token some places ahead, at most two; the end repeats.
  func peek(_ distance: Int) -> Token { tokens[min(index + distance, tokens.count - 1)] }

  mutating func advance() {
    if current.isSuspect { progress.isDoubtful = true }
    if index < tokens.count - 1 { index += 1 }
  }

  func isAt(_ word: String) -> Bool { current.isWord(word) }

  func isAtMark(_ mark: String) -> Bool { current.isMark(mark) }

  mutating func accept(_ word: String) -> Bool {
    guard isAt(word) else { return false }
    advance()
    return true
  }

  mutating func acceptMark(_ mark: String) -> Bool {
    guard isAtMark(mark) else { return false }
    advance()
    return true
  }

  /// The span from a token to the last one read.
  func span(from start: Int) -> SourceSpan {
    tokens[start].span.to(tokens[max(start, index - 1)].span)
  }

  /// `list(x)`: `x ("," x)*`.
  ///
  /// In a list of fixed length each member has a place of its own, as arguments have, so that a
  /// template cannot make several of one.
  mutating func list<Member>(
    hasFixedLength: Bool = false, _ member: (inout Parser) throws(Abandoned) -> Member
  ) throws(Abandoned) -> [Member] {
    var members: [Member] = []
    repeat {
      let start = index
      members.append(try member(&self))
      if recordsListMembers, !hasFixedLength { listMembers.append(start..<index) }
    } while acceptMark(",")
    return members
  }

  /// `"(" list(x) ")"`.
  mutating func parenthesisedList<Member>(
    hasFixedLength: Bool = false, _ member: (inout Parser) throws(Abandoned) -> Member
  ) throws(Abandoned) -> [Member] {
    try nested { (parser) throws(Abandoned) in
      try parser.expectMark("(")
      let members = try parser.list(hasFixedLength: hasFixedLength, member)
      guard parser.acceptMark(")") else { throw parser.failExpecting("`,` or `)`") }
      return members
    }
  }

  /// Reads something one level deeper, up to the limit.
  mutating func nested<Result>(
    _ body: (inout Parser) throws(Abandoned) -> Result
  ) throws(Abandoned) -> Result {
    guard nesting < Self.maximumNesting else {
      throw abandon(
        Diagnostic(
          .tooDeep, "more than \(Self.maximumNesting) levels stand in one another",
          at: current.span
        )
        .help("name a part of it with `define`"))
    }
    nesting += 1
    defer { nesting -= 1 }
    return try body(&self)
  }
}

extension Token {
  func isWord(_ word: String) -> Bool { kind == .word && text == word }

  func isMark(_ mark: String) -> Bool { kind == .mark && text == mark }

  /// Whether this may be a name where a name is due.
  var isName: Bool { kind == .word && !Words.reserved.contains(text) }

  /// Whether this is a hole and nothing else, which may stand for an integer.
  var isHole: Bool { kind == .word && Name(text, at: span).isHole }

  /// `integer = INT | HOLE`.
  var isIntegerTerm: Bool { kind == .integer || isHole }
}
