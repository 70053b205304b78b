/// A number that has left the gate: a whole number of units of a power of ten.
///
/// There is no digit in it beyond the step that the policy permits, so none can be printed.
public struct ReleasedNumber: Hashable, Sendable {
  /// The number in units of the last digit.
  public let units: Int
  /// How many decimals it has; negative where the last digits before the point are not known.
  public let decimals: Int

  init(units: Int, decimals: Int = 0) {
    self.units = units
    self.decimals = decimals
  }

  /// The number as a double, for drawing and comparing.
  public var approximation: Double { Double(description) ?? 0 }
}

extension ReleasedNumber {
  /// The number with at most so many decimals, halves away from zero.
  public func rounded(toDecimals wanted: Int) -> ReleasedNumber {
    precondition(wanted >= 0, "decimals are 0 or more")
    guard decimals > wanted else { return self }
    guard decimals - wanted <= 18 else { return ReleasedNumber(units: 0, decimals: wanted) }
    let divisor = (wanted..<decimals).reduce(1) { divisor, _ in divisor * 10 }
    let (quotient, rest) = units.quotientAndRemainder(dividingBy: divisor)
    let carry = rest.magnitude >= UInt(divisor) / 2 ? units.signum() : 0
    return ReleasedNumber(units: quotient + carry, decimals: wanted)
  }
}

extension ReleasedNumber: CustomStringConvertible {
  /// The number in digits, with a point where it has decimals and no thousands separators.
  public var description: String {
    let digits = String(units.magnitude)
    let sign = units < 0 ? "-" : ""
    guard decimals > 0 else {
      return sign + digits + (units == 0 ? "" : String(repeating: "0", count: -decimals))
    }
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    return "\(sign)\(padded.dropLast(decimals)).\(padded.suffix(decimals))"
  }
}

extension ReleasedNumber {
  /// A finite number in full: the fewest digits that give it back.
  init(inFull number: Double) {
    precondition(number.isFinite, "a released number is finite")
    var digits = 0
    var decimals = 0
    var isAfterPoint = false
    let text = "\(number)"
    let parts = text.split(separator: "e")
    for byte in parts[0].utf8 {
      switch byte {
      case UInt8(ascii: "."): isAfterPoint = true
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        digits = digits * 10 + Int(byte - UInt8(ascii: "0"))
        if isAfterPoint { decimals += 1 }
      default: break
      }
    }
    decimals -= parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    while decimals > 0, digits % 10 == 0 {
      digits /= 10
      decimals -= 1
    }
    self.init(units: number < 0 ? -digits : digits, decimals: decimals)
  }

  /// A number to so many significant digits, halves away from zero, or in full where that is `nil`.
  ///
  /// `nil` where the number is not finite.
  init?(_ number: Double, digits: Int?) {
    guard number.isFinite else { return nil }
    self.init(inFull: number)
    guard let digits, units != 0 else { return }
    let surplus = String(units.magnitude).utf8.count - digits
    if surplus > 0 {
      let divisor = (0..<surplus).reduce(1) { divisor, _ in divisor * 10 }
      let (quotient, rest) = units.quotientAndRemainder(dividingBy: divisor)
      let carry = rest.magnitude >= UInt(divisor) / 2 ? units.signum() : 0
      self.init(units: quotient + carry, decimals: decimals - surplus)
    }
  }

  /// The quotient of two counts times a power of ten, to a number of decimals; halves go up.
  ///
  /// - Parameters:
  ///   - part: 0 or more.
  ///   - whole: 1 or more.
  ///   - shift: The power of ten, 2 for a percentage.
  ///   - decimals: 0 or more; `nil` for all that a double holds.
  init(_ part: Int, dividedBy whole: Int, shift: Int, decimals: Int?) {
    precondition(part >= 0 && whole > 0, "a share is of somebody")
    guard let decimals else {
      let scale = (0..<shift).reduce(1.0) { scale, _ in scale * 10 }
      self.init(inFull: scale * Double(part) / Double(whole))
      return
    }
    var scaled = Int128(part)
    for _ in 0..<(shift + decimals) { scaled *= 10 }
    let rounded = (2 * scaled + Int128(whole)) / (2 * Int128(whole))
    self.init(units: Int(rounded), decimals: decimals)
  }
}

extension ReleasedNumber {
  /// The sum of released numbers, as fine as the finest; `nil` where it is too large to hold.
  static func sum(of numbers: [ReleasedNumber]) -> ReleasedNumber? {
    let decimals = numbers.map(\.decimals).max() ?? 0
    var total = 0
    for number in numbers {
      guard let units = number.units(withDecimals: decimals) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(units)
      guard !overflow else { return nil }
      total = sum
    }
    return ReleasedNumber(units: total, decimals: decimals)
  }

  private func units(withDecimals wanted: Int) -> Int? {
    var result = units
    for _ in decimals..<wanted where result != 0 {
      let (product, overflow) = result.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      result = product
    }
    return result
  }
}
