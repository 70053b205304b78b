import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues
import TestSupport
import Testing

/// Tables of one study that hold the same people: what one hides another must not give away.
@Suite("Tables of the same people at the gate") struct LinkedTableTests {
  static func grouping(_ name: String, _ levels: Int) -> Grouping {
    Grouping(
      name: name, heading: name, expression: .constant(.text(name), .text),
      levels: (0..<levels).map { Level(.integer($0)) })
  }

  /// The groups of each table as they leave, from tables of one study.
  static func drawn(
    _ tables: [RawExample], under policy: Policy, order: SuppressionOrder = .fixed
  ) throws -> [[String]] {
    let plan = Plan(
      populations: tables[0].plan.populations, outputs: tables.flatMap(\.plan.outputs))
    let raw = RawResults(outputs: tables.flatMap(\.raw.outputs))
    return try DisclosureGate.release(raw, of: plan, under: policy, order: order).outputs.map {
      output in
      guard case .table(let table) = output else { throw DrawingError() }
      return table.drawn[0]
    }
  }

  static func exact() throws -> Policy {
    try Policies.written(
      "hide 1 to 4", "secondary on", "protect not exact", "means need 5 patients")
  }

  @Test func `a hidden group does not follow from a table by fewer things`() throws {
    // 23 women less 20 are 3.
    let sex = RawExample(
      by: [Self.grouping("sex", 2)], show: [.count], cells: [.people(23), .people(40)])
    let both = RawExample(
      by: [Self.grouping("sex", 2), Self.grouping("region", 2)], show: [.count],
      cells: [.people(3), .people(20), .people(15), .people(25)])
    let alone = try Self.drawn([both], under: Self.exact())
    #expect(alone == [["R", "20", "15", "25"]])
    let together = try Self.drawn([sex, both], under: Self.exact())
    #expect(together[1].prefix(2) == ["R", "R"] || together[0][0] == "R")
  }

  @Test func `a hidden group does not follow from a table by other things`() throws {
    // Everybody is 63 by region, so the third age group is 3.
    let region = RawExample(
      by: [Self.grouping("region", 2)], show: [.count], cells: [.people(38), .people(25)])
    let age = RawExample(
      by: [Self.grouping("age", 4)], show: [.count],
      cells: [.people(20), .people(30), .people(3), .people(10)])
    let together = try Self.drawn([region, age], under: Self.exact())
    #expect(together[0] == ["38", "25"])
    #expect(together[1].count { $0 == "R" } == 2)
  }

  @Test func `that nobody is ill may be known of a hidden group too`() throws {
    // Nobody of either sex is ill, so nobody of the first age group is, which is hidden for its size.
    let sex = RawExample(
      by: [Self.grouping("sex", 2)], show: [.percent("ill")],
      cells: [Self.parts(13, 0), Self.parts(8, 0)])
    let age = RawExample(
      by: [Self.grouping("age", 3)], show: [.percent("ill")],
      cells: [Self.parts(2, 0), Self.parts(9, 0), Self.parts(10, 0)])
    let together = try Self.drawn([sex, age], under: Policies.named("opensafely"))
    #expect(together[1].map { $0.hasPrefix("R") } == [true, false, false])
  }

  @Test func `a hidden part does not follow from the same part by fewer things`() throws {
    // 12 of the women are ill, and 10 of those in the second region: 2 in the first.
    let sex = RawExample(
      by: [Self.grouping("sex", 2)], show: [.percent("ill")],
      cells: [Self.parts(60, 12), Self.parts(70, 30)])
    let both = RawExample(
      by: [Self.grouping("sex", 2), Self.grouping("region", 2)], show: [.percent("ill")],
      cells: [Self.parts(25, 2), Self.parts(35, 10), Self.parts(30, 14), Self.parts(40, 16)])
    let together = try Self.drawn([sex, both], under: Self.exact())
    #expect(together[1][0] == "25, R R/R")
    #expect(together[1][1] == "35, R R/R" || together[0][0] == "60, R R/R")
    let other = try Self.drawn([sex, both], under: Policies.named("opensafely"))
    #expect(other[1] == ["25, R R/R", "35, 29 10/35", "30, 50 15/30", "40, 38 15/40"])
  }

