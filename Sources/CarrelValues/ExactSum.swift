/// A sum of numbers that is exact until it is read, and then rounded once.
///
/// The same numbers give the same bits in any order and however partial sums are merged: nothing is
/// rounded while adding. The total is held as a whole number of the least unit that any decimal
/// needs, in digits of 32 bits kept in 64, so that a digit takes many additions before its carry
/// has to be passed on.
///
/// Source: R. M. Neal, "Fast exact summation using small and large superaccumulators",
/// arXiv:1505.05571 (2015), the small superaccumulator.
public struct ExactSum: Sendable {
  /// Digit `i` counts multiples of 2 to the power `32 * i + lowestExponent`.
  ///
  /// Settled, every digit but the last lies in 0..<2^32 and the last carries the sign.
  private var digits = [Int64](repeating: 0, count: Self.digitCount)
  /// How many additions a digit may have taken since carries were last passed on.
  private var unsettledAdditions = 0

  /// Well below the least decimal, 2^-1074, so that a mean has room for the bits that round it.
  private static let lowestExponent = -1_120
  /// Up to 2^1024, the end of the decimals, and beyond it by more additions than can be counted.
  private static let digitCount = 70
  private static let digitMask: Int64 = 0xffff_ffff
  /// A digit of 64 bits takes 2^31 additions of 32 bits; half of that is a safe place to stop.
  private static let additionLimit = 1 << 30

  /// A sum of no numbers, which is zero.
  public init() {}

  /// Adds a decimal, which must be finite.
  public mutating func add(_ decimal: Double) {
    precondition(decimal.isFinite, "a decimal is finite")
    let isSubnormal = decimal.exponentBitPattern == 0
    let magnitude = decimal.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
    let exponent = Int(isSubnormal ? 1 : decimal.exponentBitPattern) - 1_075
    add(magnitude, exponent: exponent, isNegative: decimal.sign == .minus)
  }

  /// Adds an integer, exactly: it is not made a decimal first.
  public mutating func add(_ integer: Int) {
    add(UInt64(integer.magnitude), exponent: 0, isNegative: integer < 0)
  }

  /// Adds everything that another sum holds.
  public mutating func merge(_ other: ExactSum) {
    var other = other
    settle()
    other.settle()
    for index in digits.indices { digits[index] += other.digits[index] }
    settle()
  }

  /// Adds `magnitude` times 2 to the power `exponent`, spread over the digits it reaches.
  mutating func add(_ magnitude: UInt64, exponent: Int, isNegative: Bool) {
    let (index, shift) = (exponent - Self.lowestExponent).quotientAndRemainder(dividingBy: 32)
    // Shifts by 64 give 0, as they should where `shift` is 0.
    let parts = (
      Int64(truncatingIfNeeded: magnitude << UInt64(shift)) & Self.digitMask,
      Int64(truncatingIfNeeded: magnitude >> UInt64(32 - shift)) & Self.digitMask,
      Int64(truncatingIfNeeded: magnitude >> UInt64(64 - shift)) & Self.digitMask
    )
    digits[index] += isNegative ? -parts.0 : parts.0
    digits[index + 1] += isNegative ? -parts.1 : parts.1
    digits[index + 2] += isNegative ? -parts.2 : parts.2
    unsettledAdditions += 1
    if unsettledAdditions == Self.additionLimit { settle() }
  }

  /// Adds another sum times a decimal, exactly.
  ///
  /// No part of the product may lie below the lowest digit, nor reach the two highest.
  mutating func add(_ other: ExactSum, times factor: Double) {
    let (magnitude, isNegative) = other.settledMagnitude()
    let factorParts = ExactSum.parts(of: factor)
    for (index, digit) in magnitude.digits.enumerated() where digit != 0 && factor != 0 {
      let zeros = digit.trailingZeroBitCount
      let product = (digit >> UInt64(zeros)).multipliedFullWidth(by: factorParts.magnitude)
      let exponent = 32 * index + Self.lowestExponent + zeros + factorParts.exponent
      let sign = isNegative != (factor < 0)
      add(product.low, exponent: exponent, isNegative: sign)
      if product.high != 0 { add(product.high, exponent: exponent + 64, isNegative: sign) }
    }
  }

