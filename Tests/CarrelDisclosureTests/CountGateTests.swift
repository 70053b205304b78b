import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues
import TestSupport
import Testing

@Suite("Counts and percentages at the gate") struct CountGateTests {
  let imd = Grouping.named("imd", levels: ["1", "2"])
  let age = Grouping.named("age_band", levels: ["18-39", "40+"])

  func table(_ cells: [RawCell], totals: [[Int]] = [[0], [1], []]) -> RawExample {
    RawExample(by: [imd, age], show: [.count, .percent("reviewed")], totals: totals, cells: cells)
  }

  @Test func `a hidden number of people hides all else about the group`() throws {
    let example = table(
      [.people(7, 0), .people(83, 42), .people(78, 7), .people(0, 0)], totals: [])
    #expect(
      try example.drawn(under: "opensafely") == [
        ["R, R R/R", "85, 47 40/85", "80, R R/R", "zero, n/a zero/zero"]
      ])
  }

  @Test func `totals add up what is shown, percentages only where both parts are`() throws {
    let example = table([.people(7, 0), .people(83, 42), .people(78, 7), .people(52, 13)])
    #expect(
      try example.drawn(under: "opensafely") == [
        ["R, R R/R", "85, 47 40/85", "80, R R/R", "50, 30 15/50"],
        ["85, 47 40/85", "130, 30 15/50"],
        ["80, R R/R", "135, 41 55/135"],
        ["215, 41 55/135"],
      ])
  }

  @Test func `a total with nothing shown in it is hidden`() throws {
    let example = table([.people(7, 0), .people(3, 1), .people(0, 0), .people(0, 0)])
    #expect(
      try example.drawn(under: "opensafely") == [
        ["R, R R/R", "R, R R/R", "zero, n/a zero/zero", "zero, n/a zero/zero"],
        ["R, R R/R", "zero, n/a zero/zero"],
        ["R, R R/R", "R, R R/R"],
        ["R, R R/R"],
      ])
  }

  @Test func `no zero is written beside something hidden that may not be nobody`() throws {
    let example = table([.people(0, 0), .people(40, 0), .people(5, 2), .people(60, 3)])
    #expect(
      try example.drawn(under: "opensafely") == [
        ["zero, n/a zero/zero", "40, zero zero/40", "R, R R/R", "60, R R/R"],
        ["40, zero zero/40", "60, R R/R"],
        ["R, R R/R", "100, R R/R"],
        ["100, R R/R"],
      ])
  }

  @Test func `where zeros are disclosive so is a group in which all are alike`() throws {
    let example = table(
      [.people(0, 0), .people(40, 0), .people(40, 40), .people(40, 15)], totals: [])
    #expect(
      try example.drawn(under: "acro") == [
        ["R, R R/R", "40, R R/R", "40, R R/R", "40, 37.5 15/40"]
      ]
    )
    #expect(
      try example.drawn(under: "opensafely") == [
        ["zero, n/a zero/zero", "40, zero zero/40", "40, 100 40/40", "40, 38 15/40"]
      ])
  }

  @Test func `under exact rules all is as it is`() throws {
    let example = table([.people(1, 1), .people(3, 1), .people(0, 0), .people(7, 2)])
    #expect(
      try example.drawn(under: "exact") == [
        [
          "1, 100 1/1", "3, 33.333333333333336 1/3", "zero, n/a zero/zero",
          "7, 28.571428571428573 2/7",
        ],
        ["4, 50 2/4", "7, 28.571428571428573 2/7"],
        ["1, 100 1/1", "10, 30 3/10"],
        ["11, 36.36363636363637 4/11"],
      ])
  }

  @Test func `a table by each of its groupings adds up the first`() throws {
    let output = TableOutput(
      name: "each", population: 0, groupings: [imd, age],
      breakdowns: [
        Breakdown(groupings: [0], isTotal: false), Breakdown(groupings: [1], isTotal: false),
        Breakdown(groupings: [], isTotal: true),
      ], statistics: [.count])
    let raw = RawTable(breakdowns: [
      [.people(3), .people(94)], [.people(48), .people(49)], [.people(97)],
    ])
    let results = try DisclosureGate.release(
      RawResults(outputs: [.table(raw)]),
      of: Plan(
        populations: [Population(name: "people", criteria: [])], outputs: [.table(output)]),
      under: try Policies.named("opensafely"))
    guard case .table(let table) = results.outputs[0] else { throw DrawingError() }
    #expect(table.drawn == [["R", "95"], ["50", "50"], ["95"]])
  }

  @Test func `rounded totals are treated like groups`() throws {
    let policy = try Policies.written(
      "round to midpoint 6", "totals rounded", "percentages to 0 decimals")
    let example = table([.people(1, 1), .people(8, 2), .people(14, 0), .people(20, 9)])
    #expect(
      try example.released(under: policy).drawn == [
        ["3, 100 3/3", "9, 33 3/9", "15, zero zero/15", "21, 43 9/21"],
        ["9, 33 3/9", "33, 27 9/33"],
        ["15, 20 3/15", "27, 33 9/27"],
        ["45, 20 9/45"],
      ])
  }

  @Test func `a whole population in one cell is a group`() throws {
    let example = RawExample(
      by: [], show: [.percent("reviewed")],
      cells: [
        RawCell(patients: 42, statistics: [.percent(numerator: 12)])
      ])
    #expect(try example.drawn(under: "opensafely") == [["40, 25 10/40"]])
  }

  @Test func `a sum of a boolean is a count of people`() throws {
    let example = RawExample(
      by: [.named("sex", levels: ["a", "b", "c", "d"])],
      show: [.tally("ill"), .fraction("ill")], totals: [[]],
      cells: [(40, 12, 40), (40, 7, 40), (40, 12, 36), (40, 12, 30)].map { patients, ill, known in
        RawCell(
          patients: patients,
          statistics: [
            .sum(.integer(ill), contributors: known),
            .mean(sum: .integer(ill), contributors: known),
          ])
      })
    // In the third group four people have no answer.
    #expect(
      try example.drawn(under: "opensafely") == [
        ["40, 10, 0.25 /40", "40, R, R /R", "40, R, R /R", "40, 10, 0.33 /30"],
        ["160, 20, 0.29 /70"],
      ])
  }
}
