/// Disjoint groups of patients about whom an output says something.
///
/// Outputs are compared with earlier ones by who is in their groups. Totals are not among these:
/// their groups are made of groups of the breakdown that they add up.
public struct MembershipTable: Hashable, Sendable, Codable {
  /// The output, by its position in ``Plan/outputs``.
  public var output: Int
  /// The interval, by its position, of an output that has any.
  public var interval: Int?
  /// The breakdown, by its position in the output's table; 0 of a flow.
  public var breakdown: Int
  /// Which patients of each group are meant; `nil` for all of them.
  public var share: MemberShare?
  /// The measure whose values are labelled instead of groups: the label of a patient is where the
  /// value lies in its declared range, by ``Bounds/place(of:)``.
  ///
  /// `nil` of a table of groups.
  public var values: Measure?
  /// How many groups there are, those with nobody in them included.
  ///
  /// Those of a breakdown are in the order of ``RawTable/breakdowns``; those of a flow are who passes
  /// no criterion, one, two and so on.
  public var groupCount: Int
}

/// The patients of a group whom a statistic is computed from, or whom it counts.
public struct MemberShare: Hashable, Sendable, Codable {
  /// What each patient has a value of.
  public var expression: Expression
  /// Which values make a patient one of them.
  public var rule: Rule

  /// Which values make a patient one of the share.
  public enum Rule: String, Hashable, Sendable, Codable, CaseIterable {
    /// The boolean holds.
    case holds
    /// The value is known.
    case isKnown
    /// The number is known and not 0.
    case isNotZero
  }
}

extension TableOutput {
  /// The shares of its groups that its statistics count or are computed from, each once.
  public var shares: [MemberShare] {
    var shares: [MemberShare] = []
    for share in statistics.flatMap(\.kind.shares) where !shares.contains(share) {
      shares.append(share)
    }
    return shares
  }

  /// The measures of which the patients' values are compared, each expression once: those with a
  /// declared range, but for tallies, whose values are groups anyway.
  public var valueMeasures: [Measure] {
    var measures: [Measure] = []
    for measure in statistics.flatMap(\.kind.measures)
    where !measure.isTally && (measure.bounds?.width ?? 0) > 0
      && !measures.contains(where: { $0.expression == measure.expression })
    {
      measures.append(measure)
    }
    return measures
  }

  /// The positions of the breakdowns that are no totals.
  public var properBreakdowns: [Int] { breakdowns.indices.filter { !breakdowns[$0].isTotal } }

  /// How many groups a breakdown has, in each interval if there are any.
  public func groupCount(of breakdown: Breakdown) -> Int {
    breakdown.groupings.reduce(1) { $0 * groupings[$1].levels.count }
  }
}

extension Statistic.Kind {
  /// Those whom it counts, and those whose values it is computed from.
  fileprivate var shares: [MemberShare] {
    if case .percent(let condition) = self {
      return [MemberShare(expression: condition, rule: .holds)]
    }
    return measures.flatMap { measure in
      [MemberShare(expression: measure.expression, rule: .isKnown)]
        + (measure.isTally
          ? [MemberShare(expression: measure.expression, rule: .isNotZero)] : [])
    }
  }
}

extension Plan {
  /// The groups of every output: output by output, in each of them interval by interval, in each of
  /// those breakdown by breakdown, first all members and then each share, and last the values of each
  /// measure.
  ///
  /// Of percentiles across units nothing is said about the people of any unit, so they have none.
  public var memberships: [MembershipTable] { outputs.indices.flatMap(memberships) }

  /// The groups of one output.
  func memberships(ofOutput output: Int) -> [MembershipTable] {
    switch outputs[output] {
    case .flow(let flow):
      let count = populations[flow.population].criteria.count + 1
      return [MembershipTable(output: output, breakdown: 0, groupCount: count)]
    case .deciles: return []
    case .table(let table): return memberships(of: table, output)
    case .summary(let summary): return memberships(of: summary.table, output)
    case .histogram(let histogram): return memberships(of: histogram.table, output)
    }
  }

  private func memberships(of table: TableOutput, _ output: Int) -> [MembershipTable] {
    let shares: [MemberShare?] = [nil] + table.shares
    let intervals = table.intervals.map { (0..<$0.count).map(Optional.some) } ?? [nil]
    return intervals.flatMap { interval in
      table.properBreakdowns.flatMap { breakdown in
        shares.map { share in
          MembershipTable(
            output: output, interval: interval, breakdown: breakdown, share: share,
            groupCount: table.groupCount(of: table.breakdowns[breakdown]))
        }
      }
        + table.valueMeasures.map { measure in
          MembershipTable(
            output: output, interval: interval, breakdown: 0, values: measure,
            groupCount: Bounds.placeCount)
        }
    }
  }

  /// The position of each output's first table among ``memberships``.
  public var firstMemberships: [Int] {
    outputs.indices.reduce(into: [0]) { $0.append($0[$1] + memberships(ofOutput: $1).count) }
      .dropLast()
  }
}
