import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

extension Checker {
  /// What a literal stands for.
  func meaning(of literal: Literal) -> Meaning? {
    switch literal.kind {
    case .integer(let integer): .value(.constant(.integer(integer), .integer))
    case .decimal(let decimal): .value(.constant(.decimal(decimal), .decimal))
    case .boolean(let boolean): .value(.constant(.boolean(boolean), .boolean))
    case .text(let text): .value(.constant(.text(text), .quoted))
    case .missing: .value(.constant(.missing, .nothing))
    case .date(let year, let month, let day):
      date(year: year, month: month, day: day, at: literal.span)
        .map { .value(.constant(.date($0), .date)) }
    case .month(let year, let month):
      date(year: year, month: month, day: 1, at: literal.span).map { .period(Period(monthOf: $0)) }
    case .duration(let duration): self.duration(duration).map(Meaning.duration)
    }
  }

  private func date(year: Int, month: Int, day: Int, at span: SourceSpan) -> CivilDate? {
    if let date = CivilDate(year: year, month: month, day: day) { return date }
    let mistake = Diagnostic(
      .impossibleDate, "there is no such date as \(excerpt(span))", at: span)
    if !(1900...9999).contains(year) {
      return failure(mistake.help("dates run from 1900-01-01 to 9999-12-31"))
    }
    if !(1...12).contains(month) {
      return failure(mistake.label("months run from 01 to 12").help("write the month second"))
    }
    let days = CivilDate.daysInMonth(month, of: year)
    return failure(
      mistake.label("that month has \(days) days").help("write a day from 01 to \(days)"))
  }

  /// A length of time as written.
  func duration(_ literal: DurationLiteral) -> Duration? {
    switch literal.count {
    case .hole: preconditionFailure("holes are filled before a study is checked")
    case .value(let count):
      guard let (unit, units) = literal.unit.calendarUnits(count) else {
        return failure(
          Diagnostic(.numberTooLarge, "a length of time is too long", at: literal.span)
            .help("write a shorter one"))
      }
      return Duration(count: .constant(.integer(units), .integer), unit: unit)
    }
  }
}

extension TimeUnit {
  /// The calendar unit that a number of these is counted in, and how many; `nil` on overflow.
  fileprivate func calendarUnits(_ count: Int) -> (CalendarUnit, Int)? {
    switch self {
    case .day: (.days, count)
    case .week: (.weeks, count)
    case .month: (.months, count)
    case .quarter: Arithmetic.multiply(count, 3).map { (.months, $0) }
    case .year: (.years, count)
    }
  }
}

extension Period {
  /// The month that begins on a day.
  init(monthOf first: CivilDate) {
    let days = CivilDate.daysInMonth(first.month, of: first.year)
    let last = CivilDate(year: first.year, month: first.month, day: days) ?? first
    self.init(
      start: .constant(.date(first), .date), end: .constant(.date(last), .date))
  }
}
