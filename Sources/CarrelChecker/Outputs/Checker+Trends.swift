import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

// Breaks in the series of a table.
extension Checker {
  /// Checks a trend, which is refused when it has no other mistake.
  func trend(_ trend: Trend) {
    guard let table = table(of: trend) else { return }
    let isSeries = series(of: trend, table)
    let isFit = family(of: trend, table)
    guard let intervals = self.series[table.header.name.text],
      case .calendar(let all) = intervals.extent
    else { return }
    let isSeason = season(of: trend, intervals)
    guard breaks(of: trend, in: all), isSeries, isFit, isSeason else { return }
    refuse(.trends, "`trend` is", at: trend.name.span) as Void?
  }

  /// The table that a trend is of.
  private func table(of trend: Trend) -> Written.Table? {
    let name = trend.table
    let tables = study.statements.compactMap { statement -> Written.Table? in
      if case .table(let table) = statement { table } else { nil }
    }
    if let table = tables.first(where: { $0.header.name.text == name.text }) { return table }
    if let other = declared[name.text] {
      return failure(
        Diagnostic(
          .wrongKindOfName, "a trend is of a table, and `\(name.text)` is \(other.description)",
          at: name.span
        ).label(other.description).help("name a `table` of the study"))
    }
    if lostNames.mayDeclare(name.text) { return nil }
    let names = tables.map(\.header.name.text)
    let mistake = Diagnostic(.unknownName, "there is no table `\(name.text)`", at: name.span)
    if let close = closest(to: name.text, among: names) {
      return failure(mistake.suggesting(close))
    }
    return failure(
      mistake.help(names.isEmpty ? "release a table with `each`" : "there are \(list(names))"))
  }

  /// Whether a table shows one figure over intervals of the calendar.
  private func series(of trend: Trend, _ table: Written.Table) -> Bool {
    switch table.intervals?.extent {
    case nil, .followUp:
      return notSeries(
        "a trend needs a series over the calendar", of: trend, table,
        "give the table `each month from … to …`")
    case .calendar where table.statistics.count > 1:
      return notSeries(
        "a trend needs a table of one figure", of: trend, table,
        "show the others in another table")
    case .calendar: return true
    }
  }

  private func notSeries(
    _ message: String, of trend: Trend, _ table: Written.Table, _ step: String
  ) -> Bool {
    report(
      Diagnostic(.wrongSeries, message, at: trend.table.span)
        .related(table.header.name.span, "the table").help(step))
    return false
  }

  /// Whether the figure of the table is one that the family is for.
  private func family(of trend: Trend, _ table: Written.Table) -> Bool {
    guard table.statistics.count == 1, let figure = table.statistics.first?.figure else {
      return true
    }
    let needed: String? =
      switch (trend.family, figure) {
      case (.linear, _), (.logistic, .of(.percent, _)), (.poisson, .count), (.poisson, .rate),
        (.negativeBinomial, .count), (.negativeBinomial, .rate):
        nil
      case (.logistic, _): "`percent`"
      case (.poisson, _), (.negativeBinomial, _): "`count` or `rate`"
      }
    guard let needed else { return true }
    report(
      Diagnostic(
        .wrongSeries, "`\(trend.family.rawValue)` is for a table that shows \(needed)",
        at: trend.table.span
      ).related(table.statistics[0].span, "what it shows").help("write `linear`, or show \(needed)")
    )
    return false
  }

  /// Whether a year has several intervals, so that a season can be told.
  private func season(of trend: Trend, _ intervals: Lowered.Intervals) -> Bool {
    let longest: [IntervalUnit: Int] = [.day: 182, .week: 26, .month: 6, .quarter: 2, .year: 0]
    guard trend.isSeasonal, intervals.length > longest[intervals.unit] ?? 0 else { return true }
    report(
      Diagnostic(
        .wrongSeries, "a season needs two intervals or more in a year", at: trend.table.span
      ).label("\(intervals.length) \(intervals.unit)\(intervals.length == 1 ? "" : "s") each")
        .help("leave `seasonal` out, or take shorter intervals"))
    return false
  }

  /// Whether the breaks are days inside the series, one after another.
  private func breaks(of trend: Trend, in series: [Interval]) -> Bool {
    var areRight = true
    var earlier: CivilDate?
    for literal in trend.breaks {
      guard let day = day(of: literal) else {
        areRight = false
        continue
      }
      if let problem = problem(of: day, after: earlier, in: series) {
        report(
          Diagnostic(.wrongBreak, problem.message, at: literal.span).help(problem.step))
        areRight = false
      }
      earlier = day
    }
    return areRight
  }

  /// The day of a break; of a month, its first.
  private func day(of literal: Literal) -> CivilDate? {
    guard let meaning = meaning(of: literal) else { return nil }
    switch meaning {
    case .period(let period):
      if case .date(let date)? = period.start.constant { return date }
    case .value(let typed):
      if case .date(let date)? = typed.constant { return date }
    default: break
    }
    return failure(
      Diagnostic(
        .wrongType, "`breaks` needs days or months, not \(meaning.description)", at: literal.span
      ).label(meaning.description).help("write a day or a month, as in `2020-03`"))
  }

  private func problem(
    of day: CivilDate, after earlier: CivilDate?, in series: [Interval]
  ) -> (message: String, step: String)? {
    if let first = series.first?.start, day <= first {
      return (
        "the series does not break before it begins",
        "write a day after \(first), when the first interval begins"
      )
    }
    if let last = series.last?.start, day > last {
      return (
        "the series is over before this break",
        "write a day up to \(last), when the last interval begins"
      )
    }
    if let earlier, day <= earlier {
      return ("breaks stand in order of time", "write the earlier one first, and each once")
    }
    return nil
  }
}
