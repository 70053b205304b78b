import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

// Periods, and the time between two dates.
extension Checker {
  /// `a to b`: from the start of one to the end of the other.
  func period(
    from left: Written.Expression, to right: Written.Expression, in scope: Scope
  ) -> Period? {
    let first = end(left, in: scope) { $0.start }
    let last = end(right, in: scope) { $0.end }
    guard let first, let last else { return nil }
    return Period(start: first, end: last)
  }

  private func end(
    _ expression: Written.Expression, in scope: Scope, of take: (Period) -> Typed
  ) -> Typed? {
    guard let meaning = meaning(of: expression, in: scope) else { return nil }
    if let period = period(meaning) { return take(period) }
    if case .value(let typed) = meaning,
      case .fits(let date) = fit(typed, to: .date, at: expression.span)
    {
      return date
    }
    return mismatch(meaning, expected: "a date", for: "`to`", at: expression)
  }

  /// `days from a to b` and the like: complete units.
  func elapsed(
    _ unit: TimeUnit, from start: Written.Expression, to end: Written.Expression, in scope: Scope
  ) -> Typed? {
    let calendarUnit: CalendarUnit =
      switch unit {
      case .day: .days
      case .week: .weeks
      case .month, .quarter: .months
      case .year: .years
      }
    let purpose = "`\(calendarUnit.rawValue) from … to …`"
    let first = date(start, for: purpose, in: scope)
    let last = date(end, for: purpose, in: scope)
    guard let first, let last else { return nil }
    return Typed(
      .binary(.span(calendarUnit), first.expression, last.expression), .integer,
      from: [first, last]
    ).bounded(Bounds(of: calendarUnit, from: first.range.bounds, to: last.range.bounds))
  }

  /// Whether a day is in a period, both ends included.
  func isInside(_ date: Typed, _ period: Period) -> Typed {
    let from = Typed(
      .binary(.greaterOrEqual, date.expression, period.start.expression), .boolean,
      from: [date, period.start])
    let to = Typed(
      .binary(.lessOrEqual, date.expression, period.end.expression), .boolean,
      from: [date, period.end])
    return Typed(.binary(.and, from.expression, to.expression), .boolean, from: [from, to])
  }
}

extension Bounds {
  /// The range of the units between dates of two ranges.
  ///
  /// Complete units grow with the end and shrink with the start, so the extremes are enough.
  fileprivate init?(of unit: CalendarUnit, from starts: Bounds?, to ends: Bounds?) {
    guard let starts, let ends else { return nil }
    let span = { (start: Double, end: Double) in
      Double(
        CivilDate.span(
          unit, from: CivilDate(clampingDayNumber: start), to: CivilDate(clampingDayNumber: end)))
    }
    self.init(
      lowest: span(starts.highest, ends.lowest), highest: span(starts.lowest, ends.highest))
  }
}