  /// An odd number and a power of two that make the size of a decimal other than zero.
  private static func parts(of decimal: Double) -> (magnitude: UInt64, exponent: Int) {
    let isSubnormal = decimal.exponentBitPattern == 0
    let magnitude = decimal.significandBitPattern | (isSubnormal ? 0 : 1 << 52)
    if magnitude == 0 { return (0, 0) }
    let zeros = magnitude.trailingZeroBitCount
    let exponent = Int(isSubnormal ? 1 : decimal.exponentBitPattern) - 1_075
    return (magnitude >> UInt64(zeros), exponent + zeros)
  }

  /// Passes carries on, so that equal sums have equal digits.
  private mutating func settle() {
    var carry: Int64 = 0
    for index in 0..<Self.digitCount - 1 {
      let digit = digits[index] + carry
      digits[index] = digit & Self.digitMask
      carry = digit >> 32
    }
    digits[Self.digitCount - 1] += carry
    unsettledAdditions = 0
  }
}

extension ExactSum {
  /// The decimal nearest to the total, ties to even; `nil` where it is out of range.
  public var total: Double? {
    let (magnitude, isNegative) = settledMagnitude()
    return magnitude.rounded(isNegative: isNegative)
  }

  /// The decimal nearest to the total divided by a number of values, which must be above zero.
  ///
  /// It may be in range where the total is not.
  public func mean(of count: Int) -> Double? {
    precondition(count > 0, "a mean is of something")
    var (magnitude, isNegative) = settledMagnitude()
    magnitude.divide(by: UInt64(count))
    return magnitude.rounded(isNegative: isNegative)
  }

  private func settledMagnitude() -> (Magnitude, isNegative: Bool) {
    var sum = self
    sum.settle()
    let isNegative = sum.digits[Self.digitCount - 1] < 0
    if isNegative {
      for index in sum.digits.indices { sum.digits[index].negate() }
      sum.settle()
    }
    return (Magnitude(digits: sum.digits.map { UInt64($0) }), isNegative)
  }

  /// A non-negative number in digits of 32 bits, lowest first.
  private struct Magnitude {
    var digits: [UInt64]
    /// Whether a division left something below the lowest digit.
    var hasMore = false

    mutating func divide(by divisor: UInt64) {
      var remainder: UInt64 = 0
      for index in digits.indices.reversed() {
        (digits[index], remainder) = divisor.dividingFullWidth(
          (high: remainder >> 32, low: remainder << 32 | digits[index]))
      }
      hasMore = remainder != 0
    }

    /// The nearest decimal, ties to even; `nil` where it is out of range.
    func rounded(isNegative: Bool) -> Double? {
      guard let top = digits.lastIndex(where: { $0 != 0 }) else { return 0 }
      let highestBit = 32 * top + 63 - digits[top].leadingZeroBitCount
      let exponent = highestBit + ExactSum.lowestExponent
      if exponent > 1_023 { return nil }
      // The weight of the last place of a decimal of this size; subnormal ones share theirs.
      let lastPlaceExponent = max(exponent - 52, -1_074)
      let lastPlace = lastPlaceExponent - ExactSum.lowestExponent
      var significand = bits(from: lastPlace)
      let isPastHalf = hasMore || hasBits(below: lastPlace - 1)
      if bit(at: lastPlace - 1), isPastHalf || significand & 1 == 1 { significand += 1 }
      let rounded = Double(
        sign: isNegative ? .minus : .plus, exponent: lastPlaceExponent,
        significand: Double(significand))
      return Arithmetic.finite(rounded)
    }

    /// The 64 bits from a position upwards; those above are zero.
    private func bits(from position: Int) -> UInt64 {
      let (index, shift) = position.quotientAndRemainder(dividingBy: 32)
      return digits[index] >> UInt64(shift) | digits[index + 1] << UInt64(32 - shift)
        | digits[index + 2] << UInt64(64 - shift)
    }

    private func bit(at position: Int) -> Bool {
      digits[position / 32] >> UInt64(position % 32) & 1 == 1
    }

    private func hasBits(below position: Int) -> Bool {
      let (index, shift) = position.quotientAndRemainder(dividingBy: 32)
      return digits[..<index].contains { $0 != 0 } || digits[index] & (1 << UInt64(shift) - 1) != 0
    }
  }
}
