import CarrelCatalogue
import CarrelPlan
import CarrelPolicy
import CarrelValues

// From a bound on something computed to a bound on the date that it is computed from.
extension LookFinder {
  /// Bounds a number or a date, and reports where that leaves too few days.
  mutating func constrain(
    _ expression: Lowered.Expression, to range: NumberRange, isDate: Bool, in context: Context,
    _ windows: inout DateWindows
  ) {
    guard review.mayLook(at: context.span) else { return }
    switch expression {
    case .value(let index) where review.plan.values.indices.contains(index):
      var outside = context
      outside.row = nil
      constrain(
        review.plan.values[index].expression, to: range, isDate: isDate, in: outside, &windows)
    case .unary(let part, let date) where !part.keepsNumbers:
      constrain(part, of: date, to: range, in: context, &windows)
    case .binary(.span(let unit), let start, let end):
      constrain(unit, from: start, to: end, to: range, in: context, &windows)
    default:
      if let (operand, range) = inverse(of: expression, range) {
        constrain(operand, to: range, isDate: isDate, in: context, &windows)
      } else if isDate {
        note(expression, range, in: context, &windows)
      }
    }
  }

  /// What a value is computed from, and the range of it that gives a range of the value, where both
  /// are numbers or both dates.
  private mutating func inverse(
    of expression: Lowered.Expression, _ range: NumberRange
  ) -> (Lowered.Expression, NumberRange)? {
    switch expression {
    case .binary(.otherwise, let operand, _): return (operand, range)
    case .choice(let branches, otherwise: nil) where branches.count == 1:
      return (branches[0].result, range)
    case .unary(.negate, let operand): return (operand, range.mapped(isFalling: true) { -$0 })
    case .unary(_, let operand): return (operand, range)
    case .binary(.move(let unit), let date, let count):
      guard case .integer(let count)? = literals.value(of: count) else { return nil }
      return (date, range.mapped { $0.moved(by: -count, unit) })
    case .binary(let binary, let left, let right): return arithmetic(binary, left, right, range)
    default: return nil
    }
  }

  /// Adds a bound on a date itself.
  private mutating func note(
    _ date: Lowered.Expression, _ range: NumberRange, isOfSomeMonths: Bool = false,
    in context: Context, _ windows: inout DateWindows
  ) {
    let subject = DateSubject(expression: date, row: date.isOfRow ? context.row : nil)
    var window = windows[subject] ?? inherited(by: date, in: context)
    window.narrow(
      to: DateWindow(first: range.lowest, last: range.highest, isOfSomeMonths: isOfSomeMonths))
    windows[subject] = window
    let isBirth = mentionsBirth(date, row: context.row)
    let least =
      isBirth ? SafetyRules.narrowestBirthWindowDays : review.rules.policy.narrowestWindowDays
    if let days = window.dayCount, days < Double(least) {
      review.reportLook(days, onBirths: isBirth, at: context.span)
    }
  }

  /// What the rows that a date is picked from say of it.
  private mutating func inherited(
    by date: Lowered.Expression, in context: Context
  ) -> DateWindow {
    let (rows, column): (RowSet, Int)
    switch date {
    case .rowColumn(_, let picked, let row):
      guard case .query(.pick(let pick)) = review.resolved(row) else { return DateWindow() }
      (rows, column) = (pick.rows, picked)
    case .query(.extremum(_, let found, of: .column(let index))): (rows, column) = (found, index)
    default: return DateWindow()
    }
    guard let condition = rows.condition else { return DateWindow() }
    var said = Said(windows: [:])
    gather(
      condition, holds: true, in: Context(row: rows.table, span: context.span), into: &said)
    return said.windows[DateSubject(expression: .column(column), row: rows.table)] ?? DateWindow()
  }

  /// Values are looked at once each: of those built on each other twice there are ever so many ways.
  private func mentionsBirth(_ date: Lowered.Expression, row: Int?) -> Bool {
    var seen: Set<Int> = []
    var pending = [date]
    while let expression = pending.popLast() {
      if case .value(let index) = expression {
        guard review.plan.values.indices.contains(index), seen.insert(index).inserted else {
          continue
        }
        pending.append(review.plan.values[index].expression)
      } else if review.column(expression, row: row)?.privacy == .datePrecision {
        return true
      } else {
        pending += expression.ownParts
      }
    }
    return false
  }
}

