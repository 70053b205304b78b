import CarrelValues
import Testing

@Suite("How much of some numbers is that of few people") struct ConcentrationTests {
  /// Numbers, how many have the commonest, what the largest make, and what the others make of the
  /// largest.
  @Test(
    "whole numbers, by hand",
    arguments: [
      ([], 0, [0, 0, 0, 0, 0], 100), ([4], 1, [100, 100, 100, 100, 100], 0),
      ([0, 0, 0], 3, [0, 0, 0, 0, 0], 100),
      // Contributions are absolute: 6, 3 and 1.
      ([3, -6, 1], 1, [60, 90, 100, 100, 100], 16),
      // A tie of the rule of 90%, and 91 of 100.
      ([50, 40, 5, 5], 2, [50, 90, 95, 100, 100], 20),
      ([51, 40, 5, 4], 1, [51, 91, 96, 100, 100], 17),
      // Past a whole percentage by a little is the next: 9,001 of 10,000; below it is the last.
      ([9_001, 999], 1, [91, 100, 100, 100, 100], 0),
      ([1_000, 500, 99], 1, [63, 94, 100, 100, 100], 9),
      ([1_000, 500, 100], 1, [63, 94, 100, 100, 100], 10),
      // Sums beyond the range of integers.
      ([.max, .max, .min, 1], 2, [34, 67, 100, 100, 100], 100),
      ([2, 7, 2, 7, 7, 1], 3, [27, 54, 81, 89, 97], 100),
    ] as [([Int], Int, [Int], Int)])
  func whole(numbers: [Int], commonest: Int, largest: [Int], remainder: Int) {
    let expected = Concentration(
      commonest: commonest, largestPercentages: largest, remainderPercentage: remainder)
    #expect(Concentration(of: numbers) == expected)
    #expect(Concentration(of: numbers.reversed()) == expected)
    #expect(Concentration(of: numbers.map { $0 == .min ? .min : -$0 }) == expected)
  }

  @Test(
    "decimals, of which tenths are no binary fractions",
    arguments: [
      // 0.7 and 0.2 of 1: the computation is past 90% by its last digit, the share is not.
      ([0.7, 0.2, 0.1], 1, [70, 90, 100, 100, 100], 14),
      ([0.70001, 0.2, 0.09999], 1, [71, 91, 100, 100, 100], 14),
      // 0.1 is a tenth of 1.
      ([1, 0.5, 0.1], 1, [63, 94, 100, 100, 100], 10),
      ([0.0, -0.0, 0.5], 2, [100, 100, 100, 100, 100], 0),
      ([1e300, 1e300, 1, -1e300], 2, [34, 67, 100, 100, 100], 100),
      ([0x1p-1070, 0x1p-1070, 0], 2, [50, 100, 100, 100, 100], 0),
      // The total is out of range: a single person counts as all of it.
      ([1e308, 1e308, 1e308], 3, [100, 100, 100, 100, 100], 100),
    ] as [([Double], Int, [Int], Int)])
  func decimals(numbers: [Double], commonest: Int, largest: [Int], remainder: Int) {
    let expected = Concentration(
      commonest: commonest, largestPercentages: largest, remainderPercentage: remainder)
    #expect(Concentration(of: numbers) == expected)
    #expect(Concentration(of: numbers.reversed()) == expected)
    #expect(Concentration(of: numbers.map { -$0 }) == expected)
  }

  @Test func `a tally is that of its ones and zeros`() {
    for people in 0...12 {
      for ones in 0...people {
        let numbers = (0..<people).map { $0 < ones ? 1 : 0 }
        #expect(Concentration(tally: ones, of: people) == Concentration(of: numbers))
      }
    }
  }

  @Test func `whole numbers are the same as decimals`() {
    var state: UInt64 = 1
    for _ in 0..<500 {
      let numbers = (0..<Int(state % 9)).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Int(state >> 40) % 12 - 5
      }
      state &+= 1
      #expect(Concentration(of: numbers) == Concentration(of: numbers.map(Double.init)))
    }
  }
}
