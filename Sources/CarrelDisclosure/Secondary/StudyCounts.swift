import CarrelPlan
import CarrelPolicy

/// Gathers every number of people that the tables of a study publish, and what becomes of it.
///
/// Tables are taken together where they are of one population, in one interval. A total that adds up
/// what is shown is no number of its own.
struct StudyCounts {
  let plan: Plan
  let policy: Policy
  let index: StudyIndex
  /// What may not be shown because of earlier releases.
  let withheld: Withheld

  /// What becomes of each number of one set of people.
  struct Fates {
    let people: StudyIndex.People
    var figures: [CountFigure: CountFate]
  }

  init(of plan: Plan, under policy: Policy, withholding withheld: Withheld = .init()) {
    self.plan = plan
    self.policy = policy
    self.withheld = withheld
    index = StudyIndex(of: plan)
  }

  /// What would leave, were some figures hidden besides those that the policy hides.
  func fates(of raw: RawResults, hiding companions: CompanionFigures) -> [Fates] {
    let recorded = RecordedValues(of: plan)
    var all: [Fates] = []
    for number in plan.outputs.indices {
      for (people, figures) in figures(of: raw.outputs[number], number, recorded, companions) {
        let place = all.firstIndex { $0.people == people } ?? all.count
        if place == all.count { all.append(Fates(people: people, figures: [:])) }
        all[place].figures.merge(figures) { $0.joined(with: $1) }
      }
    }
    return all
  }

  private func figures(
    of raw: RawOutput, _ number: Int, _ recorded: RecordedValues, _ companions: CompanionFigures
  ) -> [(StudyIndex.People, [CountFigure: CountFate])] {
    let (output, part) = (plan.outputs[number], withheld.part(ofOutput: number))
    if case .flow(let raw) = raw, case .flow(let flow) = output {
      return everybody(raw, flow, part)
    }
    // Intervals from a date of each patient's own are judged beside each other, each group by itself.
    guard case .table(let raw) = raw, let table = output.groupedTable, table.hasTrueTotals else {
      return []
    }
    let gate = TableGate(
      output: table, recorded: recorded, policy: policy, index: index, companions: companions,
      partitions: output.partitions, withheld: part)
    return (0..<(table.intervals?.count ?? 1)).map { interval in
      let cells = table.intervals.map { raw.interval(interval, of: $0.count) } ?? raw
      return (table.people(in: interval), figures(of: table, gate.groups(cells, in: interval)))
    }
  }

  private func figures(
    of table: TableOutput, _ groups: [[TableGate.Group]]
  ) -> [CountFigure: CountFate] {
    var figures: [CountFigure: CountFate] = [:]
    let parts = table.statistics.map(index.parts)
    let groupings = index.groupings(of: table)
    for (breakdown, groups) in zip(table.breakdowns, groups) {
      if breakdown.isTotal, policy.totals == .sumOfShown { continue }
      for (levels, group) in zip(table.keys(of: breakdown), groups) {
        let figure = CountFigure(levels, of: breakdown, numbered: groupings)
        let count = CountFate(
          people: group.facts.patients, doubt: group.sight.doubt(of: nil),
          shown: group.published.patients.map { policy.peopleShown(as: $0) },
          isProtected: !group.sight.showsGroup || !policy.shows(group.facts.patients))
        figures[figure] = figures[figure]?.joined(with: count) ?? count
        // What else is beside a true total is added up from what is shown.
        if breakdown.isTotal { continue }
        for (part, fate) in fates(of: parts, in: group) {
          let figure = CountFigure(levels: figure.levels, part: part)
          figures[figure] = figures[figure]?.joined(with: fate) ?? fate
        }
      }
    }
    return figures
  }

