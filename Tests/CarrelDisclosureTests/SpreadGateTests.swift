import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues
import TestSupport
import Testing

@Suite("Deviations and quantiles at the gate") struct SpreadGateTests {
  static let column = Expression.field(table: 0, column: 0)

  static func measure(
    _ range: ClosedRange<Double>?, _ type: ScalarType = .decimal, isRecorded: Bool = true
  ) -> Measure {
    Measure(
      expression: isRecorded ? column : .unary(.absolute, column), type: type,
      bounds: range.map { Bounds(lowest: $0.lowerBound, highest: $0.upperBound) }, isCount: false)
  }

  func drawn(
    _ kind: Statistic.Kind, _ raw: RawStatistic, in patients: Int, under policy: String
  ) throws -> String {
    try RawExample(
      by: [], show: [.of("x", kind)], cells: [RawCell(patients: patients, statistics: [raw])]
    ).drawn(under: policy)[0][0]
  }

  func deviation(
    _ deviation: Double?, of known: Int, in patients: Int? = nil, commonest: Int = 1,
    mean: Double = 30,
    _ measure: Measure = measure(10...80), under policy: String = "opensafely"
  ) throws -> String {
    try drawn(
      .standardDeviation(measure),
      .standardDeviation(
        deviation.map { .decimal($0) } ?? .missing,
        of: RawSum(
          known == 0 ? .missing : .decimal(mean * Double(known)), contributors: known,
          commonest: commonest)),
      in: patients ?? known, under: policy)
  }

  @Test func `a deviation is a multiple of a step of at least R·w/n`() throws {
    // 70 / 998 = 0.0701…: a step of 0.1.
    #expect(try deviation(12.34, of: 1_000) == "1000, 12.3 /1000")
    // 70 / 98 = 0.71…: a step of 1.
    #expect(try deviation(12.54, of: 100) == "100, 13 /100")
    #expect(try deviation(12.34, of: 100, under: "exact") == "100, 12.34 /100")
  }

  @Test func `a deviation of what may be a count in disguise has a step of w·√(R/n)`() throws {
    // 70 · √(5 / 998) = 4.95…: a step of 5.
    let made = Self.measure(10...80, isRecorded: false)
    #expect(try deviation(12.34, of: 1_000, made) == "1000, 10 /1000")
    #expect(try deviation(12.54, of: 1_000, made) == "1000, 15 /1000")
  }

  @Test func `a deviation of zero counts as everybody being alike`() throws {
    #expect(try deviation(0, of: 100, commonest: 100) == "100, 0 /100")
    #expect(try deviation(0, of: 100, commonest: 100, under: "acro") == "100, R /R")
    #expect(try deviation(5, of: 100, under: "acro") == "100, 5 /100")
  }

  @Test func `a deviation needs enough people, bounds, and nobody singled out`() throws {
    #expect(try deviation(12, of: 7, in: 100) == "100, R /R")
    #expect(try deviation(12, of: 95, in: 100) == "100, R /R")
    #expect(try deviation(12, of: 100, Self.measure(nil)) == "100, R /R")
    // Seven at 80 and all others at 10.
    #expect(try deviation(17.9, of: 100, mean: 14.9) == "100, R /R")
    #expect(try deviation(nil, of: 0, in: 40) == "40, missing /zero")
    #expect(try deviation(nil, of: 1, under: "exact") == "1, missing /1")
  }

  static let wholeBins = BinScale(rangeWidth: 20, isInteger: true)
  static let weightBins = BinScale(rangeWidth: 70, isInteger: false)

  func visits(
    _ value: Double?, _ people: [Int], of known: Int = 100, _ quantile: Quantile = .median,
    _ measure: Measure = measure(0...20, .integer), under policy: String = "opensafely"
  ) throws -> String {
    try drawn(
      .quantile(quantile, of: measure, bins: Self.wholeBins),
      .quantile(
        value.map { .decimal($0) } ?? .missing, peopleByBin: people,
        of: RawSum(known == 0 ? .missing : .integer(known * 5), contributors: known)),
      in: known == 0 ? 40 : known, under: policy)
  }

  @Test func `a quantile is the middle of the narrowest bin of more than a few`() throws {
    // Of widths 1, 2, 5, 10 and 20 around 4.
    #expect(try visits(4, [8, 20, 40, 60, 100]) == "100, 4 /100")
    #expect(try visits(4, [7, 8, 40, 60, 100]) == "100, 4.5 /100")
    #expect(try visits(4, [7, 7, 40, 60, 100]) == "100, 2 /100")
    #expect(try visits(4, [7, 7, 7, 60, 100]) == "100, 4.5 /100")
    #expect(try visits(4, [7, 7, 7, 7, 100]) == "100, 9.5 /100")
    #expect(try visits(4, [7, 7, 7, 7, 7]) == "100, R /R")
    #expect(try visits(4, [7, 7, 7, 7, 7], under: "exact") == "100, 4 /100")
    #expect(try visits(nil, [0, 0, 0, 0, 0], of: 0) == "40, missing /zero")
  }

