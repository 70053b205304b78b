/// The sums that a standard deviation is worked out from, exact until it is read.
///
/// The same numbers give the same bits in any order. Squares are summed without a rounding error,
/// each as a product and what its rounding left out, so that nothing is lost where numbers are large
/// and lie close together.
public struct ExactMoments: Sendable {
  /// How many numbers were added.
  public private(set) var count = 0
  private var sum = ExactSum()
  private var squares = ExactSum()
  /// Whether a number was too large for its square.
  private var isOutOfRange = false

  /// Sizes whose squares, and products of these with means, fit an ``ExactSum`` to the last bit.
  private static let sizes = 0x1p-400...0x1p500

  /// Sums of no numbers.
  public init() {}

  /// Adds a decimal, which must be finite.
  ///
  /// One nearer to zero than 2^-400 counts as zero; one beyond 2^500 has no square here, and makes
  /// the deviation missing.
  public mutating func add(_ decimal: Double) {
    count += 1
    if decimal.magnitude < Self.sizes.lowerBound { return }
    guard Self.sizes.contains(decimal.magnitude) else {
      isOutOfRange = true
      return
    }
    sum.add(decimal)
    let square = decimal * decimal
    squares.add(square)
    squares.add((-square).addingProduct(decimal, decimal))
  }

  /// Adds an integer, exactly.
  public mutating func add(_ integer: Int) {
    count += 1
    sum.add(integer)
    let square = integer.magnitude.multipliedFullWidth(by: integer.magnitude)
    squares.add(UInt64(square.low), exponent: 0, isNegative: false)
    squares.add(UInt64(square.high), exponent: 64, isNegative: false)
  }

  /// The sample standard deviation; `nil` for fewer than two numbers or where one is out of range.
  ///
  /// With m for the decimal nearest to the mean, the squares of the distances from m are summed
  /// exactly, as the sum of squares - 2m times the sum + n times m squared, and rounded once. What
  /// is left of the distance between m and the mean is taken off afterwards.
  public var standardDeviation: Double? {
    guard count > 1, !isOutOfRange, let centre = sum.mean(of: count) else { return nil }
    var middle = ExactSum()
    middle.add(centre)
    var square = ExactSum()
    square.add(middle, times: centre)
    var distances = squares
    distances.add(sum, times: -2 * centre)
    distances.add(square, times: Double(count))
    var excess = sum
    excess.add(middle, times: -Double(count))
    guard let total = distances.total, let left = excess.total else { return nil }
    let variance = (total - left * left / Double(count)) / Double(count - 1)
    return max(0, variance).squareRoot()
  }
}
