/// A day of the proleptic Gregorian calendar, from 1900-01-01 to 9999-12-31, without time or zone.
///
/// Stored as a number of days, so that comparing dates compares integers on every engine.
/// Arithmetic that leaves the range gives `nil`, which every engine reads as missing.
public struct CivilDate: Hashable, Sendable {
  /// Days since 1970-01-01; negative before it.
  public let dayNumber: Int

  /// The first representable day, 1900-01-01.
  public static let first = CivilDate(uncheckedDayNumber: -25_567)
  /// The last representable day, 9999-12-31.
  public static let last = CivilDate(uncheckedDayNumber: 2_932_896)

  private init(uncheckedDayNumber: Int) { dayNumber = uncheckedDayNumber }

  /// The day with this number, or `nil` outside the representable range.
  public init?(dayNumber: Int) {
    guard (Self.first.dayNumber...Self.last.dayNumber).contains(dayNumber) else { return nil }
    self.dayNumber = dayNumber
  }

  /// The day with this year, month and day, or `nil` if there is no such day in range.
  public init?(year: Int, month: Int, day: Int) {
    guard (1900...9999).contains(year), (1...12).contains(month),
      (1...Self.daysInMonth(month, of: year)).contains(day)
    else { return nil }
    self.dayNumber = Self.dayNumber(year: year, month: month, day: day)
  }

  /// The day written as `YYYY-MM-DD` in ASCII digits, or `nil` for any other text or impossible day.
  public init?(iso text: some StringProtocol) {
    self.init(isoUTF8: Array(text.utf8.prefix(11))[...])
  }

  /// The day that UTF-8 bytes write as `YYYY-MM-DD`, or `nil` for anything else.
  public init?(isoUTF8 bytes: ArraySlice<UInt8>) {
    let start = bytes.startIndex
    guard bytes.count == 10, bytes[start + 4] == UInt8(ascii: "-"),
      bytes[start + 7] == UInt8(ascii: "-"),
      let year = Self.number(bytes[start..<start + 4]),
      let month = Self.number(bytes[(start + 5)..<(start + 7)]),
      let day = Self.number(bytes[(start + 8)..<(start + 10)])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for byte in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
      value = value * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return value
  }
}

extension CivilDate {
  /// The year, month and day of the month.
  public var components: (year: Int, month: Int, day: Int) {
    // Days are counted from 0000-03-01, so that a leap day ends its 400-year cycle
    // (H. Hinnant, "chrono-compatible low-level date algorithms", 2013).
    let days = dayNumber + 719_468
    let era = days / 146_097
    let dayOfEra = days - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// The calendar year.
  public var year: Int { components.year }
  /// The month of the year, 1 to 12.
  public var month: Int { components.month }
  /// The day of the month, 1 to 31.
  public var day: Int { components.day }

  /// The first day of this day's month.
  public var firstOfMonth: CivilDate {
    CivilDate(uncheckedDayNumber: dayNumber - components.day + 1)
  }

  /// The first day of this day's year.
  public var firstOfYear: CivilDate {
    CivilDate(uncheckedDayNumber: Self.dayNumber(year: components.year, month: 1, day: 1))
  }

  /// How many days a month has; the month must be 1 to 12.
  public static func daysInMonth(_ month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

extension CivilDate {
  /// This day moved by a number of calendar units, or `nil` when that leaves the range.
  ///
  /// A month or year with no such day rolls forward to the first of the next month, as in
  /// OpenSAFELY: 31 January and one month is 1 March in a common year.
  public func adding(_ count: Int, _ unit: CalendarUnit) -> CivilDate? {
    switch unit {
    case .days: return adding(days: count)
    case .weeks:
      let (days, overflow) = count.multipliedReportingOverflow(by: 7)
      return overflow ? nil : adding(days: days)
    case .months: return adding(months: count)
    case .years:
      let (months, overflow) = count.multipliedReportingOverflow(by: 12)
      return overflow ? nil : adding(months: months)
    }
  }

  private func adding(days: Int) -> CivilDate? {
    let (sum, overflow) = dayNumber.addingReportingOverflow(days)
    return overflow ? nil : CivilDate(dayNumber: sum)
  }

  private func adding(months: Int) -> CivilDate? {
    let (year, month, day) = components
    let (total, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
    guard !overflow, total >= 1900 * 12, total < 10_000 * 12 else { return nil }
    let (newYear, newMonth) = (total / 12, total % 12 + 1)
    if let same = CivilDate(year: newYear, month: newMonth, day: day) { return same }
    let next = total + 1
    return CivilDate(year: next / 12, month: next % 12 + 1, day: 1)
  }

  /// Complete calendar units from one day to another, floored; negative when `end` is earlier.
  public static func span(_ unit: CalendarUnit, from start: CivilDate, to end: CivilDate) -> Int {
    let days = end.dayNumber - start.dayNumber
    switch unit {
    case .days: return days
    case .weeks: return days >= 0 ? days / 7 : -((6 - days) / 7)
    case .months:
      let (a, b) = (start.components, end.components)
      return 12 * (b.year - a.year) + b.month - a.month - (b.day < a.day ? 1 : 0)
    case .years:
      let (a, b) = (start.components, end.components)
      return b.year - a.year - ((b.month, b.day) < (a.month, a.day) ? 1 : 0)
    }
  }
}

extension CivilDate: Comparable {
  /// Whether one day is before another.
  public static func < (left: CivilDate, right: CivilDate) -> Bool {
    left.dayNumber < right.dayNumber
  }
}

extension CivilDate: CustomStringConvertible {
  /// The day as `YYYY-MM-DD`.
  public var description: String {
    let (year, month, day) = components
    return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
  }
}

extension CivilDate: Codable {
  /// Reads a day number; a number out of range is corrupt data.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let date = CivilDate(dayNumber: try container.decode(Int.self)) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a day number is out of range")
    }
    self = date
  }

  /// Writes the day number.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(dayNumber)
  }
}

/// A unit of calendar time that a date can be moved by and a span counted in.
public enum CalendarUnit: String, Hashable, Sendable, Codable, CaseIterable {
  case days, weeks, months, years
}
