internal import CarrelDiagnostics

extension Parser {
  /// A value outside expressions, where a number may have a sign: `value = "-" number | literal`.
  mutating func signedValue() throws(Abandoned) -> Literal {
    if isAtMark("-") { return try negativeNumber() }
    guard let literal = try literalIfAny() else {
      throw failExpecting("a value such as `5`, `\"text\"` or `2024-03-31`")
    }
    return literal
  }

  private mutating func negativeNumber() throws(Abandoned) -> Literal {
    let start = index
    advance()
    let kind: Literal.Kind
    switch current.kind {
    case .integer:
      guard let value = Int("-" + current.text) else {
        throw abandon(tooLarge("9223372036854775808"))
      }
      advance()
      kind = .integer(value)
    case .decimal: kind = .decimal(-(try decimal()))
    default: throw failExpecting("a number after the sign")
    }
    return Literal(kind: kind, span: span(from: start))
  }

  /// `literal = number | STRING | DATE | MONTH | duration | "true" | "false" | "missing"`, or `nil`
  /// where none begins here.
  mutating func literalIfAny() throws(Abandoned) -> Literal? {
    let start = index
    if current.isIntegerTerm, Words.units[peek(1).text] != nil, peek(1).kind == .word {
      let duration = try duration()
      return Literal(kind: .duration(duration), span: duration.span)
    }
    guard let kind = try literalKind() else { return nil }
    return Literal(kind: kind, span: span(from: start))
  }

  private mutating func literalKind() throws(Abandoned) -> Literal.Kind? {
    switch current.kind {
    case .integer:
      if let date = misspeltDate() { return date }
      return .integer(try integer())
    case .decimal: return .decimal(try decimal())
    case .text:
      defer { advance() }
      return .text(current.text)
    case .date:
      defer { advance() }
      let parts = digits(of: current.text)
      return .date(year: parts[0], month: parts[1], day: parts[2])
    case .month:
      defer { advance() }
      let parts = digits(of: current.text)
      return .month(year: parts[0], month: parts[1])
    case .word:
      if accept("true") { return .boolean(true) }
      if accept("false") { return .boolean(false) }
      return accept("missing") ? .missing : nil
    case .mark, .end: return nil
    }
  }

  /// A date as it is written elsewhere, such as `31/03/2024`: arithmetic here, and never meant.
  private mutating func misspeltDate() -> Literal.Kind? {
    let written = (0..<5).map { peek($0) }
    let (numbers, signs) = ([written[0], written[2], written[4]], [written[1], written[3]])
    guard signs.allSatisfy({ $0.isMark("/") }) || signs.allSatisfy({ $0.isMark("-") }),
      numbers.allSatisfy({ $0.kind == .integer }),
      zip(written, written.dropFirst()).allSatisfy({
        $0.span.range.upperBound == $1.span.range.lowerBound
      })
    else { return nil }
    let parts = numbers.map { Int($0.text) ?? 0 }
    guard let date = Self.date(of: parts) else { return nil }
    let place = written[0].span.to(written[4].span)
    for _ in written { advance() }
    let text = [date.year, date.month, date.day].map { $0 < 10 ? "0\($0)" : "\($0)" }
      .joined(separator: "-")
    report(
      Diagnostic(.notTheLanguage, "a date is written as year, month and day", at: place)
        .label("a calculation").help(
          "write `\(text)`", fix: Diagnostic.Fix(replacing: place, with: text, isSafe: false)))
    return .date(year: date.year, month: date.month, day: date.day)
  }

  /// The date that three numbers are, with the year first or last; the month is second where it can be.
  private static func date(of parts: [Int]) -> (year: Int, month: Int, day: Int)? {
    let years = 1900...2100
    let (year, others) =
      years.contains(parts[0])
      ? (parts[0], [parts[1], parts[2]]) : (parts[2], [parts[1], parts[0]])
    guard years.contains(year), others.allSatisfy({ (1...31).contains($0) }),
      others.contains(where: { $0 <= 12 })
    else { return nil }
    return others[0] <= 12 ? (year, others[0], others[1]) : (year, others[1], others[0])
  }

  /// The numbers between the hyphens of a date or a month.
  private func digits(of text: String) -> [Int] {
    text.utf8.split(separator: UInt8(ascii: "-")).map { part in
      part.reduce(0) { 10 * $0 + Int($1 - UInt8(ascii: "0")) }
    }
  }

  /// `INT`.
  mutating func integer() throws(Abandoned) -> Int {
    guard let value = Int(current.text) else { throw abandon(tooLarge("9223372036854775807")) }
    advance()
    return value
  }

  private mutating func decimal() throws(Abandoned) -> Double {
    guard let value = Double(current.text), value.isFinite else {
      throw abandon(tooLarge("about 1.8 followed by 308 digits"))
    }
    advance()
    return value
  }

  private func tooLarge(_ limit: String) -> Diagnostic {
    Diagnostic(.numberTooLarge, "the number is too large", at: current.span)
      .help("the largest is \(limit)")
  }

  /// `integer = INT | HOLE`.
  mutating func integerTerm() throws(Abandoned) -> IntegerTerm {
    guard current.isHole else { return .value(try integer()) }
    defer { advance() }
    return .hole(Name(current.text, at: current.span))
  }

  /// `number = INT | DECIMAL`.
  mutating func number() throws(Abandoned) -> Literal {
    let start = index
    switch current.kind {
    case .integer: return Literal(kind: .integer(try integer()), span: span(from: start))
    case .decimal: return Literal(kind: .decimal(try decimal()), span: span(from: start))
    default: throw failExpecting("a number")
    }
  }

  /// `duration = integer unit`.
  mutating func duration() throws(Abandoned) -> DurationLiteral {
    let start = index
    guard current.isIntegerTerm else { throw failExpecting("a length of time such as `30 days`") }
    let count = try integerTerm()
    let unit = try timeUnit()
    return DurationLiteral(count: count, unit: unit, span: span(from: start))
  }

  /// `unit = "day" | "days" | "week" | … | "quarters" | "year" | "years"`.
  mutating func timeUnit() throws(Abandoned) -> TimeUnit {
    guard current.kind == .word, let unit = Words.units[current.text] else {
      throw failExpecting("a unit of time", help: suggestion(of: Words.units.keys.sorted()))
    }
    advance()
    return unit
  }
}
