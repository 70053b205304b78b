internal import CarrelPlan
internal import CarrelValues

// Operators and the other expressions that only need the values of their operands.
extension ReferencePatient {
  func apply(_ unary: UnaryOperator, to operand: Value) -> Value {
    switch (unary, operand) {
    case (.isMissing, _): .boolean(operand.isMissing)
    case (_, .missing): .missing
    case (.not, .boolean(let boolean)): .boolean(!boolean)
    case (.asInteger, .boolean(let boolean)): .integer(boolean ? 1 : 0)
    case (.negate, .integer(let integer)): .known(Arithmetic.negate(integer))
    case (.negate, .decimal(let decimal)): .known(Arithmetic.negate(decimal))
    case (.absolute, .integer(let integer)): .known(Arithmetic.absolute(integer))
    case (.absolute, .decimal(let decimal)): .known(Arithmetic.absolute(decimal))
    case (.widen, .integer(let integer)): .decimal(Double(integer))
    case (.floor, .decimal(let decimal)): .known(Arithmetic.floor(decimal))
    case (.round, .decimal(let decimal)): .known(Arithmetic.round(decimal))
    case (.squareRoot, .decimal(let decimal)): .known(Arithmetic.squareRoot(decimal))
    case (.logarithm, .decimal(let decimal)): .known(Arithmetic.logarithm(decimal))
    case (.exponential, .decimal(let decimal)): .known(Arithmetic.exponential(decimal))
    case (.year, .date(let date)): .integer(date.year)
    case (.month, .date(let date)): .integer(date.month)
    case (.day, .date(let date)): .integer(date.day)
    case (.firstOfMonth, .date(let date)): .date(date.firstOfMonth)
    case (.firstOfYear, .date(let date)): .date(date.firstOfYear)
    default: preconditionFailure("an operand has the type that its operator needs")
    }
  }

  func apply(_ binary: BinaryOperator, to left: Value, _ right: Value) -> Value {
    switch binary {
    case .and: return .known(Logic.and(left.truth, right.truth))
    case .or: return .known(Logic.or(left.truth, right.truth))
    case .otherwise: return left.isMissing ? right : left
    default: return left.isMissing || right.isMissing ? .missing : applyKnown(binary, left, right)
    }
  }

  private func applyKnown(_ binary: BinaryOperator, _ left: Value, _ right: Value) -> Value {
    switch binary {
    case .equal: return .boolean(left == right)
    case .notEqual: return .boolean(left != right)
    case .less: return .boolean(left < right)
    case .lessOrEqual: return .boolean(left <= right)
    case .greater: return .boolean(left > right)
    case .greaterOrEqual: return .boolean(left >= right)
    default: break
    }
    switch (left, right) {
    case (.integer(let a), .integer(let b)): return compute(binary, a, b)
    case (.decimal(let a), .decimal(let b)): return compute(binary, a, b)
    case (.text(let a), .text(let b)): return compute(binary, a, b)
    case (.date(let a), _): return compute(binary, a, right)
    default: preconditionFailure("operands have the types that their operator needs")
    }
  }

  private func compute(_ binary: BinaryOperator, _ a: Int, _ b: Int) -> Value {
    switch binary {
    case .add: .known(Arithmetic.add(a, b))
    case .subtract: .known(Arithmetic.subtract(a, b))
    case .multiply: .known(Arithmetic.multiply(a, b))
    case .floorDivide: .known(Arithmetic.floorDivide(a, by: b))
    case .modulo: .known(Arithmetic.modulo(a, by: b))
    default: preconditionFailure("an operator of integers")
    }
  }

  private func compute(_ binary: BinaryOperator, _ a: Double, _ b: Double) -> Value {
    switch binary {
    case .add: .known(Arithmetic.add(a, b))
    case .subtract: .known(Arithmetic.subtract(a, b))
    case .multiply: .known(Arithmetic.multiply(a, b))
    case .divide: .known(Arithmetic.divide(a, by: b))
    case .power: .known(Arithmetic.power(a, b))
    default: preconditionFailure("an operator of decimals")
    }
  }

