internal import CarrelValues
internal import Glibc

/// A moment in universal time, in whole seconds: `2025-05-21T16:00:00Z`.
public struct LedgerTime: Hashable, Sendable {
  /// Seconds since the beginning of 1970, leap seconds not counted.
  public let secondsSince1970: Int

  private static let secondsPerDay = 86_400
  /// The last second of the year 9999.
  private static let last = 253_402_300_799

  /// A moment from 1970 to 9999; `nil` for any other.
  public init?(secondsSince1970: Int) {
    guard (0...Self.last).contains(secondsSince1970) else { return nil }
    self.secondsSince1970 = secondsSince1970
  }

  /// Reads a moment as it is written; `nil` for any other text.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 20, let date = CivilDate(isoUTF8: bytes[..<10]) else { return nil }
    func number(_ range: Range<Int>) -> Int? {
      Decimal.twoDigits(bytes[range])
    }
    guard let hour = number(11..<13), let minute = number(14..<16), let second = number(17..<19)
    else { return nil }
    self.init(
      secondsSince1970: date.dayNumber * Self.secondsPerDay + hour * 3_600 + minute * 60 + second)
    // Whatever was passed over, such as the marks between the numbers, shows here.
    guard text == description else { return nil }
  }

  /// The moment that the system's clock shows.
  public static var now: LedgerTime {
    LedgerTime(unchecked: min(max(0, time(nil)), last))
  }

  /// The moment at the beginning of the hour, which is as much as leaves in a receipt.
  public var startOfHour: LedgerTime {
    LedgerTime(unchecked: secondsSince1970 / 3_600 * 3_600)
  }

  private init(unchecked seconds: Int) { secondsSince1970 = seconds }
}

extension LedgerTime: Comparable {
  /// Whether a moment is before another.
  public static func < (left: LedgerTime, right: LedgerTime) -> Bool {
    left.secondsSince1970 < right.secondsSince1970
  }
}

extension LedgerTime: CustomStringConvertible {
  /// The moment as it is written in entries: RFC 3339 with `Z`.
  public var description: String {
    let second = secondsSince1970 % Self.secondsPerDay
    // Every day from 1970 to 9999 is a civil date.
    let date =
      CivilDate(dayNumber: secondsSince1970 / Self.secondsPerDay) ?? .last
    let parts = [second / 3_600, second / 60 % 60, second % 60]
    return "\(date)T" + parts.map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":") + "Z"
  }
}

extension Decimal {
  /// A number of exactly two digits.
  static func twoDigits(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.count == 2, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1) - 0x30 }
  }
}
