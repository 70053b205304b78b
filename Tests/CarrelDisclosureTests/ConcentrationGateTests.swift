import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues
import TestSupport
import Testing

@Suite("Values that few people have, or make up, at the gate") struct ConcentrationGateTests {
  static let range = -20.0...20.0

  /// Every statistic that a measure can have, each beside a measure of which nothing is hidden.
  static func statistics(of numbers: [Int]) throws -> [(Statistic, RawStatistic)] {
    let bins = BinScale(rangeWidth: 40, isInteger: true)
    let measure = Measure.number(in: range)
    let sum = RawSum(of: numbers)
    let honest = RawSum(of: numbers.indices.map { $0 % 20 })
    var moments = ExactMoments()
    for number in numbers { moments.add(number) }
    let deviation = try #require(moments.standardDeviation)
    let median = try #require(Quantile.median.figures(of: numbers.map(Double.init), bins: bins))
    return [
      (.of("sum", .sum(measure)), .sum(sum)), (.of("mean", .mean(measure)), .mean(sum)),
      (.of("rate", .rate(measure, per: 100)), .rate(sum)),
      (.of("above", .ratio(measure, to: measure)), .ratio(sum, to: honest)),
      (.of("below", .ratio(measure, to: measure)), .ratio(honest, to: sum)),
      (.of("time", .personTimeRate(measure, per: 100, days: measure)), .ratio(honest, to: sum)),
      (.of("sd", .standardDeviation(measure)), .standardDeviation(.decimal(deviation), of: sum)),
      (
        .of("median", .quantile(.median, of: measure, bins: bins)),
        .quantile(.decimal(median.value), peopleByBin: median.numbersByBin, of: sum)
      ),
    ]
  }

  /// The statistics that are shown of people with these numbers, and of more who have none.
  static func shown(
    _ numbers: [Int], lacking: Int = 0, under policy: String
  ) throws -> [String] {
    let statistics = try statistics(of: numbers)
    let example = RawExample(
      by: [], show: statistics.map(\.0),
      cells: [RawCell(patients: numbers.count + lacking, statistics: statistics.map(\.1))])
    let group = try example.released(under: Policies.named(policy)).breakdowns[0].groups[0]
    return zip(statistics, group.statistics).compactMap { statistic, figure in
      figure.value == .redacted ? nil : statistic.0.name
    }
  }

  static let all = ["sum", "mean", "rate", "above", "below", "time", "sd", "median"]

  /// Everyone's number is 5 but for some, who have 12, or one number each from 6 on.
  @Test(
    "A2: 1..hi people who differ from the commonest value hide every statistic of that value",
    arguments: [("opensafely", 7), ("nhse-sde", 9), ("ons", 9), ("cms", 10), ("omop", 4)])
  func deviants(policy: String, highest: Int) throws {
    for people in [60, 200] {
      for deviants in 1...highest + 4 {
        let expected = deviants <= highest ? [] : Self.all
        for other in [{ _ in 12 }, { 6 + $0 % 15 }] as [(Int) -> Int] {
          let numbers = (0..<people).map { $0 < deviants ? other($0) : 5 }
          #expect(try Self.shown(numbers, under: policy) == expected, "\(deviants) of \(people)")
        }
      }
    }
  }

  @Test(
    "A2: 1..hi people without a value hide every statistic of that value",
    arguments: [("opensafely", 7), ("acro", 9), ("cms", 10)])
  func lacking(policy: String, highest: Int) throws {
    let numbers = (0..<100).map { $0 % 20 }
    for lacking in 0...highest + 2 {
      let expected = (1...highest).contains(lacking) ? [] : Self.all
      #expect(try Self.shown(numbers, lacking: lacking, under: policy) == expected)
    }
  }

  /// Sixteen people around the middle of the range are worth eight at either end.
  ///
  /// The measure at the
  /// side is not in the middle, so quotients with it are hidden.
  @Test func `A2: values that are all different hide nothing`() throws {
    let numbers = (1...8).flatMap { [-$0, $0] }
    #expect(
      try Self.shown(numbers, under: "opensafely") == ["sum", "mean", "rate", "sd", "median"])
  }

  @Test(
    "A6: where everybody has one value, a deviation of zero and all else say what zeros may say",
    arguments: Policies.names)
  func constant(policy: String) throws {
    let shown = try Self.shown([Int](repeating: 5, count: 100), under: policy)
    #expect(shown == (try Policies.named(policy).zero == .show ? Self.all : []))
  }

  @Test("A8: time that is the same for all but a few says nothing of them", arguments: 1...7)
  func craftedTime(targets: Int) throws {
    let kind = Statistic.Kind.personTimeRate(
      .number(in: 0...20), per: 100, days: .number(in: 0...365))
    let visits = RawSum(of: (0..<200).map { $0 % 20 })
    func drawn(_ targets: Int) throws -> String {
      let days = RawSum(of: (0..<200).map { $0 < targets ? 199 : 200 })
      return try RawExample(
        by: [], show: [.of("x", kind)],
        cells: [RawCell(patients: 200, statistics: [.ratio(visits, to: days)])]
      ).drawn(under: "opensafely")[0][0]
    }
    #expect(try drawn(targets) == "200, R R/R")
    // 100 · 365.25 · 1,900 / 40,000, the days to a step of 2,000.
    #expect(try drawn(targets + 50) == "200, 1735 1900/40000")
  }

  // MARK: Dominance

  /// What is shown of 30 people who have 1 or 2 each, and of two who have more.
  func shown(_ first: Int, _ second: Int, under policy: Policy) throws -> Bool {
    let numbers = [first, second] + (0..<30).map { 1 + $0 % 2 }
    let example = RawExample(
      by: [], show: [.sum("x", in: -1_000...1_000)],
      cells: [RawCell(patients: 32, statistics: [.sum(RawSum(of: numbers))])])
    return try example.released(under: policy).breakdowns[0].groups[0].statistics[0].value
      != .redacted
  }

  /// The others have 45 together: two who have 405 make 90% of 450.
  @Test func `A6: a sum of which the n largest make more than k% is hidden, a tie is not`() throws {
    let policy = try Policies.written(
      "means need 9 patients", "dominance largest 2 at most 90 percent")
    #expect(try shown(205, 200, under: policy))
    #expect(try !shown(206, 200, under: policy))
    #expect(try !shown(-206, 200, under: policy))
    let one = try Policies.written(
      "means need 9 patients", "dominance largest 1 at most 50 percent")
    #expect(try shown(65, 20, under: one))
    #expect(try !shown(66, 20, under: one))
  }

  /// The others have 45 together, 10% of 450.
  @Test func `A6: a sum of which p% of the largest does not remain is hidden, a tie is not`() throws
  {
    let policy = try Policies.written(
      "means need 9 patients", "remainder at least 10 percent of the largest")
    #expect(try shown(450, 100, under: policy))
    #expect(try !shown(451, 100, under: policy))
    #expect(try !shown(-451, 450, under: policy))
  }

  @Test func `A6: acro has both rules, as its source does`() throws {
    let policy = try Policies.named("acro")
    #expect(try shown(300, 100, under: policy))
    #expect(try !shown(306, 100, under: policy))
    #expect(try !shown(900, 30, under: policy))
    #expect(try shown(900, 30, under: Policies.named("omop")))
  }
}
