import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

extension Checker {
  /// What two operands and the operator between them stand for.
  func meaning(
    of binary: Written.BinaryOperator, _ left: Written.Expression, _ right: Written.Expression,
    in scope: Scope
  ) -> Meaning? {
    switch binary {
    case .to: period(from: left, to: right, in: scope).map(Meaning.period)
    case .plus, .minus: sum(binary, left, right, in: scope)
    default: value(of: binary, left, right, in: scope).map(Meaning.value)
    }
  }

  private func value(
    of binary: Written.BinaryOperator, _ left: Written.Expression, _ right: Written.Expression,
    in scope: Scope
  ) -> Typed? {
    switch binary {
    case .and: logic(.and, left, right, in: scope)
    case .or: logic(.or, left, right, in: scope)
    case .otherwise: otherwise(left, right, in: scope)
    case .equal: comparison(.equal, binary, left, right, in: scope)
    case .notEqual: comparison(.notEqual, binary, left, right, in: scope)
    case .less: comparison(.less, binary, left, right, in: scope)
    case .lessOrEqual: comparison(.lessOrEqual, binary, left, right, in: scope)
    case .greater: comparison(.greater, binary, left, right, in: scope)
    case .greaterOrEqual: comparison(.greaterOrEqual, binary, left, right, in: scope)
    case .contains: contains(left, right, in: scope)
    case .times: arithmetic(.multiply, binary, left, right, in: scope)
    case .dividedBy: decimals(.divide, "`/`", left, right, in: scope)
    case .div: integers(.floorDivide, binary, left, right, in: scope)
    case .mod: integers(.modulo, binary, left, right, in: scope)
    case .to, .plus, .minus: preconditionFailure("these may stand for more than single values")
    }
  }

  /// Both operands, so that the mistakes of both are reported.
  func both(
    _ left: Written.Expression, _ right: Written.Expression,
    _ read: (Written.Expression) -> Typed?
  ) -> (Typed, Typed)? {
    let (a, b) = (read(left), read(right))
    return if let a, let b { (a, b) } else { nil }
  }
}

// Logic and comparison.
extension Checker {
  private func logic(
    _ lowered: Lowered.BinaryOperator, _ left: Written.Expression, _ right: Written.Expression,
    in scope: Scope
  ) -> Typed? {
    let purpose = lowered == .and ? "`and`" : "`or`"
    return both(left, right) { condition($0, for: purpose, in: scope) }
      .map { Typed(.binary(lowered, $0.expression, $1.expression), .boolean, from: [$0, $1]) }
  }

  private func otherwise(
    _ left: Written.Expression, _ right: Written.Expression, in scope: Scope
  ) -> Typed? {
    guard let (a, b) = both(left, right, { value(of: $0, for: "`otherwise`", in: scope) }),
      let typed = unified(
        [Operand(typed: a, span: left.span), Operand(typed: b, span: right.span)],
        for: "`otherwise`")
    else { return nil }
    return Typed(
      .binary(.otherwise, typed[0].expression, typed[1].expression), typed[0].type, from: typed
    ).with(DeclaredRange(levels: typed.commonLevels, bounds: typed.commonBounds))
  }

  private func comparison(
    _ lowered: Lowered.BinaryOperator, _ written: Written.BinaryOperator,
    _ left: Written.Expression, _ right: Written.Expression, in scope: Scope
  ) -> Typed? {
    let (first, second) = (meaning(of: left, in: scope), meaning(of: right, in: scope))
    guard let first, let second else { return nil }
    let purpose = "`\(written.rawValue)`"
    if case .period = second, case .value = first, written == .equal {
      return failure(
        Diagnostic(.wrongType, "a period cannot be compared", at: right.span)
          .label("a period").help("ask whether the day is inside: `\(excerpt(left.span)) in …`"))
    }
    guard case .value(let a) = first else {
      return mismatch(first, expected: "a single value", for: purpose, at: left)
    }
    guard case .value(let b) = second else {
      return mismatch(second, expected: "a single value", for: purpose, at: right)
    }
    return comparison(
      lowered, purpose, Operand(typed: a, span: left.span), Operand(typed: b, span: right.span))
  }

  /// A comparison of two values in the type they meet in.
  func comparison(
    _ lowered: Lowered.BinaryOperator, _ purpose: String, _ left: Operand, _ right: Operand
  ) -> Typed? {
    if let absent = [left, right].first(where: { $0.typed.type == .nothing }) {
      let other = absent.span == left.span ? right : left
      return failure(
        Diagnostic(.comparedWithMissing, "nothing compares with `missing`", at: absent.span)
          .help("ask `\(excerpt(other.span)) is missing`"))
    }
    for operand in [left, right] {
      if case .codes = operand.typed.type {
        return failure(
          Diagnostic(
            .wrongType, "a field of several codes is not one value", at: operand.span
          ).label(operand.typed.type.description)
            .help("hold it against a code list: `\(excerpt(operand.span)) matches …`"))
      }
    }
    guard let typed = unified([left, right], for: purpose) else { return nil }
    guard isComparable(typed[0].type, lowered, purpose, left, right) else { return nil }
    return Typed(
      .binary(lowered, typed[0].expression, typed[1].expression), .boolean, from: typed)
  }

  private func isComparable(
    _ type: ValueType, _ lowered: Lowered.BinaryOperator, _ purpose: String, _ left: Operand,
    _ right: Operand
  ) -> Bool {
    if case (.category(let own), .category(let others)) = (left.typed.type, right.typed.type),
      !own.contains(where: { level in others.contains { $0.value == level.value } })
    {
      report(
        Diagnostic(.mixedTypes, "two categories without a level in common", at: right.span)
          .label("never equal to `\(excerpt(left.span))`").help("compare each with its own levels"))
      return false
    }
    if lowered == .equal || lowered == .notEqual || type.isOrdered { return true }
    report(
      Diagnostic(
        .withoutOrder, "\(purpose) needs an order, and \(type.description) has none",
        at: left.span
      ).label(type.description).help("use `=` or `in (…)`"))
    return false
  }

  private func contains(
    _ left: Written.Expression, _ right: Written.Expression, in scope: Scope
  ) -> Typed? {
    both(left, right) { operand in
      guard let meaning = meaning(of: operand, in: scope) else { return nil }
      if case .value(let typed) = meaning {
        if case .codes = typed.type { return typed.of(.text) }
        if case .fits(let text) = fit(typed, to: .text, at: operand.span) { return text }
      }
      return mismatch(meaning, expected: "a text", for: "`contains`", at: operand)
    }
    .map { Typed(.binary(.contains, $0.expression, $1.expression), .boolean, from: [$0, $1]) }
  }
}
