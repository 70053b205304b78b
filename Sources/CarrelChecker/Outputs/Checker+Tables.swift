import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

extension Checker {
  /// Adds a table to the plan.
  func table(_ table: Written.Table) {
    var (intervals, scope): (Lowered.Intervals?, Scope) = (nil, Scope())
    if let written = table.intervals {
      intervals = self.intervals(written)
      // The rest speaks of the interval, and cannot be read without one.
      guard let intervals else { return }
      scope.interval = Scope.CurrentInterval(unit: written.length.unit, period: intervals.period)
    }
    let population = self.population(named: table.header.population, in: scope)
    let known = population.map { knownValues(in: $0) }
    var names = ColumnNames()
    let groupings = table.grouping?.items.map {
      self.grouping($0, known: known, names: &names, in: scope)
    }
    let statistics = table.statistics.map { statistic($0, names: &names, in: scope) }
    guard let population, groupings?.allSatisfy({ $0 != nil }) ?? true,
      statistics.allSatisfy({ $0 != nil })
    else { return }
    add(
      table, of: population, in: intervals, groupings: groupings?.compactMap(\.self) ?? [],
      statistics: statistics.compactMap(\.self))
  }

  private func add(
    _ table: Written.Table, of population: CheckedPopulation, in intervals: Lowered.Intervals?,
    groupings: [Lowered.Grouping], statistics: [Lowered.Statistic]
  ) {
    guard let margins = margins(of: table, among: groupings),
      areFewEnough(table, intervals, groupings, margins)
    else { return }
    let isEachOf = table.grouping?.isEachOf ?? false
    let breakdowns =
      isEachOf
      ? Breakdown.each(of: groupings.count, withTotal: !margins.isEmpty)
      : Breakdown.all(of: groupings.count, leavingOut: margins)
    let position = self.position(of: population)
    state.plan.add(
      .table(
        TableOutput(
          name: table.header.name.text, population: position, intervals: intervals,
          groupings: groupings, breakdowns: breakdowns, statistics: statistics)))
  }

  /// The groupings that totals are over; `nil` where one of them is no grouping.
  private func margins(of table: Written.Table, among groupings: [Lowered.Grouping]) -> [Int]? {
    guard let totals = table.totals else { return [] }
    if groupings.isEmpty {
      return failure(
        Diagnostic(.nothingToTotal, "there is nothing to total", at: totals.span)
          .label("the table has no groups").help("leave `totals` out, or add `by …`"))
    }
    if totals.over.isEmpty { return Array(groupings.indices) }
    if table.grouping?.isEachOf == true {
      return failure(
        Diagnostic(.unknownTotal, "`by each of` has one total, over everything", at: totals.span)
          .help("write `totals` alone"))
    }
    let positions = totals.over.map { name -> Int? in
      if let position = groupings.firstIndex(where: { $0.name == name.text }) { return position }
      let mistake = Diagnostic(
        .unknownTotal, "the table is not grouped by `\(name.text)`", at: name.span)
      return failure(
        closest(to: name.text, among: groupings.map(\.name)).map { mistake.suggesting($0) }
          ?? mistake.help("its groupings are \(list(groupings.map(\.name)))"))
    }
    let known = positions.compactMap(\.self)
    return known.count == positions.count ? Array(Set(known)).sorted() : nil
  }

  private func areFewEnough(
    _ table: Written.Table, _ intervals: Lowered.Intervals?, _ groupings: [Lowered.Grouping],
    _ margins: [Int]
  ) -> Bool {
    let isEachOf = table.grouping?.isEachOf ?? false
    let cells = TableSummary.cellCount(groupings, leavingOut: margins, isEachOf: isEachOf)
      .saturatingMultiply(intervals?.count ?? 1)
    if cells <= Limits.cells { return true }
    report(
      Diagnostic(
        .tooManyGroups, "`\(table.header.name.text)` has more than \(Limits.cells) groups",
        at: table.grouping?.span ?? table.span
      ).label(intervals == nil ? "totals included" : "intervals and totals included").help("group by fewer values, or `by each of` them"))
    return false
  }
}

