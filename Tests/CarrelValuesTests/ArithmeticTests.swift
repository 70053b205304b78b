import CarrelValues
import Testing

@Suite("Arithmetic on integers") struct IntegerArithmeticTests {
  @Test func `a result out of range is missing`() {
    #expect(Arithmetic.add(Int.max, 1) == nil)
    #expect(Arithmetic.add(Int.min, -1) == nil)
    #expect(Arithmetic.subtract(Int.min, 1) == nil)
    #expect(Arithmetic.subtract(0, Int.min) == nil)
    #expect(Arithmetic.multiply(Int.max, 2) == nil)
    #expect(Arithmetic.multiply(Int.min, -1) == nil)
    #expect(Arithmetic.negate(Int.min) == nil)
    #expect(Arithmetic.absolute(Int.min) == nil)
    #expect(Arithmetic.floorDivide(Int.min, by: -1) == nil)
  }

  @Test func `results at the ends of the range are kept`() {
    #expect(Arithmetic.add(Int.max - 1, 1) == Int.max)
    #expect(Arithmetic.subtract(-1, Int.max) == Int.min)
    #expect(Arithmetic.negate(Int.max) == -Int.max)
    #expect(Arithmetic.absolute(-Int.max) == Int.max)
    #expect(Arithmetic.floorDivide(Int.min, by: 1) == Int.min)
    #expect(Arithmetic.modulo(Int.min, by: -1) == 0)
  }

  static let divisions: [(Int, Int, quotient: Int?, remainder: Int?)] = [
    (7, 2, quotient: 3, remainder: 1),
    (-7, 2, quotient: -4, remainder: 1),
    (7, -2, quotient: -4, remainder: -1),
    (-7, -2, quotient: 3, remainder: -1),
    (6, 3, quotient: 2, remainder: 0),
    (-6, 3, quotient: -2, remainder: 0),
    (0, -5, quotient: 0, remainder: 0),
    // ehrQL's documentation of parity: exact here, rounded through floating point there.
    (-3_000_000_000, 7, quotient: -428_571_429, remainder: 3),
    (Int.max, 7, quotient: 1_317_624_576_693_539_401, remainder: 0),
    (1, 0, quotient: nil, remainder: nil),
    (0, 0, quotient: nil, remainder: nil),
  ]

  @Test("div and mod floor, and by zero are missing", arguments: divisions)
  func division(_ row: (Int, Int, quotient: Int?, remainder: Int?)) {
    #expect(Arithmetic.floorDivide(row.0, by: row.1) == row.quotient)
    #expect(Arithmetic.modulo(row.0, by: row.1) == row.remainder)
  }
}

@Suite("Arithmetic on decimals") struct DecimalArithmeticTests {
  static let largest = Double.greatestFiniteMagnitude

  @Test func `infinity and NaN are missing`() {
    #expect(Arithmetic.add(Self.largest, Self.largest) == nil)
    #expect(Arithmetic.subtract(-Self.largest, Self.largest) == nil)
    #expect(Arithmetic.multiply(1e200, 1e200) == nil)
    #expect(Arithmetic.divide(1, by: 0) == nil)
    #expect(Arithmetic.divide(0, by: 0) == nil)
    #expect(Arithmetic.divide(1e300, by: 1e-300) == nil)
    #expect(Arithmetic.exponential(710) == nil)
  }

  @Test func `negative zero becomes zero`() {
    let results: [Double?] = [
      Arithmetic.multiply(-1, 0), Arithmetic.divide(0, by: -3), Arithmetic.negate(0),
      Arithmetic.squareRoot(-0.0), Arithmetic.add(-0.0, -0.0),
    ]
    #expect(results.allSatisfy { $0 == 0 && $0?.sign == .plus })
  }

  @Test func `powers are missing where they are no finite real number`() {
    #expect(Arithmetic.power(0, -1) == nil)
    #expect(Arithmetic.power(-0.0, -1) == nil)
    #expect(Arithmetic.power(-8, 1.0 / 3) == nil)
    #expect(Arithmetic.power(10, 309) == nil)
    #expect(Arithmetic.power(0, 0) == 1)
    #expect(Arithmetic.power(-3.5, 0) == 1)
    #expect(Arithmetic.power(-2, 3) == -8)
    #expect(Arithmetic.power(2, -2) == 0.25)
    #expect(Arithmetic.power(0, 2) == 0)
  }

  @Test func `roots and logarithms are missing outside their domain`() {
    #expect(Arithmetic.squareRoot(-1) == nil)
    #expect(Arithmetic.squareRoot(2.25) == 1.5)
    #expect(Arithmetic.logarithm(0) == nil)
    #expect(Arithmetic.logarithm(-1) == nil)
    #expect(Arithmetic.logarithm(1) == 0)
    #expect(Arithmetic.exponential(0) == 1)
  }

  static let roundings: [(Double, floor: Int?, round: Int?)] = [
    (2.5, floor: 2, round: 3),
    (-2.5, floor: -3, round: -3),
    (0.5, floor: 0, round: 1),
    (-0.5, floor: -1, round: -1),
    (0.499_999_999_999_999_94, floor: 0, round: 0),
    (-2.7, floor: -3, round: -3),
    (9_007_199_254_740_992, floor: 9_007_199_254_740_992, round: 9_007_199_254_740_992),
    // The greatest decimal below 2^63, and 2^63 itself, which no integer reaches.
    (9_223_372_036_854_774_784, floor: 9_223_372_036_854_774_784, round: 9_223_372_036_854_774_784),
    (9_223_372_036_854_775_808, floor: nil, round: nil),
    (-9_223_372_036_854_775_808, floor: Int.min, round: Int.min),
    (1e300, floor: nil, round: nil),
  ]

  @Test("floor goes down, round goes to the nearest, halves away from zero", arguments: roundings)
  func rounding(_ row: (Double, floor: Int?, round: Int?)) {
    #expect(Arithmetic.floor(row.0) == row.floor)
    #expect(Arithmetic.round(row.0) == row.round)
  }
}
