internal import CarrelDiagnostics

// One function for each level of precedence, loosest first. Several take a part that is already
// read: where a parenthesis may hold either a list or an expression, its first member is read
// before the comma or the closing parenthesis tells which.

extension Parser {
  /// `expr = case | alt ("otherwise" alt)*`.
  mutating func expression() throws(Abandoned) -> Expression {
    guard !isAt("case") else { return try choiceByItself() }
    return try fallbacks(of: nil, since: bareQueries.count)
  }

  /// The rest of an expression whose first part is read, with the queries bare in it.
  mutating func expression(
    beginning first: Expression, since mark: Int
  ) throws(Abandoned) -> Expression {
    try fallbacks(of: first, since: mark)
  }

  private mutating func fallbacks(
    of first: Expression?, since mark: Int
  ) throws(Abandoned) -> Expression {
    var left = try alternative(first, since: mark)
    while accept("otherwise") {
      left = try binary(.otherwise, left, try alternative(nil, since: bareQueries.count))
    }
    return left
  }

  /// `alt = query | or`.
  ///
  /// A query with clauses is read wherever a query stands; here it is seen whether it is the whole.
  mutating func alternative(
    _ first: Expression?, since mark: Int
  ) throws(Abandoned) -> Expression {
    let outer = leavesOrder
    leavesOrder = false
    defer { leavesOrder = outer }
    let result = try disjunction(first)
    settleBareQueries(since: mark) { query in
      query.hasClauses && query.span != result.span
        ? "a query with a `\(query.filters == nil ? "by" : "where")` of its own" : nil
    }
    return result
  }

  /// `condition = or`, in which a query stands in parentheses.
  mutating func condition() throws(Abandoned) -> Expression {
    let mark = bareQueries.count
    let result = try nested { (parser) throws(Abandoned) in try parser.disjunction(nil) }
    settleBareQueries(since: mark) { _ in "a query inside a condition" }
    return result
  }

  /// A `sum` that a clause ends with, after which a `by` belongs to the output.
  mutating func bound() throws(Abandoned) -> Expression {
    let mark = bareQueries.count
    leavesOrder = true
    defer { leavesOrder = false }
    let result = try sum(nil)
    settleBareQueries(since: mark) { query in
      query.hasClauses ? "a query with a `where` of its own" : nil
    }
    return result
  }

  /// `or = and ("or" and)*`.
  private mutating func disjunction(_ first: Expression?) throws(Abandoned) -> Expression {
    var left = try conjunction(first)
    while accept("or") { left = try binary(.or, left, try conjunction(nil)) }
    return left
  }

  /// `and = not ("and" not)*`.
  private mutating func conjunction(_ first: Expression?) throws(Abandoned) -> Expression {
    var left = try negation(first)
    while accept("and") { left = try binary(.and, left, try negation(nil)) }
    return left
  }

  /// `not = "not" not | comparison`.
  mutating func negation(_ first: Expression?) throws(Abandoned) -> Expression {
    guard first == nil, isAt("not") else { return try comparison(first) }
    let start = index
    advance()
    let operand = try nested { (parser) throws(Abandoned) in try parser.negation(nil) }
    return try make(.not(operand), at: span(from: start))
  }

  /// `range = sum ("to" sum)? | span`.
  mutating func range(_ first: Expression?) throws(Abandoned) -> Expression {
    if first == nil, isAtElapsed { return try elapsed() }
    let left = try sum(first)
    guard accept("to") else { return left }
    return try binary(.to, left, try sum(nil))
  }

  /// `sum = product (("+" | "-") product)*`.
  mutating func sum(_ first: Expression?) throws(Abandoned) -> Expression {
    var left = try product(first)
    while let sign = acceptOperator([.plus, .minus]) {
      left = try binary(sign, left, try product(nil))
    }
    return left
  }

  /// `product = unary (("*" | "/" | "div" | "mod") unary)*`.
  private mutating func product(_ first: Expression?) throws(Abandoned) -> Expression {
    var left = try unary(first)
    while let sign = acceptOperator([.times, .dividedBy, .div, .mod]) {
      left = try binary(sign, left, try unary(nil))
    }
    return left
  }

  /// `unary = "-" unary | operand ("categorised" "by" NAME)?`.
  private mutating func unary(_ first: Expression?) throws(Abandoned) -> Expression {
    if first == nil, isAtMark("-") {
      let start = index
      advance()
      let operand = try nested { (parser) throws(Abandoned) in try parser.unary(nil) }
      return try make(.negative(operand), at: span(from: start))
    }
    let operand = try operand(first)
    guard accept("categorised") else { return operand }
    try expect("by")
    let codelist = try name("the name of a code list")
    return try make(
      .categorised(operand, by: codelist), at: operand.span.to(codelist.span))
  }

  /// `span = ("days" | "weeks" | "months" | "years") "from" sum "to" sum`.
  mutating func elapsed() throws(Abandoned) -> Expression {
    let start = index
    let unit = Words.elapsedUnits[current.text] ?? .day
    advance()
    return try nested { (parser) throws(Abandoned) in
      try parser.expect("from")
      let first = try parser.sum(nil)
      try parser.expect("to")
      let last = try parser.sum(nil)
      return try parser.make(.elapsed(unit, from: first, to: last), at: parser.span(from: start))
    }
  }

  /// Whether a `span` begins here.
  var isAtElapsed: Bool {
    current.kind == .word && Words.elapsedUnits[current.text] != nil && peek(1).isWord("from")
  }
}

extension Parser {
  /// Makes an expression, up to the limit of levels.
  mutating func make(_ kind: Expression.Kind, at span: SourceSpan) throws(Abandoned) -> Expression {
    let expression = Expression(kind, at: span)
    guard expression.depth <= Expression.maximumDepth else {
      throw abandon(
        Diagnostic(
          .tooDeep, "the expression has more than \(Expression.maximumDepth) levels",
          at: tokens[index].span
        )
        .help("name a part of it with `define`"))
    }
    return expression
  }

  /// An operator and its operands.
  mutating func binary(
    _ sign: BinaryOperator, _ left: Expression, _ right: Expression
  ) throws(Abandoned) -> Expression {
    try make(.binary(sign, left, right), at: left.span.to(right.span))
  }

  /// Reads one of these operators, if it stands here.
  mutating func acceptOperator(_ operators: [BinaryOperator]) -> BinaryOperator? {
    guard current.kind == .mark || current.kind == .word,
      let sign = operators.first(where: { $0.rawValue == current.text })
    else { return nil }
    advance()
    return sign
  }

  /// Asks of each query that does not stand in parentheses whether it should, and forgets it.
  mutating func settleBareQueries(since mark: Int, _ complaint: (Query) -> String?) {
    for expression in bareQueries[mark...] {
      guard case .query(let query) = expression.kind, let subject = complaint(query) else {
        continue
      }
      report(.needsParentheses(subject, expression.span))
    }
    bareQueries.removeSubrange(mark...)
  }
}

extension Diagnostic {
  /// Says that something has to stand in parentheses where it is.
  static func needsParentheses(_ subject: String, _ span: SourceSpan) -> Diagnostic {
    let written = "(\(span.shortText))"
    return Diagnostic(.needsParentheses, "\(subject) stands in parentheses", at: span)
      .help("write `\(written)`")
  }
}