// What patients are grouped by.
extension Checker {
  private func grouping(
    _ item: Item, known: KnownValues?, names: inout ColumnNames, in scope: Scope
  ) -> Lowered.Grouping? {
    let typed = value(of: item.value, for: "`by`", in: scope)
    let name = names.name(of: item, for: "a grouping", in: self)
    guard let typed, let name else { return nil }
    guard var levels = typed.levels else { return ungroupable(item, typed) }
    let value = shared(typed)
    var known = known
    if known?.isKnown(value.expression) == false { levels.append(Level(.missing)) }
    return Lowered.Grouping(
      name: name, heading: item.label?.text ?? name, expression: value.expression, levels: levels)
  }

  private func ungroupable(_ item: Item, _ typed: Typed) -> Lowered.Grouping? {
    let diagnostic = Diagnostic(
      .unboundedGrouping, "`\(excerpt(item.value.span))` cannot be a grouping", at: item.value.span
    ).label(typed.type.unboundedLevels)
    return failure(
      diagnostic.help(groupingStep(item.value, typed)))
  }

  /// A value of the study that can be grouped by in place of one that cannot.
  private func groupingStep(_ item: Written.Expression, _ typed: Typed) -> String {
    switch typed.type {
    case .date where item.isDateOfBirth: "group by bands: `bands of age at (18, 40, 60, 80)`"
    case .date: "group by bands of the time from it: `bands of years from … to … at (1, 5)`"
    case .integer, .decimal:
      "group by bands: `bands of \(excerpt(item.span)) at (…)`"
    case .code: "group by categories of codes: `\(excerpt(item.span)) categorised by …`"
    default: "group by a category, bands or a boolean"
    }
  }

  /// What the criteria of a population prove to be known.
  private func knownValues(in population: CheckedPopulation) -> KnownValues {
    KnownValues(
      in: population.lowered, of: state.plan.plan,
      isRequired: { table, column in self.tables[table].columns[column].isRequired })
  }

  /// The position of a population in the plan, to which it is added once.
  func position(of population: CheckedPopulation) -> Int {
    let lowered = population.lowered
    if let position = state.plan.plan.populations.firstIndex(of: lowered) { return position }
    state.outputPopulations.append(population)
    return state.plan.add(lowered)
  }
}

// What is shown of each group.
extension Checker {
  private func statistic(
    _ statistic: Written.Statistic, names: inout ColumnNames, in scope: Scope
  ) -> Lowered.Statistic? {
    if let standardisation = statistic.standardisation {
      refuse(.standardisation, "`standardised to` is", at: standardisation.weights.span) as Void?
    }
    if let interval = statistic.intervalPercent {
      refuse(.confidenceIntervals, "`with interval` is", at: interval.span) as Void?
    }
    let refused = statistic.standardisation != nil || statistic.intervalPercent != nil
    let kind = self.kind(of: statistic, in: scope)
    let name = kind == nil ? nil : names.name(of: statistic, in: self)
    guard let kind, let name, !refused else { return nil }
    return Lowered.Statistic(
      name: name, label: statistic.label?.text ?? words(statistic.span), kind: kind)
  }

  private func kind(
    of statistic: Written.Statistic, in scope: Scope
  ) -> Lowered.Statistic.Kind? {
    switch statistic.figure {
    case .count: return .count
    case .of(.percent, let expression):
      return condition(expression, for: "`percent`", in: scope)
        .map { .percent(shared($0).expression) }
    case .of(.sum, let expression): return measure(expression, "sum", in: scope).map { .sum($0) }
    case .of(.mean, let expression): return measure(expression, "mean", in: scope).map { .mean($0) }
    case .of(let measure, _):
      return refuse(.statistics, "`\(measure.rawValue)` is", at: statistic.span)
    case .quantile: return refuse(.statistics, "`quantile` is", at: statistic.span)
    case .rate: return refuse(.statistics, "`rate` is", at: statistic.span)
    case .ratio: return refuse(.statistics, "`ratio` is", at: statistic.span)
    }
  }

