import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues
import TestSupport
import Testing

@Suite("Rates and ratios at the gate") struct QuotientGateTests {
  static let visits = Measure.number(in: 0...20)
  static let days = Measure.number(in: 0...365)

  /// One group, drawn under a policy.
  func drawn(
    _ kind: Statistic.Kind, _ raw: RawStatistic, in patients: Int, under policy: String
  ) throws -> String {
    try RawExample(
      by: [], show: [.of("x", kind)], cells: [RawCell(patients: patients, statistics: [raw])]
    ).drawn(under: policy)[0][0]
  }

  func sum(_ total: Int, of known: Int) -> RawSum { RawSum(.integer(total), contributors: known) }

  @Test(
    "a rate is worked out from the rounded sum and the rounded number of people",
    arguments: [
      // 5 · 20 = 100 is the step of the sum; 1000 · 1200 / 200.
      (1_234, 200, "opensafely", "200, 6000 1200/200"),
      // 1 · 20, and no rounding of counts: 1000 · 1240 / 201 = 6169.15….
      (1_234, 201, "cms", "201, 6169 1240/201"),
      (1_234, 200, "exact", "200, 6170 1234/200"),
    ])
  func rate(total: Int, patients: Int, policy: String, expected: String) throws {
    let found = try drawn(
      .rate(Self.visits, per: 1_000), .rate(sum(total, of: patients)), in: patients, under: policy)
    #expect(found == expected)
  }

  @Test(
    "a rate of a boolean is of a count, which obeys the threshold",
    arguments: [
      // 1000 · 45 / 205 = 219.51….
      (43, 203, 203, "205, 219.5 45/205"), (7, 203, 203, "205, R R/R"),
      (8, 203, 203, "205, 48.78 10/205"), (0, 203, 203, "205, zero zero/205"),
      // 5 people whose answer is not known.
      (43, 198, 203, "205, R R/R"), (4, 7, 7, "R, R R/R"),
    ])
  func rateOfPeople(total: Int, known: Int, patients: Int, expected: String) throws {
    let found = try drawn(
      .rate(.ofPeople, per: 1_000), .rate(sum(total, of: known)), in: patients,
      under: "opensafely")
    #expect(found == expected)
  }

  @Test func `a rate of nobody is not defined, and one of nobody's values is missing`() throws {
    let none = RawStatistic.rate(RawSum(.missing, contributors: 0))
    let kind = Statistic.Kind.rate(Self.visits, per: 1_000)
    #expect(try drawn(kind, none, in: 0, under: "opensafely") == "zero, n/a missing/zero")
    #expect(try drawn(kind, none, in: 40, under: "opensafely") == "40, missing missing/40")
  }

  @Test func `a rate of person-time is for years of 365 and a quarter days`() throws {
    let kind = Statistic.Kind.personTimeRate(Self.visits, per: 100, days: Self.days)
    let raw = RawStatistic.ratio(sum(1_234, of: 200), to: sum(60_123, of: 200))
    // 5 · 365 = 1825 is a step of 2000; 100 · 365.25 · 1200 / 60000.
    #expect(try drawn(kind, raw, in: 200, under: "opensafely") == "200, 730.5 1200/60000")
    let plain = RawStatistic.ratio(sum(40, of: 200), to: sum(36_525, of: 200))
    #expect(try drawn(kind, plain, in: 200, under: "exact") == "200, 40 40/36525")
  }

  @Test("time that is the same for all but a few says nothing of them", arguments: 1...7)
  func craftedTime(targets: Int) throws {
    let kind = Statistic.Kind.personTimeRate(Self.visits, per: 100, days: Self.days)
    let raw = RawStatistic.ratio(sum(1_234, of: 200), to: sum(365 * (200 - targets), of: 200))
    #expect(try drawn(kind, raw, in: 200, under: "opensafely") == "200, R R/R")
  }

  @Test(
    "a ratio shows both of its sums or neither",
    arguments: [
      (40, 100, "opensafely", "200, 0.4 40/100"), (40, 7, "opensafely", "200, R R/R"),
      (7, 40, "opensafely", "200, R R/R"), (40, 0, "opensafely", "200, n/a 40/zero"),
      (98, 33, "opensafely", "200, 2.857 100/35"),
      // One may be a part of the other, and 5 are left over.
      (40, 45, "cms", "200, R R/R"), (40, 51, "cms", "200, 0.7843 40/51"),
    ])
  func ratio(above: Int, below: Int, policy: String, expected: String) throws {
    let raw = RawStatistic.ratio(sum(above, of: 200), to: sum(below, of: 200))
    #expect(
      try drawn(.ratio(.ofPeople, to: .ofPeople), raw, in: 200, under: policy) == expected)
  }

  @Test func `without declared bounds nothing leaves except in full`() throws {
    let unbounded = Measure.number(in: nil)
    let raw = RawStatistic.ratio(sum(1_234, of: 200), to: sum(617, of: 200))
    for kind in [
      Statistic.Kind.ratio(unbounded, to: Self.visits), .ratio(Self.visits, to: unbounded),
    ] {
      #expect(try drawn(kind, raw, in: 200, under: "opensafely") == "200, R R/R")
      #expect(try drawn(kind, raw, in: 200, under: "exact") == "200, 2 1234/617")
    }
  }

  @Test func `a total is worked out from the sums that are shown`() throws {
    let example = RawExample(
      by: [.named("sex", levels: ["a", "b", "c"])], show: [.of("x", .rate(Self.visits, per: 100))],
      totals: [[]],
      cells: [(100, 500), (300, 2_000), (6, 50)].map { people, total in
        RawCell(patients: people, statistics: [.rate(sum(total, of: people))])
      })
    #expect(
      try example.drawn(under: "opensafely") == [
        ["100, 500 500/100", "300, 666.7 2000/300", "R, R R/R"], ["400, 625 2500/400"],
      ])
  }
}
