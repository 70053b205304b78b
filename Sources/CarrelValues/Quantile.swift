/// The value below which a share of the values of a group lies.
///
/// Source: R. J. Hyndman and Y. Fan, "Sample quantiles in statistical packages", The American
/// Statistician 50 (1996) 361-365, definition 7: between the two values around the share, in
/// proportion. The median is the middle value, or the mean of the two middle ones.
public struct Quantile: Hashable, Sendable, Codable {
  /// The share in hundredths, from 1 to 99.
  public let hundredths: Int

  /// The middle.
  public static let median = Quantile(hundredths: 50)

  /// A quantile of a share in hundredths, from 1 to 99.
  public init(hundredths: Int) {
    precondition((1...99).contains(hundredths), "a quantile lies between the ends")
    self.hundredths = hundredths
  }

  /// The quantile of some numbers in any order; `nil` where there are none.
  ///
  /// The numbers on either side are weighted and added exactly, and the sum is rounded once.
  public func value(of numbers: [Double]) -> Double? { value(ofSorted: numbers.sorted()) }

  /// The quantile of some numbers in any order, and how many of them each bin around it holds.
  ///
  /// - Parameters:
  ///   - numbers: Finite; an integer has become the nearest decimal.
  ///   - bins: The widths of the bins.
  /// - Returns: `nil` where there are no numbers.
  public func figures(
    of numbers: [Double], bins: BinScale
  ) -> (value: Double, numbersByBin: [Int])? {
    let sorted = numbers.sorted()
    guard let value = value(ofSorted: sorted) else { return nil }
    let counts = bins.widths.map { width in
      let bin = width.bin(of: value)
      return sorted.count { width.bin(of: $0) == bin }
    }
    return (value, counts)
  }

  private func value(ofSorted sorted: [Double]) -> Double? {
    if sorted.isEmpty { return nil }
    let (lower, rest) = ((sorted.count - 1) * hundredths).quotientAndRemainder(dividingBy: 100)
    var sum = ExactSum()
    for _ in rest..<100 { sum.add(sorted[lower]) }
    for _ in 0..<rest { sum.add(sorted[lower + 1]) }
    return sum.mean(of: 100)
  }
}

/// The widths of the bins that a quantile may be told by: 1, 2 and 5 times powers of ten, rising.
public struct BinScale: Hashable, Sendable, Codable {
  /// Decimals of the narrowest width, which is 1 in that place; negative for 10 and more.
  public let decimals: Int
  /// How many widths there are.
  public let count: Int

  /// Ranges that have bins; nothing that is measured is wider or narrower.
  private static let ranges = 1e-30...1e30

  /// No bins.
  public static let none = BinScale(decimals: 0, count: 0)

  /// So many widths, rising from 1 in the last of some decimals.
  public init(decimals: Int, count: Int) {
    self.decimals = decimals
    self.count = count
  }

  /// The bins for values in a declared range of a width.
  ///
  /// Those of integers begin at 1, those of decimals at the third digit of the range; the last is
  /// at least as wide as the range. A range beyond 10^30, below 10^-30 or of one value has none.
  public init(rangeWidth: Double, isInteger: Bool) {
    guard Self.ranges.contains(rangeWidth) else {
      self = .none
      return
    }
    var scaled = rangeWidth
    var decimals = 0
    while !isInteger, scaled < 100 {
      scaled *= 10
      decimals += 1
    }
    while !isInteger, scaled >= 1_000 {
      scaled /= 10
      decimals -= 1
    }
    let finest = decimals
    let count = (1...100).first { count in
      BinWidth(number: count - 1, finestDecimals: finest).size >= rangeWidth
    }
    self.init(decimals: finest, count: count ?? 100)
  }

  /// The widths, the narrowest first.
  public var widths: [BinWidth] {
    (0..<count).map { BinWidth(number: $0, finestDecimals: decimals) }
  }
}

/// The width of bins that begin at its multiples: 1, 2 or 5 times a power of ten.
public struct BinWidth: Hashable, Sendable {
  /// 1, 2 or 5.
  public let digit: Int
  /// The decimals of a multiple of the width; negative for widths of ten and more.
  public let decimals: Int

  fileprivate init(number: Int, finestDecimals: Int) {
    digit = [1, 2, 5][number % 3]
    decimals = finestDecimals - number / 3
  }

  /// The width as a decimal.
  fileprivate var size: Double {
    (0..<decimals.magnitude).reduce(Double(digit)) { size, _ in
      decimals > 0 ? size / 10 : size * 10
    }
  }

  /// The number of the bin that holds a value: bin 0 begins at zero, and each holds its lower end.
  public func bin(of value: Double) -> Double {
    let scaled = (0..<decimals.magnitude).reduce(value) { scaled, _ in
      decimals > 0 ? scaled * 10 : scaled / 10
    }
    return (scaled / Double(digit)).rounded(.down)
  }
}
