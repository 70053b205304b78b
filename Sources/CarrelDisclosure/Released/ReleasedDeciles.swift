/// The released percentiles of percentages across units, such as practices.
///
/// There is nothing in it of a unit, nor of how many there are.
public struct ReleasedDeciles: Hashable, Sendable {
  /// The name that the study gives it.
  public let name: String
  /// The intervals for each of which there are percentiles; `nil` without any.
  public let intervals: ReleasedIntervals?
  /// The names and labels of what is compared, in the study's order.
  public let statistics: [ReleasedStatisticHeading]
  /// Percentiles of each interval, or once without any, rising.
  public let lines: [Line]

  init(
    name: String, intervals: ReleasedIntervals?, statistics: [ReleasedStatisticHeading],
    lines: [Line]
  ) {
    self.name = name
    self.intervals = intervals
    self.statistics = statistics
    self.lines = lines
  }

  /// One percentile of every percentage.
  public struct Line: Hashable, Sendable {
    /// The position of the interval; `nil` without any.
    public let interval: Int?
    /// The percentile: 10 for the percentage that a tenth of the units are below.
    public let percentile: Int
    /// For each statistic, in percent.
    public let figures: [ReleasedFigure]

    init(interval: Int?, percentile: Int, figures: [ReleasedFigure]) {
      self.interval = interval
      self.percentile = percentile
      self.figures = figures
    }
  }
}
