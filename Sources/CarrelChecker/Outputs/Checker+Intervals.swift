import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

extension Checker {
  /// The intervals that an output has by its `each`.
  func intervals(_ written: Written.Intervals) -> Lowered.Intervals? {
    guard let length = count(of: written.length) else { return nil }
    let unit = IntervalUnit(written.length.unit)
    let extent: Lowered.Intervals.Extent? =
      switch written.extent {
      case .calendar(let first, let last):
        calendar(written, length * unit.calendar.count, unit, from: first, to: last)
      case .followUp(let duration, let start):
        followUp(written, for: duration, from: start)
      }
    return extent.map { Lowered.Intervals(length: length, unit: unit, extent: $0) }
  }

  /// The number of units of a length of time.
  private func count(of duration: DurationLiteral) -> Int? {
    switch duration.count {
    case .hole: preconditionFailure("holes are filled before a study is checked")
    case .value(let count) where (1...Limits.intervalLength).contains(count): return count
    case .value:
      return failure(
        Diagnostic(
          .withoutIntervals, "`\(excerpt(duration.span))` is not a length of intervals",
          at: duration.span
        ).help("write a number from 1 to \(Limits.intervalLength)"))
    }
  }

  private func isFew(_ count: Int, _ written: Written.Intervals) -> Bool {
    if count <= Limits.intervals { return true }
    report(
      Diagnostic(
        .tooManyIntervals, "a table has at most \(Limits.intervals) intervals", at: written.span
      ).help("take longer intervals, or fewer of them"))
    return false
  }
}

// Intervals of the calendar.
extension Checker {
  private func calendar(
    _ written: Written.Intervals, _ length: Int, _ unit: IntervalUnit,
    from first: Written.Expression, to last: Written.Expression
  ) -> Lowered.Intervals.Extent? {
    guard let period = period(from: first, to: last, in: Scope()),
      let start = constant(period.start, at: first), let end = constant(period.end, at: last)
    else { return nil }
    let all = Interval.series(
      of: length, unit.calendar.unit, from: start, to: end, atMost: Limits.intervals + 1)
    if all.isEmpty {
      return failure(
        Diagnostic(
          .withoutIntervals, "no \(unit) begins between \(start) and \(end)", at: written.span
        ).help("write the earlier day first: `from … to …`"))
    }
    return isFew(all.count, written) ? .calendar(all) : nil
  }

  private func constant(_ typed: Typed, at expression: Written.Expression) -> CivilDate? {
    if case .date(let date)? = typed.constant { return date }
    if typed.kind == .constant {
      return failure(
        Diagnostic(
          .withoutIntervals, "`\(excerpt(expression.span))` is no day", at: expression.span
        ).help("write a day of the calendar"))
    }
    return failure(
      Diagnostic(
        .notConstant, "the ends of `each … from … to …` must be the same for everyone",
        at: expression.span
      ).label("one for each patient").help(
        "write dates; for intervals from a date of each patient's own: "
          + "`each … for … from \(excerpt(expression.span))`"))
  }
}

// Intervals from a date of each patient's own.
extension Checker {
  private func followUp(
    _ written: Written.Intervals, for duration: DurationLiteral, from start: Written.Expression
  ) -> Lowered.Intervals.Extent? {
    let start = date(start, for: "`from`", in: Scope()).map { shared($0) }
    guard let count = count(of: written.length, in: duration), isFew(count, written) else {
      return nil
    }
    return start.map { .followUp(from: $0.expression, count: count) }
  }

  /// How many intervals fill a length of time.
  private func count(of length: DurationLiteral, in duration: DurationLiteral) -> Int? {
    guard let one = count(of: length), let all = count(of: duration) else { return nil }
    let (step, whole) = (IntervalUnit(length.unit).step, IntervalUnit(duration.unit).step)
    let size = one * step.count
    if step.unit == whole.unit, (all * whole.count) % size == 0 { return all * whole.count / size }
    return failure(
      Diagnostic(
        .unevenIntervals,
        "`\(excerpt(duration.span))` is not a whole number of intervals", at: duration.span
      ).label("an interval lasts `\(excerpt(length.span))`")
        .help("write a multiple of the interval, in its own unit"))
  }
}

extension IntervalUnit {
  init(_ unit: TimeUnit) {
    self =
      switch unit {
      case .day: .day
      case .week: .week
      case .month: .month
      case .quarter: .quarter
      case .year: .year
      }
  }

  /// How many days or months it is.
  fileprivate var step: (count: Int, unit: CalendarUnit) {
    switch self {
    case .day: (1, .days)
    case .week: (7, .days)
    case .month: (1, .months)
    case .quarter: (3, .months)
    case .year: (12, .months)
    }
  }
}

extension Interval {
  /// One interval after another: the first begins at the start, the last to begin by the end is
  /// the last.
  fileprivate static func series(
    of length: Int, _ unit: CalendarUnit, from start: CivilDate, to end: CivilDate,
    atMost limit: Int
  ) -> [Interval] {
    var series: [Interval] = []
    while series.count < limit,
      let first = start.adding(series.count * length, unit), first <= end,
      let last = start.adding((series.count + 1) * length, unit)?.adding(-1, .days)
    {
      series.append(Interval(start: first, end: last))
    }
    return series
  }
}

extension Lowered.Intervals {
  /// The interval at hand, whose ends are between those of the first interval and of the last.
  var period: Period {
    var (start, end) = (Typed.day(.intervalStart), Typed.day(.intervalEnd))
    if case .calendar(let all) = extent, let first = all.first, let last = all.last {
      start.range.bounds = Bounds(from: first.start, to: last.start)
      end.range.bounds = Bounds(from: first.end, to: last.end)
    }
    return Period(start: start, end: end)
  }
}

extension Typed {
  /// A date that is the patient's in an interval.
  fileprivate static func day(_ expression: Lowered.Expression) -> Typed {
    Typed(expression: expression, type: .date, kind: .patient)
  }
}

extension Bounds {
  fileprivate init(from first: CivilDate, to last: CivilDate) {
    self.init(lowest: Double(first.dayNumber), highest: Double(last.dayNumber))
  }
}

extension IntervalsSummary {
  init(_ intervals: Lowered.Intervals) {
    let (count, unit) = (intervals.count, intervals.unit.rawValue)
    let words =
      intervals.length == 1
      ? "\(count) \(unit)\(count == 1 ? "" : "s")"
      : "\(count) interval\(count == 1 ? "" : "s") of \(intervals.length) \(unit)s"
    var all: [Interval] = []
    if case .calendar(let intervals) = intervals.extent { all = intervals }
    self.init(count: count, words: words, firstDay: all.first?.start, lastDay: all.last?.end)
  }
}
