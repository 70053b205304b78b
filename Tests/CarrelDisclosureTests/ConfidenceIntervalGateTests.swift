import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues
import TestSupport
import Testing

/// Expected ends were worked out with SciPy and statsmodels from the released figures drawn here.
@Suite("Confidence intervals at the gate") struct ConfidenceIntervalGateTests {
  /// The figure and the interval of the first statistic of one group.
  func drawn(
    _ patients: Int, _ statistics: [Statistic], _ raw: [RawStatistic],
    under policy: String = "opensafely"
  ) throws -> String {
    let example = RawExample(
      by: [], show: statistics, cells: [RawCell(patients: patients, statistics: raw)])
    let figures = try example.released(under: Policies.named(policy))
      .breakdowns[0].groups[0].statistics[0]
    let interval = try #require(figures.interval)
    return "\(figures.value.drawn) (\(interval.lower.drawn) to \(interval.upper.drawn))"
  }

  func percent(_ part: Int, of whole: Int, under policy: String = "opensafely") throws -> String {
    var statistic = Statistic.percent("ill")
    statistic.interval = ConfidenceInterval(thousandths: 950, method: .share)
    return try drawn(whole, [statistic], [.percent(numerator: part)], under: policy)
  }

  @Test func `of a percentage is worked out from its rounded parts`() throws {
    // 40 of 85, whatever was rounded to them.
    #expect(try percent(40, of: 85) == "47 (37 to 58)")
    #expect(try percent(42, of: 83) == "47 (37 to 58)")
    #expect(try percent(40, of: 85, under: "cms") == "47.1 (36.8 to 57.6)")
  }

  @Test func `of nobody begins at nothing, of everybody ends at everything`() throws {
    #expect(try percent(0, of: 40) == "zero (zero to 9)")
    #expect(try percent(40, of: 40) == "100 (91 to 100)")
  }

  @Test func `is hidden, or has no ends, where its figure is so`() throws {
    #expect(try percent(7, of: 85) == "R (R to R)")
    #expect(try percent(0, of: 7) == "R (R to R)")
    #expect(try percent(0, of: 0) == "n/a (n/a to n/a)")
  }

  func rate(_ kind: Statistic.Kind, _ raw: RawStatistic, _ method: ConfidenceInterval.Method)
    throws -> String
  {
    var statistic = Statistic.of("x", kind)
    statistic.interval = ConfidenceInterval(thousandths: 950, method: method)
    return try drawn(200, [statistic], [raw])
  }

  @Test func `of a rate is that of a share of people, or of a number of events`() throws {
    // 40 of 200: Wilson, times 1,000.
    #expect(
      try rate(
        .rate(.ofPeople, per: 1_000), .rate(RawSum(.integer(42), contributors: 200)), .share)
        == "200 (150.5 to 260.9)")
    // 1,200 events in 60,000 days: Garwood.
    let visits = Measure(
      expression: .constant(.missing, .integer), type: .integer,
      bounds: Bounds(lowest: 0, highest: 20), isCount: true)
    #expect(
      try rate(
        .personTimeRate(visits, per: 100, days: .number(in: 0...365)),
        .ratio(
          RawSum(.integer(1_234), contributors: 200),
          to: RawSum(.integer(60_001), contributors: 200)
        ), .events) == "730.5 (689.7 to 773.0)")
  }

  @Test func `of a ratio of counts has none where one of them is nobody`() throws {
    func ratio(_ above: Int, _ below: Int) throws -> String {
      try rate(
        .ratio(.ofPeople, to: .ofPeople),
        .ratio(
          RawSum(.integer(above), contributors: 200), to: RawSum(.integer(below), contributors: 200)
        ), .ratioOfEvents)
    }
    // 40 to 100.
    #expect(try ratio(42, 98) == "0.4 (0.2772 to 0.5772)")
    #expect(try ratio(0, 98) == "zero (missing to missing)")
  }

  func mean(_ deviation: Double?, of known: Int, in patients: Int, under policy: String) throws
    -> String
  {
    let measure = Measure(
      expression: .field(table: 0, column: 0), type: .decimal,
      bounds: Bounds(lowest: 10, highest: 80), isCount: false)
    var statistic = Statistic.of("mean", .mean(measure))
    statistic.interval = ConfidenceInterval(thousandths: 950, method: .mean(deviation: 1))
    // A deviation of zero is that of a group in which all are alike.
    let sum = RawSum(
      known == 0 ? .missing : .integer(27 * known), contributors: known,
      commonest: deviation == 0 ? known : 1)
    return try drawn(
      patients, [statistic, .of("sd", .standardDeviation(measure))],
      [
        .mean(sum), .standardDeviation(deviation.map { .decimal($0) } ?? .missing, of: sum),
      ], under: policy)
  }

  @Test func `of a mean is worked out from its deviation and number of people as they leave`()
    throws
  {
    // Both leave to the nearest 1, of 100 people: 27 ± 1.984 · 6 / 10.
    #expect(try mean(6.04, of: 99, in: 99, under: "opensafely") == "27 (26 to 28)")
    #expect(try mean(6, of: 4, in: 4, under: "exact").hasPrefix("27 (17.4526"))
  }

  @Test func `of a mean is hidden with its deviation, and missing with it`() throws {
    #expect(try mean(0, of: 99, in: 99, under: "acro") == "R (R to R)")
    #expect(try mean(0.2, of: 99, in: 99, under: "opensafely") == "27 (missing to missing)")
    #expect(try mean(nil, of: 1, in: 1, under: "exact") == "27 (missing to missing)")
    #expect(try mean(nil, of: 0, in: 40, under: "opensafely") == "missing (missing to missing)")
  }

  @Test func `of a total is that of the parts that are shown`() throws {
    var statistic = Statistic.percent("ill")
    statistic.interval = ConfidenceInterval(thousandths: 950, method: .share)
    let example = RawExample(
      by: [.named("sex", levels: ["f", "m", "x"])], show: [statistic], totals: [[]],
      cells: [(45, 25), (40, 15), (60, 3)].map { people, ill in
        RawCell(patients: people, statistics: [.percent(numerator: ill)])
      })
    let total = try example.released(under: Policies.named("opensafely")).breakdowns[1].groups[0]
    // 40 of 85 again: the third group's people are not among them.
    #expect(total.statistics[0].denominator?.drawn == "85")
    #expect(total.statistics[0].interval?.lower.drawn == "37")
  }
}