  /// A number of each patient whose sum or mean is shown; a boolean counts as 0 or 1.
  private func measure(
    _ expression: Written.Expression, _ word: String, in scope: Scope
  ) -> Measure? {
    guard let meaning = meaning(of: expression, in: scope) else { return nil }
    guard case .value(let typed) = meaning, typed.type.isNumber || typed.type == .boolean else {
      return mismatch(meaning, expected: "a number", for: "`\(word)`", at: expression)
    }
    if typed.type == .boolean {
      let number = shared(Typed(.unary(.asInteger, typed.expression), .integer, from: [typed]))
      return Measure(
        expression: number.expression, type: .integer, bounds: Bounds(lowest: 0, highest: 1),
        isCount: true)
    }
    if typed.range.bounds == nil { warnUnbounded(expression, word) }
    return Measure(
      expression: shared(typed).expression, type: typed.type.storage, bounds: typed.range.bounds,
      isCount: typed.range.isCount)
  }

  private func warnUnbounded(_ expression: Written.Expression, _ word: String) {
    let text = excerpt(expression.span)
    report(
      Diagnostic(
        .unboundedMeasure,
        "`\(text)` has no declared bounds, so its \(word) can be released only under `exact`",
        at: expression.span, severity: .warning
      ).help("say what is plausible: `within(\(text), low, high)`"))
  }
}

/// The names of an output's columns, each once.
struct ColumnNames {
  private var spans: [String: SourceSpan] = [:]

  /// The name of an item.
  mutating func name(of item: Item, for purpose: String, in checker: Checker) -> String? {
    guard let name = OutputNames.name(of: item.value, as: item.label), !name.isEmpty else {
      return unnamed(purpose, at: item.label?.span ?? item.value.span, in: checker)
    }
    return add(name, at: item.span, in: checker)
  }

  /// The name of a statistic: `percent_had_review`.
  mutating func name(of statistic: Written.Statistic, in checker: Checker) -> String? {
    if let label = statistic.label {
      let name = OutputNames.fileName(label.text)
      if name.isEmpty { return unnamed("a statistic", at: label.span, in: checker) }
      return add(name, at: statistic.span, in: checker)
    }
    guard case .of(let measure, let expression) = statistic.figure else {
      return add("count", at: statistic.span, in: checker)
    }
    guard let item = OutputNames.subject(of: expression) else {
      return unnamed("a statistic", at: expression.span, in: checker)
    }
    return add("\(measure.rawValue)_\(item)", at: statistic.span, in: checker)
  }

  private func unnamed(_ purpose: String, at span: SourceSpan, in checker: Checker) -> String? {
    checker.failure(
      Diagnostic(.unnamedColumn, "\(purpose) needs a name for its column", at: span)
        .help("add `as \"…\"` after it"))
  }

  private mutating func add(_ name: String, at span: SourceSpan, in checker: Checker) -> String? {
    if let earlier = spans[name] {
      return checker.failure(
        Diagnostic(.columnTwice, "two columns are called `\(name)`", at: span)
          .related(earlier, "the first").help("call one of them something else with `as \"…\"`"))
    }
    spans[name] = span
    return name
  }
}

extension Typed {
  /// Every value besides missing, in order; `nil` where that is not declared.
  fileprivate var levels: [Level]? {
    switch type {
    case .category(let levels): levels
    case .bands(let labels): Level.bands(labels)
    case .boolean:
      [Level(.boolean(false), label: "no"), Level(.boolean(true), label: "yes")]
    case .integer: range.levels
    default: nil
    }
  }
}

extension ValueType {
  /// Why there is no bound to the levels of a type.
  fileprivate var unboundedLevels: String {
    switch self {
    case .date: "date, one level per day"
    case .integer: "integer without a declared range"
    case .decimal: "decimal, one level per number"
    case .text, .quoted: "text, one level per text"
    case .code: "code, one level per code"
    case .codes: "codes, one level per combination"
    case .nothing: "always missing"
    case .boolean, .category, .bands: "levels"
    }
  }
}

extension Written.Expression {
  /// Whether this is a column that holds a date of birth, going by its name.
  fileprivate var isDateOfBirth: Bool {
    if case .member(_, let name) = kind { name.text.hasSuffix("birth") } else { false }
  }
}

extension CheckedPopulation {
  /// The population as the plan says it.
  var lowered: Lowered.Population {
    Lowered.Population(
      name: name,
      criteria: criteria.map {
        Lowered.Criterion(
          label: $0.label, isExclusion: $0.isExclusion, condition: $0.condition.expression)
      })
  }
}
