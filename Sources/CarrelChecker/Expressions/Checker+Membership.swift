import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

// Whether a value is among others, between two, or there at all.
extension Checker {
  /// `x in …` and `x matches …`: the `or` over all that is listed.
  func membership(_ membership: Membership, in scope: Scope) -> Typed? {
    let purpose = "`\(membership.relation.rawValue)`"
    let operand = value(of: membership.operand, for: purpose, in: scope)
    let members = membership.members.map { member -> (Written.Expression, Meaning?) in
      var inner = scope
      if case .name = member.kind { inner.isAmongCodes = operand?.type.isCode == true }
      return (member, meaning(of: member, in: inner))
    }
    guard let operand else { return nil }
    let subject = Operand(typed: operand, span: membership.operand.span)
    let tests: [Typed]? =
      switch membership.relation {
      case .in: tests(of: subject, in: members)
      case .matches: matches(subject, members)
      }
    guard let tests, let first = tests.first else { return nil }
    let any = tests.dropFirst().reduce(first) {
      Typed(.binary(.or, $0.expression, $1.expression), .boolean, from: [$0, $1])
    }
    return membership.isNegated ? any.negated : any
  }

  private func tests(
    of operand: Operand, in members: [(Written.Expression, Meaning?)]
  ) -> [Typed]? {
    var tests: [Typed?] = []
    var equals: [Operand] = []
    for (expression, meaning) in members {
      switch meaning {
      case .value(let typed)?: equals.append(Operand(typed: typed, span: expression.span))
      case .period(let period)?: tests.append(inPeriod(operand, period))
      case .codelist(let name)?: tests.append(inCodelist(operand, name, at: expression.span))
      case .values(let set)?: tests.append(inValues(operand, set, at: expression.span))
      case let other?:
        tests.append(
          mismatch(other, expected: "values, a period or a code list", for: "`in`", at: expression))
      case nil: tests.append(nil)
      }
    }
    if !equals.isEmpty { tests.append(isOne(of: equals, operand)) }
    let known = tests.compactMap(\.self)
    return known.count == tests.count ? known : nil
  }

  private func isOne(of members: [Operand], _ operand: Operand) -> Typed? {
    if members.count == 1 { return comparison(.equal, "`in`", operand, members[0]) }
    if let absent = members.first(where: { $0.typed.type == .nothing }) {
      return failure(
        Diagnostic(.comparedWithMissing, "nothing compares with `missing`", at: absent.span)
          .help("add `or \(excerpt(operand.span)) is missing`"))
    }
    if case .codes = operand.typed.type {
      return comparison(.equal, "`in`", operand, members[0])
    }
    guard let typed = unified([operand] + members, for: "`in`") else { return nil }
    return Typed(
      .oneOf(typed[0].expression, typed.dropFirst().map(\.expression)), .boolean, from: typed)
  }

  private func inPeriod(_ operand: Operand, _ period: Period) -> Typed? {
    if case .fits(let date) = fit(operand.typed, to: .date, at: operand.span) {
      return isInside(date, period)
    }
    return failure(
      Diagnostic(
        .wrongType, "only a date is in a period, not \(operand.typed.type.description)",
        at: operand.span
      ).label(operand.typed.type.description)
        .help(operand.typed.type.isNumber ? "use `between … and …` for numbers" : "name a date"))
  }

  private func inValues(_ operand: Operand, _ set: ValueSet, at span: SourceSpan) -> Typed? {
    let element = Operand(typed: set.element, span: span)
    if case .codes = operand.typed.type {
      return comparison(.equal, "`in`", operand, element)
    }
    guard let typed = unified([operand, element], for: "`in`") else { return nil }
    var test = Typed(
      .inValues(typed[0].expression, rows: set.rows.lowered, of: typed[1].expression), .boolean,
      from: [typed[0]])
    // The rows are each patient's own, whatever is looked up among them.
    test.kind = max(test.kind, .patient)
    test.size = test.size.saturatingAdd(set.rows.size).saturatingAdd(set.element.size)
    return test
  }

  /// `x between a and b`, of numbers.
  func between(_ between: Between, in scope: Scope) -> Typed? {
    guard let operand = value(of: between.operand, for: "`between`", in: scope) else { return nil }
    if operand.type == .date {
      let (low, high) = (excerpt(between.lower.span), excerpt(between.upper.span))
      return failure(
        Diagnostic(.betweenDates, "`between` is for numbers", at: between.operand.span)
          .label("a date").help("write `\(excerpt(between.operand.span)) in \(low) to \(high)`"))
    }
    let limits = [between.lower, between.upper].map { number($0, for: "`between`", in: scope) }
    guard let low = limits[0], let high = limits[1],
      number(between.operand, for: "`between`", in: scope) != nil,
      let typed = unified(
        [
          Operand(typed: operand, span: between.operand.span),
          Operand(typed: low, span: between.lower.span),
          Operand(typed: high, span: between.upper.span),
        ], for: "`between`")
    else { return nil }
    let inside = within(typed[0], typed[1], typed[2])
    return between.isNegated ? inside.negated : inside
  }

  /// Whether a value lies between two of its type, both included.
  func within(_ value: Typed, _ low: Typed, _ high: Typed) -> Typed {
    let from = Lowered.Expression.binary(.greaterOrEqual, value.expression, low.expression)
    let to = Lowered.Expression.binary(.lessOrEqual, value.expression, high.expression)
    return Typed(.binary(.and, from.folded, to.folded), .boolean, from: [value, low, high])
  }

  /// `x is missing` and `x is known`.
  func presence(
    of expression: Written.Expression, _ isKnown: Bool, in scope: Scope
  ) -> Typed? {
    guard let meaning = meaning(of: expression, in: scope) else { return nil }
    let isMissing: Typed
    switch meaning {
    case .value(let typed):
      isMissing = Typed(.unary(.isMissing, typed.expression), .boolean, from: [typed])
    case .row(let row):
      return presence(of: row, isKnown)
    case .period(let period):
      isMissing = Typed(
        .binary(
          .or, Lowered.Expression.unary(.isMissing, period.start.expression).folded,
          Lowered.Expression.unary(.isMissing, period.end.expression).folded),
        .boolean, from: [period.start, period.end])
    case .rows, .values, .codelist, .duration:
      return mismatch(
        meaning, expected: "a single value or a row", for: isKnown ? "`is known`" : "`is missing`",
        at: expression)
    }
    return isKnown ? isMissing.negated : isMissing
  }

  private func presence(of row: Row, _ isKnown: Bool) -> Typed {
    guard let picked = row.picked else {
      let isThere = Typed(
        expression: .isPresent(table: row.index), type: .boolean, kind: .patient)
      return isKnown ? isThere : isThere.negated
    }
    let isMissing = Typed(
      expression: .unary(.isMissing, picked), type: .boolean,
      kind: row.neighbourDepth == nil ? .patient : .column, rowDepth: row.neighbourDepth ?? 0,
      size: row.size)
    return isKnown ? isMissing.negated : isMissing
  }
}
