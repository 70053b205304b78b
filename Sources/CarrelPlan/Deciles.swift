/// How percentages differ between units, such as practices: percentiles across them.
///
/// An engine computes the numbers of each unit and says nothing of which is which.
public struct DecilesOutput: Hashable, Sendable, Codable {
  /// The name that the study gives it.
  public var name: String
  /// The population, by its position in ``Plan/populations``.
  public var population: Int
  /// The intervals for each of which there are percentiles; `nil` where there are none.
  public var intervals: Intervals?
  /// The unit of a patient; those for whom it is missing belong to none.
  public var unit: Expression
  /// What is compared between units, all of them percentages; never empty.
  public var statistics: [Statistic]

  /// Percentiles across units.
  public init(
    name: String, population: Int, intervals: Intervals? = nil, unit: Expression,
    statistics: [Statistic]
  ) {
    self.name = name
    self.population = population
    self.intervals = intervals
    self.unit = unit
    self.statistics = statistics
  }

  /// The percentiles that are shown of each percentage.
  public static let percentiles = [10, 20, 30, 40, 50, 60, 70, 80, 90]

  /// A table with a group for each unit, whose levels no schema declares: what an engine computes.
  public var byUnit: TableOutput {
    TableOutput(
      name: name, population: population, intervals: intervals,
      groupings: [Grouping(name: "unit", heading: "unit", expression: unit, levels: [])],
      breakdowns: [Breakdown(groupings: [0], isTotal: false)], statistics: statistics)
  }
}

/// The exact numbers of each unit, of whom nothing else is said.
public struct RawUnits: Hashable, Sendable, Codable {
  /// For each interval, or once where there are none, the units that have patients.
  ///
  /// In order of their numbers, which is the same whatever the units are called.
  public let cellsByInterval: [[RawCell]]

  /// The numbers of units in any order.
  public init(cellsByInterval: [[RawCell]]) {
    self.cellsByInterval = cellsByInterval.map { cells in
      cells.sorted { $0.numbers.lexicographicallyPrecedes($1.numbers) }
    }
  }
}

extension RawCell {
  /// The patients and then the numerators of percentages.
  fileprivate var numbers: [Int] {
    [patients]
      + statistics.map { if case .percent(let numerator) = $0 { numerator } else { 0 } }
  }
}
