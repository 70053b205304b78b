import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

// Time from a day to an event.
extension Checker {
  /// Checks a survival output, which is refused when it has no other mistake.
  func survival(_ survival: Survival) {
    let population = population(named: survival.header.population)
    var names = ColumnNames()
    let groupings = survival.grouping?.items.map {
      grouping($0, of: population, names: &names, in: Scope())
    }
    let isTimed = time(survival.time)
    let isGrid = grid(survival)
    guard population != nil, groupings?.allSatisfy({ $0 != nil }) ?? true, isTimed, isGrid else {
      return
    }
    refuse(.survival, "`survival` is", at: survival.header.name.span) as Void?
  }

  /// Whether the days of a time to an event are days of each patient.
  func time(_ time: TimeToEvent) -> Bool {
    let start = date(time.start, for: "`from`", in: Scope()) != nil
    let event = eventDate(time.event, "event")
    let competing = time.competing.map { eventDate($0, "competing") } ?? true
    let censor = time.censor.map { date($0, for: "`censor`", in: Scope()) != nil } ?? true
    return start && event && competing && censor
  }

  private func eventDate(_ expression: Written.Expression, _ word: String) -> Bool {
    guard let typed = date(expression, for: "`\(word)`", in: Scope()) else { return false }
    if typed.kind != .constant { return true }
    report(
      Diagnostic(
        .sameForEveryone, "`\(word)` needs a day of each patient's own", at: expression.span
      ).label("the same for everyone")
        .help("name the day of a row, as in `date of first … where …`"))
    return false
  }

  /// Whether the times of a curve are far enough apart, and few enough.
  private func grid(_ survival: Survival) -> Bool {
    let (step, horizon) = (survival.step, survival.horizon)
    guard let stepDays = shortest(step), let points = points(step, in: horizon) else {
      return false
    }
    if stepDays < Limits.survivalStepDays {
      return wrongGrid(
        "the points of a curve are at least \(Limits.survivalStepDays) days apart", at: step.span,
        "write a longer time: `every \(Limits.survivalStepDays) days`")
    }
    if points < 1 {
      return wrongGrid(
        "a curve of \(excerpt(horizon.span)) has no point every \(excerpt(step.span))",
        at: horizon.span, "write a shorter time after `every`, or a longer one after `for`")
    }
    if points > Limits.survivalPoints {
      return wrongGrid(
        "a curve has at most \(Limits.survivalPoints) points, and this one \(points)",
        at: step.span.to(horizon.span), "write a longer time after `every`")
    }
    return true
  }

  private func wrongGrid(_ message: String, at span: SourceSpan, _ step: String) -> Bool {
    report(Diagnostic(.survivalGrid, message, at: span).help(step))
    return false
  }

  /// How many steps fit into a length of time, at most: months are counted, not their days.
  private func points(_ step: DurationLiteral, in horizon: DurationLiteral) -> Int? {
    if let one = duration(step)?.months, let all = duration(horizon)?.months {
      return all / max(one, 1)
    }
    guard let stepDays = shortest(step), let horizonDays = longest(horizon) else { return nil }
    return horizonDays / max(stepDays, 1)
  }

  /// The fewest days that a length of time can have: from a February of no leap year.
  private func shortest(_ duration: DurationLiteral) -> Int? {
    days(of: duration, from: CivilDate(year: 2001, month: 2, day: 1))
  }

  /// The most days that a length of time can have, but for one: from a leap year on.
  private func longest(_ duration: DurationLiteral) -> Int? {
    days(of: duration, from: CivilDate(year: 2000, month: 1, day: 1))
  }

  private func days(of literal: DurationLiteral, from start: CivilDate?) -> Int? {
    guard let duration = duration(literal), let start,
      case .integer(let count)? = duration.count.constant
    else { return nil }
    guard let end = start.adding(count, duration.unit) else {
      return failure(
        Diagnostic(.numberTooLarge, "a length of time is too long", at: literal.span)
          .help("write a shorter one"))
    }
    return end.dayNumber - start.dayNumber
  }
}

extension Duration {
  /// How many months it is; `nil` of days and weeks.
  fileprivate var months: Int? {
    guard case .integer(let count)? = count.constant else { return nil }
    switch unit {
    case .days, .weeks: return nil
    case .months: return count
    case .years: return Arithmetic.multiply(count, 12)
    }
  }
}
