internal import Glibc

// Decimals: IEEE 754 doubles without NaN, infinities and negative zero. The operations that
// IEEE 754 rounds correctly are the processor's; the others are the C library's, so that two
// engines in one process agree to the bit.
extension Arithmetic {
  /// The number as it may be stored: `nil` for NaN and infinity; negative zero becomes zero.
  public static func finite(_ number: Double) -> Double? {
    number.isFinite ? (number == 0 ? 0 : number) : nil
  }

  /// The sum of two decimals; `nil` where it overflows.
  public static func add(_ left: Double, _ right: Double) -> Double? { finite(left + right) }

  /// The difference of two decimals; `nil` where it overflows.
  public static func subtract(_ left: Double, _ right: Double) -> Double? { finite(left - right) }

  /// The product of two decimals; `nil` where it overflows.
  public static func multiply(_ left: Double, _ right: Double) -> Double? { finite(left * right) }

  /// The quotient of two decimals; `nil` for a divisor of zero and where it overflows.
  public static func divide(_ left: Double, by right: Double) -> Double? { finite(left / right) }

  /// A decimal to a power; `nil` where that is no finite real number.
  ///
  /// Anything to the power of zero is 1. Zero to a negative power and a negative number to a power
  /// that is not whole are missing.
  public static func power(_ base: Double, _ exponent: Double) -> Double? {
    finite(pow(base, exponent))
  }

  /// The square root; `nil` below zero.
  public static func squareRoot(_ operand: Double) -> Double? { finite(operand.squareRoot()) }

  /// The natural logarithm; `nil` at and below zero.
  public static func logarithm(_ operand: Double) -> Double? { finite(log(operand)) }

  /// e to a power; `nil` where it overflows.
  public static func exponential(_ operand: Double) -> Double? { finite(exp(operand)) }

  /// The opposite decimal.
  public static func negate(_ operand: Double) -> Double? { finite(-operand) }

  /// The size of a decimal.
  public static func absolute(_ operand: Double) -> Double? { finite(abs(operand)) }

  /// The greatest integer not above a decimal; `nil` outside the range of integers.
  public static func floor(_ operand: Double) -> Int? { Int(exactly: operand.rounded(.down)) }

  /// The integer nearest to a decimal, halves away from zero; `nil` outside the range of integers.
  public static func round(_ operand: Double) -> Int? {
    Int(exactly: operand.rounded(.toNearestOrAwayFromZero))
  }
}
