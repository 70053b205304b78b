import CarrelValues
import Testing

@Suite("Standard deviations") struct ExactMomentsTests {
  static func deviation(_ numbers: [Double]) -> Double? {
    var moments = ExactMoments()
    for number in numbers { moments.add(number) }
    return moments.standardDeviation
  }

  @Test(
    "of a few numbers",
    arguments: [
      ([], nil), ([5], nil), ([5, 5], 0), ([0.1, 0.1, 0.1], 0), ([1, 3], 1.4142135623730951),
      ([2, 4, 4, 4, 5, 5, 7, 9], 2.138089935299395), ([-1, 0, 1], 1), ([1e-200, -1e-200], 0),
      ([1e200, 0], nil), ([1e150, -1e150], 1.4142135623730951e150),
      // The mean of two neighbours lies half way between them: s = 2^-52 / √2.
      ([1, 1 + 0x1p-52], 0x1p-52 / 1.4142135623730951),
    ] as [([Double], Double?)])
  func few(numbers: [Double], expected: Double?) {
    // A root of a rounded variance may be off by one in the last place.
    switch (Self.deviation(numbers), expected) {
    case (let found?, let expected?): #expect(abs(found - expected) <= expected.ulp)
    case (let found, let expected): #expect(found == expected)
    }
  }

  /// NumAcc1 to NumAcc4 of the NIST Statistical Reference Datasets, univariate summary statistics:
  /// certified deviations are 1 and 0.1, and most programs lose half of the digits of the last two.
  @Test(
    "of the reference datasets of NIST for loss of digits",
    arguments: [
      (1.2, 1.1, 1.3), (1_000_000.2, 1_000_000.1, 1_000_000.3),
      (10_000_000.2, 10_000_000.1, 10_000_000.3),
    ])
  func nist(first: Double, low: Double, high: Double) throws {
    let numbers = [first] + (0..<500).flatMap { _ in [low, high] }
    let found = try #require(Self.deviation(numbers))
    // The decimals themselves are off by up to 2^-30 in ten million.
    #expect(abs(found - 0.1) < first * 0x1p-52)
  }

  @Test func `of integers, exactly as of decimals, and of the greatest`() {
    var moments = ExactMoments()
    for integer in [10_000_001, 10_000_003, 10_000_002] { moments.add(integer) }
    #expect(moments.standardDeviation == 1)
    var extremes = ExactMoments()
    for integer in [Int.max, Int.min] { extremes.add(integer) }
    // (2^64 - 1) / √2
    let expected = 0x1p64 / 2.0.squareRoot()
    #expect(abs((extremes.standardDeviation ?? 0) - expected) <= expected.ulp)
  }

  @Test func `the same bits in any order`() {
    var state: UInt64 = 7
    func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state
    }
    for _ in 0..<50 {
      let numbers = (0..<40).map { _ in
        Double(Int64(bitPattern: next()) >> 11) * [1, 1e-9, 1e-60, 1e60][Int(next() >> 62)]
      }
      let sorted = Self.deviation(numbers.sorted())
      #expect(sorted != nil)
      #expect(Self.deviation(numbers) == sorted)
      #expect(Self.deviation(numbers.reversed()) == sorted)
      // Two passes over decimals agree to many digits.
      let mean = numbers.reduce(0, +) / 40
      let squares = numbers.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
      let plain = (squares / 39).squareRoot()
      #expect(abs((sorted ?? 0) / plain - 1) < 1e-9)
    }
  }
}

@Suite("Quantiles") struct QuantileTests {
  /// By R's `quantile(x, q, type = 7)`, worked out by hand.
  @Test(
    "lie between the values on either side",
    arguments: [
      (50, [3, 1, 2], 2), (50, [4, 1, 3, 2], 2.5), (25, [1, 2, 3, 4], 1.75), (90, [1, 2], 1.9),
      (10, [5], 5), (75, [0, 10, 20, 30, 40], 30), (95, [0, 10, 20, 30, 40], 38),
      (50, [0.1, 0.3], 0.2), (50, [1.7e308, 1.7e308], 1.7e308), (50, [-0.0, 0.0], 0),
    ] as [(Int, [Double], Double)])
  func between(hundredths: Int, numbers: [Double], expected: Double) {
    #expect(Quantile(hundredths: hundredths).value(of: numbers) == expected)
  }

  @Test func `of nobody are missing`() { #expect(Quantile.median.value(of: []) == nil) }

  @Test func `bins are 1, 2 and 5 times powers of ten up to the range`() {
    let weights = BinScale(rangeWidth: 70, isInteger: false)
    #expect(weights.widths.map(\.digit) == [1, 2, 5, 1, 2, 5, 1, 2, 5, 1])
    #expect(weights.widths.map(\.decimals) == [1, 1, 1, 0, 0, 0, -1, -1, -1, -2])
    let counts = BinScale(rangeWidth: 30, isInteger: true)
    #expect(counts.widths.map(\.digit) == [1, 2, 5, 1, 2, 5])
    #expect(counts.widths.map(\.decimals) == [0, 0, 0, -1, -1, -1])
    #expect(BinScale(rangeWidth: 0, isInteger: true) == .none)
    #expect(BinScale(rangeWidth: .infinity, isInteger: false) == .none)
    #expect(BinScale(rangeWidth: 0.5, isInteger: false).decimals == 3)
    #expect(BinScale(rangeWidth: 1e20, isInteger: true).count == 61)
  }

  @Test func `a bin holds its lower end`() {
    let widths = BinScale(decimals: 1, count: 3).widths
    #expect(widths.map { $0.bin(of: 0.5) } == [5, 2, 1])
    #expect(widths.map { $0.bin(of: -0.1) } == [-1, -1, -1])
  }

  @Test func `those in the bin around a quantile are counted`() throws {
    let bins = BinScale(decimals: 0, count: 4)
    let figures = try #require(
      Quantile.median.figures(of: [12, 3, 4, 4, 5, 9], bins: bins))
    // 4.
    #expect(figures.value == 4.5)
    #expect(figures.numbersByBin == [2, 3, 3, 5])
  }
}
