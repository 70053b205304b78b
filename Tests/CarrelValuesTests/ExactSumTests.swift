import CarrelValues
import Testing

@Suite("Exact sums of decimals") struct ExactSumTests {
  /// Bit patterns, so that nothing is lost in writing them; the results are those of Python's
  /// `fractions.Fraction`, whose division rounds correctly.
  static let table: [([UInt64], total: UInt64?, mean: UInt64?)] = [
    (
      [
        0x7fef_ffff_ffff_ffff, 0xffef_ffff_ffff_ffff, 0xffef_ffff_ffff_ffff, 0x0000_ac5c_57b3_9e4d,
        0x8000_ac5c_57b3_9e4d,
      ], total: 0xffef_ffff_ffff_ffff, mean: 0xffc9_9999_9999_9999
    ),
    (
      [
        0x3fb9_9999_9999_999a, 0x1600_2053_8dcc_eab0, 0x0025_a3e8_2671_33ee, 0x3f08_f1c7_1dba_5858,
        0xc109_d8f3_513a_e666, 0xbf08_f1c7_1dba_5858,
      ], total: 0xc109_d8f2_846e_1999, mean: 0xc0e1_3b4c_5849_6666
    ),
    (
      [
        0xc341_c379_37e0_8000, 0x4341_c379_37e0_8000, 0xc341_c379_37e0_8000, 0xbf90_9681_8cf3_3698,
        0x40c4_aa0a_71b5_fdb4, 0x41fd_ad12_b014_9b4c, 0xffe1_ccf3_85eb_c8a0,
      ], total: 0xffe1_ccf3_85eb_c8a0, mean: 0xffb4_57f1_bd9f_c0b7
    ),
    (
      [
        0x91e1_8531_78e5_d26c, 0x3ff0_0000_0000_0000, 0x0000_0000_0000_0001, 0x4035_a7dd_9b62_0941,
        0xbff0_0000_0000_0000, 0x125b_9063_6f0e_d2f4, 0x3f77_4b56_4c29_d23a,
      ], total: 0x4035_a952_50c6_cbde, mean: 0x4008_c182_a575_7b47
    ),
    (
      [0x0000_0000_0000_0001, 0x0010_0000_0000_0000, 0x8000_0000_0000_0001, 0x4102_00a8_c4a8_3609],
      total: 0x4102_00a8_c4a8_3609, mean: 0x40e2_00a8_c4a8_3609
    ),
    (
      [
        0xc341_c379_37e0_8000, 0x3c7d_754f_7763_b070, 0x7fef_ffff_ffff_ffff, 0xffe1_ccf3_85eb_c8a0,
        0x7fe1_ccf3_85eb_c8a0, 0x9963_5404_a108_37dc,
      ], total: 0x7fef_ffff_ffff_ffff, mean: 0x7fc5_5555_5555_5555
    ),
    // Twice the greatest decimal: its total is out of range, its mean is not.
    (
      [0x7fef_ffff_ffff_ffff, 0x7fef_ffff_ffff_ffff], total: nil, mean: 0x7fef_ffff_ffff_ffff
    ),
    // The least decimals: three of them, and a third and two thirds of one.
    ([1, 1, 1], total: 3, mean: 1),
    ([1, 0, 0], total: 1, mean: 0),
    ([1, 1, 0], total: 2, mean: 1),
    // Half of the least decimal is a tie, which goes to zero; three halves go to two.
    ([1, 0], total: 1, mean: 0),
    ([3, 0], total: 3, mean: 2),
    // 1 + 2^-53 is a tie and goes to the even 1; anything above it goes up.
    (
      [0x3ff0_0000_0000_0000, 0x3ca0_0000_0000_0000], total: 0x3ff0_0000_0000_0000,
      mean: 0x3fe0_0000_0000_0000
    ),
    (
      [0x3ff0_0000_0000_0000, 0x3ca0_0000_0000_0000, 1], total: 0x3ff0_0000_0000_0001,
      mean: 0x3fd5_5555_5555_5556
    ),
    // The greatest decimal and half of its last place rounds out of range; a little less does not.
    ([0x7fef_ffff_ffff_ffff, 0x7c90_0000_0000_0000], total: nil, mean: 0x7fe0_0000_0000_0000),
    (
      [0x7fef_ffff_ffff_ffff, 0x7c8f_ffff_ffff_ffff], total: 0x7fef_ffff_ffff_ffff,
      mean: 0x7fdf_ffff_ffff_ffff
    ),
    ([0x8000_0000_0000_0000], total: 0, mean: 0),
  ]

