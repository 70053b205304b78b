import CarrelDifferencing
import CarrelDisclosure
import CarrelEngine
import CarrelPlan
import CarrelPolicy

/// What one figure of a run is about, among the outputs of its plan.
struct FigureTarget: Hashable {
  /// The output, by position.
  var output: Int
  /// The interval, 0 in a table without any.
  var interval: Int
  /// The breakdown and the group, of a figure of a table; `nil` of one that is joined with others.
  var group: Group?
  /// Those of the group whom it is about; `nil` for all of them.
  var share: MemberShare?

  struct Group: Hashable {
    var breakdown: Int
    /// The position in the breakdown and interval.
    var place: Int
  }
}

/// A figure of a run that is to be judged.
struct RunFigure {
  let target: FigureTarget
  /// The labels of its members in the table's label vector.
  let labels: [Int]
  /// The number that is shown of them; `nil` where none is.
  let shown: Int?
  /// Whether anything is shown that is computed from them.
  let isSeen: Bool
}

/// Finds the figures of released outputs, for each of a plan's memberships.
struct RunFigures {
  let plan: Plan
  let released: ReleasedResults
  let policy: Policy

  /// The figures of one table.
  func figures(of table: MembershipTable) -> [RunFigure] {
    switch released.outputs[table.output] {
    case .table(let found): figures(of: table, in: found)
    case .summary(let summary): figures(of: table, in: summary.table)
    case .histogram(let histogram): figures(of: table, in: histogram)
    case .flow(let flow): figures(of: table, in: flow)
    case .deciles: []
    }
  }

  // MARK: Tables

  private func figures(of table: MembershipTable, in released: ReleasedTable) -> [RunFigure] {
    guard let output = plan.outputs[table.output].table else { return [] }
    let groups = (0..<table.groupCount).map { group in
      figure(of: table, table.breakdown, group, labels: [group + 1], in: released, output)
    }
    return groups + totals(of: table, in: released, output)
  }

  /// The totals over a breakdown's groups, where they say more than the groups do.
  private func totals(
    of table: MembershipTable, in released: ReleasedTable, _ output: TableOutput
  ) -> [RunFigure] {
    guard policy.totals != .sumOfShown else { return [] }
    let parts = output.breakdowns[table.breakdown]
    let keys = output.keys(of: parts)
    return output.breakdowns.indices.filter { index in
      output.breakdowns[index].isTotal
        && output.refinement(of: output.breakdowns[index]) == table.breakdown
    }.flatMap { index in
      let kept = output.breakdowns[index].groupings.compactMap(parts.groupings.firstIndex)
      return output.keys(of: output.breakdowns[index]).enumerated().map { group, key in
        let labels = keys.indices.filter { place in kept.map { keys[place][$0] } == key }
        return figure(of: table, index, group, labels: labels.map { $0 + 1 }, in: released, output)
      }
    }
  }

  private func figure(
    of table: MembershipTable, _ breakdown: Int, _ group: Int, labels: [Int],
    in released: ReleasedTable, _ output: TableOutput
  ) -> RunFigure {
    let interval = table.interval ?? 0
    let count = output.groupCount(of: output.breakdowns[breakdown])
    let found = released.breakdowns[breakdown].groups[interval * count + group]
    let target = FigureTarget(
      output: table.output, interval: interval,
      group: .init(breakdown: breakdown, place: group), share: table.share)
    guard let share = table.share else {
      return RunFigure(
        target: target, labels: labels, shown: found.count.people,
        isSeen: found.count != .redacted)
    }
    let users = output.statistics.indices.filter { output.statistics[$0].kind.uses(share) }
    let isSeen = users.contains { found.statistics[$0].value != .redacted }
    let shown = users.lazy.compactMap { index in
      output.statistics[index].kind.shownCount(of: share, in: found.statistics[index])
    }.first
    return RunFigure(target: target, labels: labels, shown: shown, isSeen: isSeen)
  }

  // MARK: What is joined with neighbours

  private func figures(of table: MembershipTable, in histogram: ReleasedHistogram) -> [RunFigure] {
    guard let output = plan.outputs[table.output].table else { return [] }
    let breakdown = output.breakdowns[table.breakdown]
    guard breakdown.groupings.contains(output.groupings.count - 1) else { return [] }
    let size = output.groupings.last?.levels.count ?? 1
    let before = output.breakdowns[..<table.breakdown].reduce(0) {
      $0 + output.groupCount(of: $1) / size
    }
    return (0..<table.groupCount / size).flatMap { key in
      let group = histogram.groups[before + key]
      let first = key * size + 1
      let bars = group.bars.map { bar in
        let from = bar.from.flatMap(histogram.edges.firstIndex).map { $0 + 1 } ?? 0
        let end = bar.below.flatMap(histogram.edges.firstIndex).map { $0 + 1 }
        return joined(
          table, (from..<(end ?? histogram.edges.count + 1)).map { first + $0 }, bar.count)
      }
      return bars + (group.missing.map { [joined(table, [first + size - 1], $0)] } ?? [])
    }
  }

  private func figures(of table: MembershipTable, in flow: ReleasedFlow) -> [RunFigure] {
    // What remains somewhere is the sum of what follows it, so a run begins wherever it is shown.
    let remaining = [flow.start.people] + flow.steps.map(\.remaining.people)
    let starts = remaining.indices.filter { remaining[$0] != nil }
    let all = Array(1...table.groupCount)
    if starts.isEmpty { return [joined(table, all, .redacted)] }
    return zip(starts, starts.dropFirst() + [table.groupCount]).map { start, end in
      let after = end < remaining.count ? remaining[end] ?? 0 : 0
      return RunFigure(
        target: FigureTarget(output: table.output, interval: 0),
        labels: Array(all[start..<end]), shown: remaining[start].map { $0 - after }, isSeen: true)
    }
  }

  private func joined(
    _ table: MembershipTable, _ labels: [Int], _ count: ReleasedFigure
  ) -> RunFigure {
    RunFigure(
      target: FigureTarget(output: table.output, interval: 0), labels: labels,
      shown: count.people, isSeen: count != .redacted)
  }
}

extension TableOutput {
  /// The breakdown that a total adds up: the first that is no total and has all its groupings.
  func refinement(of total: Breakdown) -> Int? {
    breakdowns.firstIndex { breakdown in
      !breakdown.isTotal && total.groupings.allSatisfy(breakdown.groupings.contains)
    }
  }
}

extension Statistic.Kind {
  /// Whether it counts those of a share, or is computed from them.
  func uses(_ share: MemberShare) -> Bool {
    if case .percent(let condition) = self {
      return share.rule == .holds && share.expression == condition
    }
    return measures.contains { measure in
      measure.expression == share.expression
        && (share.rule == .isKnown || (share.rule == .isNotZero && measure.isTally))
    }
  }

  /// How many are in a share, where the released statistic says so.
  fileprivate func shownCount(
    of share: MemberShare, in released: ReleasedStatistic
  ) -> Int? {
    switch self {
    case .percent: released.numerator?.people
    case .mean, .standardDeviation, .quantile:
      share.rule == .isKnown ? released.denominator?.people : nil
    case .sum: share.rule == .isNotZero ? released.value.people : nil
    case .count, .rate, .personTimeRate, .ratio:
      share.rule == .isNotZero ? released.numerator?.people : nil
    }
  }
}

extension ReleasedFigure {
  /// A published count; `nil` where there is none.
  var people: Int? { number.flatMap { Int($0.description) } }
}
