import CarrelPlan
import CarrelValues
import TestSupport
import Testing

@Suite("What operators mean, on every engine") struct OperatorMeaningTests {
  typealias Matrix = EngineMatrix

  @Test func `logic has three values`() throws {
    try Matrix.expect(
      .and, of: .boolean, .boolean,
      gives: [
        ([true, true], true), ([true, false], false), ([false, nil], false), ([nil, false], false),
        ([true, nil], nil), ([nil, nil], nil),
      ])
    try Matrix.expect(
      .or, of: .boolean, .boolean,
      gives: [
        ([true, nil], true), ([nil, true], true), ([false, nil], nil), ([false, false], false),
        ([nil, nil], nil),
      ])
    try Matrix.expect(.not, of: .boolean, gives: [([true], false), ([false], true), ([nil], nil)])
    try Matrix.expect(.asInteger, of: .boolean, gives: [([true], 1), ([false], 0), ([nil], nil)])
  }

  @Test func `comparing with missing is missing, also missing with missing`() throws {
    for comparison in [BinaryOperator.equal, .notEqual, .less, .lessOrEqual, .greater] {
      try Matrix.expect(
        comparison, of: .integer, .integer,
        gives: [([nil, 1], nil), ([1, nil], nil), ([nil, nil], nil)])
    }
    try Matrix.expect(.isMissing, of: .text, gives: [([nil], true), ([""], false)])
  }

  @Test func `texts compare by code point`() throws {
    try Matrix.expect(
      .less, of: .text, .text,
      gives: [
        (["Z", "a"], true), (["a", "Z"], false), (["", "a"], true), (["a", "a"], false),
        (["a", "a "], true), (["\u{fffd}", "🔬"], true), (["12", "2"], true),
      ])
    try Matrix.expect(
      .equal, of: .text, .text,
      gives: [
        (["é", "e\u{301}"], false), (["a", "A"], false), (["12", "12.0"], false),
        (["é", "é"], true),
      ])
  }

  @Test func `decimals compare as numbers, with one zero`() throws {
    try Matrix.expect(
      .equal, of: .decimal, .decimal,
      gives: [
        ([0.0, .decimal(-0.0)], true), ([0.1, 0.1], true), ([3.0, 3.0], true),
        ([0.3, 0.30000000000000004], false),
      ])
    try Matrix.expect(
      .lessOrEqual, of: .date, .date,
      gives: [
        ([.day("2020-02-29"), .day("2020-03-01")], true),
        ([.day("1900-01-01"), .day("1900-01-01")], true),
        ([.day("1970-01-01"), .day("1969-12-31")], false),
      ])
  }

  @Test func `integer arithmetic is exact, and missing where it overflows`() throws {
    try Matrix.expect(
      .add, of: .integer, .integer,
      gives: [
        ([2, 3], 5), ([.greatest, 1], nil), ([.least, -1], nil),
        ([.greatest, -1], .integer(Int.max - 1)), ([nil, 1], nil),
      ])
    try Matrix.expect(
      .subtract, of: .integer, .integer,
      gives: [([2, 3], -1), ([.least, 1], nil), ([0, .least], nil), ([-1, .least], .greatest)])
    try Matrix.expect(
      .multiply, of: .integer, .integer,
      gives: [
        ([-4, 3], -12), ([.greatest, 2], nil), ([.least, -1], nil),
        ([3_037_000_500, 3_037_000_500], nil),
      ])
    try Matrix.expect(.negate, of: .integer, gives: [([5], -5), ([.least], nil), ([nil], nil)])
    try Matrix.expect(.absolute, of: .integer, gives: [([-5], 5), ([.least], nil), ([0], 0)])
  }

  @Test func `div and mod floor, and by zero are missing`() throws {
    try Matrix.expect(
      .floorDivide, of: .integer, .integer,
      gives: [
        ([7, 2], 3), ([-7, 2], -4), ([7, -2], -4), ([-7, -2], 3), ([1, 0], nil),
        ([.least, -1], nil), ([.greatest, 7], 1_317_624_576_693_539_401),
      ])
    try Matrix.expect(
      .modulo, of: .integer, .integer,
      gives: [
        ([7, 2], 1), ([-7, 2], 1), ([7, -2], -1), ([-7, -2], -1), ([1, 0], nil), ([.least, -1], 0),
      ])
  }