  @Test func `a quantile of decimals is the middle of a bin of decimals`() throws {
    func weight(_ value: Double, _ people: [Int]) throws -> String {
      try drawn(
        .quantile(.median, of: Self.measure(10...80), bins: Self.weightBins),
        .quantile(
          .decimal(value), peopleByBin: people, of: RawSum(.decimal(3_000), contributors: 100)),
        in: 100, under: "opensafely")
    }
    // Of widths 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50 and 100.
    #expect(try weight(27.43, [8, 8, 8, 8, 8, 8, 8, 8, 8, 8]) == "100, 27.45 /100")
    #expect(try weight(27.43, [1, 8, 8, 8, 8, 8, 8, 8, 8, 8]) == "100, 27.5 /100")
    #expect(try weight(27.43, [1, 1, 1, 1, 8, 8, 8, 8, 8, 8]) == "100, 27 /100")
    #expect(try weight(27.43, [1, 1, 1, 1, 1, 1, 8, 8, 8, 8]) == "100, 25 /100")
    #expect(try weight(27.43, [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]) == "100, R /R")
  }

  @Test func `a quantile needs more than a few people beyond it`() throws {
    let people = [50, 50, 50, 50, 50]
    let (low, high) = (Quantile(hundredths: 5), Quantile(hundredths: 95))
    for quantile in [low, high] {
      #expect(try visits(4, people, of: 159, quantile) == "160, R /R")
      #expect(try visits(4, people, of: 160, quantile) == "160, 4 /160")
    }
    #expect(try visits(4, people, of: 15) == "15, R /R")
    #expect(try visits(4, people, of: 100, .median, Self.unbounded) == "100, R /R")
    #expect(
      try visits(4.25, people, of: 100, .median, Self.unbounded, under: "exact") == "100, 4.25 /100"
    )
  }

  static let unbounded = measure(nil, .integer)

  @Test("A7: every bin that is told holds more people than are hidden", arguments: Policies.names)
  func property(name: String) throws {
    let policy = try Policies.named(name)
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<200 {
      let numbers = (0..<Int.random(in: 1...60, using: &generator)).map { _ in
        Double(Int.random(in: 100...800, using: &generator)) / 10
      }
      let figures = try #require(Quantile.median.figures(of: numbers, bins: Self.weightBins))
      let sum = RawSum(.decimal(numbers.reduce(0, +)), contributors: numbers.count)
      let example = RawExample(
        by: [],
        show: [
          .of("x", .quantile(.median, of: Self.measure(10...80), bins: Self.weightBins))
        ],
        cells: [
          RawCell(
            patients: numbers.count,
            statistics: [
              .quantile(.decimal(figures.value), peopleByBin: figures.numbersByBin, of: sum)
            ])
        ])
      let group = try example.released(under: policy).breakdowns[0].groups[0]
      guard policy.resolution != nil, case .shown(let number) = group.statistics[0].value else {
        continue
      }
      let middle = number.approximation
      let fewest = Self.weightBins.widths.compactMap { width -> Int? in
        let bin = width.bin(of: middle)
        return bin == width.bin(of: figures.value)
          ? numbers.count { width.bin(of: $0) == bin } : nil
      }.max()
      #expect((fewest ?? 0) > (policy.hiddenCounts?.upperBound ?? 0))
    }
  }

  @Test func `no total of deviations or quantiles is told from what they hide`() throws {
    let sum = RawSum(.decimal(3_000), contributors: 100)
    let cell = RawCell(
      patients: 100,
      statistics: [
        .standardDeviation(.decimal(12), of: sum),
        .quantile(.decimal(27), peopleByBin: [8], of: sum),
      ])
    let example = RawExample(
      by: [.named("sex", levels: ["a", "b"])],
      show: [
        .of("sd", .standardDeviation(Self.measure(10...80))),
        .of(
          "median",
          .quantile(
            .median, of: Self.measure(10...80), bins: BinScale(decimals: 0, count: 1))),
      ], totals: [[]], cells: [cell, cell])
    #expect(
      try example.drawn(under: "opensafely") == [
        ["100, 12 /100, 27.5 /100", "100, 12 /100, 27.5 /100"], ["200, R /R, R /R"],
      ])
  }
}
