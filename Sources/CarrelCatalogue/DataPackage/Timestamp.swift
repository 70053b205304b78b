import CarrelValues

extension CivilDate {
  /// The date part of a timestamp as the Table Schema standard writes a `datetime`; `nil` for
  /// anything else.
  ///
  /// That is XML Schema's `dateTime`: a date, `T`, hours, minutes and seconds, perhaps with a fraction
  /// of a second, perhaps with `Z` or an offset. The whole text is held to the form; the time and
  /// the zone then change nothing. `24:00:00`, the day after, is refused.
  init?(ofTimestamp text: ArraySlice<UInt8>) {
    var time = TimeOfDay(text.dropFirst(10))
    guard time.isWellFormed() else { return nil }
    self.init(isoUTF8: text.prefix(10))
  }
}

/// Reads what follows the date of a timestamp, byte by byte.
private struct TimeOfDay {
  private var rest: ArraySlice<UInt8>

  init(_ text: ArraySlice<UInt8>) { rest = text }

  mutating func isWellFormed() -> Bool {
    guard skip("T"), skipNumber(below: 24), skip(":"), skipNumber(below: 60), skip(":"),
      skipNumber(below: 60)
    else { return false }
    if skip(".") {
      let digits = rest.prefix { $0.isASCIIDigit }
      guard !digits.isEmpty else { return false }
      rest = rest.dropFirst(digits.count)
    }
    if rest.isEmpty || skip("Z") { return rest.isEmpty }
    guard skip("+") || skip("-") else { return false }
    return skipNumber(below: 15) && skip(":") && skipNumber(below: 60) && rest.isEmpty
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest = rest.dropFirst()
    return true
  }

  /// Two digits that write a number below a limit.
  private mutating func skipNumber(below limit: Int) -> Bool {
    let digits = rest.prefix(2)
    guard digits.count == 2, digits.allSatisfy(\.isASCIIDigit) else { return false }
    rest = rest.dropFirst(2)
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } < limit
  }
}
