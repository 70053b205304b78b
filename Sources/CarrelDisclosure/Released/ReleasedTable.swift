import CarrelPlan
public import CarrelValues

/// The released figures of a table.
public struct ReleasedTable: Hashable, Sendable {
  /// The name that the study gives it.
  public let name: String
  /// The intervals for each of which there are such groups; `nil` without any.
  public let intervals: ReleasedIntervals?
  /// What people are grouped by.
  public let groupings: [ReleasedGrouping]
  /// What is shown of each group, in the study's order.
  public let statistics: [ReleasedStatisticHeading]
  /// The cross-classifications, each a set of groups that leaves nobody out.
  public let breakdowns: [ReleasedBreakdown]

  init(
    name: String, intervals: ReleasedIntervals?, groupings: [ReleasedGrouping],
    statistics: [ReleasedStatisticHeading], breakdowns: [ReleasedBreakdown]
  ) {
    self.name = name
    self.intervals = intervals
    self.groupings = groupings
    self.statistics = statistics
    self.breakdowns = breakdowns
  }
}

/// What the people of a table are grouped by.
public struct ReleasedGrouping: Hashable, Sendable {
  /// The name in files.
  public let name: String
  /// The heading that people read.
  public let heading: String
  /// Every level in declared order.
  public let levels: [Level]

  init(name: String, heading: String, levels: [Level]) {
    self.name = name
    self.heading = heading
    self.levels = levels
  }
}

/// The names of a statistic and what its figures are.
public struct ReleasedStatisticHeading: Hashable, Sendable {
  /// The name in files.
  public let name: String
  /// What people read.
  public let label: String
  /// What its figures are.
  public let kind: Kind
  /// The confidence interval that is released with it, if any.
  let interval: ConfidenceInterval?
  /// How often such intervals hold the truth, in percent: `95`; `nil` without an interval.
  public var intervalPercent: String? { interval?.percent }

  init(name: String, label: String, kind: Kind, interval: ConfidenceInterval?) {
    self.name = name
    self.label = label
    self.kind = kind
    self.interval = interval
  }

  /// What the figures of a statistic are.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// The number of people in the group.
    case count
    /// The share of the group, with its numerator.
    case percent
    /// A sum over the people who have a value.
    case sum
    /// A mean over the people who have a value, with their number as its denominator.
    case mean
    /// A sum for so many people of the group, with the sum as its numerator.
    case rate
    /// A sum for so many years of person-time, with the sum and the days.
    case personTimeRate = "person_time_rate"
    /// A sum divided by another, with both.
    case ratio
    /// The sample standard deviation of the people who have a value, with their number.
    case standardDeviation = "sd"
    /// The median of the people who have a value, with their number.
    case median
    /// Another quantile of the people who have a value, with their number.
    case quantile
  }
}

extension ReleasedStatisticHeading.Kind {
  /// Whether the figures have a numerator beside them.
  public var hasNumerator: Bool {
    switch self {
    case .percent, .rate, .personTimeRate, .ratio: true
    case .count, .sum, .mean, .standardDeviation, .median, .quantile: false
    }
  }

  /// Whether the figures have what they are out of beside them.
  public var hasDenominator: Bool {
    switch self {
    case .percent, .mean, .rate, .personTimeRate, .ratio, .standardDeviation, .median, .quantile:
      true
    case .count, .sum: false
    }
  }
}

/// One cross-classification of a table with its groups.
public struct ReleasedBreakdown: Hashable, Sendable {
  /// Positions in the table's groupings, rising; none for everybody at once.
  public let groupings: [Int]
  /// Whether it is a total of another breakdown.
  public let isTotal: Bool
  /// The groups in key order: the last grouping's level moves fastest, the interval slowest.
  public let groups: [ReleasedGroup]

  init(groupings: [Int], isTotal: Bool, groups: [ReleasedGroup]) {
    self.groupings = groupings
    self.isTotal = isTotal
    self.groups = groups
  }
}

/// The released figures of one group.
public struct ReleasedGroup: Hashable, Sendable {
  /// The position of the interval among those of the table; `nil` in a table without any.
  public let interval: Int?
  /// The group's level of each grouping of its breakdown, by position in the grouping's levels.
  public let levels: [Int]
  /// How many people are in the group.
  public let count: ReleasedFigure
  /// One for each statistic of the table, in the same order.
  public let statistics: [ReleasedStatistic]

  init(
    interval: Int?, levels: [Int], count: ReleasedFigure, statistics: [ReleasedStatistic]
  ) {
    self.interval = interval
    self.levels = levels
    self.count = count
    self.statistics = statistics
  }
}

/// One statistic of a group, with the released parts that it is worked out from.
public struct ReleasedStatistic: Hashable, Sendable {
  /// The figure itself.
  public let value: ReleasedFigure
  /// The people for whom it holds, of a percentage; the sum that is divided, of a rate or a ratio.
  public let numerator: ReleasedFigure?
  /// What it is out of: of a percentage or a rate the people of the groups that it covers, of a mean,
  /// a deviation or a quantile those who have a value, of a ratio the sum that it is divided by.
  public let denominator: ReleasedFigure?
  /// The ends of the confidence interval, in a table that has one for this statistic.
  public let interval: ReleasedConfidenceInterval?

  init(
    value: ReleasedFigure, numerator: ReleasedFigure? = nil, denominator: ReleasedFigure? = nil,
    interval: ReleasedConfidenceInterval? = nil
  ) {
    self.value = value
    self.numerator = numerator
    self.denominator = denominator
    self.interval = interval
  }

  /// The same figures with a confidence interval.
  func with(_ interval: ReleasedConfidenceInterval?) -> ReleasedStatistic {
    ReleasedStatistic(
      value: value, numerator: numerator, denominator: denominator, interval: interval)
  }
}