  private static func parts(_ people: Int, _ part: Int) -> RawCell {
    RawCell(patients: people, statistics: [.percent(numerator: part)])
  }

  @Test func `a hidden part does not follow from the same part by other things`() throws {
    // 42 are ill by sex; 40 in two of the regions: 2 in the third.
    let sex = RawExample(
      by: [Self.grouping("sex", 2)], show: [.percent("ill")],
      cells: [Self.parts(60, 12), Self.parts(70, 30)])
    let region = RawExample(
      by: [Self.grouping("region", 3)], show: [.percent("ill")],
      cells: [Self.parts(40, 2), Self.parts(50, 18), Self.parts(40, 22)])
    let together = try Self.drawn([sex, region], under: Self.exact())
    #expect(together.flatMap(\.self).count { $0.hasSuffix("R R/R") } == 2)
  }

  @Test func `tables whose people differ have nothing to do with each other`() throws {
    let plan = { (tables: [RawExample], populations: [Int]) -> [Output] in
      zip(tables.flatMap(\.plan.outputs), populations).map { output, population in
        guard case .table(var table) = output else { return output }
        table.population = population
        return .table(table)
      }
    }
    let region = RawExample(
      by: [Self.grouping("region", 2)], show: [.count], cells: [.people(38), .people(25)])
    let age = RawExample(
      name: "ages", by: [Self.grouping("age", 3)], show: [.count],
      cells: [.people(20), .people(30), .people(3)])
    let results = try DisclosureGate.release(
      RawResults(outputs: region.raw.outputs + age.raw.outputs),
      of: Plan(
        populations: ["one", "other"].map { Population(name: $0, criteria: []) },
        outputs: plan([region, age], [0, 1])), under: Self.exact())
    guard case .table(let ages) = results.outputs[1] else { throw DrawingError() }
    #expect(ages.drawn == [["20", "30", "R"]])
  }

  /// A table by region and one by age and sex with rare levels, as studies have them.
  static let usual = [
    RawExample(
      by: [grouping("region", 9)], show: [.count, .percent("ill"), .percent("often")],
      cells: [
        (70, 10, 5), (140, 15, 10), (130, 20, 15), (100, 10, 6), (135, 15, 10), (130, 15, 10),
        (180, 15, 15), (210, 25, 15), (125, 15, 10),
      ].map { .people($0, $1, $2) }),
    RawExample(
      by: [grouping("age", 4), grouping("sex", 4)], show: [.count, .percent("ill")],
      totals: [[0]],
      cells: [
        (150, 24), (175, 10), (2, 1), (3, 0), (210, 45), (190, 15), (2, 0), (1, 0), (210, 25),
        (175, 10), (0, 0), (2, 1), (52, 6), (47, 2), (0, 0), (1, 1),
      ].map { .people($0, $1) }),
  ]

  @Test(
    "usual tables lose little beside what is hidden by itself",
    arguments: [("opensafely", 0), ("nhs-england", 0), ("ons", 0), ("omop", 2), ("acro", 2)])
  func usual(name: String, most: Int) throws {
    func hidden(_ policy: Policy) throws -> Int {
      try Self.drawn(Self.usual, under: policy).flatMap(\.self)
        .reduce(0) { $0 + $1.split(separator: " ").count { $0.first == "R" } }
    }
    let alone = try hidden(Policies.withoutSecondary(name))
    let together = try hidden(Policies.named(name))
    // A group that is hidden with its percentage counts as up to three figures here.
    #expect(together - alone <= 3 * most, "\(together), \(alone)")
  }
}
