import CarrelDifferencing
import CarrelDisclosure
import CarrelEngine
import CarrelPlan
import CarrelPolicy
import CarrelSite
import CarrelValues

/// The tables of a run as the guard sees them and as the site keeps them.
struct RunTables {
  let plan: Plan
  let policy: Policy
  let site: Site
  /// The digest of the submission: the same where the same study asks again.
  let study: String
  /// Where each table's label vector is.
  let places: [VectorPlace]

  /// What each figure of each table is about, and the table as the site keeps it.
  func made(
    of released: ReleasedResults, from raw: RawResults, origins: [FigureTarget: FigureOrigin]
  ) -> [(targets: [FigureTarget], table: LedgerTable)] {
    let finder = RunFigures(plan: plan, released: released, policy: policy)
    let memberships = Array(zip(plan.memberships, places))
    return memberships.filter { $0.0.values == nil }.map { description, place in
      let figures = finder.figures(of: description)
      let facts = figures.enumerated().map { index, figure in
        var origin = origins[figure.target]
        // What is joined with its neighbours is taken all together, figure by figure.
        if figure.target.group == nil { origin?.figure = index }
        return fact(figure, of: description, raw, origin)
      }
      let table = LedgerTable(
        name: words(for: description),
        guarded: GuardedTable(
          series: series(of: description), shareOf: whole(of: description),
          figures: zip(figures, facts).map { guarded($0, of: description, $1) }),
        place: place,
        values: memberships.first { $0.0.holdsValues(of: description) }?.1, facts: facts,
        whole: figures.first.map { $0.target.group == nil } == true
          ? raw.outputs[description.output] : nil)
      return (figures.map(\.target), table)
    }
  }

  // MARK: Names

  private func name(of table: MembershipTable) -> String {
    let output = plan.outputs[table.output]
    let share = table.share.flatMap { output.table?.shares.firstIndex(of: $0) }
    return "\(output.name)/\(table.breakdown)" + (share.map { "/\($0)" } ?? "")
  }

  private func series(of table: MembershipTable) -> SeriesPlace {
    let number: Int
    switch plan.outputs[table.output].table?.intervals?.extent {
    case .calendar(let all): number = all[table.interval ?? 0].start.dayNumber
    case .followUp, nil: number = table.interval ?? 0
    }
    return SeriesPlace(series: "\(study)/\(name(of: table))", interval: number)
  }

  /// The series of the cells that a table counts people of; `nil` of one whose people are those of
  /// whom something is known, because what is left of the cell is then a choice (`attacks`, A3).
  private func whole(of table: MembershipTable) -> String? {
    guard let share = table.share, share.rule != .isKnown else { return nil }
    var cells = table
    cells.share = nil
    return series(of: cells).series
  }

  private func identity(of figure: RunFigure, of table: MembershipTable) -> String {
    return "\(study)/\(name(of: table))/\(series(of: table).interval)/"
      + figure.labels.map(String.init).joined(separator: "+")
  }

  // MARK: Parts

  private func guarded(
    _ figure: RunFigure, of table: MembershipTable, _ fact: LedgerFact
  ) -> GuardedFigure {
    let identity = identity(of: figure, of: table)
    return GuardedFigure(
      labels: figure.labels, published: published(figure, fact),
      identity: identity, key: site.figureKey(of: identity))
  }

  private func published(_ figure: RunFigure, _ fact: LedgerFact) -> PublishedCount {
    if !figure.isSeen { return .hidden }
    if fact.origin != nil { return .taken }
    // A sum says something of those who have a value even where their number does not stand there.
    let people = policy.people(behind: figure.shown ?? policy.rounding.rounded(fact.people))
    // A reader knows which counts are never shown.
    let shown = people.filter(policy.shows)
    guard let least = shown.first, let most = shown.last else { return .interval(people) }
    return least == most ? .exact(least) : .interval(least...most)
  }

  private func fact(
    _ figure: RunFigure, of table: MembershipTable, _ raw: RawResults, _ origin: FigureOrigin?
  ) -> LedgerFact {
    guard let group = figure.target.group, case .table(let found) = raw.outputs[table.output],
      let output = plan.outputs[table.output].table
    else {
      let counts = raw.memberCounts(of: table)
      return LedgerFact(
        name: plan.outputs[table.output].name + ", group "
          + figure.labels.map(String.init).joined(separator: " and "),
        people: figure.labels.reduce(0) { $0 + counts[$1 - 1] },
        statistics: [],
        origin: origin)
    }
    let count = output.groupCount(of: output.breakdowns[group.breakdown])
    let cell = found.breakdowns[group.breakdown][figure.target.interval * count + group.place]
    let users = output.statistics.indices.filter { index in
      table.share.map(output.statistics[index].kind.uses) ?? false
    }
    return LedgerFact(
      name: words(for: figure.target, in: output),
      people: table.share.flatMap { cell.count(of: $0, output.statistics) } ?? cell.patients,
      statistics: users.map { KeptStatistic(index: $0, raw: cell.statistics[$0]) },
      origin: origin)
  }

  /// What guardians call a table: the output, its interval, and whom of each group it is about.
  private func words(for table: MembershipTable) -> String {
    let output = plan.outputs[table.output]
    let interval = table.interval.map { ["interval \($0 + 1)"] } ?? []
    let share =
      table.share.flatMap { share in
        output.table?.statistics.first { $0.kind.uses(share) }.map { [$0.label] }
      } ?? []
    return ([output.name] + interval + share).joined(separator: ", ")
  }

  /// What guardians call a figure: the output and the levels of the group.
  private func words(for target: FigureTarget, in output: TableOutput) -> String {
    guard let group = target.group else { return output.name }
    let groupings = output.breakdowns[group.breakdown].groupings
    let key = output.keys(of: output.breakdowns[group.breakdown])[group.place]
    let levels = zip(groupings, key).map { output.groupings[$0].levels[$1].label }
    let interval = output.intervals == nil ? [] : ["interval \(target.interval + 1)"]
    let share =
      target.share.flatMap { share in
        output.statistics.first { $0.kind.uses(share) }.map { [$0.label] }
      } ?? []
    return ([output.name] + interval + levels + share).joined(separator: ", ")
  }
}

extension MembershipTable {
  /// Whether it has the values of those whom another table says to have one.
  fileprivate func holdsValues(of table: MembershipTable) -> Bool {
    guard let values, let share = table.share else { return false }
    return output == table.output && interval == table.interval && share.rule == .isKnown
      && share.expression == values.expression
  }
}

extension RawCell {
  /// How many are in a share, by the first statistic that says so.
  func count(of share: MemberShare, _ statistics: [Statistic]) -> Int? {
    for (statistic, raw) in zip(statistics, self.statistics) where statistic.kind.uses(share) {
      if case .percent(let numerator) = raw { return numerator }
      let sums = zip(statistic.kind.measures, raw.sums)
      guard let sum = sums.first(where: { $0.0.expression == share.expression })?.1 else {
        continue
      }
      if share.rule == .isKnown { return sum.contributors }
      if case .integer(let total) = sum.total { return total }
      return 0
    }
    return nil
  }
}