  @Test("totals and means are rounded once, from the exact value", arguments: table)
  func drawnCases(_ row: ([UInt64], total: UInt64?, mean: UInt64?)) {
    let sum = Self.sum(row.0.map { Double(bitPattern: $0) })
    #expect(sum.total?.bitPattern == row.total)
    #expect(sum.mean(of: row.0.count)?.bitPattern == row.mean)
  }

  @Test func `the sum of nothing is zero`() {
    #expect(ExactSum().total == 0)
  }

  @Test(
    "the order of numbers and the merging of parts change no bit",
    arguments: UInt64(1)...40)
  func permutations(seed: UInt64) {
    var random = SplitMix(seed: seed)
    let numbers = (0..<50).map { _ in random.anyDecimal() }
    let expected = Self.sum(numbers).total
    for _ in 0..<5 {
      let shuffled = numbers.shuffled(using: &random)
      let cut = Int.random(in: 0...50, using: &random)
      var merged = Self.sum(shuffled[..<cut])
      merged.merge(Self.sum(shuffled[cut...]))
      #expect(Self.sum(shuffled).total == expected)
      #expect(merged.total == expected)
    }
  }

  @Test(
    "sums agree with exact integers of 128 bits, written out and read by the C library",
    arguments: UInt64(1)...40)
  func scaledIntegers(seed: UInt64) {
    var random = SplitMix(seed: seed)
    var sum = ExactSum()
    var exact: Int128 = 0
    for _ in 0..<200 {
      // A significand of 53 bits times up to 2^60: exactly a decimal and exactly an integer.
      let significand = Int128(Int64.random(in: -(1 << 53)...(1 << 53), using: &random))
      let shift = Int.random(in: 0...60, using: &random)
      exact += significand << Int128(shift)
      sum.add(Double(sign: .plus, exponent: shift, significand: Double(Int64(significand))))
    }
    #expect(sum.total == Double(String(exact)))
  }

  @Test func `everything that was added can be taken away again`() {
    var random = SplitMix(seed: 7)
    let numbers = (0..<500).map { _ in random.anyDecimal() }
    var sum = Self.sum(numbers)
    sum.add(0.1)
    for number in numbers.shuffled(using: &random) { sum.add(-number) }
    #expect(sum.total == 0.1)
  }

  @Test func `integers are added without becoming decimals first`() {
    var sum = ExactSum()
    sum.add(Int.max)
    sum.add(Int.max)
    sum.add(-Int.max)
    sum.add(-Int.max + 1)
    #expect(sum.total == 1)
    sum.add(Int.min)
    #expect(sum.total == -9_223_372_036_854_775_808)
    #expect(sum.mean(of: 2) == -4_611_686_018_427_387_904)
  }

  private static func sum(_ numbers: some Sequence<Double>) -> ExactSum {
    var sum = ExactSum()
    for number in numbers { sum.add(number) }
    return sum
  }
}

@Suite("Exact sums of integers") struct ExactIntegerSumTests {
  @Test func `only the total can be out of range`() {
    var sum = ExactIntegerSum()
    sum.add(Int.max)
    sum.add(Int.max)
    #expect(sum.total == nil)
    var opposite = ExactIntegerSum()
    opposite.add(Int.min)
    opposite.add(-1)
    sum.merge(opposite)
    #expect(sum.total == Int.max - 2)
  }
}

/// A small seeded generator, so that a failing case can be run again.
///
/// Source: G. Steele and others, "Fast splittable pseudorandom number generators" (2014).
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }

  /// Any finite decimal, every exponent alike, a little short of overflow for some hundreds.
  mutating func anyDecimal() -> Double {
    let exponent = UInt64.random(in: 0...2_030, using: &self)
    return Double(bitPattern: next() & 0x800f_ffff_ffff_ffff | exponent << 52)
  }
}
