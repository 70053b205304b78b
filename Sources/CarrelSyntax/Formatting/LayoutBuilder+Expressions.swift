internal import CarrelDiagnostics

extension LayoutBuilder {
  /// An expression with the parentheses it stands in.
  mutating func expression(_ expression: Expression) -> Layout {
    let opening = openingParentheses(of: expression)
    let open = (0..<opening).map { _ in next() }
    var layout = contents(of: expression)
    for mark in open.reversed() { layout = .sequence([mark, .aligned(layout), next()]) }
    return layout
  }

  /// How many parentheses stand before an expression that belong to it and not to its first part.
  private func openingParentheses(of expression: Expression) -> Int {
    let end = expression.kind.start?.range.lowerBound ?? Int.max
    var last = index
    while tokens[last].isMark("("), tokens[last].span.range.lowerBound < end { last += 1 }
    return last - index
  }

  private mutating func contents(of expression: Expression) -> Layout {
    switch expression.kind {
    case .literal(let literal): self.literal(literal)
    case .name: next()
    case .call(_, let arguments): call(arguments)
    case .member(let operand, _): .sequence([self.expression(operand), next(), next()])
    case .negative(let operand): .sequence([next(), self.expression(operand)])
    case .not(let operand): negation(of: operand)
    case .binary(let sign, _, _) where sign.level != nil: chain(expression)
    case .binary(_, let left, let right):
      .spaced(self.expression(left), next(), self.expression(right))
    case .membership(let membership): self.membership(membership)
    case .between(let between): self.between(between)
    case .presence(let operand, _): .spaced(self.expression(operand), words(2))
    case .elapsed(_, let first, let last): elapsed(from: first, to: last)
    case .categorised(let operand, _): .spaced(self.expression(operand), words(3))
    case .choice(let choice): self.choice(choice)
    case .bands(let bands): self.bands(bands)
    case .combination(_, let members): combination(of: members)
    case .query(let query): self.query(query)
    }
  }

  mutating func literal(_ literal: Literal) -> Layout {
    if case .duration(let duration) = literal.kind { return self.duration(duration) }
    if isAtMark("-") { return .sequence([next(), next()]) }
    return next()
  }

  /// The parts of a chain of one level, as `a and b and c`, each behind its operator.
  private mutating func chain(_ expression: Expression) -> Layout {
    .stacked(links(expression, level: expression.kind.level))
  }

  private mutating func links(_ expression: Expression, level: Int?) -> [Layout] {
    guard case .binary(_, let left, let right) = expression.kind else { return [] }
    let isSameChain = left.kind.level == level && openingParentheses(of: left) == 0
    let before = isSameChain ? links(left, level: level) : [self.expression(left)]
    return before + [.spaced(next(), self.expression(right))]
  }

  private mutating func call(_ arguments: [Expression]) -> Layout {
    let start = index
    let name = next()
    if arguments.isEmpty { return .sequence([name, next(), next()]) }
    let list = parenthesised(arguments)
    rewordDuration(start, arguments)
    return .sequence([name, list])
  }

  /// `days(14)` is written `14 days`.
  private mutating func rewordDuration(_ start: Int, _ arguments: [Expression]) {
    guard let unit = Words.elapsedUnits[tokens[start].text], index == start + 4,
      case .literal(let literal) = arguments.first?.kind, case .integer(let count) = literal.kind,
      !printed.comments.areBetween(start, index - 1)
    else { return }
    let whole = tokens[start].span.to(tokens[index - 1].span)
    let words = "\(tokens[start + 2].text) \(Self.unit(unit, count: count))"
    // The spaces keep it apart from a word that stood right behind the parenthesis.
    rewording.append(Edit(range: whole.range, replacement: " \(words) "))
  }

  private mutating func elapsed(from first: Expression, to last: Expression) -> Layout {
    .stacked([.spaced(words(2), expression(first)), .spaced(next(), expression(last))])
  }
}

// Tests.
extension LayoutBuilder {
  /// `not x in y` is written `x not in y`.
  private mutating func negation(of operand: Expression) -> Layout {
    let start = index
    let word = next()
    let isInParentheses = openingParentheses(of: operand) > 0
    let layout = expression(operand)
    if !isInParentheses, let tested = operand.kind.positivelyTested {
      rewordNegation(start, after: tested)
    }
    return .spaced(word, layout)
  }

  private mutating func rewordNegation(_ start: Int, after tested: Expression) {
    var word = start + 1
    while tokens[word].span.range.lowerBound < tested.span.range.upperBound { word += 1 }
    guard !printed.comments.areBetween(start, word) else { return }
    let (from, to) = (tokens[start].span.range, tokens[start + 1].span.range)
    let place = tokens[word].span.range.lowerBound
    rewording.append(Edit(range: from.lowerBound..<to.lowerBound, replacement: ""))
    rewording.append(Edit(range: place..<place, replacement: "not "))
  }

