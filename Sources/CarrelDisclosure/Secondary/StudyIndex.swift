import CarrelPlan
import CarrelValues

/// What the groups and figures of a study's tables are called when they are taken together.
///
/// Groupings are the same where they group by the same value into the same levels, characteristics
/// where they are the same condition, or the same measure. People are the same where a population
/// is, in one interval.
struct StudyIndex {
  /// How many levels each grouping has.
  private(set) var levelCounts: [Int] = []
  /// How many states each characteristic can have.
  private(set) var stateCounts: [Int] = []
  private var groupings: [GroupingIdentity: Int] = [:]
  private var characteristics: [Characteristic: Int] = [:]

  /// A population, in an interval where there are any.
  struct People: Hashable {
    var population: Int
    var intervals: Intervals?
    var interval: Int
  }

  private struct GroupingIdentity: Hashable {
    var expression: Expression
    var levels: [Level]
  }

  private enum Characteristic: Hashable {
    /// It holds, or it does not.
    case condition(Expression)
    /// It holds, it does not, or nothing is known.
    case tally(Expression)
    /// A value is known, or not.
    case known(Expression)

    var stateCount: Int {
      if case .tally = self { 3 } else { 2 }
    }
  }

  /// Numbers everything that tables of a plan count.
  init(of plan: Plan) {
    for table in plan.outputs.compactMap(\.groupedTable) {
      for grouping in table.groupings {
        let identity = GroupingIdentity(expression: grouping.expression, levels: grouping.levels)
        guard groupings[identity] == nil else { continue }
        groupings[identity] = levelCounts.count
        levelCounts.append(grouping.levels.count)
      }
      for characteristic in table.statistics.flatMap({ Self.parts(of: $0.kind) }).map(\.of)
      where characteristics[characteristic] == nil {
        characteristics[characteristic] = stateCounts.count
        stateCounts.append(characteristic.stateCount)
      }
    }
  }

  /// The numbers of the groupings of a table.
  func groupings(of table: TableOutput) -> [Int] {
    table.groupings.map { grouping in
      let identity = GroupingIdentity(expression: grouping.expression, levels: grouping.levels)
      guard let number = groupings[identity] else {
        preconditionFailure("every grouping of a table that counts people has a number")
      }
      return number
    }
  }

  /// The numbers of people that a statistic is made of, besides that of the group.
  func parts(of statistic: Statistic) -> [CountFigure.Part] {
    Self.parts(of: statistic.kind).map { characteristic, states in
      guard let number = characteristics[characteristic] else {
        preconditionFailure("every characteristic of a table that counts people has a number")
      }
      return CountFigure.Part(characteristic: number, states: states)
    }
  }

  private static func parts(
    of kind: Statistic.Kind
  ) -> [(of: Characteristic, states: [Int])] {
    switch kind {
    case .count: []
    case .percent(let condition): [(.condition(condition), [0])]
    case .sum(let measure), .rate(let measure, per: _): tally(measure)
    case .mean(let measure): tally(measure) + [known(measure)]
    case .ratio(let measure, to: let other), .personTimeRate(let measure, per: _, days: let other):
      tally(measure) + tally(other)
    case .standardDeviation(let measure), .quantile(_, of: let measure, bins: _):
      [known(measure)]
    }
  }

  private static func tally(_ measure: Measure) -> [(of: Characteristic, states: [Int])] {
    measure.isTally ? [(.tally(measure.expression), [0])] : []
  }

  private static func known(_ measure: Measure) -> (of: Characteristic, states: [Int]) {
    measure.isTally ? (.tally(measure.expression), [0, 1]) : (.known(measure.expression), [0])
  }
}

extension Output {
  /// The table whose counts of people leave group by group; a histogram's and units' leave in
  /// another form.
  var groupedTable: TableOutput? {
    switch self {
    case .table, .summary: table
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

  /// Whose counts an interval of the table holds.
  func people(in interval: Int) -> StudyIndex.People {
    StudyIndex.People(population: population, intervals: intervals, interval: interval)
  }

  /// The levels of each group of a breakdown, the last grouping's moving fastest.
  func keys(of breakdown: Breakdown) -> [[Int]] {
    breakdown.groupings.reduce([[]]) { keys, grouping in
      keys.flatMap { key in groupings[grouping].levels.indices.map { key + [$0] } }
    }
  }
}
