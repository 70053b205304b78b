import CarrelPlan
import CarrelPolicy

/// Holds a released table against the exact numbers that it was made from.
struct TableEvidence {
  let table: ReleasedTable
  let raw: RawTable
  let output: TableOutput
  let policy: Policy

  var evidence: OutputEvidence {
    let figures = table.breakdowns.flatMap { $0.groups.flatMap(\.figures) }
    return OutputEvidence(
      name: table.name, figureCount: figures.count,
      hiddenCount: figures.count { $0 == .redacted }, marks: marks,
      smallestShown: smallestShown,
      verdicts: [
        .smallCounts: verdict(hidesSmallCounts), .rounding: verdict(isRounded),
        .totals: totalsVerdict, .wholeGroups: wholeGroupsVerdict,
      ])
  }

  private func verdict(_ holds: Bool) -> OutputEvidence.Verdict { holds ? .pass : .fail }

  /// Each group of a breakdown beside its exact numbers.
  private func pairs(_ breakdown: Int) -> [(group: ReleasedGroup, cell: RawCell)] {
    Array(zip(table.breakdowns[breakdown].groups, raw.breakdowns[breakdown])).map { ($0, $1) }
  }

  /// The breakdowns whose figures are made from their own exact numbers.
  private var ownBreakdowns: [Int] {
    table.breakdowns.indices.filter {
      !(table.breakdowns[$0].isTotal && policy.totals == .sumOfShown)
    }
  }

  private var marks: [OutputEvidence.Mark] {
    table.breakdowns.indices.flatMap { breakdown in
      pairs(breakdown).enumerated().flatMap { group, pair in
        reasons(of: pair, isTotal: table.breakdowns[breakdown].isTotal).map {
          .init(breakdown: breakdown, group: group, statistic: $0.statistic, reason: $0.reason)
        }
      }
    }
  }

  private func reasons(
    of pair: (group: ReleasedGroup, cell: RawCell), isTotal: Bool
  ) -> [(statistic: Int?, reason: OutputEvidence.Reason)] {
    if pair.group.count == .redacted {
      if isTotal, policy.totals == .sumOfShown { return [(nil, .partsHidden)] }
      if policy.shows(pair.cell.patients) { return [(nil, .companion)] }
      return [(nil, pair.cell.patients == 0 ? .zero : .smallCount)]
    }
    return pair.group.statistics.indices.filter {
      pair.group.statistics[$0].value == .redacted
    }.map { statistic in
      if isTotal, policy.totals == .sumOfShown { return (statistic, .partsHidden) }
      return (statistic, mayBeShown(pair.cell, statistic) ? .companion : .smallPart)
    }
  }

  /// Whether a part could be shown if it stood alone.
  private func mayBeShown(_ cell: RawCell, _ statistic: Int) -> Bool {
    guard case .percent(let numerator) = cell.statistics[statistic] else { return false }
    return policy.shows(numerator, of: cell.patients)
  }

  /// No group, and no part of one, is shown whose number the policy hides.
  private var hidesSmallCounts: Bool {
    ownBreakdowns.allSatisfy { breakdown in
      pairs(breakdown).allSatisfy { group, cell in
        guard group.count != .redacted else {
          return group.statistics.allSatisfy { $0.value == .redacted }
        }
        return policy.shows(cell.patients)
          && zip(group.statistics, cell.statistics).allSatisfy { released, exact in
            guard case .percent(let numerator) = exact, released.value != .redacted else {
              return true
            }
            return policy.shows(numerator, of: cell.patients)
          }
      }
    }
  }

  private var isRounded: Bool {
    ownBreakdowns.allSatisfy { breakdown in
      pairs(breakdown).allSatisfy { group, cell in
        guard let shown = group.count.wholeNumber else { return group.count == .redacted }
        return shown == policy.rounding.rounded(cell.patients)
      }
    }
  }

  private var totalsVerdict: OutputEvidence.Verdict {
    let totals = table.breakdowns.indices.filter { table.breakdowns[$0].isTotal }
    guard policy.totals == .sumOfShown, !totals.isEmpty else { return .notApplicable }
    return verdict(totals.allSatisfy(addsUp))
  }

  /// Whether every count of a total is the sum of the counts that are shown beneath it.
  private func addsUp(_ total: Int) -> Bool {
    let breakdown = table.breakdowns[total]
    let parts = table.breakdowns.first {
      !$0.isTotal && breakdown.groupings.allSatisfy($0.groupings.contains)
    }
    guard let parts else { return false }
    let places = breakdown.groupings.compactMap(parts.groupings.firstIndex)
    return breakdown.groups.allSatisfy { group in
      guard let shown = group.count.wholeNumber else { return true }
      let beneath = parts.groups.filter { part in
        part.interval == group.interval && places.map { part.levels[$0] } == group.levels
      }
      return shown == beneath.compactMap(\.count.wholeNumber).reduce(0, +)
    }
  }

  /// A zero or a share of nothing or of all says something about everybody in the group.
  private var wholeGroupsVerdict: OutputEvidence.Verdict {
    let groups = table.breakdowns.flatMap(\.groups)
    let saysAll = groups.contains { group in
      group.statistics.contains { statistic in
        guard let part = statistic.numerator?.wholeNumber,
          let whole = statistic.denominator?.wholeNumber, whole > 0
        else { return false }
        return part == 0 || part == whole
      }
    }
    return saysAll || groups.contains { $0.count == .zero } ? .look : .pass
  }

  private var smallestShown: ClosedRange<Int>? {
    let counts = ownBreakdowns.flatMap { table.breakdowns[$0].groups }.flatMap { group in
      [group.count.wholeNumber]
        + zip(group.statistics, table.statistics).map { statistic, heading in
          heading.kind == .percent ? statistic.numerator?.wholeNumber : nil
        }
    }
    return counts.compactMap(\.self).filter { $0 > 0 }.min().map(policy.people)
  }
}

extension ReleasedGroup {
  fileprivate var figures: [ReleasedFigure] {
    [count] + statistics.flatMap { [$0.value, $0.numerator, $0.denominator].compactMap(\.self) }
  }
}

extension ReleasedFigure {
  /// A published count; `nil` where it is hidden or no whole number.
  var wholeNumber: Int? {
    guard let number, number.decimals <= 0 else { return nil }
    return Int(number.description)
  }
}
