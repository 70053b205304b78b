/// When outcomes come out: once a week, on the hour, so that the moment says nothing of a run.
public struct ReleaseSlot: Hashable, Sendable {
  /// The day of the week.
  public let day: Day
  /// The hour of the day in universal time, 0 to 23.
  public let hour: Int

  /// A day of the week, in the order of the week.
  public enum Day: String, Hashable, Sendable, CaseIterable {
    case monday = "Monday"
    case tuesday = "Tuesday"
    case wednesday = "Wednesday"
    case thursday = "Thursday"
    case friday = "Friday"
    case saturday = "Saturday"
    case sunday = "Sunday"
  }

  private static let week = 7 * 86_400
  /// The first Monday of 1970 was the fifth of January.
  private static let firstMonday = 4 * 86_400

  /// The first such moment after another, both in seconds since 1970.
  public func next(after moment: Int) -> Int {
    let index = Day.allCases.firstIndex(of: day) ?? 0
    let first = Self.firstMonday + index * 86_400 + hour * 3_600
    return moment < first ? first : first + ((moment - first) / Self.week + 1) * Self.week
  }
}

extension ReleaseSlot: CustomStringConvertible {
  /// When, in words: `Wednesday at 16:00 UTC`.
  public var description: String { "\(day.rawValue) at \(hour):00 UTC" }
}
