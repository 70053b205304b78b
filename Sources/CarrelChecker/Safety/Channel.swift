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
    let places = OutputPlaces(of: statement, named: name)
    return ReviewedOutput(
      output: output, criteria: criteria, exclusions: population.criteria.map(\.isExclusion),
      channels: output.table.map { channels(of: $0, in: output, places) } ?? [],
      interval: output.table?.intervals?.shortest, name: name,
      statistics: output.table?.statistics.indices.map(places.statistic) ?? [],
      intervals: places.intervals)
  }

  private func channels(
    of table: TableOutput, in output: Output, _ places: OutputPlaces
  ) -> [Channel] {
    var channels: [Channel] = []
    if case .followUp(let start, _)? = table.intervals?.extent {
      channels.append(
        Channel(expression: start, role: .start, span: places.intervals ?? places.name))
    }
    // Percentiles are across units, of which none is shown.
    if case .deciles = output {
    } else {
      channels += table.groupings.enumerated().map { index, grouping in
        Channel(expression: grouping.expression, role: .grouping, span: places.grouping(index))
      }
    }
    for (index, statistic) in table.statistics.enumerated() {
      channels += statistic.kind.channels(at: places.statistic(index))
    }
    return channels
  }
}

/// Where the parts of an output are written; what has no place of its own is where the name is.
private struct OutputPlaces {
  let name: SourceSpan
  let intervals: SourceSpan?
  private let groupings: [SourceSpan]
  private let statistics: [SourceSpan]

  init(of statement: Statement, named name: SourceSpan) {
    self.name = name
    switch statement {
    case .table(let table):
      groupings = table.grouping?.items.map(\.value.span) ?? []
      statistics = table.statistics.map(\.span)
      intervals = table.intervals?.span
    case .deciles(let deciles):
      groupings = [deciles.unit.span]
      statistics = deciles.statistics.map(\.span)
      intervals = deciles.intervals?.span
    case .summary(let summary):
      groupings = summary.grouping?.items.map(\.value.span) ?? []
      (statistics, intervals) = ([], nil)
    case .histogram(let histogram):
      groupings = (histogram.grouping?.items.map(\.value.span) ?? []) + [histogram.value.span]
      (statistics, intervals) = ([], nil)
    default:
      (groupings, statistics, intervals) = ([], [], nil)
    }
  }

  func grouping(_ index: Int) -> SourceSpan {
    groupings.indices.contains(index) ? groupings[index] : name
  }

  func statistic(_ index: Int) -> SourceSpan {
    statistics.indices.contains(index) ? statistics[index] : name
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