  @Test func `decimal arithmetic is missing where it leaves the numbers`() throws {
    try Matrix.expect(
      .add, of: .decimal, .decimal,
      gives: [([0.1, 0.2], 0.30000000000000004), ([.huge, .huge], nil), ([1.0, nil], nil)])
    try Matrix.expect(
      .subtract, of: .decimal, .decimal,
      gives: [([0.5, 0.25], 0.25), ([.decimal(-1e308), .huge], nil)])
    try Matrix.expect(
      .multiply, of: .decimal, .decimal,
      gives: [([1.5, 2.0], 3.0), ([1e200, 1e200], nil), ([-1.0, 0.0], 0.0)])
    try Matrix.expect(
      .divide, of: .decimal, .decimal,
      gives: [
        ([1.0, 4.0], 0.25), ([1.0, 0.0], nil), ([0.0, 0.0], nil), ([1.0, .decimal(-0.0)], nil),
        ([1e300, 1e-300], nil),
      ])
    try Matrix.expect(
      .widen, of: .integer,
      gives: [([3], 3.0), ([.integer(1 << 53 + 1)], 9_007_199_254_740_992.0), ([nil], nil)])
    try Matrix.expect(.negate, of: .decimal, gives: [([1.5], -1.5), ([0.0], 0.0)])
    try Matrix.expect(.absolute, of: .decimal, gives: [([-1.5], 1.5), ([.decimal(-0.0)], 0.0)])
  }

  @Test func `powers, roots and logarithms are missing outside their domain`() throws {
    try Matrix.expect(
      .power, of: .decimal, .decimal,
      gives: [
        ([2.0, 10.0], 1024.0), ([0.0, -1.0], nil), ([-8.0, 0.5], nil), ([-2.0, 3.0], -8.0),
        ([0.0, 0.0], 1.0), ([10.0, 309.0], nil), ([nil, 0.0], nil),
      ])
    try Matrix.expect(
      .squareRoot, of: .decimal, gives: [([2.25], 1.5), ([-1.0], nil), ([0.0], 0.0)])
    try Matrix.expect(.logarithm, of: .decimal, gives: [([1.0], 0.0), ([0.0], nil), ([-1.0], nil)])
    try Matrix.expect(.exponential, of: .decimal, gives: [([0.0], 1.0), ([710.0], nil)])
  }

  @Test func `floor goes down, round goes to the nearest with halves away from zero`() throws {
    try Matrix.expect(
      .floor, of: .decimal,
      gives: [([2.7], 2), ([-2.1], -3), ([1e19], nil), ([.decimal(-0x1p63)], .least), ([-0.0], 0)])
    try Matrix.expect(
      .round, of: .decimal,
      gives: [([2.5], 3), ([-2.5], -3), ([0.49999999999999994], 0), ([0x1p63], nil)])
  }

  @Test func `parts of texts are literal`() throws {
    try Matrix.expect(
      .contains, of: .text, .text,
      gives: [
        (["100%_x", "%_"], true), (["abc", "B"], false), (["", ""], true), (["é", "e"], false),
        (["e\u{301}", "e"], true), ([nil, ""], nil), (["a\u{0}b", "b"], true),
      ])
    try Matrix.expect(
      .hasPrefix, of: .text, .text,
      gives: [
        (["J45.9", "J45"], true), (["J45", "J45.9"], false), (["a", ""], true), (["a", nil], nil),
      ])
    try Matrix.expect(
      .anyCodeHasPrefix, of: .text, .text,
      gives: [
        (["I21,J45.9", "J45"], true), (["XJ45", "J45"], false), (["||", ""], false),
        (["I21", ""], true), ([nil, "a"], nil),
      ])
  }

  @Test func `otherwise gives the first that is known`() throws {
    try Matrix.expect(
      .otherwise, of: .integer, .integer, gives: [([1, 2], 1), ([nil, 2], 2), ([nil, nil], nil)])
  }