  private mutating func membership(_ membership: Membership) -> Layout {
    let operand = expression(membership.operand)
    let sign = words(membership.isNegated ? 2 : 1)
    guard membership.members.count == 1 else {
      return .spaced(operand, sign, parenthesised(membership.members))
    }
    return .spaced(operand, sign, expression(membership.members[0]))
  }

  private mutating func between(_ between: Between) -> Layout {
    let operand = expression(between.operand)
    let sign = words(between.isNegated ? 2 : 1)
    return .spaced(operand, sign, expression(between.lower), next(), expression(between.upper))
  }
}

// What is built of several.
extension LayoutBuilder {
  private mutating func choice(_ choice: Choice) -> Layout {
    let word = next()
    let subject = choice.subject.map { expression($0) }
    var parts = choice.branches.map { branch(from: $0) }
    if let otherwise = choice.otherwise { parts.append(.spaced(next(), expression(otherwise))) }
    guard let subject else { return .group(.spaced(word, .stacked(parts))) }
    let lines = Layout.sequence(parts.flatMap { [.line, $0] })
    return .aligned(.group(.sequence([word, .space, subject, .indented(2, lines)])))
  }

  private mutating func branch(from branch: Choice.Branch) -> Layout {
    let condition = Layout.spaced(next(), expression(branch.condition))
    let result = Layout.spaced(next(), expression(branch.result))
    return .aligned(.group(.sequence([condition, .indented(2, .sequence([.line, result]))])))
  }

  private mutating func bands(_ bands: Bands) -> Layout {
    let operand = Layout.spaced(words(2), expression(bands.operand))
    let cuts = Layout.spaced(next(), parenthesised(bands.cuts))
    guard let labels = bands.labels else { return .spaced(operand, cuts) }
    let names = Layout.spaced(next(), parenthesised(labels) { builder, _ in builder.next() })
    return .stacked([.spaced(operand, cuts), names])
  }

  private mutating func combination(of members: [Expression]) -> Layout {
    .spaced(words(2), parenthesised(members))
  }

  /// Expressions in parentheses: on one line if they fit, else those that are more than a name or a
  /// value each on its own.
  mutating func parenthesised(_ members: [Expression]) -> Layout {
    let open = next()
    let layouts = self.members(members) { $0.expression($1) }
    var parts: [[Layout]] = []
    var isAfterPlain = false
    for (member, layout) in zip(members, layouts) {
      if member.isPlain, isAfterPlain {
        parts[parts.count - 1].append(layout)
      } else {
        parts.append([layout])
      }
      isAfterPlain = member.isPlain
    }
    return .sequence([open, .stacked(parts.map { .fill($0[...]) }), next()])
  }
}

extension Expression {
  /// Whether this is a value or a name, with what may stand behind a point, or a call of such.
  fileprivate var isPlain: Bool {
    switch kind {
    case .literal, .name: true
    case .member(let operand, _), .negative(let operand): operand.isPlain
    case .call(_, let arguments): arguments.allSatisfy(\.isPlain)
    default: false
    }
  }
}

extension Expression.Kind {
  /// Where an expression begins, its own parentheses left out, if not with a word of its own.
  fileprivate var start: SourceSpan? {
    switch self {
    case .literal(let literal): literal.span
    case .name(let name), .call(let name, _): name.span
    case .member(let operand, _), .presence(let operand, _), .categorised(let operand, _):
      operand.span
    case .binary(_, let left, _): left.span
    case .membership(let membership): membership.operand.span
    case .between(let between): between.operand.span
    case .query(let query): query.span
    case .negative, .not, .elapsed, .choice, .bands, .combination: nil
    }
  }

  /// What is tested by an `in`, `matches` or `between` without `not`.
  fileprivate var positivelyTested: Expression? {
    switch self {
    case .membership(let membership) where !membership.isNegated: membership.operand
    case .between(let between) where !between.isNegated: between.operand
    default: nil
    }
  }

  /// The level of precedence of an operator whose operands may each begin a line.
  fileprivate var level: Int? {
    if case .binary(let sign, _, _) = self { sign.level } else { nil }
  }
}

extension BinaryOperator {
  /// The level of precedence of the operators that chain, as the grammar numbers them.
  fileprivate var level: Int? {
    switch self {
    case .otherwise: 2
    case .or: 4
    case .and: 5
    case .plus, .minus: 9
    case .times, .dividedBy, .div, .mod: 10
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains, .to: nil
    }
  }
}
