public import CarrelValues

/// A group of patients, given by criteria.
///
/// A patient belongs when every inclusion holds and no exclusion does; a criterion that is missing
/// neither holds nor excludes.
public struct Population: Hashable, Sendable, Codable {
  /// The name that the study gives it, with arguments if it has parameters.
  public var name: String
  /// The criteria in the order of the study.
  public var criteria: [Criterion]

  /// A population with these criteria.
  public init(name: String, criteria: [Criterion]) {
    self.name = name
    self.criteria = criteria
  }
}

/// One `include` or `exclude` line of a population.
public struct Criterion: Hashable, Sendable, Codable {
  /// What the study calls it, or the condition as written.
  public var label: String
  /// Whether patients for whom it holds are left out rather than kept.
  public var isExclusion: Bool
  /// A boolean of the patient.
  public var condition: Expression

  /// A criterion with its label.
  public init(label: String, isExclusion: Bool, condition: Expression) {
    self.label = label
    self.isExclusion = isExclusion
    self.condition = condition
  }
}

/// Something that a study asks to be released.
public enum Output: Hashable, Sendable, Codable {
  case table(TableOutput)
  case flow(FlowOutput)
  case summary(SummaryOutput)
  case histogram(HistogramOutput)
  case deciles(DecilesOutput)

  /// The name that the study gives it, unique among outputs.
  public var name: String {
    switch self {
    case .table(let table): table.name
    case .flow(let flow): flow.name
    case .summary(let summary): summary.table.name
    case .histogram(let histogram): histogram.table.name
    case .deciles(let deciles): deciles.name
    }
  }

  /// The population, by its position in ``Plan/populations``.
  public var population: Int { table?.population ?? flowPopulation }

  /// The table that an engine computes for the output; `nil` for a flow.
  public var table: TableOutput? {
    switch self {
    case .table(let table): table
    case .flow: nil
    case .summary(let summary): summary.table
    case .histogram(let histogram): histogram.table
    case .deciles(let deciles): deciles.byUnit
    }
  }

  private var flowPopulation: Int {
    guard case .flow(let flow) = self else { preconditionFailure("every other output is a table") }
    return flow.population
  }
}

/// How many patients remain after each criterion of a population, in order.
public struct FlowOutput: Hashable, Sendable, Codable {
  /// The name that the study gives it.
  public var name: String
  /// The population, by its position in ``Plan/populations``.
  public var population: Int

  /// A flow of a population.
  public init(name: String, population: Int) {
    self.name = name
    self.population = population
  }
}

/// Statistics of a population by groups.
public struct TableOutput: Hashable, Sendable, Codable {
  /// The name that the study gives it.
  public var name: String
  /// The population, by its position in ``Plan/populations``.
  public var population: Int
  /// The intervals for each of which there is such a table; `nil` where it is one by itself.
  public var intervals: Intervals?
  /// What patients are grouped by.
  public var groupings: [Grouping]
  /// The cross-classifications asked for: each lists positions in `groupings`, rising.
  ///
  /// A plain table has one, of all groupings. Totals add margins; `by each of` has one for each
  /// grouping. The empty breakdown is the whole population in one cell.
  public var breakdowns: [Breakdown]
  /// What is shown of each group; never empty.
  public var statistics: [Statistic]

  /// A table with these groupings and statistics.
  public init(
    name: String, population: Int, intervals: Intervals? = nil, groupings: [Grouping],
    breakdowns: [Breakdown], statistics: [Statistic]
  ) {
    self.name = name
    self.population = population
    self.intervals = intervals
    self.groupings = groupings
    self.breakdowns = breakdowns
    self.statistics = statistics
  }
}

/// A value with declared levels that patients are grouped by.
public struct Grouping: Hashable, Sendable, Codable {
  /// The name in files: lower case, unique in its table.
  public var name: String
  /// The heading that people read.
  public var heading: String
  /// The value; every patient's is one of the levels, or the engine fails without an answer.
  public var expression: Expression
  /// Every level in declared order; last a level whose value is missing, where that can occur.
  public var levels: [Level]

  /// A grouping with its levels.
  public init(name: String, heading: String, expression: Expression, levels: [Level]) {
    self.name = name
    self.heading = heading
    self.expression = expression
    self.levels = levels
  }
}

