import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax

// `deciles`: how percentages differ between practices and other units.
extension Checker {
  /// Adds percentiles across units to the plan.
  func deciles(_ deciles: Deciles) {
    var (intervals, scope): (Lowered.Intervals?, Scope) = (nil, Scope())
    if let written = deciles.intervals {
      intervals = self.intervals(written)
      // The rest speaks of the interval, and cannot be read without one.
      guard let intervals else { return }
      scope.interval = Scope.CurrentInterval(unit: written.length.unit, period: intervals.period)
    }
    let population = self.population(named: deciles.header.population, in: scope)
    let unit = self.unit(deciles.unit, in: scope)
    var names = ColumnNames(alsoTaken: ["percentile"])
    let statistics = deciles.statistics.map { share($0, names: &names, in: scope) }
    let known = statistics.compactMap(\.self)
    guard let population, let unit, known.count == statistics.count else { return }
    state.plan.add(
      .deciles(
        DecilesOutput(
          name: deciles.header.name.text, population: position(of: population),
          intervals: intervals, unit: unit, statistics: known)))
  }

  /// What tells the unit of a patient: a value of a column that the schema marks as naming one.
  private func unit(_ written: Written.Expression, in scope: Scope) -> Lowered.Expression? {
    guard let typed = value(of: written, for: "`across`", in: scope) else { return nil }
    if typed.range.isUnit { return shared(typed).expression }
    return failure(
      Diagnostic(
        .notAUnit, "`\(excerpt(written.span))` names no unit", at: written.span
      ).help(unitStep))
  }

  /// The columns that name units, as a next step.
  private var unitStep: String {
    let columns = tables.flatMap { table in
      table.columns.filter(\.isUnit).map { "\(table.name).\($0.name)" }
    }
    return columns.isEmpty
      ? "the schema marks no column as naming a unit" : "those of the schema: \(list(columns))"
  }

  private func share(
    _ written: Written.Statistic, names: inout ColumnNames, in scope: Scope
  ) -> Lowered.Statistic? {
    guard let statistic = statistic(written, names: &names, in: scope) else { return nil }
    guard case .percent = statistic.kind, written.intervalPercent == nil else {
      return failure(
        Diagnostic(
          .decilesOfShares, "`deciles` compares percentages", at: written.span
        ).help("write `percent …`, without an interval"))
    }
    return statistic
  }
}