// Parts of dates, lengths of time, numbers.
extension LookFinder {
  private mutating func constrain(
    _ part: Lowered.UnaryOperator, of date: Lowered.Expression, to range: NumberRange,
    in context: Context, _ windows: inout DateWindows
  ) {
    switch part {
    case .year:
      let first = range.lowest.flatMap { Int(exactly: $0.rounded(.up)) }
      let last = range.highest.flatMap { Int(exactly: $0.rounded(.down)) }
      let days = NumberRange(
        from: first.flatMap { CivilDate(year: $0, month: 1, day: 1)?.number },
        to: last.flatMap { CivilDate(year: $0, month: 12, day: 31)?.number })
      constrain(date, to: days, isDate: true, in: context, &windows)
    case .firstOfMonth, .firstOfYear:
      let unit: CalendarUnit = part == .firstOfMonth ? .months : .years
      let days = NumberRange(
        from: range.lowest, to: range.highest.flatMap { $0.moved(by: 1, unit) }.map { $0 - 1 })
      constrain(date, to: days, isDate: true, in: context, &windows)
    case .month:
      note(
        review.resolved(date), NumberRange(from: nil, to: nil), isOfSomeMonths: true, in: context,
        &windows)
    default: break
    }
  }

  /// `n` complete units lie between two dates, one of them a literal.
  private mutating func constrain(
    _ unit: CalendarUnit, from start: Lowered.Expression, to end: Lowered.Expression,
    to range: NumberRange, in context: Context, _ windows: inout DateWindows
  ) {
    let least = range.lowest.flatMap { Int(exactly: $0.rounded(.up)) }
    let most = range.highest.flatMap { Int(exactly: $0.rounded(.down)) }
    if let end = literals.number(of: end) {
      // At least n units before the end; and not n + 1 or more.
      let days = NumberRange(
        from: most.flatMap { end.moved(by: -($0 + 1), unit) }.map { $0 + 1 },
        to: least.flatMap { end.moved(by: -$0, unit) })
      constrain(start, to: days, isDate: true, in: context, &windows)
    } else if let start = literals.number(of: start) {
      let days = NumberRange(
        from: least.flatMap { start.moved(by: $0, unit) },
        to: most.flatMap { start.moved(by: $0 + 1, unit) }.map { $0 - 1 })
      constrain(end, to: days, isDate: true, in: context, &windows)
    }
  }

  private mutating func arithmetic(
    _ binary: Lowered.BinaryOperator, _ left: Lowered.Expression, _ right: Lowered.Expression,
    _ range: NumberRange
  ) -> (Lowered.Expression, NumberRange)? {
    switch (binary, literals.number(of: left), literals.number(of: right)) {
    case (.add, nil, let number?): (left, range.mapped { $0 - number })
    case (.add, let number?, nil): (right, range.mapped { $0 - number })
    case (.subtract, nil, let number?): (left, range.mapped { $0 + number })
    case (.subtract, let number?, nil): (right, range.mapped(isFalling: true) { number - $0 })
    case (.multiply, nil, let number?) where number != 0:
      (left, range.mapped(isFalling: number < 0) { $0 / number })
    case (.multiply, let number?, nil) where number != 0:
      (right, range.mapped(isFalling: number < 0) { $0 / number })
    case (.divide, nil, let number?) where number != 0:
      (left, range.mapped(isFalling: number < 0) { $0 * number })
    default: nil
    }
  }
}

extension Lowered.UnaryOperator {
  /// Whether a bound on the result is nearly one on the operand.
  fileprivate var keepsNumbers: Bool {
    switch self {
    case .widen, .floor, .round, .negate: true
    default: false
    }
  }
}

extension Lowered.Expression {
  /// Whether it is about the row at hand.
  var isOfRow: Bool {
    if case .column = self { true } else { ownParts.contains(where: \.isOfRow) }
  }
}

extension Double {
  /// The number of the day that lies some units after the one with this number.
  fileprivate func moved(by count: Int, _ unit: CalendarUnit) -> Double? {
    CivilDate(clampingDayNumber: self).adding(count, unit)?.number
  }
}

extension CivilDate {
  fileprivate var number: Double { Double(dayNumber) }
}