  @Test func `dates have parts and starts`() throws {
    let leapDay = [Value.day("2020-02-29")]
    try Matrix.expect(
      .year, of: .date, gives: [(leapDay, 2020), ([nil], nil), ([.day("1900-01-01")], 1900)])
    try Matrix.expect(.month, of: .date, gives: [(leapDay, 2)])
    try Matrix.expect(.day, of: .date, gives: [(leapDay, 29)])
    try Matrix.expect(
      .firstOfMonth, of: .date, gives: [(leapDay, .day("2020-02-01")), ([nil], nil)])
    try Matrix.expect(.firstOfYear, of: .date, gives: [(leapDay, .day("2020-01-01"))])
  }

  @Test func `moves roll forward, and out of range are missing`() throws {
    try Matrix.expect(
      .move(.months), of: .date, .integer,
      gives: [
        ([.day("2023-01-31"), 1], .day("2023-03-01")),
        ([.day("2024-03-31"), -1], .day("2024-03-01")),
        ([.day("9999-12-01"), 1], nil), ([.day("2020-01-01"), .least], nil), ([nil, 1], nil),
      ])
    try Matrix.expect(
      .move(.years), of: .date, .integer,
      gives: [
        ([.day("2024-02-29"), 1], .day("2025-03-01")), ([.day("2020-01-01"), .greatest], nil),
      ])
    try Matrix.expect(
      .move(.weeks), of: .date, .integer,
      gives: [([.day("2024-02-22"), 1], .day("2024-02-29")), ([.day("1900-01-05"), -1], nil)])
    try Matrix.expect(
      .move(.days), of: .date, .integer,
      gives: [
        ([.day("2024-03-01"), -1], .day("2024-02-29")), ([.day("9999-12-31"), 1], nil),
        ([.day("2020-01-01"), nil], nil),
      ])
  }

  @Test func `spans count complete units, floored`() throws {
    let (birth, before) = (Value.day("2000-02-29"), Value.day("2001-02-28"))
    try Matrix.expect(
      .span(.years), of: .date, .date,
      gives: [([birth, before], 0), ([before, birth], -1), ([nil, birth], nil)])
    try Matrix.expect(
      .span(.months), of: .date, .date, gives: [([birth, before], 11), ([before, birth], -12)])
    try Matrix.expect(
      .span(.weeks), of: .date, .date, gives: [([birth, before], 52), ([before, birth], -53)])
    try Matrix.expect(
      .span(.days), of: .date, .date, gives: [([birth, before], 365), ([before, birth], -365)])
  }
}

@Suite("What other expressions mean, on every engine") struct ExpressionMeaningTests {
  typealias Matrix = EngineMatrix
  let first = CarrelPlan.Expression.field(table: 0, column: 0)
  let second = CarrelPlan.Expression.field(table: 0, column: 1)
  let third = CarrelPlan.Expression.field(table: 0, column: 2)

  @Test func `a choice takes the first branch that holds, and missing does not hold`() throws {
    let branches = [
      Branch(when: first, then: .constant("a", .text)),
      Branch(when: second, then: .constant("b", .text)),
    ]
    try Matrix.expect(
      .choice(branches, otherwise: nil), of: .boolean, .boolean,
      gives: [([true, true], "a"), ([nil, true], "b"), ([false, nil], nil)])
    try Matrix.expect(
      .choice(branches, otherwise: .constant("c", .text)), of: .boolean, .boolean,
      gives: [([true, true], "a"), ([nil, nil], "c")])
  }

  @Test func `membership of a list is the three-valued or of its equalities`() throws {
    try Matrix.expect(
      .oneOf(first, [second, third]), of: .integer, .integer, .integer,
      gives: [
        ([1, 2, 1], true), ([1, 2, 3], false), ([1, 2, nil], nil), ([1, nil, 1], true),
        ([nil, 1, 1], nil),
      ])
  }

  @Test func `extrema ignore missing values`() throws {
    try Matrix.expect(
      .extremum(.smallest, [first, second, third]), of: .integer, .integer, .integer,
      gives: [
        ([3, 1, 2], 1), ([nil, nil, 2], 2), ([nil, nil, nil], nil),
        ([.least, nil, .greatest], .least),
      ])
    try Matrix.expect(
      .extremum(.largest, [first, second]), of: .text, .text,
      gives: [(["Z", "a"], "a"), ([nil, ""], ""), ([nil, nil], nil)])
  }

