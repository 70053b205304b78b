internal import CarrelDiagnostics

extension Parser {
  /// A query that begins with a word of its own, or `nil` where none begins here.
  mutating func queryFromHead() throws(Abandoned) -> Expression? {
    guard current.kind == .word else { return nil }
    let start = index
    switch current.text {
    case "any" where peek(1).isName:
      advance()
      return try query(.any, from: start)
    case "count": return try counting(from: start)
    case "first" where peek(1).isWord("row") && peek(2).isWord("of"),
      "last" where peek(1).isWord("row") && peek(2).isWord("of"),
      "row" where peek(1).isIntegerTerm && peek(2).isWord("of"):
      return try pickedRow(from: start)
    default: return try aggregate(from: start)
    }
  }

  /// The forms of `count` that ask about rows.
  private mutating func counting(from start: Int) throws(Abandoned) -> Expression? {
    if peek(1).isWord("distinct"), peek(2).isName || peek(2).isMark("(") {
      advance()
      advance()
      let column = try column()
      try expectOf("count distinct", column)
      return try query(.countDistinct(column), from: start)
    }
    if peek(1).isWord("episodes"), peek(2).isWord("of") { return try episodes(from: start) }
    guard peek(1).isName else { return nil }
    advance()
    return try query(.count, from: start)
  }

  /// `("sum" | "mean" | "smallest" | "largest" | "earliest" | "latest") column "of"`.
  private mutating func aggregate(from start: Int) throws(Abandoned) -> Expression? {
    guard let aggregate = Query.Aggregate(rawValue: current.text),
      peek(1).isName || peek(1).isMark("(")
    else { return nil }
    advance()
    let column = try column()
    try expectOf(aggregate.rawValue, column)
    return try query(.aggregate(aggregate, column), from: start)
  }

  /// `("first" | "last") "row" "of"` and `"row" integer "of"`.
  private mutating func pickedRow(from start: Int) throws(Abandoned) -> Expression {
    let pick = try pick()
    _ = accept("row")
    try expect("of")
    return try query(.row(pick), from: start)
  }

  /// `path "of" (("first" | "last") | "row" integer "of")` and `path "of"`, with the column read.
  mutating func queryOfColumn(
    _ column: Expression, from start: Int
  ) throws(Abandoned) -> Expression {
    try expect("of")
    if isAt("first") || isAt("last"), peek(1).isName {
      return try query(.column(column, of: try pick()), from: start)
    }
    guard isAt("row"), peek(1).isIntegerTerm else {
      return try query(.values(column), from: start)
    }
    let pick = try pick()
    try expect("of")
    return try query(.column(column, of: pick), from: start)
  }

  private mutating func pick() throws(Abandoned) -> Query.Pick {
    if accept("first") { return .first }
    if accept("last") { return .last }
    try expect("row")
    return .number(try integerTerm())
  }

  /// `column = path | "(" expr ")"`.
  private mutating func column() throws(Abandoned) -> Expression {
    let start = index
    if isAtMark("(") {
      let members = try arguments(canBeEmpty: false)
      guard members.count == 1, let only = members.first else {
        throw failAfterList(from: start)
      }
      return Expression(only.kind, at: span(from: start))
    }
    let name = try name("the name of a column")
    return try members(of: Expression(.name(name), at: name.span))
  }

  private mutating func failAfterList(from start: Int) -> Abandoned {
    let word = tokens[start - 1].text
    return abandon(
      Diagnostic(.missingOf, "`of` is missing before the list", at: span(from: start))
        .help("write `\(word) of (…)`"))
  }

  private mutating func expectOf(_ words: String, _ column: Expression) throws(Abandoned) {
    guard !accept("of") else { return }
    throw abandon(
      Diagnostic(.missingOf, "`\(words)` asks about a column `of` a table", at: placeOfMistake)
        .label("expected `of`")
        .help("write `\(words) \(column.span.shortText) of TABLE`"))
  }
}

extension Parser {
  /// The source and the clauses of a query whose selection is read.
  private mutating func query(
    _ selection: Query.Selection, from start: Int
  ) throws(Abandoned) -> Expression {
    let source = try sourceReference("the name of a table")
    let filters = try filters()
    return try bareQuery(selection, source, filters, order: try order(of: selection), from: start)
  }

  /// `"count" "episodes" "of" source filters? "gap" duration`.
  private mutating func episodes(from start: Int) throws(Abandoned) -> Expression {
    advance()
    advance()
    advance()
    let source = try sourceReference("the name of a table")
    let filters = try filters()
    guard accept("gap") else {
      throw failExpecting(
        "`gap`", help: "it is written `count episodes of \(source.name.text) gap 14 days`")
    }
    return try bareQuery(
      .countEpisodes(gap: try duration()), source, filters, order: nil, from: start)
  }

