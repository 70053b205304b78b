import CarrelPlan
import CarrelPolicy
import CarrelValues

/// Takes a table through the stages of the gate: facts, primary rules, rounding, totals, figures
/// worked out from published parts.
struct TableGate {
  let output: TableOutput
  let recorded: RecordedValues
  let policy: Policy

  func released(_ raw: RawTable) -> ReleasedTable {
    precondition(raw.breakdowns.count == output.breakdowns.count, "cells for each breakdown")
    let published = published(raw)
    let headings = output.statistics.map(ReleasedStatisticHeading.init)
    let figures = DerivedFigures(policy: policy)
    return ReleasedTable(
      name: output.name,
      groupings: output.groupings.map(ReleasedGrouping.init), statistics: headings,
      breakdowns: zip(output.breakdowns, published).map { breakdown, groups in
        ReleasedBreakdown(
          groupings: breakdown.groupings, isTotal: breakdown.isTotal,
          groups: zip(keys(of: breakdown), groups).map { levels, group in
            figures.released(group, levels: levels, kinds: headings.map(\.kind))
          })
      })
  }

  /// The published groups of each breakdown.
  private func published(_ raw: RawTable) -> [[PublishedGroup]] {
    let byItself = zip(output.breakdowns, raw.breakdowns).map { breakdown, cells in
      precondition(cells.count == keys(of: breakdown).count, "a cell for each group")
      return cells.map(published)
    }
    guard policy.totals == .sumOfShown else { return byItself }
    return output.breakdowns.indices.map { index in
      let breakdown = output.breakdowns[index]
      guard breakdown.isTotal else { return byItself[index] }
      let parts = refinement(of: breakdown)
      return totals(breakdown, of: output.breakdowns[parts], byItself[parts])
    }
  }

  private func published(_ cell: RawCell) -> PublishedGroup {
    let facts = GroupFacts(cell, statistics: output.statistics, recorded: recorded)
    let verdict = PrimaryRules(policy: policy).verdict(on: facts)
    return Publication(policy: policy).published(facts, verdict)
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
    self.init(name: statistic.name, label: statistic.label, kind: kind)
  }
}
