import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

// `summary`: the variables of a study in rows, each with the statistics that suit its type.
extension Checker {
  /// Adds a summary to the plan.
  func summary(_ summary: Summary) {
    let population = self.population(named: summary.header.population)
    var names = ColumnNames(alsoTaken: ["variable", "level", "denominator", "known"])
    let groupings = summary.grouping?.items.map {
      grouping($0, of: population, names: &names, in: Scope())
    }
    var variables = SummaryVariables()
    var variableNames = ColumnNames(alsoTaken: [])
    let areRight = summary.items.map {
      add($0, of: population, to: &variables, names: &variableNames)
    }
    let known = groupings?.compactMap(\.self) ?? []
    let shape = OutputShape(
      name: summary.header.name, grouping: summary.grouping, totals: summary.totals,
      span: summary.span)
    guard let population, known.count == groupings?.count ?? 0, areRight.allSatisfy({ $0 }),
      let breakdowns = self.breakdowns(
        of: shape, by: known, repeated: variables.statistics.count)
    else { return }
    state.plan.add(
      .summary(
        SummaryOutput(
          table: TableOutput(
            name: summary.header.name.text, population: position(of: population),
            groupings: known, breakdowns: breakdowns, statistics: variables.statistics),
          variables: variables.variables)))
  }

  /// Adds a variable; whether it has no mistake.
  private func add(
    _ item: Item, of population: CheckedPopulation?, to variables: inout SummaryVariables,
    names: inout ColumnNames
  ) -> Bool {
    let typed = value(of: item.value, for: "`summary`", in: Scope())
    let name = names.name(of: item, for: "a variable", in: self)
    guard let typed, let name else { return false }
    let heading = item.label?.text ?? name
    if typed.type == .boolean {
      variables.add(name, heading, holds: shared(typed).expression)
    } else if typed.type.isNumber, typed.levels?.count ?? .max > Limits.summaryLevels {
      guard let measure = measure(item.value, "mean", in: Scope(), isNumber: true) else {
        return false
      }
      variables.add(name, heading, number: measure)
    } else {
      guard let levels = levels(of: typed, item, in: population) else { return false }
      variables.add(name, heading, levels, of: shared(typed).expression, typed.type.storage)
    }
    return true
  }

  /// The levels of a variable, those without a value among them where there can be any.
  private func levels(
    of typed: Typed, _ item: Item, in population: CheckedPopulation?
  ) -> [Level]? {
    guard var levels = typed.levels, !typed.range.isPlace else {
      return failure(
        Diagnostic(
          .notSummarised, "`\(excerpt(item.value.span))` cannot be summarised", at: item.value.span
        ).label(typed.range.isPlace ? "a place below region" : "\(typed.type.description)")
          .help("summarise numbers, booleans, categories or bands"))
    }
    let value = shared(typed).expression
    if let population, !isKnown(value, in: population) { levels.append(Level(.missing)) }
    return levels
  }
}

/// The variables of a summary under construction, with the statistics of its table.
private struct SummaryVariables {
  private(set) var variables: [SummaryVariable] = []
  private(set) var statistics = [Lowered.Statistic(name: "count", label: "count", kind: .count)]

  mutating func add(_ name: String, _ heading: String, holds condition: Lowered.Expression) {
    variables.append(
      SummaryVariable(name: name, heading: heading, kind: .holds(statistics.count)))
    add(name, .percent(condition))
  }

  mutating func add(_ name: String, _ heading: String, number measure: Measure) {
    let first = statistics.count
    variables.append(
      SummaryVariable(
        name: name, heading: heading, kind: .number(mean: first, deviation: first + 1)))
    add("mean_\(name)", .mean(measure))
    add("sd_\(name)", .standardDeviation(measure))
  }

  mutating func add(
    _ name: String, _ heading: String, _ levels: [Level], of value: Lowered.Expression,
    _ type: ScalarType
  ) {
    variables.append(
      SummaryVariable(
        name: name, heading: heading,
        kind: .levels(
          levels.map { SummaryLevel(label: $0.label, fileText: $0.fileText) },
          from: statistics.count)))
    for level in levels {
      add(
        "\(name) \(level.fileText)",
        .percent(
          level.value.isMissing
            ? .unary(.isMissing, value)
            : .binary(.equal, value, .constant(level.value, type))))
    }
  }

  private mutating func add(_ name: String, _ kind: Lowered.Statistic.Kind) {
    statistics.append(Lowered.Statistic(name: name, label: name, kind: kind))
  }
}
