import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues
import TestSupport
import Testing

@Suite("Means and sums of measures at the gate") struct MeasureGateTests {
  func mean(
    _ sum: Double?, of known: Int, in patients: Int? = nil, range: ClosedRange<Double>? = 10...80
  ) -> RawExample {
    RawExample(
      by: [], show: [.mean("bmi", in: range)],
      cells: [
        RawCell(
          patients: patients ?? known,
          statistics: [
            .mean(sum: sum.map { Value.decimal(finite: $0) } ?? .missing, contributors: known)
          ])
      ])
  }

  func sum(_ sum: Int, of known: Int, range: ClosedRange<Double>?) -> RawExample {
    RawExample(
      by: [], show: [.sum("visits", in: range)],
      cells: [
        RawCell(patients: known, statistics: [.sum(.integer(sum), contributors: known)])
      ])
  }

  /// For a value that may be made up R is 5, the base of rounding, and the range is 70 wide: the
  /// step is 350 / n, taken up to 1, 2 or 5.
  @Test(
    "a mean is a multiple of a step of at least R·w/n",
    arguments: [
      // 350 / 98 = 3.57…: a step of 5.
      (27.4, 100, "25 /100"), (27.6, 100, "30 /100"),
      // 350 / 348 = 1.006 (the fewest people rounded to 350): a step of 2.
      (27.4, 350, "28 /350"),
      // 350 / 352.99… would do for 1: the fewest rounded to 355 are 353.
      (27.4, 355, "27 /355"),
      // 350 / 3,998 = 0.0875: a step of 0.1.
      (27.44, 4_000, "27.4 /4000"), (27.46, 4_000, "27.5 /4000"), (27.0, 4_000, "27.0 /4000"),
    ])
  func step(value: Double, people: Int, expected: String) throws {
    let example = mean(value * Double(people), of: people)
    #expect(try example.drawn(under: "opensafely") == [["\(people), \(expected)"]])
  }

  @Test func `a sum is a multiple of a step of at least R·w`() throws {
    // 5 · 20 = 100.
    #expect(try sum(1_234, of: 200, range: 0...20).drawn(under: "opensafely") == [["200, 1200"]])
    #expect(try sum(1_250, of: 200, range: 0...20).drawn(under: "opensafely") == [["200, 1300"]])
    // 1 · 20, and no rounding of counts.
    #expect(try sum(1_234, of: 201, range: 0...20).drawn(under: "cms") == [["201, 1240"]])
  }

  @Test func `without declared bounds nothing leaves except in full`() throws {
    #expect(try mean(2_740, of: 100, range: nil).drawn(under: "opensafely") == [["100, R /R"]])
    #expect(try sum(1_234, of: 200, range: nil).drawn(under: "cms") == [["200, R"]])
    #expect(try sum(1_234, of: 200, range: nil).drawn(under: "exact") == [["200, 1234"]])
    #expect(try mean(1, of: 3, range: nil).drawn(under: "exact") == [["3, 0.3333333333333333 /3"]])
    #expect(try mean(2_740, of: 100, range: 5...5).drawn(under: "opensafely") == [["100, R /R"]])
  }

  @Test("a mean needs enough people with a value", arguments: Policies.names)
  func enoughPeople(name: String) throws {
    let policy = try Policies.named(name)
    for known in 1...30 {
      let figures = try mean(Double(known) * 45, of: known, in: 200).released(under: policy).figures
      let isShown = !figures.contains(.redacted)
      // Half of 70 above 10 for each of them: the sum is worth as many people as half of them.
      let isWorthEnough = known >= 2 * ((policy.hiddenCounts?.upperBound ?? -1) + 1)
      #expect(isShown == (known >= policy.fewestForMean && isWorthEnough), "\(name) \(known)")
    }
  }

  @Test func `a few people without a value hide the mean`() throws {
    #expect(try mean(4_000, of: 100, in: 107).drawn(under: "opensafely") == [["105, R /R"]])
    #expect(try mean(4_000, of: 100, in: 108).drawn(under: "opensafely") == [["110, 40 /100"]])
  }

  @Test func `a mean of nobody is missing, not hidden`() throws {
    #expect(try mean(nil, of: 0, in: 40).drawn(under: "opensafely") == [["40, missing /zero"]])
    #expect(try mean(nil, of: 0).drawn(under: "opensafely") == [["zero, missing /zero"]])
    #expect(try mean(nil, of: 0, in: 40).drawn(under: "acro") == [["40, R /R"]])
  }

