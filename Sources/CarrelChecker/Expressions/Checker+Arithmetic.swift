import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

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
  func sum(
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
    return moved.constant == nil
      ? moved.bounded(date.range.bounds?.moved(by: count, duration.unit)) : moved.withOwnBounds
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

  /// An operator on two numbers.
  func arithmetic(
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

  /// An operator on two integers.
  func integers(
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
