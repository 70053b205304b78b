import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues
import TestSupport
import Testing

/// What leaves of an output that is the only one of its plan.
private func released(
  _ output: Output, _ raw: RawOutput, under policy: String
) throws -> ReleasedOutput {
  try DisclosureGate.release(
    RawResults(outputs: [raw]),
    of: Plan(populations: [Population(name: "people", criteria: [])], outputs: [output]),
    under: try Policies.named(policy)
  ).outputs[0]
}

@Suite("Summaries at the gate") struct SummaryGateTests {
  /// The counts of the levels of one variable in one group.
  func levels(_ people: [Int], under policy: String) throws -> String {
    let shares = people.indices.map { Statistic.percent("l\($0)") }
    let summary = SummaryOutput(
      table: TableOutput(
        name: "s", population: 0, groupings: [],
        breakdowns: [Breakdown(groupings: [], isTotal: false)], statistics: [.count] + shares),
      variables: [
        SummaryVariable(
          name: "v", heading: "v",
          kind: .levels(people.map { SummaryLevel(label: "\($0)", fileText: "\($0)") }, from: 1))
      ])
    let cell = RawCell(
      patients: people.reduce(0, +),
      statistics: [.count] + people.map { .percent(numerator: $0) })
    guard
      case .summary(let found) = try released(
        .summary(summary), .table(RawTable(breakdowns: [[cell]])), under: policy)
    else { throw DrawingError() }
    let group = found.table.breakdowns[0].groups[0]
    return group.statistics.dropFirst().map { $0.numerator?.drawn ?? "" }.joined(separator: " ")
  }

  @Test func `a hidden level cannot be worked out from the others and the people`() throws {
    // Exact counts: 5 would be 100 less 50 and 45.
    #expect(try levels([50, 45, 5], under: "cms") == "R 45 R")
    #expect(try levels([5, 50, 45], under: "cms") == "R R 45")
    // 3 and 4 alone would be seven people.
    #expect(try levels([50, 3, 4, 43], under: "cms") == "50 R R R")
    #expect(try levels([50, 6, 7, 37], under: "cms") == "50 R R 37")
    #expect(try levels([50, 30, 20], under: "cms") == "50 30 20")
    // Nobody is hidden there, and follows as well.
    #expect(try levels([50, 0, 50], under: "acro") == "50 R R")
  }

  @Test func `rounded counts need no companion`() throws {
    #expect(try levels([50, 45, 5], under: "opensafely") == "50 45 R")
    #expect(try levels([50, 3, 4, 43], under: "exact") == "50 3 4 43")
  }
}

@Suite("Histograms at the gate") struct HistogramGateTests {
  /// The bins of ten from 0 on with their counts, then those without a value.
  func bars(_ people: [Int], missing: Int? = nil, under policy: String = "opensafely") throws
    -> String
  {
    let edges = (0..<people.count - 1).map { Value.integer(10 * $0) }
    let levels =
      people.indices.map { Level(.integer($0)) } + (missing == nil ? [] : [Level(.missing)])
    let histogram = HistogramOutput(
      table: TableOutput(
        name: "h", population: 0,
        groupings: [
          Grouping(
            name: "x", heading: "x", expression: .constant(.missing, .integer), levels: levels)
        ], breakdowns: [Breakdown(groupings: [0], isTotal: false)], statistics: [.count]),
      edges: edges)
    let cells = (people + (missing.map { [$0] } ?? [])).map { RawCell.people($0) }
    guard
      case .histogram(let found) = try released(
        .histogram(histogram), .table(RawTable(breakdowns: [cells])), under: policy)
    else { throw DrawingError() }
    let bars = found.groups[0].bars.map { bar in
      "\(bar.from?.plainText ?? "")-\(bar.below?.plainText ?? ""): \(bar.count.drawn)"
    }
    return (bars + (found.groups[0].missing.map { ["missing: \($0.drawn)"] } ?? []))
      .joined(separator: ", ")
  }

