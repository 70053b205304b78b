/// A sum of integers in 128 bits, so that only the total can be out of range, never a part of it.
public struct ExactIntegerSum: Hashable, Sendable {
  private var wideTotal: Int128 = 0

  /// A sum of no integers, which is zero.
  public init() {}

  /// Adds an integer.
  public mutating func add(_ integer: Int) { wideTotal += Int128(integer) }

  /// Adds everything that another sum holds.
  public mutating func merge(_ other: ExactIntegerSum) { wideTotal += other.wideTotal }

  /// The total; `nil` where it is out of the range of integers.
  public var total: Int? { Int(exactly: wideTotal) }
}