  @Test(
    "a value that marks a few people says no more than their hidden count",
    arguments: 1...7)
  func weightedFew(targets: Int) throws {
    // 1000 for the targets and 1 for all others, and the other way round.
    let sums = [targets * 1_000 + 500 - targets, targets + (500 - targets) * 1_000]
    for total in sums {
      #expect(
        try mean(Double(total), of: 500, range: 1...1_000).drawn(under: "opensafely") == [
          ["500, R /R"]
        ])
    }
  }

  @Test func `a value that marks more people says no more than their rounded count`() throws {
    let published = try (8...60).map { targets in
      try sum(targets * 1_000, of: 500, range: 0...1_000).drawn(under: "opensafely")[0][0]
    }
    let expected = (8...60).map { targets in
      "500, \((targets * 1_000 + 2_500) / 5_000 * 5_000)"
    }
    #expect(published == expected)
  }

  @Test func `where only zeros are hidden a mean between the ends of its range is shown`() throws {
    let policy = try Policies.written("zero hide", "resolution 1")
    #expect(try mean(3_000, of: 100).released(under: policy).drawn == [["100, 30 /100"]])
    #expect(try mean(1_000, of: 100).released(under: policy).drawn == [["100, R /R"]])
  }

  @Test func `totals of means are worked out from the means that are shown`() throws {
    let example = RawExample(
      by: [.named("sex", levels: ["a", "b", "c"])],
      show: [.mean("bmi", in: 10...80), .sum("visits", in: 0...20)], totals: [[]],
      cells: [(100, 2_500), (300, 9_000), (6, 600)].map { people, total in
        RawCell(
          patients: people,
          statistics: [
            .mean(sum: .integer(total), contributors: people),
            .sum(.integer(total), contributors: people),
          ])
      })
    // (25 · 100 + 30 · 300) / 400 = 28.75, to a step of 1 (350 / 400 = 0.875).
    #expect(
      try example.drawn(under: "opensafely") == [
        ["100, 25 /100, R", "300, 30 /300, R", "R, R /R, R"], ["400, 29 /400, R"],
      ])
  }

  @Test func `numbers too large or too small for a step are hidden, never a crash`() throws {
    let ranges: [ClosedRange<Double>] = [
      0...1e300, 1e15...(1e15 + 1), -1e-300...1e-300, 0...Double.leastNonzeroMagnitude,
    ]
    for range in ranges {
      for value in [range.lowerBound, range.upperBound, 1e308, -1e308, 0] {
        let figures = try mean(value, of: 100, range: range)
          .released(under: Policies.named("opensafely")).figures
        #expect(!figures.isEmpty)
      }
    }
  }
}

@Suite("Released numbers") struct ReleasedNumberTests {
  /// What a mean of one number is under `exact`.
  func inFull(_ number: Double) throws -> String {
    let example = RawExample(
      by: [], show: [.mean("x", in: nil)],
      cells: [
        RawCell(
          patients: 1, statistics: [.mean(sum: .decimal(finite: number), contributors: 1)])
      ])
    let group = try example.released(under: Policies.named("exact")).breakdowns[0].groups[0]
    return group.statistics[0].value.drawn
  }

  @Test(
    "are written in plain digits",
    arguments: [
      (0, "0"), (1, "1"), (-1.5, "-1.5"), (0.25, "0.25"), (-0.001, "-0.001"), (1e-7, "0.0000001"),
      (1e16, "10000000000000000"), (1.5e20, "150000000000000000000"), (0.1, "0.1"),
      (123_456_789.125, "123456789.125"), (100, "100"),
    ])
  func digits(number: Double, expected: String) throws {
    #expect(try inFull(number) == expected)
  }

  @Test func `give back every number in full`() throws {
    var generator = SeededGenerator(seed: 3)
    let numbers =
      [Double.leastNonzeroMagnitude, .greatestFiniteMagnitude, .pi, 1 / 3.0]
      + (0..<500).map { _ in Double(bitPattern: generator.next()) }.filter(\.isFinite)
    for number in numbers { #expect(Double(try inFull(number)) == number) }
  }
}
