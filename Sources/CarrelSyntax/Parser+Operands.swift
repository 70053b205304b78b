internal import CarrelDiagnostics

extension Parser {
  /// `operand = rowquery | primary`, or a query with clauses, which whoever asked settles.
  mutating func operand(_ first: Expression?) throws(Abandoned) -> Expression {
    if let first { return try members(of: first) }
    if let query = try queryFromHead() { return query }
    let start = index
    let primary = try members(of: try primary())
    guard isAt("of"), primary.isPath(inTokens: index - start) else { return primary }
    return try queryOfColumn(primary, from: start)
  }

  /// `primary "." word`, any number of times.
  mutating func members(of first: Expression) throws(Abandoned) -> Expression {
    var primary = first
    while acceptMark(".") {
      guard current.kind == .word else { throw failExpecting("a name after the point") }
      let name = Name(current.text, at: current.span)
      advance()
      primary = try make(.member(primary, name), at: primary.span.to(name.span))
    }
    return primary
  }

  private mutating func primary() throws(Abandoned) -> Expression {
    if isAtMark("(") { return try parenthesised() }
    if let literal = try literalIfAny() { return Expression(.literal(literal), at: literal.span) }
    if let misplaced = try misplacedInOperand() { return misplaced }
    if isAt("bands"), peek(1).isWord("of") { return try bands() }
    if let combination = combinationHere { return try self.combination(combination) }
    guard current.isName else { throw failExpectingOperand() }
    let name = Name(current.text, at: current.span)
    advance()
    if isAtMark("(") { return try call(name) }
    if name.text == "if", isAtOperand { throw abandon(.ifElse(at: name.span)) }
    return Expression(.name(name), at: name.span)
  }

  /// `"(" expr ")"`.
  private mutating func parenthesised() throws(Abandoned) -> Expression {
    let start = index
    let inner = try nested { (parser) throws(Abandoned) in
      parser.advance()
      let inner = try parser.expression()
      guard !parser.isAtMark(",") else { throw parser.listAsOperand() }
      try parser.expectMark(")")
      return inner
    }
    return Expression(inner.kind, at: span(from: start))
  }

  private mutating func listAsOperand() -> Abandoned {
    failExpecting("`)`", help: "a list can only follow `in`, `matches`, `at`, `by` or `of`")
  }

  /// `NAME "(" list(expr)? ")"`.
  private mutating func call(_ name: Name) throws(Abandoned) -> Expression {
    let arguments = try arguments()
    let end = tokens[index - 1].span
    return try make(.call(name, arguments), at: name.span.to(end))
  }

  /// The arguments of a call: `"(" list(expr) ")"`, or with nothing between where that may be.
  mutating func arguments(canBeEmpty: Bool = true) throws(Abandoned) -> [Expression] {
    if canBeEmpty, peek(1).isMark(")") {
      advance()
      advance()
      return []
    }
    return try parenthesisedList(hasFixedLength: true) { (parser) throws(Abandoned) in
      try parser.expression()
    }
  }

  /// `"bands" "of" range "at" "(" list(expr) ")" ("labelled" "(" list(STRING) ")")?`.
  private mutating func bands() throws(Abandoned) -> Expression {
    let start = index
    advance()
    advance()
    let operand = try nested { (parser) throws(Abandoned) in try parser.range(nil) }
    try expect("at")
    let cuts = try parenthesisedList { (parser) throws(Abandoned) in try parser.expression() }
    var labels: [Label]?
    if accept("labelled") {
      labels = try parenthesisedList { (parser) throws(Abandoned) in
        try parser.label("a label in quotation marks")
      }
    }
    return try make(
      .bands(Bands(operand: operand, cuts: cuts, labels: labels)), at: span(from: start))
  }

  /// The list form that begins here, if one does.
  private var combinationHere: Combination? {
    guard current.kind == .word, peek(1).isWord("of"), peek(2).isMark("(") else { return nil }
    return Combination(rawValue: current.text)
  }

