import CarrelPlan
import CarrelValues

/// Constants are computed while checking, with the arithmetic that every engine uses, so that
/// `index - 1 year` can stand where a constant is needed.
extension Lowered.Expression {
  /// The same expression, or its value where all its operands are constants.
  var folded: Lowered.Expression {
    switch self {
    case .unary(let unary, let operand):
      foldedUnary(unary, operand)
    case .binary(let binary, .constant(let left, let type), .constant(let right, _)):
      .constant(binary.applied(to: left, right), binary.resultType(of: type))
    case .choice(let branches, let otherwise):
      Self.foldedChoice(branches, otherwise: otherwise) ?? self
    case .oneOf(.constant(let value, _), let members):
      members.constants.map { .constant(value.isOne(of: $0), .boolean) } ?? self
    case .band(.constant(let value, _), let cuts):
      .constant(value.band(among: cuts), .integer)
    case .extremum(let extremum, let operands):
      operands.constants.map { .constant(extremum.ofKnown($0), operands[0].constantType) } ?? self
    case .countOf(let conditions):
      conditions.constants.map { .constant(.integer($0.count(where: \.holds)), .integer) } ?? self
    case .makeDate(.constant(let year, _), .constant(let month, _), .constant(let day, _)):
      .constant(.date(year: year, month: month, day: day), .date)
    default: self
    }
  }

  private func foldedUnary(
    _ unary: Lowered.UnaryOperator, _ operand: Lowered.Expression
  ) -> Lowered.Expression {
    guard case .constant(let value, let type) = operand else { return self }
    return .constant(unary.applied(to: value), unary.resultType(of: type))
  }

  private static func foldedChoice(
    _ branches: [Lowered.Branch], otherwise: Lowered.Expression?
  ) -> Lowered.Expression? {
    for branch in branches {
      guard case .constant(let condition, _) = branch.condition else { return nil }
      if condition.holds { return branch.result }
    }
    return otherwise ?? branches.first.map { .constant(.missing, $0.result.constantType) }
  }

  /// The type of a constant; text for anything else, which is never asked.
  private var constantType: ScalarType {
    if case .constant(_, let type) = self { type } else { .text }
  }
}

extension [Lowered.Expression] {
  /// The values, where all of them are constants.
  fileprivate var constants: [Value]? {
    var values: [Value] = []
    for expression in self {
      guard case .constant(let value, _) = expression else { return nil }
      values.append(value)
    }
    return values
  }
}

extension Lowered.UnaryOperator {
  /// The result for a value; missing for missing, but for `isMissing`.
  func applied(to operand: Value) -> Value {
    switch (self, operand) {
    case (.isMissing, _): .boolean(operand.isMissing)
    case (.not, .boolean(let boolean)): .boolean(!boolean)
    case (.asInteger, .boolean(let boolean)): .integer(boolean ? 1 : 0)
    case (_, .integer(let integer)): applied(to: integer)
    case (_, .decimal(let decimal)): applied(to: decimal)
    case (_, .date(let date)): applied(to: date)
    default: .missing
    }
  }

  private func applied(to integer: Int) -> Value {
    switch self {
    case .negate: Value(Arithmetic.negate(integer))
    case .absolute: Value(Arithmetic.absolute(integer))
    case .widen: .decimal(Double(integer))
    default: .missing
    }
  }

  private func applied(to decimal: Double) -> Value {
    switch self {
    case .negate: Value(Arithmetic.negate(decimal))
    case .absolute: Value(Arithmetic.absolute(decimal))
    case .floor: Value(Arithmetic.floor(decimal))
    case .round: Value(Arithmetic.round(decimal))
    case .squareRoot: Value(Arithmetic.squareRoot(decimal))
    case .logarithm: Value(Arithmetic.logarithm(decimal))
    case .exponential: Value(Arithmetic.exponential(decimal))
    default: .missing
    }
  }

  private func applied(to date: CivilDate) -> Value {
    switch self {
    case .year: .integer(date.year)
    case .month: .integer(date.month)
    case .day: .integer(date.day)
    case .firstOfMonth: .date(date.firstOfMonth)
    case .firstOfYear: .date(date.firstOfYear)
    default: .missing
    }
  }
}