  private func compute(_ binary: BinaryOperator, _ a: String, _ b: String) -> Value {
    switch binary {
    case .contains: .boolean(TextMatching.contains(a, b))
    case .hasPrefix: .boolean(TextMatching.hasPrefix(a, b))
    case .anyCodeHasPrefix: .boolean(TextMatching.anyCode(in: a, hasPrefix: b))
    default: preconditionFailure("an operator of texts")
    }
  }

  private func compute(_ binary: BinaryOperator, _ a: CivilDate, _ b: Value) -> Value {
    switch (binary, b) {
    case (.move(let unit), .integer(let count)): .known(a.adding(count, unit))
    case (.span(let unit), .date(let end)): .integer(CivilDate.span(unit, from: a, to: end))
    default: preconditionFailure("an operator of a date")
    }
  }
}

extension ReferencePatient {
  func choice(among branches: [Branch], otherwise: Expression?, at row: RowAtHand?) -> Value {
    for branch in branches where value(of: branch.condition, at: row).holds {
      return value(of: branch.result, at: row)
    }
    return otherwise.map { value(of: $0, at: row) } ?? .missing
  }

  /// The three-valued `or` of the subject being equal to each member.
  func isOne(of members: [Value], _ subject: Value) -> Value {
    members.map { apply(.equal, to: subject, $0) }
      .reduce(.boolean(false)) { apply(.or, to: $0, $1) }
  }

  /// Missing members are dropped; of no members the answer is false whatever the subject.
  func isOne(of members: [Value], orFalseAmongNone subject: Value) -> Value {
    isOne(of: members.filter { !$0.isMissing }, subject)
  }

  func band(of number: Value, among cuts: [Value]) -> Value {
    number.isMissing ? .missing : .integer(cuts.filter { $0 <= number }.count)
  }

  func extremum(_ end: Extremum, of values: [Value]) -> Value {
    let known = values.filter { !$0.isMissing }
    return (end == .smallest ? known.min() : known.max()) ?? .missing
  }

  func makeDate(_ year: Value, _ month: Value, _ day: Value) -> Value {
    guard case .integer(let year) = year, case .integer(let month) = month,
      case .integer(let day) = day
    else { return .missing }
    return .known(CivilDate(year: year, month: month, day: day))
  }

  func isMatch(_ code: Value, _ codelist: CodelistUse, _ match: CodeMatch) -> Value {
    guard case .text(let code) = code else { return .missing }
    return switch match {
    case .equal: .boolean(codelist.position(of: code) != nil)
    case .prefix: .boolean(codelist.codes.contains { TextMatching.hasPrefix(code, $0) })
    case .anyPrefix:
      .boolean(codelist.codes.contains { TextMatching.anyCode(in: code, hasPrefix: $0) })
    }
  }

  func category(of code: Value, in codelist: CodelistUse) -> Value {
    guard case .text(let code) = code, let position = codelist.position(of: code) else {
      return .missing
    }
    return .text(codelist.categories[position])
  }
}

extension CodelistUse {
  /// Where a code stands in the list, found by halving since the codes are in order.
  fileprivate func position(of code: String) -> Int? {
    var candidates = codes.startIndex..<codes.endIndex
    while !candidates.isEmpty {
      let middle = (candidates.lowerBound + candidates.upperBound) / 2
      if Value.text(codes[middle]) == .text(code) { return middle }
      let isBefore = Value.text(codes[middle]) < .text(code)
      candidates = isBefore ? middle + 1..<candidates.upperBound : candidates.lowerBound..<middle
    }
    return nil
  }
}

extension Value {
  /// A boolean, or missing for `nil`.
  static func known(_ boolean: Bool?) -> Value { boolean.map { .boolean($0) } ?? .missing }
  /// An integer, or missing for `nil`.
  static func known(_ integer: Int?) -> Value { integer.map { .integer($0) } ?? .missing }
  /// A decimal, or missing for `nil`.
  static func known(_ decimal: Double?) -> Value { decimal.map { .decimal($0) } ?? .missing }
  /// A date, or missing for `nil`.
  static func known(_ date: CivilDate?) -> Value { date.map { .date($0) } ?? .missing }

  /// A boolean with three values, where missing is `nil`.
  fileprivate var truth: Bool? {
    switch self {
    case .boolean(let boolean): boolean
    case .missing: nil
    default: preconditionFailure("logic is on booleans")
    }
  }
}
