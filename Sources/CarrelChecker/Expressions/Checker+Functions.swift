import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

extension Checker {
  /// What a call of a function of the language stands for.
  func function(
    _ function: Function, _ arguments: [Written.Expression], at span: SourceSpan, in scope: Scope
  ) -> Meaning? {
    guard arguments.count == function.parameterCount else {
      for argument in arguments { _ = meaning(of: argument, in: scope) }
      return failure(
        Diagnostic(
          .wrongArguments,
          "`\(function.rawValue)` takes \(function.parameterCount) argument\(function.parameterCount == 1 ? "" : "s")",
          at: span
        ).label("found \(arguments.count)").help("write `\(function.usage)`"))
    }
    let purpose = "`\(function.rawValue)`"
    switch function {
    case .absolute: return absolute(arguments[0], in: scope).map(Meaning.value)
    case .floor: return whole(.floor, arguments[0], purpose, in: scope).map(Meaning.value)
    case .round: return whole(.round, arguments[0], purpose, in: scope).map(Meaning.value)
    case .sqrt: return decimal(.squareRoot, arguments[0], purpose, in: scope)
    case .log: return decimal(.logarithm, arguments[0], purpose, in: scope)
    case .exp: return decimal(.exponential, arguments[0], purpose, in: scope)
    case .power:
      return decimals(.power, purpose, arguments[0], arguments[1], in: scope).map(Meaning.value)
    case .within: return within(arguments, in: scope).map(Meaning.value)
    case .date: return makeDate(arguments, in: scope).map(Meaning.value)
    case .days: return duration(.days, arguments[0], purpose, in: scope)
    case .weeks: return duration(.weeks, arguments[0], purpose, in: scope)
    case .months: return duration(.months, arguments[0], purpose, in: scope)
    case .years: return duration(.years, arguments[0], purpose, in: scope)
    }
  }

  private func absolute(_ argument: Written.Expression, in scope: Scope) -> Typed? {
    number(argument, for: "`absolute`", in: scope).map { number in
      Typed(.unary(.absolute, number.expression), number.type, from: [number])
        .bounded(number.range.bounds?.absolute)
    }
  }

  private func whole(
    _ unary: Lowered.UnaryOperator, _ argument: Written.Expression, _ purpose: String,
    in scope: Scope
  ) -> Typed? {
    number(argument, for: purpose, in: scope).map { number in
      if number.type == .integer { return number }
      let rule: FloatingPointRoundingRule = unary == .floor ? .down : .toNearestOrAwayFromZero
      let bounds = number.range.bounds.map {
        Bounds(lowest: $0.lowest.rounded(rule), highest: $0.highest.rounded(rule))
      }
      return Typed(.unary(unary, number.expression), .integer, from: [number]).bounded(bounds)
    }
  }

  private func decimal(
    _ unary: Lowered.UnaryOperator, _ argument: Written.Expression, _ purpose: String,
    in scope: Scope
  ) -> Meaning? {
    number(argument, for: purpose, in: scope).map { number in
      .value(Typed(.unary(unary, number.widened.expression), .decimal, from: [number]))
    }
  }

  /// `within(x, a, b)`: x, but missing outside a to b, which are its declared range.
  private func within(_ arguments: [Written.Expression], in scope: Scope) -> Typed? {
    let value = number(arguments[0], for: "`within`", in: scope)
    let ends = arguments.dropFirst().map { argument in
      number(argument, for: "`within`", in: scope)
        .flatMap { constant($0, for: "an end of `within`", at: argument.span) }
    }
    guard let value, let low = ends[0], let high = ends[1],
      let typed = unified(
        zip([value, low, high], arguments).map { Operand(typed: $0, span: $1.span) },
        for: "`within`")
    else { return nil }
    let test = within(typed[0], typed[1], typed[2])
    let result = Typed(
      .choice([Lowered.Branch(when: test.expression, then: typed[0].expression)], otherwise: nil),
      typed[0].type, from: [test, typed[0]])
    guard let lowest = typed[1].constant?.number, let highest = typed[2].constant?.number else {
      return result
    }
    guard lowest <= highest else {
      return failure(
        Diagnostic(.notConstant, "the ends of `within` rise", at: arguments[2].span)
          .help("write the smaller one first"))
    }
    return result.with(
      DeclaredRange(
        levels: levels(from: typed[1], to: typed[2]),
        bounds: Bounds(lowest: lowest, highest: highest), isCount: value.range.isCount))
  }

  /// The integers from one constant to another, where they are few enough to be levels.
  private func levels(from low: Typed, to high: Typed) -> [Level]? {
    guard case (.integer(let low)?, .integer(let high)?) = (low.constant, high.constant),
      let distance = Arithmetic.subtract(high, low), distance < SchemaColumn.maximumRangeLevels
    else { return nil }
    return (low...high).map { Level(.integer($0)) }
  }

  private func makeDate(_ arguments: [Written.Expression], in scope: Scope) -> Typed? {
    let parts = arguments.map { value(of: $0, as: .integer, for: "`date`", in: scope) }
    guard let year = parts[0], let month = parts[1], let day = parts[2] else { return nil }
    let date = Typed(
      .makeDate(year: year.expression, month: month.expression, day: day.expression), .date,
      from: [year, month, day])
    if date.constant?.isMissing == true {
      return failure(
        Diagnostic(
          .impossibleDate, "there is no such date", at: arguments[0].span.to(arguments[2].span)
        ).help("write a year from 1900 to 9999, a month and a day of it"))
    }
    return date.withOwnBounds
  }

  private func duration(
    _ unit: CalendarUnit, _ argument: Written.Expression, _ purpose: String, in scope: Scope
  ) -> Meaning? {
    value(of: argument, as: .integer, for: purpose, in: scope)
      .map { .duration(Duration(count: $0, unit: unit)) }
  }
}

extension Function {
  fileprivate var parameterCount: Int {
    switch self {
    case .absolute, .floor, .round, .sqrt, .log, .exp, .days, .weeks, .months, .years: 1
    case .power: 2
    case .within, .date: 3
    }
  }

  fileprivate var usage: String {
    switch self {
    case .power: "power(x, n)"
    case .within: "within(x, low, high)"
    case .date: "date(year, month, day)"
    case .days, .weeks, .months, .years: "\(rawValue)(n)"
    case .absolute, .floor, .round, .sqrt, .log, .exp: "\(rawValue)(x)"
    }
  }
}

extension Bounds {
  /// The range of the sizes of numbers.
  fileprivate var absolute: Bounds {
    let ends = [abs(lowest), abs(highest)]
    let least = lowest <= 0 && highest >= 0 ? 0 : min(ends[0], ends[1])
    return Bounds(lowest: least, highest: max(ends[0], ends[1]))
  }
}
