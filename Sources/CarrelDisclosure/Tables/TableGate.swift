import CarrelPlan
import CarrelPolicy
import CarrelValues

/// Takes a table through the stages of the gate: facts, primary rules, rounding, totals, figures
/// worked out from published parts.
struct TableGate {
  let output: TableOutput
  let recorded: RecordedValues
  let policy: Policy
  let index: StudyIndex
  /// Which figures are hidden beside others.
  let companions: CompanionFigures
  /// Statistics of which everyone has exactly one: the levels of a variable.
  var partitions: [Range<Int>] = []
  /// What may not be shown because of earlier releases.
  var withheld = Withheld.Part()

  /// The exact numbers of a group, and what is published of it by itself.
  struct Group {
    let facts: GroupFacts
    /// What may be seen of it beside earlier releases.
    let sight: Withheld.Sight
    let published: PublishedGroup
  }

  func released(_ raw: RawTable) -> ReleasedTable {
    precondition(raw.breakdowns.count == output.breakdowns.count, "cells for each breakdown")
    let published = publishedByInterval(raw)
    let headings = output.statistics.map(ReleasedStatisticHeading.init)
    let figures = DerivedFigures(policy: policy)
    return ReleasedTable(
      name: output.name, intervals: output.intervals.map(ReleasedIntervals.init),
      groupings: output.groupings.map(ReleasedGrouping.init), statistics: headings,
      breakdowns: zip(output.breakdowns, published).map { breakdown, groups in
        ReleasedBreakdown(
          groupings: breakdown.groupings, isTotal: breakdown.isTotal,
          groups: zip(keysByInterval(of: breakdown), groups).map { key, group in
            figures.released(
              group, interval: key.interval, levels: key.levels, headings: headings)
          })
      })
  }

  /// The published groups of each breakdown, interval after interval.
  private func publishedByInterval(_ raw: RawTable) -> [[PublishedGroup]] {
    guard let intervals = output.intervals else { return published(raw, in: 0) }
    let drops = FollowUpRule(policy: policy).verdicts(on: raw, of: output)
    var breakdowns: [[PublishedGroup]] = output.breakdowns.map { _ in [] }
    for number in 0..<intervals.count {
      let groups = published(
        raw.interval(number, of: intervals.count), in: number, drops: drops?.map { $0[number] })
      for index in breakdowns.indices { breakdowns[index] += groups[index] }
    }
    return breakdowns
  }

  /// The published groups of each breakdown of an interval, in which a group must perhaps also be
  /// one that may be seen beside the other intervals.
  private func published(
    _ raw: RawTable, in interval: Int, drops: [[Bool]]? = nil
  ) -> [[PublishedGroup]] {
    let byItself = groups(raw, in: interval, drops: drops).map { $0.map(\.published) }
    if policy.totals != .sumOfShown, policy.secondary == nil { return byItself }
    return output.breakdowns.indices.map { index in
      let breakdown = output.breakdowns[index]
      guard breakdown.isTotal else { return byItself[index] }
      let parts = refinement(of: breakdown)
      let sums = totals(breakdown, of: output.breakdowns[parts], byItself[parts])
      guard policy.totals != .sumOfShown, output.hasTrueTotals else { return sums }
      return zip(sums, byItself[index]).map { $0.counting($1.patients) }
    }
  }

  /// The groups of each breakdown of an interval, each by itself.
  func groups(_ raw: RawTable, in interval: Int, drops: [[Bool]]? = nil) -> [[Group]] {
    let hidden = companions.hidden[output.people(in: interval)] ?? []
    let groupings = index.groupings(of: output)
    let parts = output.statistics.map(index.parts)
    return output.breakdowns.indices.map { number in
      let breakdown = output.breakdowns[number]
      let (cells, keys) = (raw.breakdowns[number], keys(of: breakdown))
      precondition(cells.count == keys.count, "a cell for each group")
      return cells.indices.map { cell in
        let figure = CountFigure(keys[cell], of: breakdown, numbered: groupings)
        let sight = withheld.sight(of: cell, in: number, interval: interval)
        let seeing = PrimaryRules.Verdict(
          showsCount: sight.showsGroup && drops?[number][cell] != false
            && !hidden.contains(figure),
          showsStatistic: parts.enumerated().map { statistic, parts in
            !sight.hiddenStatistics.contains(statistic)
              && !parts.contains { hidden.contains(CountFigure(levels: figure.levels, part: $0)) }
          })
        return group(cells[cell], seeing: seeing, sight)
      }
    }
  }

  private func group(
    _ cell: RawCell, seeing: PrimaryRules.Verdict, _ sight: Withheld.Sight
  ) -> Group {
    let facts = GroupFacts(cell, statistics: output.statistics, recorded: recorded)
    let verdict = PrimaryRules(policy: policy).verdict(on: facts, seeing: seeing)
    return Group(
      facts: facts, sight: sight,
      published: Publication(policy: policy).published(
        facts, Companions(policy: policy).hidden(verdict, of: facts, among: partitions)))
  }

  /// The breakdown that a total adds up: the first that is no total and has all its groupings.
  private func refinement(of total: Breakdown) -> Int {
    let parts = output.breakdowns.firstIndex { breakdown in
      !breakdown.isTotal && total.groupings.allSatisfy(breakdown.groupings.contains)
    }
    guard let parts else { preconditionFailure("a total has groups that it adds up") }
    return parts
  }

  /// The totals of groups, each over the groups that share its levels.
  private func totals(
    _ total: Breakdown, of breakdown: Breakdown, _ groups: [PublishedGroup]
  ) -> [PublishedGroup] {
    let kept = total.groupings.compactMap(breakdown.groupings.firstIndex)
    let parts = Dictionary(grouping: zip(keys(of: breakdown), groups)) { key, _ in
      kept.map { key[$0] }
    }
    return keys(of: total).map { key in
      Totals().total(of: parts[key, default: []].map(\.1))
    }
  }

  /// The interval and the levels of each group of a breakdown, the interval moving slowest.
  private func keysByInterval(of breakdown: Breakdown) -> [(interval: Int?, levels: [Int])] {
    let keys = keys(of: breakdown)
    guard let intervals = output.intervals else { return keys.map { (nil, $0) } }
    return (0..<intervals.count).flatMap { interval in keys.map { (interval, $0) } }
  }

  private func keys(of breakdown: Breakdown) -> [[Int]] { output.keys(of: breakdown) }
}

extension ReleasedGrouping {
  init(_ grouping: Grouping) {
    self.init(name: grouping.name, heading: grouping.heading, levels: grouping.levels)
  }
}

extension ReleasedStatisticHeading {
  init(_ statistic: Statistic) {
    let kind: Kind =
      switch statistic.kind {
      case .count: .count
      case .percent: .percent
      case .sum: .sum
      case .mean: .mean
      case .rate: .rate
      case .personTimeRate: .personTimeRate
      case .ratio: .ratio
      case .standardDeviation: .standardDeviation
      case .quantile(.median, of: _, bins: _): .median
      case .quantile: .quantile
      }
    self.init(
      name: statistic.name, label: statistic.label, kind: kind, interval: statistic.interval)
  }
}