extension Lowered.BinaryOperator {
  /// The result for two values, which is missing where a strict operator lacks an operand.
  func applied(to left: Value, _ right: Value) -> Value {
    switch self {
    case .and: return Value(Logic.and(left.boolean, right.boolean))
    case .or: return Value(Logic.or(left.boolean, right.boolean))
    case .otherwise: return left.isMissing ? right : left
    default: break
    }
    if left.isMissing || right.isMissing { return .missing }
    return comparison(left, right).map(Value.boolean) ?? strict(left, right)
  }

  private func comparison(_ left: Value, _ right: Value) -> Bool? {
    switch self {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    default: nil
    }
  }

  private func strict(_ left: Value, _ right: Value) -> Value {
    switch (left, right) {
    case (.integer(let a), .integer(let b)): integers(a, b)
    case (.decimal(let a), .decimal(let b)): decimals(a, b)
    case (.text(let a), .text(let b)): texts(a, b)
    case (.date(let a), .integer(let b)): moved(a, by: b)
    case (.date(let a), .date(let b)): span(from: a, to: b)
    default: .missing
    }
  }

  private func integers(_ a: Int, _ b: Int) -> Value {
    switch self {
    case .add: Value(Arithmetic.add(a, b))
    case .subtract: Value(Arithmetic.subtract(a, b))
    case .multiply: Value(Arithmetic.multiply(a, b))
    case .floorDivide: Value(Arithmetic.floorDivide(a, by: b))
    case .modulo: Value(Arithmetic.modulo(a, by: b))
    default: .missing
    }
  }

  private func decimals(_ a: Double, _ b: Double) -> Value {
    switch self {
    case .add: Value(Arithmetic.add(a, b))
    case .subtract: Value(Arithmetic.subtract(a, b))
    case .multiply: Value(Arithmetic.multiply(a, b))
    case .divide: Value(Arithmetic.divide(a, by: b))
    case .power: Value(Arithmetic.power(a, b))
    default: .missing
    }
  }

  private func texts(_ a: String, _ b: String) -> Value {
    switch self {
    case .contains: .boolean(TextMatching.contains(a, b))
    case .hasPrefix: .boolean(TextMatching.hasPrefix(a, b))
    case .anyCodeHasPrefix: .boolean(TextMatching.anyCode(in: a, hasPrefix: b))
    default: .missing
    }
  }

  private func moved(_ date: CivilDate, by count: Int) -> Value {
    guard case .move(let unit) = self else { return .missing }
    return date.adding(count, unit).map(Value.date) ?? .missing
  }

  private func span(from start: CivilDate, to end: CivilDate) -> Value {
    guard case .span(let unit) = self else { return .missing }
    return .integer(CivilDate.span(unit, from: start, to: end))
  }
}

extension Extremum {
  /// The least or greatest of the values that are known; missing without one.
  fileprivate func ofKnown(_ values: [Value]) -> Value {
    let known = values.filter { !$0.isMissing }
    return (self == .smallest ? known.min() : known.max()) ?? .missing
  }
}

extension Value {
  fileprivate init(_ integer: Int?) { self = integer.map(Value.integer) ?? .missing }
  fileprivate init(_ decimal: Double?) { self = decimal.map(Value.decimal) ?? .missing }
  fileprivate init(_ boolean: Bool?) { self = boolean.map(Value.boolean) ?? .missing }

  fileprivate var boolean: Bool? {
    if case .boolean(let boolean) = self { boolean } else { nil }
  }

  /// The three-valued `or` of its equality with each of some values.
  fileprivate func isOne(of values: [Value]) -> Value {
    values.reduce(.boolean(false)) { found, value in
      Lowered.BinaryOperator.or.applied(
        to: found, Lowered.BinaryOperator.equal.applied(to: self, value))
    }
  }

  /// How many of some rising cuts are at or below it.
  fileprivate func band(among cuts: [Value]) -> Value {
    isMissing ? .missing : .integer(cuts.count { $0 <= self })
  }

  fileprivate static func date(year: Value, month: Value, day: Value) -> Value {
    guard case (.integer(let year), .integer(let month), .integer(let day)) = (year, month, day)
    else { return .missing }
    return CivilDate(year: year, month: month, day: day).map(Value.date) ?? .missing
  }
}
