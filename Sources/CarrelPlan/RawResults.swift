public import CarrelValues

/// What an engine computed, before any disclosure rule: exact numbers that no output can name.
public struct RawResults: Hashable, Sendable, Codable {
  /// One for each output of the plan, in the same order.
  public var outputs: [RawOutput]

  /// Results of each output.
  public init(outputs: [RawOutput]) { self.outputs = outputs }
}

/// The exact numbers of one output.
public enum RawOutput: Hashable, Sendable, Codable {
  /// Of a table, a summary or a histogram.
  case table(RawTable)
  case flow(RawFlow)
  case units(RawUnits)
}

/// The exact numbers of a table: for each breakdown, a cell for every combination of levels.
public struct RawTable: Hashable, Sendable, Codable {
  /// For each breakdown of the output, its cells in key order.
  ///
  /// The last grouping's level moves fastest, levels in declared order, and the interval slowest.
  /// Groups with nobody in them have a cell too.
  public var breakdowns: [[RawCell]]

  /// Cells by breakdown.
  public init(breakdowns: [[RawCell]]) { self.breakdowns = breakdowns }
}

/// The exact numbers of one group.
public struct RawCell: Hashable, Sendable, Codable {
  /// How many distinct patients are in the group.
  public var patients: Int
  /// One for each statistic of the output, in the same order.
  public var statistics: [RawStatistic]

  /// A group's numbers.
  public init(patients: Int, statistics: [RawStatistic]) {
    self.patients = patients
    self.statistics = statistics
  }
}

/// One exact statistic of a group.
public enum RawStatistic: Hashable, Sendable, Codable {
  /// The number of patients, which the cell already has.
  case count
  /// How many patients the boolean holds for.
  case percent(numerator: Int)
  /// A sum over patients.
  case sum(RawSum)
  /// The sum to divide by the number of distinct patients with a value.
  case mean(RawSum)
  /// The sum that a rate is of; it is divided by the number of patients that the cell has.
  case rate(RawSum)
  /// The sums that a ratio, or a rate of person-time, is of.
  case ratio(RawSum, to: RawSum)
  /// A sample standard deviation; missing for fewer than two values.
  case standardDeviation(Value, of: RawSum)
  /// A quantile, missing when nobody has a value, and how many patients are in each bin around it.
  ///
  /// The bins are those of the plan, the narrowest first; no patient's value is in the results but
  /// as the quantile itself.
  case quantile(Value, peopleByBin: [Int], of: RawSum)
}

/// The sum of a measure over a group.
public struct RawSum: Hashable, Sendable, Codable {
  /// An integer or a decimal like the measure; missing when nobody has a value or it overflows.
  public var total: Value
  /// How many distinct patients have a value.
  public var contributors: Int
  /// How much of the values is that of few patients.
  public var concentration: Concentration

  /// A sum of the values of so many patients.
  public init(_ total: Value, contributors: Int, concentration: Concentration) {
    self.total = total
    self.contributors = contributors
    self.concentration = concentration
  }

  /// The sum over nobody.
  public static let ofNobody = RawSum(.missing, contributors: 0, concentration: .ofNobody)
}

extension RawStatistic {
  /// The sums of its measures, in the order of ``Statistic/Kind/measures``.
  public var sums: [RawSum] {
    switch self {
    case .count, .percent: []
    case .sum(let sum), .mean(let sum), .rate(let sum), .standardDeviation(_, of: let sum),
      .quantile(_, _, of: let sum):
      [sum]
    case .ratio(let above, to: let below): [above, below]
    }
  }
}

/// How many patients there are to begin with and after each criterion.
public struct RawFlow: Hashable, Sendable, Codable {
  /// Every patient the site holds.
  public var universe: Int
  /// How many remain after each criterion, in order; never rising.
  public var remaining: [Int]

  /// The numbers of a flow.
  public init(universe: Int, remaining: [Int]) {
    self.universe = universe
    self.remaining = remaining
  }
}
