import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues
import TestSupport
import Testing

@Suite("Intervals at the gate") struct IntervalGateTests {
  let sex = Grouping.named("sex", levels: ["female", "male"])

  func months(_ count: Int) throws -> Intervals {
    .months(count, from: try #require(CivilDate(iso: "2024-01-01")))
  }

  /// One line by weeks since each person's own date, under a policy.
  func weekly(_ people: [Int], under policy: String = "opensafely") throws -> [String] {
    try RawExample(
      in: .weeks(people.count), by: [], show: [.count], cells: people.map { .people($0) }
    ).drawn(under: policy)[0]
  }

  @Test func `every interval's groups are judged by themselves, and totals are within one`() throws
  {
    let example = RawExample(
      in: try months(3), by: [sex], show: [.count, .percent("ill")], totals: [[]],
      cells: [(40, 12), (60, 3), (41, 12), (5, 5), (0, 0), (0, 0)].map { .people($0, $1) })
    #expect(
      try example.drawn(under: "opensafely") == [
        [
          "40, 25 10/40", "60, R R/R", "40, 25 10/40", "R, R R/R", "zero, n/a zero/zero",
          "zero, n/a zero/zero",
        ],
        ["100, 25 10/40", "40, 25 10/40", "zero, n/a zero/zero"],
      ])
  }

  @Test func `groups say which interval they are of`() throws {
    let example = RawExample(
      in: try months(2), by: [sex], show: [.count], totals: [[]],
      cells: [10, 20, 30, 40].map { .people($0) })
    let table = try example.released(under: Policies.named("opensafely"))
    #expect(table.breakdowns[0].groups.map(\.interval) == [0, 0, 1, 1])
    #expect(table.breakdowns[0].groups.map(\.levels) == [[0], [1], [0], [1]])
    #expect(table.breakdowns[1].groups.map(\.interval) == [0, 1])
    #expect(table.intervals?.words == "month")
  }

  @Test(
    "a line that follows people shows a number only where nobody or enough were lost since the last",
    arguments: [
      // Nothing small is lost.
      ([100, 60, 60, 20], ["100", "60", "60", "20"]),
      // Three are lost each week: together nine at the third, and again at the sixth.
      ([100, 97, 94, 91, 88, 85, 82], ["100", "R", "R", "90", "R", "R", "80"]),
      // The last seven stay hidden for being few, and the week after is nobody.
      ([20, 7, 0], ["20", "R", "zero"]),
      // Of nine the first is lost: the rest is hidden until nobody is left.
      ([9, 8, 1, 0], ["10", "R", "R", "zero"]),
      // Few come back: a gain is as small a group as a loss.
      ([50, 40, 43, 50], ["50", "40", "R", "50"]),
    ])
  func losses(people: [Int], expected: [String]) throws {
    #expect(try weekly(people) == expected)
  }

  @Test func `months of the calendar are not held against each other`() throws {
    let example = RawExample(
      in: try months(3), by: [], show: [.count], cells: [100, 97, 94].map { .people($0) })
    #expect(try example.drawn(under: "opensafely")[0] == ["100", "95", "95"])
  }

  @Test func `where zeros are disclosive a week that loses nobody is hidden`() throws {
    #expect(try weekly([100, 100, 60], under: "acro") == ["100", "R", "60"])
  }

  @Test func `a hidden line hides its statistics, and totals leave it out`() throws {
    let example = RawExample(
      in: .weeks(2), by: [sex], show: [.count, .percent("ill")], totals: [[]],
      cells: [(100, 50), (100, 50), (97, 40), (80, 40)].map { .people($0, $1) })
    #expect(
      try example.drawn(under: "opensafely") == [
        ["100, 50 50/100", "100, 50 50/100", "R, R R/R", "80, 50 40/80"],
        ["200, 50 100/200", "80, 50 40/80"],
      ])
  }

  @Test("no two shown numbers of a line differ by a hidden count", arguments: 0..<200)
  func property(seed: Int) throws {
    let policy = try Policies.named("opensafely")
    var state = UInt64(seed) &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    var people = [200]
    for _ in 0..<30 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      people.append(max(0, people[people.count - 1] - Int((state >> 33) % 12)))
    }
    let shown = zip(people, try weekly(people)).filter { $0.1 != "R" }.map(\.0)
    let losses = zip(shown, shown.dropFirst()).map { $0 - $1 }
    #expect(losses.allSatisfy { policy.shows($0) }, "\(people)")
    #expect(!losses.isEmpty)
  }
}
