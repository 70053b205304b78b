import CarrelPlan
public import CarrelValues

/// The intervals of a released table.
public struct ReleasedIntervals: Hashable, Sendable {
  /// How long one is: `month`, `3 months`.
  public let words: String
  /// Which there are.
  public let extent: Extent

  /// Which intervals there are.
  public enum Extent: Hashable, Sendable {
    /// These, in order.
    case calendar([ReleasedInterval])
    /// A number of them, from a date that each patient has of their own.
    case followUp(count: Int)
  }

  init(_ intervals: Intervals) {
    words =
      intervals.length == 1
      ? intervals.unit.rawValue : "\(intervals.length) \(intervals.unit.rawValue)s"
    extent =
      switch intervals.extent {
      case .calendar(let all):
        .calendar(all.map { ReleasedInterval(start: $0.start, end: $0.end) })
      case .followUp(_, let count): .followUp(count: count)
      }
  }
}

/// The days from one to another, both included.
public struct ReleasedInterval: Hashable, Sendable {
  /// The first day.
  public let start: CivilDate
  /// The last day.
  public let end: CivilDate

  init(start: CivilDate, end: CivilDate) {
    self.start = start
    self.end = end
  }
}
