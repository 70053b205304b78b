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
    var names = ColumnNames()
    let groupings = table.grouping?.items.map {
      self.grouping($0, of: population, names: &names, in: scope)
    }
    let statistics = withIntervals(
      table.statistics.map { statistic($0, names: &names, in: scope) },
      asWritten: table.statistics)
    guard let population, groupings?.allSatisfy({ $0 != nil }) ?? true, let statistics
    else { return }
    add(
      table, of: population, in: intervals, groupings: groupings?.compactMap(\.self) ?? [],
      statistics: statistics)
  }

  private func add(
    _ table: Written.Table, of population: CheckedPopulation, in intervals: Lowered.Intervals?,
    groupings: [Lowered.Grouping], statistics: [Lowered.Statistic]
  ) {
    let shape = OutputShape(
      name: table.header.name, grouping: table.grouping, totals: table.totals, span: table.span)
    guard let breakdowns = breakdowns(of: shape, by: groupings, in: intervals) else { return }
    let position = self.position(of: population)
    state.plan.add(
      .table(
        TableOutput(
          name: table.header.name.text, population: position, intervals: intervals,
          groupings: groupings, breakdowns: breakdowns, statistics: statistics)))
  }
}

/// What a statement says of the groups of its output.
struct OutputShape {
  let name: Name
  let grouping: Written.Grouping?
  let totals: Totals?
  /// Where the statement is written.
  let span: SourceSpan

  var isEachOf: Bool { grouping?.isEachOf ?? false }
}

extension Checker {
  /// The cross-classifications of an output; `nil` where its totals have a mistake or its groups,
  /// each repeated so many times, are too many.
  func breakdowns(
    of shape: OutputShape, by groupings: [Lowered.Grouping], in intervals: Lowered.Intervals? = nil,
    repeated: Int = 1
  ) -> [Breakdown]? {
    guard let margins = margins(of: shape, among: groupings),
      areFewEnough(shape, intervals, groupings, margins, repeated)
    else { return nil }
    return shape.isEachOf
      ? Breakdown.each(of: groupings.count, withTotal: !margins.isEmpty)
      : Breakdown.all(of: groupings.count, leavingOut: margins)
  }

  /// The groupings that totals are over; `nil` where one of them is no grouping.
  private func margins(of shape: OutputShape, among groupings: [Lowered.Grouping]) -> [Int]? {
    guard let totals = shape.totals else { return [] }
    if groupings.isEmpty {
      return failure(
        Diagnostic(.nothingToTotal, "there is nothing to total", at: totals.span)
          .label("the table has no groups").help("leave `totals` out, or add `by …`"))
    }
    if totals.over.isEmpty { return Array(groupings.indices) }
    if shape.isEachOf {
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
    _ shape: OutputShape, _ intervals: Lowered.Intervals?, _ groupings: [Lowered.Grouping],
    _ margins: [Int], _ repeated: Int
  ) -> Bool {
    let cells = TableSummary.cellCount(groupings, leavingOut: margins, isEachOf: shape.isEachOf)
      .saturatingMultiply(intervals?.count ?? 1).saturatingMultiply(repeated)
    if cells <= Limits.cells { return true }
    report(
      Diagnostic(
        .tooManyGroups, "`\(shape.name.text)` has more than \(Limits.cells) groups",
        at: shape.grouping?.span ?? shape.span
      ).label(intervals == nil ? "totals included" : "intervals and totals included")
        .help("group by fewer values, or `by each of` them"))
    return false
  }
}