  private func fates(
    of parts: [[CountFigure.Part]], in group: TableGate.Group
  ) -> [(CountFigure.Part, CountFate)] {
    let rules = PrimaryRules(policy: policy)
    return parts.indices.flatMap { statistic in
      let facts = group.facts.statistics[statistic]
      let shown = group.published.statistics[statistic].counts
      let isWithheld =
        !group.sight.showsGroup || group.sight.hiddenStatistics.contains(statistic)
      let mayBeSeen = rules.showsCounts(of: facts, of: group.facts.patients)
      return zip(parts[statistic], facts.counts).enumerated().map { number, entry in
        let fate = CountFate(
          people: entry.1, doubt: group.sight.doubt(of: statistic),
          shown: shown.map { policy.peopleShown(as: $0[number]) },
          isProtected: isWithheld || !mayBeSeen[number])
        return (entry.0, fate)
      }
    }
  }

  /// Everybody, as the last line of a flow shows them.
  private func everybody(
    _ raw: RawFlow, _ flow: FlowOutput, _ part: Withheld.Part
  ) -> [(StudyIndex.People, [CountFigure: CountFate])] {
    let gate = FlowGate(
      population: plan.populations[flow.population], policy: policy,
      isWithheld: part.isWhole)
    let released = gate.released(raw, name: flow.name)
    guard let shown = (released.steps.last?.remaining ?? released.start).wholeNumber else {
      return []
    }
    let fate = CountFate(
      people: raw.remaining.last ?? raw.universe, doubt: part.doubt,
      shown: policy.peopleShown(as: shown), isProtected: false)
    let people = StudyIndex.People(population: flow.population, intervals: nil, interval: 0)
    return [(people, [.everybody: fate])]
  }
}

/// Figures that are hidden beside others, by the people that they are of.
struct CompanionFigures {
  var hidden: [StudyIndex.People: Set<CountFigure>] = [:]
}

extension CountFate {
  /// What a reader knows who sees the number in two places: each is shown, or hidden, by itself.
  func joined(with other: CountFate) -> CountFate {
    var joined = other.doubt < doubt ? other : self
    joined.isProtected = isProtected && other.isProtected
    if let ours = shown, let theirs = other.shown {
      let low = max(ours.lowerBound, theirs.lowerBound)
      joined.shown = low...max(low, min(ours.upperBound, theirs.upperBound))
    } else {
      joined.shown = shown ?? other.shown
    }
    return joined
  }
}

extension Output {
  /// Statistics of a summary of which everyone has exactly one.
  var partitions: [Range<Int>] {
    if case .summary(let summary) = self { summary.partitions } else { [] }
  }
}

extension StatisticFacts {
  /// The numbers of people that it is made of, in the order of ``StudyIndex/parts(of:)``.
  fileprivate var counts: [Int] {
    switch self {
    case .patients, .sum: []
    case .share(let numerator): [numerator]
    case .tally(let count, _): [count ?? 0]
    case .knownShare(let numerator, let known): [numerator ?? 0, known]
    case .mean(let measure), .deviation(_, let measure): [measure.known]
    case .quantile(let quantile): [quantile.measure.known]
    case .rate(let sum, times: _): sum.counts
    case .ratio(let above, let below, times: _): above.counts + below.counts
    }
  }
}

extension PublishedStatistic {
  /// The published numbers of people in the same order; `nil` where they are hidden.
  fileprivate var counts: [Int]? {
    switch self {
    case .hidden: nil
    case .patients, .sum: []
    case .percentage(let part, _): [part]
    case .fraction(let part, let known): [part, known]
    case .tally(let count): [count ?? 0]
    case .mean(_, let known, _), .spread(_, let known): [known]
    // A rate is of all people of the group, who come after its own numbers.
    case .quotient(let above, let below, times: _): (above.counts ?? []) + (below.counts ?? [])
    }
  }
}

extension Policy {
  /// The numbers of people that are shown as a figure.
  func peopleShown(as figure: Int) -> ClosedRange<Int> {
    let all = people(behind: figure)
    let shown = all.filter { shows($0) }
    guard let least = shown.first, let most = shown.last else { return all }
    return least...most
  }
}