  @Test func `counts of conditions are never missing`() throws {
    try Matrix.expect(
      .countOf([first, second, third]), of: .boolean, .boolean, .boolean,
      gives: [([true, nil, true], 2), ([nil, nil, nil], 0), ([false, true, nil], 1)])
    try Matrix.expect(.countOf([]), of: .boolean, gives: [([true], 0)])
  }

  @Test func `a band says how many cuts are at or below a number`() throws {
    try Matrix.expect(
      .band(first, cuts: [18, 40, 80]), of: .integer,
      gives: [
        ([17], 0), ([18], 1), ([39], 1), ([40], 2), ([.greatest], 3), ([.least], 0), ([nil], nil),
      ])
    try Matrix.expect(
      .band(.binary(.multiply, first, first), cuts: [0.5]), of: .decimal,
      gives: [([0.5], 0), ([1.0], 1), ([1e200], nil)])
  }

  @Test func `a date exists or is missing`() throws {
    try Matrix.expect(
      .makeDate(year: first, month: second, day: third), of: .integer, .integer, .integer,
      gives: [
        ([2020, 2, 29], .day("2020-02-29")), ([2021, 2, 29], nil), ([1899, 12, 31], nil),
        ([2020, 13, 1], nil), ([2020, nil, 1], nil), ([10_000, 1, 1], nil),
        ([2020, 1, .least], nil),
      ])
  }

  @Test func `codes are held against code lists in three senses`() throws {
    let lists = [CodelistUse(name: "asthma", codes: ["J45", "J46.1", "é"])]
    try Matrix.expect(
      .inCodelist(first, codelist: 0, .equal), of: .text, codelists: lists,
      gives: [
        (["J45"], true), (["J45.9"], false), (["J4"], false), (["e\u{301}"], false), ([nil], nil),
        ([""], false),
      ])
    try Matrix.expect(
      .inCodelist(first, codelist: 0, .prefix), of: .text, codelists: lists,
      gives: [
        (["J45.9"], true), (["J46"], false), (["J46.12"], true), (["XJ45"], false), ([nil], nil),
      ])
    try Matrix.expect(
      .inCodelist(first, codelist: 0, .anyPrefix), of: .text, codelists: lists,
      gives: [(["I21 J45.9"], true), (["I21,XJ45"], false), ([""], false), ([nil], nil)])
    try Matrix.expect(
      .inCodelist(first, codelist: 0, .equal), of: .text,
      codelists: [CodelistUse(name: "none", codes: [])],
      gives: [(["J45"], false), ([nil], nil)])
  }

  @Test func `a code has the category of its list, or none`() throws {
    let lists = [
      CodelistUse(name: "ethnicity", codes: ["1", "2"], categories: ["White", "Mixed"])
    ]
    try Matrix.expect(
      .categorised(first, codelist: 0), of: .text, codelists: lists,
      gives: [(["1"], "White"), (["2"], "Mixed"), (["3"], nil), ([nil], nil)])
  }

  @Test("long chains are fine", arguments: [2, 100, 101, 500])
  func chains(_ length: Int) throws {
    func chain(_ binary: BinaryOperator, _ last: CarrelPlan.Expression) -> CarrelPlan.Expression {
      (1..<length).reduce(first) { chain, index in
        .binary(binary, chain, index == length - 1 ? last : first)
      }
    }
    try Matrix.expect(
      chain(.or, second), of: .boolean, .boolean,
      gives: [([false, true], true), ([false, false], false), ([nil, false], nil)])
    try Matrix.expect(
      chain(.and, second), of: .boolean, .boolean,
      gives: [([true, true], true), ([true, nil], nil), ([true, false], false)])
    try Matrix.expect(
      chain(.otherwise, second), of: .text, .text, gives: [([nil, "x"], "x"), (["a", "x"], "a")])
    try Matrix.expect(
      chain(.add, second), of: .integer, .integer,
      gives: [([1, 1], .integer(length)), ([1, nil], nil)])
    let operands = Array(repeating: first, count: length - 1) + [second]
    try Matrix.expect(
      .countOf(operands), of: .boolean, .boolean, gives: [([true, nil], .integer(length - 1))])
    try Matrix.expect(
      .extremum(.largest, operands), of: .integer, .integer, gives: [([1, 2], 2), ([1, nil], 1)])
    try Matrix.expect(
      .oneOf(first, operands), of: .text, .text, gives: [(["a", "b"], true), ([nil, "b"], nil)])
  }
}
