import CarrelPlan
import CarrelPolicy
import CarrelValues

/// Takes a table through the stages of the gate: facts, primary rules, rounding, totals, figures
/// worked out from published parts.
struct TableGate {
  let output: TableOutput
  let recorded: RecordedValues
  let policy: Policy
  /// Statistics of which everyone has exactly one: the levels of a variable.
  var partitions: [Range<Int>] = []
  /// What may not be shown because of earlier releases.
  var withheld = Withheld.Part()

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
    guard let intervals = output.intervals else { return published(raw, sight: sight(in: 0)) }
    let drops = FollowUpRule(policy: policy).verdicts(on: raw, of: output)
    var breakdowns: [[PublishedGroup]] = output.breakdowns.map { _ in [] }
    for number in 0..<intervals.count {
      let groups = published(
        raw.interval(number, of: intervals.count),
        sight: { breakdown, group in
          var sight = sight(in: number)(breakdown, group)
          if drops?[breakdown][number][group] == false { sight.showsGroup = false }
          return sight
        })
      for index in breakdowns.indices { breakdowns[index] += groups[index] }
    }
    return breakdowns
  }

  /// What may be seen of each group of an interval beside earlier releases.
  private func sight(
    in interval: Int
  ) -> (_ breakdown: Int, _ group: Int) -> Withheld.Sight {
    { withheld.sight(of: $1, in: $0, interval: interval) }
  }

  /// The published groups of each breakdown, of a table or of one of its intervals, in which a group
  /// must also be one that may be seen beside the other intervals.
  private func published(
    _ raw: RawTable, sight: (_ breakdown: Int, _ group: Int) -> Withheld.Sight
  ) -> [[PublishedGroup]] {
    let byItself = output.breakdowns.indices.map { index in
      let cells = raw.breakdowns[index]
      precondition(cells.count == keys(of: output.breakdowns[index]).count, "a cell for each group")
      return cells.enumerated().map { published($1, sight(index, $0)) }
    }
    guard policy.totals == .sumOfShown else { return byItself }
    return output.breakdowns.indices.map { index in
      let breakdown = output.breakdowns[index]
      guard breakdown.isTotal else { return byItself[index] }
      let parts = refinement(of: breakdown)
      return totals(breakdown, of: output.breakdowns[parts], byItself[parts])
    }
  }

  private func published(_ cell: RawCell, _ sight: Withheld.Sight) -> PublishedGroup {
    let facts = GroupFacts(cell, statistics: output.statistics, recorded: recorded)
    let rules = PrimaryRules(policy: policy)
    var verdict = sight.showsGroup ? rules.verdict(on: facts) : rules.nothing(of: facts)
    for statistic in sight.hiddenStatistics { verdict.showsStatistic[statistic] = false }
    return Publication(policy: policy).published(
      facts, Companions(policy: policy).hidden(verdict, of: facts, among: partitions))
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

  /// The levels of each group of a breakdown, the last grouping's moving fastest.
  private func keys(of breakdown: Breakdown) -> [[Int]] {
    breakdown.groupings.reduce([[]]) { keys, grouping in
      keys.flatMap { key in output.groupings[grouping].levels.indices.map { key + [$0] } }
    }
  }
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