  /// `("earliest" | "latest" | "smallest" | "largest" | "count") "of" "(" list(expr) ")"`.
  private mutating func combination(_ combination: Combination) throws(Abandoned) -> Expression {
    let start = index
    advance()
    advance()
    let members = try parenthesisedList { (parser) throws(Abandoned) in try parser.expression() }
    return try make(.combination(combination, members), at: span(from: start))
  }
}

extension Parser {
  /// `"case" alt? ("when" alt "then" alt)+ ("otherwise" alt)?`, as a whole expression.
  mutating func choiceByItself() throws(Abandoned) -> Expression {
    let choice = try choice()
    if isAt("otherwise") {
      let hint = "put the parts that belong together in parentheses"
      throw abandon(
        Diagnostic(.needsParentheses, "a `case` has one `otherwise`", at: current.span).help(hint))
    }
    return choice
  }

  private mutating func choice() throws(Abandoned) -> Expression {
    let start = index
    advance()
    return try nested { (parser) throws(Abandoned) in
      let subject = parser.isAt("when") ? nil : try parser.part()
      var branches: [Choice.Branch] = []
      repeat {
        try parser.expect("when")
        let condition = try parser.part()
        try parser.expect("then")
        branches.append(Choice.Branch(condition: condition, result: try parser.part()))
      } while parser.isAt("when")
      let otherwise = parser.accept("otherwise") ? try parser.part() : nil
      let choice = Choice(subject: subject, branches: branches, otherwise: otherwise)
      return try parser.make(.choice(choice), at: parser.span(from: start))
    }
  }

  /// An `alt` as a part of a `case`.
  private mutating func part() throws(Abandoned) -> Expression {
    try alternative(nil, since: bareQueries.count)
  }

  /// Reads what is no operand unless it stands in parentheses, and says so.
  private mutating func misplacedInOperand() throws(Abandoned) -> Expression? {
    let start = index
    let subject: String
    let expression: Expression
    switch current.text {
    case "case" where current.kind == .word:
      (subject, expression) = ("a `case` inside an expression", try choice())
    case "not" where current.kind == .word:
      (subject, expression) = ("`not` after an operator", try negation(nil))
    case _ where isAtElapsed:
      (subject, expression) = ("`\(current.text) from` inside an expression", try elapsed())
    default: return nil
    }
    report(.needsParentheses(subject, span(from: start)))
    return expression
  }

  private mutating func failExpectingOperand() -> Abandoned {
    guard current.kind == .word, isBeforeTestOfValue else { return failExpecting("a value") }
    return abandon(
      Diagnostic(
        .reservedWord, "expected a value, found the reserved word `\(current.text)`",
        at: current.span
      )
      .help("a column of that name is written with its table, as in `visits.\(current.text)`"))
  }

  /// Whether what follows the current word could only follow a value.
  private var isBeforeTestOfValue: Bool {
    let next = peek(1)
    return ["=", "!=", "<", "<=", ">", ">="].contains { next.isMark($0) }
      || ["is", "in", "between", "matches", "contains"].contains { next.isWord($0) }
  }

  /// Whether an operand begins here.
  private var isAtOperand: Bool {
    switch current.kind {
    case .integer, .decimal, .date, .month, .text: true
    case .word: current.isName || ["not", "true", "false", "missing"].contains(current.text)
    case .mark, .end: false
    }
  }
}

extension Expression {
  /// Whether this is `path = NAME ("." word)*` and took this many tokens, so that it does not stand
  /// in parentheses.
  fileprivate func isPath(inTokens count: Int) -> Bool {
    var (inner, length) = (self, 1)
    while case .member(let operand, _) = inner.kind { (inner, length) = (operand, length + 2) }
    if case .name = inner.kind { return length == count }
    return false
  }
}

extension Diagnostic {
  fileprivate static func ifElse(at span: SourceSpan) -> Diagnostic {
    Diagnostic(.notTheLanguage, "there is no `if` in the language", at: span)
      .help("a choice is written `case when CONDITION then VALUE otherwise VALUE`")
  }
}