  @Test func `a bin of nobody or of many stands by itself, those without a value too`() throws {
    #expect(
      try bars([0, 40, 8, 20], missing: 3) == "-0: zero, 0-10: 40, 10-20: 10, 20-: 20, missing: R")
  }

  @Test func `small tails are counted with the bins inside them`() throws {
    #expect(try bars([2, 3, 40, 50, 4, 5]) == "-20: 45, 20-30: 50, 30-: 10")
    #expect(try bars([5, 4, 40, 50, 40, 3]) == "-10: 10, 10-20: 40, 20-30: 50, 30-: 45")
  }

  @Test func `what is left at the middle takes neighbours until it may be shown`() throws {
    #expect(try bars([40, 2, 3, 40]) == "-20: 45, 20-: 40")
    #expect(try bars([40, 4, 5, 40]) == "-0: 40, 0-20: 10, 20-: 40")
  }

  @Test func `few people in all are one hidden bin, and zeros join where they are hidden`() throws {
    #expect(try bars([1, 2, 0, 3]) == "-: R")
    #expect(try bars([40, 0, 0, 40], under: "acro") == "-20: 40, 20-: 40")
    #expect(try bars([1, 2, 0, 3], under: "exact") == "-0: 1, 0-10: 2, 10-20: zero, 20-: 3")
  }

  @Test(
    "no bin of 1 to the most hidden is ever shown, and all bins together are everyone",
    arguments: ["opensafely", "cms"])
  func never(policy: String) throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<300 {
      let people = (0..<Int.random(in: 2...9, using: &random)).map { _ in
        Int.random(in: 0...30, using: &random) / Int.random(in: 1...6, using: &random)
      }
      let drawn = try bars(people, under: policy)
      let shown = drawn.split(separator: ", ").compactMap { Int($0.split(separator: ": ")[1]) }
      #expect(shown.allSatisfy { $0 > 7 }, "\(people): \(drawn)")
      if policy == "cms", !drawn.contains("R") {
        #expect(shown.reduce(0, +) == people.reduce(0, +), "\(people): \(drawn)")
      }
    }
  }
}

@Suite("Percentiles across units at the gate") struct DecilesGateTests {
  /// The percentiles from 10 to 90 of units with so many people, and so many for whom it holds.
  func percentiles(_ units: [(Int, Int)], under policy: String = "opensafely") throws -> String {
    let deciles = DecilesOutput(
      name: "d", population: 0, unit: .constant(.missing, .integer),
      statistics: [.percent("treated")])
    let cells = units.map { RawCell(patients: $0, statistics: [.percent(numerator: $1)]) }
    guard
      case .deciles(let found) = try released(
        .deciles(deciles), .units(RawUnits(cellsByInterval: [cells])), under: policy)
    else { throw DrawingError() }
    return found.lines.map { $0.figures[0].drawn }.joined(separator: " ")
  }

  @Test func `are those of the units' percentages, each from its own rounded parts`() throws {
    // 101 units of 1,000 people with 100, 105, …, 600: 10.0% to 60.0%.
    let units = (0...100).map { (1_000, 100 + 5 * $0) }
    let expected = "15.0 20.0 25.0 30.0 35.0 40.0 45.0 50.0 55.0"
    #expect(try percentiles(units) == expected)
    // What moves inside a step of rounding changes nothing.
    #expect(try percentiles(units.map { ($0.0 + 2, $0.1 - 2) }) == expected)
    #expect(try percentiles(units.reversed()) == expected)
  }

  @Test(
    "B5: what one unit's people change inside a step changes nothing", arguments: Policies.names)
  func units(name: String) throws {
    let policy = try Policies.named(name)
    let units = (0...60).map { (1_000, 100 + 10 * $0) }
    let before = try percentiles(units, under: name)
    for unit in [0, 6, 30, 59] {
      for part in -9...9 {
        let part = units[unit].1 + part
        var others = units
        others[unit].1 = part
        let isSameStep =
          policy.rounding.rounded(part) == policy.rounding.rounded(units[unit].1)
        if isSameStep {
          #expect(try percentiles(others, under: name) == before, "\(unit): \(part)")
        }
      }
    }
  }

  @Test func `lie between two units in proportion, to one decimal`() throws {
    // Hyndman and Fan's definition 7 of 0%, 20%, …, as numpy.percentile has it.
    let units = [(1_000, 0), (1_000, 200), (1_000, 400), (1_000, 600)]
    #expect(
      try percentiles(units, under: "exact") == "6.0 12.0 18.0 24.0 30.0 36.0 42.0 48.0 54.0")
  }

  @Test func `need at least five units strictly beyond them`() throws {
    // Of 21 units four lie below the second decile, and five below what is above a quarter.
    let few = (0...20).map { (1_000, 100 + 10 * $0) }
    #expect(try percentiles(few) == "R R 16.0 18.0 20.0 22.0 24.0 R R")
    // Five units at the lowest percentage are not below it.
    let tied = Array(repeating: (1_000, 100), count: 30) + few
    #expect(try percentiles(tied).hasPrefix("R R R R R"))
    #expect(try percentiles(Array(few.prefix(9))) == "R R R R R R R R R")
  }

  @Test func `leave out units of which a part may not be shown`() throws {
    let units = (0...100).map { (1_000, 100 + 5 * $0) }
    let small = Array(repeating: (7, 7), count: 40) + Array(repeating: (1_000, 3), count: 40)
    #expect(try percentiles(units + small) == percentiles(units))
    #expect(try percentiles(small) == "R R R R R R R R R")
  }
}
