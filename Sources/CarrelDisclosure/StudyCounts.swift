import CarrelPlan
import CarrelPolicy
import CarrelValues

/// Gathers the counts of people of all tables of a study, and finds those to hide together.
///
/// Tables are taken together where they are of one population, in one interval. Whoever is everybody
/// in one of them is so in each. Groupings are the same where they group by the same value.
struct StudyCounts {
  let policy: Policy
  let order: SuppressionOrder

  /// The counts to hide, for each set of people.
  struct Verdict {
    fileprivate var hidden: [People: Set<LinkedCounts.Figure>] = [:]
    fileprivate var numbers: [Grouping.Identity: Int] = [:]
  }

  /// A population, in an interval where there are any.
  fileprivate struct People: Hashable {
    var population: Int
    var intervals: Intervals?
    var interval: Int
  }

  /// Everything to be hidden; nothing where the policy protects no count.
  func verdict(on raw: RawResults, of plan: Plan) throws(ReleaseHeld) -> Verdict {
    var verdict = Verdict()
    guard let protection = policy.secondary else { return verdict }
    var sizes: [Int] = []
    var counts: [(people: People, figures: [LinkedCounts.Figure: Int])] = []
    for (raw, output) in zip(raw.outputs, plan.outputs) {
      guard case .table(let raw) = raw, let table = output.countedTable else { continue }
      for grouping in table.groupings where verdict.numbers[grouping.identity] == nil {
        verdict.numbers[grouping.identity] = sizes.count
        sizes.append(grouping.levels.count)
      }
      for interval in 0..<(table.intervals?.count ?? 1) {
        let people = table.people(in: interval)
        let place = counts.firstIndex { $0.people == people } ?? counts.count
        if place == counts.count { counts.append((people, [:])) }
        counts[place].figures.merge(
          figures(of: table, raw, interval, verdict.numbers), uniquingKeysWith: { $1 })
      }
    }
    for (people, figures) in counts {
      let rules = SecondaryRules(
        policy: policy, order: order)
      for linked in Self.linked(figures, sizes: sizes) {
        verdict.hidden[people, default: []].formUnion(
          try rules.hidden(among: linked, protection: protection))
      }
    }
    return verdict
  }

  private func figures(
    of table: TableOutput, _ raw: RawTable, _ interval: Int, _ numbers: [Grouping.Identity: Int]
  ) -> [LinkedCounts.Figure: Int] {
    let raw = table.intervals.map { raw.interval(interval, of: $0.count) } ?? raw
    var figures: [LinkedCounts.Figure: Int] = [:]
    for (breakdown, cells) in zip(table.breakdowns, raw.breakdowns) {
      for (levels, cell) in zip(table.keys(of: breakdown), cells) {
        figures[table.figure(breakdown, levels, numbers)] = cell.patients
      }
      if figures[LinkedCounts.Figure(levels: [])] == nil {
        figures[LinkedCounts.Figure(levels: [])] = cells.reduce(0) { $0 + $1.patients }
      }
    }
    return figures
  }

  /// The sets of figures that share groupings, each with everybody.
  private static func linked(
    _ figures: [LinkedCounts.Figure: Int], sizes: [Int]
  ) -> [LinkedCounts] {
    let everybody = figures[LinkedCounts.Figure(levels: [])] ?? 0
    var sets: [Set<Int>] = [[]]
    for key in Set(figures.keys.map { Set($0.levels.map(\.grouping)) }) {
      let joined = sets.filter { !$0.isDisjoint(with: key) }
      sets.removeAll { !$0.isDisjoint(with: key) }
      sets.append(joined.reduce(key) { $0.union($1) })
    }
    return Set(sets.map { $0.sorted() }).sorted { $0.lexicographicallyPrecedes($1) }.map { set in
      LinkedCounts(
        sizes: sizes, groupings: set,
        figures: figures.filter { entry in entry.key.levels.contains { set.contains($0.grouping) }
        },
        everybody: everybody)
    }
  }
}

extension StudyCounts.Verdict {
  /// Whether the group of a table may be seen beside all others.
  func shows(_ levels: [Int], of breakdown: Breakdown, in table: TableOutput, interval: Int) -> Bool
  {
    guard let hidden = hidden[table.people(in: interval)] else { return true }
    return !hidden.contains(table.figure(breakdown, levels, numbers))
  }
}

extension Output {
  /// The table whose counts of people leave group by group, and truly: those of a date of each
  /// patient's own have no true totals, and a histogram's and units' leave in another form.
  fileprivate var countedTable: TableOutput? {
    switch self {
    case .table, .summary: table.flatMap { $0.hasTrueTotals ? $0 : nil }
    case .flow, .histogram, .deciles: nil
    }
  }
}

extension TableOutput {
  /// Whether a total of people can be true: as intervals follow a date of each patient's own, what a
  /// total loses from one to the next would be a group of its own.
  var hasTrueTotals: Bool {
    if case .followUp? = intervals?.extent { false } else { true }
  }

  fileprivate func people(in interval: Int) -> StudyCounts.People {
    StudyCounts.People(population: population, intervals: intervals, interval: interval)
  }

  fileprivate func figure(
    _ breakdown: Breakdown, _ levels: [Int], _ numbers: [Grouping.Identity: Int]
  ) -> LinkedCounts.Figure {
    let known = zip(breakdown.groupings, levels).compactMap { position, level in
      numbers[groupings[position].identity].map {
        LinkedCounts.Figure.Level(grouping: $0, level: level)
      }
    }
    return LinkedCounts.Figure(levels: known.sorted { $0.grouping < $1.grouping })
  }

  /// The levels of each group of a breakdown, the last grouping's moving fastest.
  func keys(of breakdown: Breakdown) -> [[Int]] {
    breakdown.groupings.reduce([[]]) { keys, grouping in
      keys.flatMap { key in groupings[grouping].levels.indices.map { key + [$0] } }
    }
  }
}

extension Grouping {
  /// What two groupings have in common that put everybody in the same groups.
  fileprivate struct Identity: Hashable {
    var expression: Expression
    var values: [Level]
  }

  fileprivate var identity: Identity { Identity(expression: expression, values: levels) }
}