  private mutating func bareQuery(
    _ selection: Query.Selection, _ source: SourceReference, _ filters: Filters?,
    order: RowOrder?, from start: Int
  ) throws(Abandoned) -> Expression {
    let span = span(from: start)
    let query = Query(
      selection: selection, source: source, filters: filters, order: order, span: span)
    let expression = try make(.query(query), at: span)
    if isAtMark(".") { throw abandon(.needsParentheses("a query before a point", span)) }
    bareQueries.append(expression)
    return expression
  }

  /// `source = NAME ("(" list(expr) ")")?`.
  mutating func sourceReference(_ role: String) throws(Abandoned) -> SourceReference {
    let start = index
    let name = try name(role)
    let arguments = isAtMark("(") ? try arguments(canBeEmpty: false) : []
    return SourceReference(name: name, arguments: arguments, span: span(from: start))
  }

  /// `"where" condition ("except" "where" condition)? | "except" "where" condition`, or nothing.
  mutating func filters() throws(Abandoned) -> Filters? {
    let condition = accept("where") ? try condition() : nil
    var exception: Expression?
    if accept("except") {
      try expect("where")
      exception = try self.condition()
    }
    guard condition != nil || exception != nil else { return nil }
    return Filters(condition: condition, exception: exception)
  }

  /// `"by" keys ("including" "missing")?`, or nothing.
  private mutating func order(of selection: Query.Selection) throws(Abandoned) -> RowOrder? {
    guard isAt("by"), !leavesOrder else { return nil }
    guard selection.isPick else {
      throw abandon(
        Diagnostic(
          .unexpectedWord, "only `first`, `last` and `row` have an order", at: current.span
        )
        .help("remove `by` and what follows it"))
    }
    advance()
    let keys = try sortKeys()
    let includesMissing = accept("including")
    if includesMissing { try expect("missing") }
    return RowOrder(keys: keys, includesMissing: includesMissing)
  }
}

extension Parser {
  /// `keys = key | "(" key "," list(key) ")"`.
  mutating func sortKeys() throws(Abandoned) -> [SortKey] {
    guard isAtMark("(") else { return [try sortKey()] }
    let start = index
    return try nested { (parser) throws(Abandoned) in
      parser.advance()
      return try parser.keysInParentheses(from: start)
    }
  }

  /// The rest of `"(" key "," list(key) ")"`, or of a key that begins with `"(" expr ")"`: what
  /// follows the first key tells which.
  private mutating func keysInParentheses(from start: Int) throws(Abandoned) -> [SortKey] {
    let mark = bareQueries.count
    var first: Expression
    if isAt("case") || isAt("not") {
      first = try expression()
    } else {
      first = isAtElapsed ? try elapsed() : try sum(nil)
      if isAt("descending") || isAtMark(",") { return try keys(beginning: first, since: mark) }
      first = try expression(beginning: first, since: mark)
    }
    if isAtMark(",") {
      report(.needsParentheses("a key that is not a number, a date or a name", first.span))
      return try keys(beginning: first, since: mark)
    }
    try expectMark(")")
    return [try sortKey(beginning: Expression(first.kind, at: span(from: start)))]
  }

  /// The rest of a list of two keys or more, to its closing parenthesis.
  private mutating func keys(
    beginning first: Expression, since mark: Int
  ) throws(Abandoned) -> [SortKey] {
    settleKey(since: mark)
    var keys = [SortKey(expression: first, isDescending: accept("descending"))]
    guard isAtMark(",") else {
      throw failExpecting("`,` and another key", help: "one key needs no parentheses")
    }
    while acceptMark(",") { keys.append(try sortKey()) }
    try expectMark(")")
    return keys
  }

  /// `key = (sum | span) "descending"?`.
  private mutating func sortKey(beginning first: Expression? = nil) throws(Abandoned) -> SortKey {
    let mark = bareQueries.count
    let expression = first == nil && isAtElapsed ? try elapsed() : try sum(first)
    settleKey(since: mark)
    return SortKey(expression: expression, isDescending: accept("descending"))
  }

  private mutating func settleKey(since mark: Int) {
    settleBareQueries(since: mark) { _ in "a query inside a key" }
  }
}

extension Query.Selection {
  /// Whether one row is picked, so that there is an order to pick by.
  fileprivate var isPick: Bool {
    switch self {
    case .row, .column: true
    case .any, .count, .countDistinct, .countEpisodes, .aggregate, .values: false
    }
  }
}
