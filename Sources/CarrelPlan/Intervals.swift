public import CarrelValues

/// The intervals of a table, for each of which its figures are computed anew.
///
/// Whatever mentions ``Expression/intervalStart`` or ``Expression/intervalEnd`` has a value for each
/// interval: a patient may belong to the population, and to a group, in one interval and not in
/// another.
public struct Intervals: Hashable, Sendable, Codable {
  /// How many units one interval lasts.
  public var length: Int
  /// The unit that the study names.
  public var unit: IntervalUnit
  /// Which intervals there are.
  public var extent: Extent

  /// Intervals of a length.
  public init(length: Int, unit: IntervalUnit, extent: Extent) {
    precondition(length > 0, "an interval has a length")
    self.length = length
    self.unit = unit
    self.extent = extent
  }

  /// Which intervals there are.
  public enum Extent: Hashable, Sendable, Codable {
    /// The same for every patient, in order.
    case calendar([Interval])
    /// A number of intervals from a date of each patient.
    ///
    /// Interval k, counted from 0, begins k lengths after the date and ends on the day before the
    /// next. A patient without a date has none, nor any that would end after the calendar does.
    case followUp(from: Expression, count: Int)
  }

  /// How many there are.
  public var count: Int {
    switch extent {
    case .calendar(let intervals): intervals.count
    case .followUp(_, let count): count
    }
  }
}

/// The days from one to another, both included.
public struct Interval: Hashable, Sendable, Codable {
  /// The first day.
  public var start: CivilDate
  /// The last day, not before the first.
  public var end: CivilDate

  /// The days from a first to a last.
  public init(start: CivilDate, end: CivilDate) {
    precondition(start <= end, "an interval has a day")
    self.start = start
    self.end = end
  }
}

/// A unit that a study names the intervals of a table by.
public enum IntervalUnit: String, Hashable, Sendable, Codable, CaseIterable {
  case day, week, month, quarter, year

  /// How many calendar units it is.
  public var calendar: (count: Int, unit: CalendarUnit) {
    switch self {
    case .day: (1, .days)
    case .week: (1, .weeks)
    case .month: (1, .months)
    case .quarter: (3, .months)
    case .year: (1, .years)
    }
  }
}

extension Intervals {
  /// The first day of an interval that follows a date, counted from 0; `nil` beyond the calendar.
  public func start(of number: Int, after date: CivilDate) -> CivilDate? {
    date.adding(calendarUnits(before: number), unit.calendar.unit)
  }

  /// The last day of an interval that follows a date, counted from 0; `nil` beyond the calendar.
  public func end(of number: Int, after date: CivilDate) -> CivilDate? {
    start(of: number + 1, after: date)?.adding(-1, .days)
  }

  /// How many calendar units there are from the first interval to another, counted from 0.
  public func calendarUnits(before number: Int) -> Int {
    number * length * unit.calendar.count
  }
}
