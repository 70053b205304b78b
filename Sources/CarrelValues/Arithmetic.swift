/// The language's arithmetic on known numbers: every result is a number that can be stored, or `nil`.
///
/// What has no such result, an overflow or a division by zero, is missing rather than an error, so
/// that no record can stop a study. Every engine calls these functions or proves itself equal to
/// them; missing operands are the caller's to pass over.
public enum Arithmetic {}

// Integers: 64-bit, two's complement, never wrapping.
extension Arithmetic {
  /// The sum of two integers; `nil` where it overflows.
  public static func add(_ left: Int, _ right: Int) -> Int? {
    unlessOverflowing(left.addingReportingOverflow(right))
  }

  /// The difference of two integers; `nil` where it overflows.
  public static func subtract(_ left: Int, _ right: Int) -> Int? {
    unlessOverflowing(left.subtractingReportingOverflow(right))
  }

  /// The product of two integers; `nil` where it overflows.
  public static func multiply(_ left: Int, _ right: Int) -> Int? {
    unlessOverflowing(left.multipliedReportingOverflow(by: right))
  }

  /// The greatest integer not above the quotient; `nil` for a divisor of zero and on overflow.
  public static func floorDivide(_ left: Int, by right: Int) -> Int? {
    guard let truncated = unlessOverflowing(left.dividedReportingOverflow(by: right)) else {
      return nil
    }
    let isInexactAndNegative = (left < 0) != (right < 0) && truncated * right != left
    return isInexactAndNegative ? truncated - 1 : truncated
  }

  /// What floored division leaves, which has the divisor's sign; `nil` for a divisor of zero.
  public static func modulo(_ left: Int, by right: Int) -> Int? {
    if right == 0 { return nil }
    // Whatever is divided by -1 leaves nothing, also the least integer, whose quotient overflows.
    if right == -1 { return 0 }
    let remainder = left % right
    return remainder != 0 && (remainder < 0) != (right < 0) ? remainder + right : remainder
  }

  /// The opposite integer; `nil` for the least one, which has none.
  public static func negate(_ operand: Int) -> Int? { subtract(0, operand) }

  /// The size of an integer; `nil` for the least one.
  public static func absolute(_ operand: Int) -> Int? { operand < 0 ? negate(operand) : operand }

  private static func unlessOverflowing(
    _ result: (partialValue: Int, overflow: Bool)
  ) -> Int? {
    result.overflow ? nil : result.partialValue
  }
}
