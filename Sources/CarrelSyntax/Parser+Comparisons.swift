internal import CarrelDiagnostics

extension Parser {
  /// `comparison`: a range, and at most one test of it.
  mutating func comparison(_ first: Expression?) throws(Abandoned) -> Expression {
    let left = try range(first)
    let comparison = try test(of: left)
    return isAtTest ? try chained(after: comparison) : comparison
  }

  /// Whether a test of the operand just read begins here.
  private var isAtTest: Bool {
    switch current.kind {
    case .mark: Self.comparisons.contains { $0.rawValue == current.text }
    case .word:
      ["in", "matches", "between", "contains", "is"].contains(current.text) || isAtNegatedTest
    default: false
    }
  }

  private var isAtNegatedTest: Bool {
    isAt("not") && ["in", "matches", "between"].contains { peek(1).isWord($0) }
  }

  private static let comparisons: [BinaryOperator] = [
    .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
  ]

  private mutating func test(of left: Expression) throws(Abandoned) -> Expression {
    if let sign = acceptOperator(Self.comparisons + [.contains]) {
      return try binary(sign, left, try range(nil))
    }
    if accept("is") { return try presence(of: left) }
    let isNegated = isAtNegatedTest
    if isNegated { advance() }
    if accept("between") { return try between(left, isNegated: isNegated) }
    if accept("in") { return try membership(of: left, .in, isNegated: isNegated) }
    if accept("matches") { return try membership(of: left, .matches, isNegated: isNegated) }
    return left
  }

  private mutating func presence(of left: Expression) throws(Abandoned) -> Expression {
    let start = index
    let isKnown = isAt("known")
    if isKnown || isAt("missing") {
      advance()
      return try make(.presence(left, isKnown: isKnown), at: left.span.to(span(from: start)))
    }
    if isAt("not"), peek(1).isWord("missing") || peek(1).isWord("known") {
      let opposite = peek(1).isWord("missing") ? "known" : "missing"
      advance()
      advance()
      let written = span(from: start)
      report(
        Diagnostic(.notTheLanguage, "`is` has no `not` after it", at: written)
          .help(
            "write `is \(opposite)`",
            fix: Diagnostic.Fix(replacing: written, with: opposite, isSafe: true)))
      return try make(.presence(left, isKnown: opposite == "known"), at: left.span.to(written))
    }
    throw failExpecting(
      "`missing` or `known`",
      help: suggestion(of: ["missing", "known"]) ?? "values are compared with `=`")
  }

  /// `range "not"? "between" sum "and" sum`.
  private mutating func between(
    _ operand: Expression, isNegated: Bool
  ) throws(Abandoned) -> Expression {
    let lower = try sum(nil)
    try expect("and")
    let upper = try sum(nil)
    let between = Between(operand: operand, isNegated: isNegated, lower: lower, upper: upper)
    return try make(.between(between), at: operand.span.to(upper.span))
  }

  /// `range "not"? ("in" | "matches") (range | "(" expr "," list(expr) ")")`.
  private mutating func membership(
    of operand: Expression, _ relation: Membership.Relation, isNegated: Bool
  ) throws(Abandoned) -> Expression {
    let start = index
    let members = isAtMark("(") ? try listOrRange() : [try range(nil)]
    let membership = Membership(
      operand: operand, isNegated: isNegated, relation: relation, members: members)
    return try make(.membership(membership), at: operand.span.to(span(from: start)))
  }

  /// `range | "(" expr "," list(expr) ")"`, at a parenthesis: a comma after the first expression
  /// tells that it is a list.
  private mutating func listOrRange() throws(Abandoned) -> [Expression] {
    let start = index
    let members = try parenthesisedList { (parser) throws(Abandoned) in try parser.expression() }
    guard members.count == 1, let only = members.first else { return members }
    return [try range(Expression(only.kind, at: span(from: start)))]
  }
}

extension Parser {
  /// Reads further tests of something already tested, and says how to write them.
  private mutating func chained(after left: Expression) throws(Abandoned) -> Expression {
    let place = current.span
    let sign = current.text
    var whole = try test(of: left)
    let diagnostic = Diagnostic(.chainedComparison, "comparisons do not chain", at: place)
      .label("the second one")
    report(diagnostic.help(Self.helpForChain(left, sign, whole)))
    while isAtTest { whole = try test(of: whole) }
    // What the rest compares with was meant to be another value, so nothing is said of its type.
    return Expression(left.kind, at: whole.span)
  }

  private static func helpForChain(
    _ left: Expression, _ sign: String, _ whole: Expression
  ) -> String {
    guard case .binary(let firstSign, let low, let middle) = left.kind,
      case .binary(_, _, let high) = whole.kind
    else { return "join two comparisons with `and`, or put one in parentheses" }
    let (a, x, b) = (low.span.shortText, middle.span.shortText, high.span.shortText)
    if firstSign == .lessOrEqual, sign == "<=" { return "write `\(x) between \(a) and \(b)`" }
    if firstSign == .less, sign == "<" {
      return "write `\(x) between \(a) and \(b)`, which includes both ends"
    }
    return "write `\(a) \(firstSign.rawValue) \(x) and \(x) \(sign) \(b)`"
  }
}
