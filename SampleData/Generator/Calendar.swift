import CarrelValues

/// The years that the records cover, and dates drawn from them.
enum Calendar {
  /// The first year in which people die, move and are seen; what came before is only dates of birth,
  /// registrations and old diagnoses.
  static let firstYear = 2015
  /// The day after which nothing is recorded.
  static let snapshot = day(2024, 12, 31)

  /// A day that exists; the generator never asks for another.
  static func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
    guard let date = CivilDate(year: year, month: month, day: day) else {
      preconditionFailure("a day of the calendar is meant")
    }
    return date
  }
}

extension CivilDate {
  /// This day moved by some days; the generator stays far from the ends of the calendar.
  func plus(_ days: Int) -> CivilDate {
    guard let date = adding(days, .days) else {
      preconditionFailure("the sample data stays inside the calendar")
    }
    return date
  }
}

extension SplitMix64 {
  /// A day from one day to another, both included; the first one if they are the wrong way round.
  mutating func day(from start: CivilDate, to end: CivilDate) -> CivilDate {
    start.plus(below(max(1, end.dayNumber - start.dayNumber + 1)))
  }

  /// A day of a calendar year.
  mutating func day(of year: Int) -> CivilDate {
    day(from: Calendar.day(year, 1, 1), to: Calendar.day(year, 12, 31))
  }
}