/// One cross-classification of a table.
public struct Breakdown: Hashable, Sendable, Codable {
  /// Positions in the table's groupings, rising.
  public var groupings: [Int]
  /// Whether it is a total that another breakdown of the table adds up to.
  public var isTotal: Bool

  /// A cross-classification by these groupings.
  public init(groupings: [Int], isTotal: Bool) {
    self.groupings = groupings
    self.isTotal = isTotal
  }
}

/// One statistic shown for each group.
public struct Statistic: Hashable, Sendable, Codable {
  /// The name in files, unique in its table: `count`, `percent_had_review`.
  public var name: String
  /// What people read: the study's `as` text, or the name of what is shown.
  public var label: String
  /// What it is.
  public var kind: Kind
  /// The confidence interval that is released with it, if one is asked for.
  ///
  /// Engines have no part in it: it is worked out from the released figures.
  public var interval: ConfidenceInterval?

  /// A statistic with its names.
  public init(name: String, label: String, kind: Kind, interval: ConfidenceInterval? = nil) {
    self.name = name
    self.label = label
    self.kind = kind
    self.interval = interval
  }

  /// The statistics that an engine computes.
  public enum Kind: Hashable, Sendable, Codable {
    /// How many patients there are.
    case count
    /// The share of patients for whom a boolean holds; missing does not hold.
    case percent(Expression)
    /// The sum of a measure over the patients who have a value.
    case sum(Measure)
    /// The mean of a measure over the patients who have a value.
    case mean(Measure)
    /// The sum of a measure for so many patients of the group, whether or not they have a value.
    case rate(Measure, per: Int)
    /// The sum of a measure for so many years of 365.25 days, given how many days each patient had.
    case personTimeRate(Measure, per: Int, days: Measure)
    /// The sum of a measure divided by the sum of another.
    case ratio(Measure, to: Measure)
    /// The sample standard deviation of a measure over the patients who have a value.
    case standardDeviation(Measure)
    /// A quantile of a measure over the patients who have a value.
    ///
    /// A policy other than `exact` shows the middle of a bin, so the plan says which bins there are.
    case quantile(Quantile, of: Measure, bins: BinScale)
  }
}

/// A number of each patient whose sum or mean may be released.
public struct Measure: Hashable, Sendable, Codable {
  /// The number, an integer or a decimal; a boolean has been made 0 or 1.
  public var expression: Expression
  /// Its type.
  public var type: ScalarType
  /// The least and greatest value it can take by declaration, `nil` where nothing bounds it.
  ///
  /// Values outside have been made missing. Without bounds a sum has no resolution, and a policy
  /// other than `exact` releases nothing of it.
  public var bounds: Bounds?
  /// Whether it counts something, a boolean or rows, rather than measures it.
  public var isCount: Bool

  /// A measure with its declared range.
  public init(expression: Expression, type: ScalarType, bounds: Bounds?, isCount: Bool) {
    self.expression = expression
    self.type = type
    self.bounds = bounds
    self.isCount = isCount
  }
}

extension Measure {
  /// Whether it is 0 or 1 for each patient, so that its sum counts patients.
  public var isTally: Bool { isCount && bounds == Bounds(lowest: 0, highest: 1) }
}

/// A declared range of a number, ends included.
public struct Bounds: Hashable, Sendable, Codable {
  /// The least value.
  public var lowest: Double
  /// The greatest value, not below the least.
  public var highest: Double

  /// A range from a least to a greatest value.
  public init(lowest: Double, highest: Double) {
    precondition(lowest <= highest, "bounds rise")
    self.lowest = lowest
    self.highest = highest
  }

  /// The difference between the ends.
  public var width: Double { highest - lowest }

  /// How many places a range is divided into where values are compared.
  static let placeCount = 1 << 16

  /// Where a value lies in the range, from 0 to 65,535 in equal steps; what is outside is at an end.
  ///
  /// The range must have a width. Values in a linear relation have places in one, but for rounding.
  public func place(of value: Double) -> Int {
    let share = (value - lowest) / width
    guard share > 0 else { return 0 }
    return Int((min(share, 1) * Double(Self.placeCount - 1)).rounded())
  }
}
