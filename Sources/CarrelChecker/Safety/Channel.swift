import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

/// A way by which something of a patient reaches an output.
struct Channel {
  /// What is computed.
  let expression: Lowered.Expression
  /// What it decides.
  let role: Role
  /// Where the output, or the criterion, is written.
  let span: SourceSpan

  enum Role: Hashable {
    /// Who is counted.
    case criterion
    /// In which group.
    case grouping
    /// Whether somebody counts in a numerator.
    case condition
    /// How much somebody adds to a number.
    case measure
    /// From when a patient is followed.
    case start
  }

  /// Whether it sorts patients, rather than measuring them.
  var sorts: Bool { role != .measure && role != .start }
}

/// One output with everything that reaches it.
struct ReviewedOutput {
  let output: Output
  /// The criteria of its population.
  let criteria: [Channel]
  /// For each criterion, whether those for whom it holds are left out.
  let exclusions: [Bool]
  /// What else reaches it.
  let channels: [Channel]
  /// Its shortest interval, where intervals are the same for everyone.
  let interval: Interval?
  /// Where its name is written.
  let name: SourceSpan
  /// Where its statistics are written.
  let statistics: [SourceSpan]
  /// Where its intervals are written.
  let intervals: SourceSpan?
}

extension Checker {
  /// Every output that was made, in the order of the plan.
  var reviewedOutputs: [ReviewedOutput] {
    state.plan.plan.outputs.compactMap { output in
      guard let statement = declared[output.name], let name = statement.declaredName else {
        return nil
      }
      return reviewed(output, of: statement, at: name.span)
    }
  }

  private func reviewed(
    _ output: Output, of statement: Statement, at name: SourceSpan
  ) -> ReviewedOutput {
    let population = state.outputPopulations[output.population]
    let criteria = population.criteria.map {
      Channel(expression: $0.condition.expression, role: .criterion, span: $0.span)
    }
    var channels: [Channel] = []
    var interval: Interval?
    var (statistics, intervals): ([SourceSpan], SourceSpan?) = ([], nil)
    if case .table(let table) = output, case .table(let written) = statement {
      channels = self.channels(of: table, written)
      interval = table.intervals?.shortest
      (statistics, intervals) = (written.statistics.map(\.span), written.intervals?.span)
    }
    return ReviewedOutput(
      output: output, criteria: criteria, exclusions: population.criteria.map(\.isExclusion),
      channels: channels, interval: interval, name: name,
      statistics: statistics, intervals: intervals)
  }

  private func channels(of table: TableOutput, _ written: Written.Table) -> [Channel] {
    var channels: [Channel] = []
    if case .followUp(let start, _)? = table.intervals?.extent, let intervals = written.intervals {
      channels.append(Channel(expression: start, role: .start, span: intervals.span))
    }
    for (grouping, item) in zip(table.groupings, written.grouping?.items ?? []) {
      channels.append(
        Channel(expression: grouping.expression, role: .grouping, span: item.value.span))
    }
    for (statistic, item) in zip(table.statistics, written.statistics) {
      channels += statistic.kind.channels(at: item.span)
    }
    return channels
  }
}

extension Lowered.Statistic.Kind {
  /// The ways by which a statistic takes something of a patient.
  fileprivate func channels(at span: SourceSpan) -> [Channel] {
    func channel(_ expression: Lowered.Expression, _ role: Channel.Role) -> Channel {
      Channel(expression: expression, role: role, span: span)
    }
    func numerator(_ measure: CarrelPlan.Measure) -> Channel {
      channel(measure.expression, .condition)
    }
    switch self {
    case .count: return []
    case .percent(let condition): return [channel(condition, .condition)]
    case .rate(let measure, per: _): return [numerator(measure)]
    case .personTimeRate(let measure, per: _, let days):
      return [numerator(measure), channel(days.expression, .measure)]
    case .ratio(let above, to: let below): return [numerator(above), numerator(below)]
    case .sum(let measure), .mean(let measure), .standardDeviation(let measure),
      .quantile(_, of: let measure, bins: _):
      return [channel(measure.expression, measure.isCount ? .condition : .measure)]
    }
  }
}

extension Output {
  /// The population, by its position in the plan.
  fileprivate var population: Int {
    switch self {
    case .table(let table): table.population
    case .flow(let flow): flow.population
    }
  }
}

extension Lowered.Intervals {
  /// The interval of fewest days, of those that are the same for everyone.
  var shortest: Interval? {
    guard case .calendar(let all) = extent else { return nil }
    return all.min { $0.dayCount < $1.dayCount }
  }
}

extension Interval {
  /// How many days it has, both ends included.
  var dayCount: Int { end.dayNumber - start.dayNumber + 1 }
}
