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
  private func both(
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
    guard let typed = unified([left, right], for: purpose) else { return nil }
    guard isComparable(typed[0].type, lowered, purpose, left, right) else { return nil }
    return Typed(
      .binary(lowered, typed[0].expression, typed[1].expression), .boolean, from: typed)
  }

  private func isComparable(
    _ type: ValueType, _ lowered: Lowered.BinaryOperator, _ purpose: String, _ left: Operand,
    _ right: Operand
  ) -> Bool {
    if case .codes = type {
      report(
        Diagnostic(.wrongType, "a field of several codes is not one value", at: left.span)
          .help("hold it against a code list: `\(excerpt(left.span)) matches …`"))
      return false
    }
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

// Numbers.
extension Checker {
  /// The opposite of a number, or of a length of time.
  func negative(_ operand: Written.Expression, in scope: Scope) -> Typed? {
    number(operand, for: "`-`", in: scope).map { number in
      Typed(.unary(.negate, number.expression), number.type, from: [number])
        .bounded(number.range.bounds?.negated)
    }
  }

  /// `+` and `-`: of numbers, or of a date and a length of time.
  private func sum(
    _ binary: Written.BinaryOperator, _ left: Written.Expression, _ right: Written.Expression,
    in scope: Scope
  ) -> Meaning? {
    let (first, second) = (meaning(of: left, in: scope), meaning(of: right, in: scope))
    guard let first, let second else { return nil }
    let purpose = "`\(binary.rawValue)`"
    if case .duration(let duration) = second {
      return moved(first, by: duration, binary, left, right, in: scope).map(Meaning.value)
    }
    if case .value(let date) = second, date.type == .date {
      return datesAdded(first, binary, left, right)
    }
    guard let a = addend(first, purpose, left), let b = addend(second, purpose, right) else {
      return nil
    }
    return .value(arithmetic(binary == .plus ? .add : .subtract, a, b))
  }

  private func addend(
    _ meaning: Meaning, _ purpose: String, _ expression: Written.Expression
  ) -> Typed? {
    if case .value(let typed) = meaning, typed.type.isNumber { return typed }
    if case .value(let typed) = meaning, typed.type == .date {
      return failure(
        Diagnostic(.wrongType, "a date is moved by a length of time", at: expression.span)
          .label("a date").help("name the unit, as in `\(excerpt(expression.span)) + 1 day`"))
    }
    return mismatch(meaning, expected: "a number", for: purpose, at: expression)
  }

  private func moved(
    _ meaning: Meaning, by duration: Duration, _ binary: Written.BinaryOperator,
    _ left: Written.Expression, _ right: Written.Expression, in scope: Scope
  ) -> Typed? {
    guard case .value(let date) = meaning, date.type == .date else {
      if case .duration = meaning {
        return failure(
          Diagnostic(.wrongType, "lengths of time are not added to each other", at: left.span)
            .help("move a date by one after the other: `DATE + 1 year + 1 day`"))
      }
      return mismatch(meaning, expected: "a date", for: "`\(binary.rawValue)`", at: left)
    }
    let count =
      binary == .plus
      ? duration.count
      : Typed(.unary(.negate, duration.count.expression), .integer, from: [duration.count])
    let moved = Typed(
      .binary(.move(duration.unit), date.expression, count.expression), .date, from: [date, count])
    if moved.constant?.isMissing == true, date.constant?.isMissing == false {
      return failure(
        Diagnostic(.impossibleDate, "the date is out of range", at: left.span.to(right.span))
          .help("dates run from 1900-01-01 to 9999-12-31"))
    }
    return moved.constant == nil ? moved.bounded(date.range.bounds?.moved(by: count, duration.unit)) : moved.withOwnBounds
  }

  private func datesAdded(
    _ first: Meaning, _ binary: Written.BinaryOperator, _ left: Written.Expression,
    _ right: Written.Expression
  ) -> Meaning? {
    if binary == .minus, case .value(let typed) = first, typed.type == .date {
      return failure(
        Diagnostic(.wrongType, "a date is not taken from a date", at: left.span.to(right.span))
          .help("count the days: `days from \(excerpt(right.span)) to \(excerpt(left.span))`"))
    }
    let date = excerpt(right.span)
    return failure(
      Diagnostic(.wrongType, "`\(binary.rawValue)` needs a length of time after it", at: right.span)
        .label("a date").help("write the date first, as in `\(date) + 1 day`"))
  }

  private func arithmetic(
    _ lowered: Lowered.BinaryOperator, _ binary: Written.BinaryOperator,
    _ left: Written.Expression, _ right: Written.Expression, in scope: Scope
  ) -> Typed? {
    both(left, right) { number($0, for: "`\(binary.rawValue)`", in: scope) }
      .map { arithmetic(lowered, $0, $1) }
  }

  /// Arithmetic on two numbers: of integers where both are, else of decimals.
  private func arithmetic(_ lowered: Lowered.BinaryOperator, _ left: Typed, _ right: Typed) -> Typed
  {
    let isWhole = left.type == .integer && right.type == .integer
    let (a, b) = isWhole ? (left, right) : (left.widened, right.widened)
    let result = Typed(
      .binary(lowered, a.expression, b.expression), isWhole ? .integer : .decimal, from: [a, b])
    guard let x = left.range.bounds, let y = right.range.bounds else { return result }
    return result.bounded(lowered.bounds(x, y))
  }

  /// An operator on two decimals.
  func decimals(
    _ lowered: Lowered.BinaryOperator, _ purpose: String, _ left: Written.Expression,
    _ right: Written.Expression, in scope: Scope
  ) -> Typed? {
    both(left, right) { number($0, for: purpose, in: scope) }.map { a, b in
      Typed(
        .binary(lowered, a.widened.expression, b.widened.expression), .decimal, from: [a, b])
    }
  }

  private func integers(
    _ lowered: Lowered.BinaryOperator, _ binary: Written.BinaryOperator,
    _ left: Written.Expression, _ right: Written.Expression, in scope: Scope
  ) -> Typed? {
    both(left, right) {
      value(of: $0, as: .integer, for: "`\(binary.rawValue)`", in: scope)
    }
    .map { Typed(.binary(lowered, $0.expression, $1.expression), .integer, from: [$0, $1]) }
  }
}

extension Typed {
  /// The number as a decimal.
  var widened: Typed {
    type == .decimal ? self : Typed(.unary(.widen, expression), .decimal, from: [self]).with(range)
  }

  /// A constant with itself as bounds.
  var withOwnBounds: Typed {
    guard let number = constant?.orderedNumber else { return self }
    return bounded(Bounds(lowest: number, highest: number))
  }
}

extension Bounds {
  /// The range of the opposite numbers.
  var negated: Bounds { Bounds(lowest: -highest, highest: -lowest) }

  /// The range of dates moved by a constant number of units.
  fileprivate func moved(by count: Typed, _ unit: CalendarUnit) -> Bounds? {
    guard case .integer(let count)? = count.constant,
      let low = CivilDate(clampingDayNumber: lowest).adding(count, unit),
      let high = CivilDate(clampingDayNumber: highest).adding(count, unit)
    else { return nil }
    return Bounds(lowest: Double(low.dayNumber), highest: Double(high.dayNumber))
  }
}

extension Lowered.BinaryOperator {
  /// The range of a sum, a difference or a product of numbers of two ranges; `nil` on overflow.
  fileprivate func bounds(_ x: Bounds, _ y: Bounds) -> Bounds? {
    let ends: [Double] =
      switch self {
      case .add: [x.lowest + y.lowest, x.highest + y.highest]
      case .subtract: [x.lowest - y.highest, x.highest - y.lowest]
      case .multiply:
        [x.lowest * y.lowest, x.lowest * y.highest, x.highest * y.lowest, x.highest * y.highest]
      default: []
      }
    guard let low = ends.min(), let high = ends.max(), low.isFinite, high.isFinite else {
      return nil
    }
    return Bounds(lowest: low, highest: high)
  }
}
