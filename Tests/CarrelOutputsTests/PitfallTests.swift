import CarrelDisclosure
import CarrelOutputs
import CarrelPlan
import CarrelPolicy
import CarrelValues
import TestSupport
import Testing

/// What went wrong in other programs that hide counts: each is a test here.
@Suite("Pitfalls of others") struct PitfallTests {
  static let sexes = Grouping.named("sex", levels: ["female", "male"])
  static let ages = Grouping.named("age", levels: ["young", "old"])

  private static func csv(_ example: RawExample, under policy: String = "opensafely") throws
    -> [Substring]
  {
    let text = try #require(try Examples.released(example, under: policy).file("example.csv"))
    return text.split(separator: "\n")
  }

  @Test func `a hidden count is never written as a zero`() throws {
    let example = RawExample(
      by: [Self.sexes], show: [.count], cells: [.people(3), .people(0)])
    #expect(try Self.csv(example).dropFirst() == ["group,female,,redacted", "group,male,0,zero"])
  }

  @Test func `a count is hidden for what it is, not for what it is rounded to`() throws {
    // 7 is nearer to 5 than to 10, and 8 to 10; 2 would be rounded to a harmless 0.
    for (people, line) in [(2, ",redacted"), (7, ",redacted"), (8, "10,shown")] {
      let example = RawExample(
        by: [Self.sexes], show: [.count], cells: [.people(people), .people(100)])
      #expect(try Self.csv(example)[1] == "group,female,\(line)")
    }
  }

  @Test("margins never undo what is hidden", arguments: ["opensafely", "acro", "omop", "cms"])
  func margins(policy: String) throws {
    let example = RawExample(
      by: [Self.sexes, Self.ages], show: [.count], totals: [[0], [1], []],
      cells: [.people(3), .people(40), .people(50), .people(60)])
    let lines = try Self.csv(example, under: policy)
    // Each total is the sum of what is shown beneath it: 40 of the 43 women, 50 of the 53 young.
    #expect(lines[1].hasSuffix(",,redacted"))
    #expect(lines[5] == "total,female,,40,shown" && lines[7] == "total,,young,50,shown")
    #expect(lines[9] == "total,,,150,shown")
  }

  @Test func `nothing beside a hidden count is shown`() throws {
    let example = RawExample(
      by: [Self.sexes], show: [.percent("ill"), .mean("bmi", in: 10...80)],
      cells: [(5, 5), (40, 20)].map { people, ill in
        RawCell(
          patients: people,
          statistics: [
            .percent(numerator: ill), .mean(sum: .integer(25 * people), contributors: people),
          ])
      })
    let fields = try Self.csv(example)[1].split(separator: ",", omittingEmptySubsequences: false)
    #expect(fields.dropFirst(2).map(String.init) == ["", "redacted"] * 6)
  }

  @Test func `no name, order or caption depends on a count`() throws {
    func names(_ people: [Int]) throws -> ([String], [Substring], [String]) {
      let example = RawExample(
        by: [Self.sexes, Self.ages], show: [.count], cells: people.map { .people($0) })
      let results = try Examples.released(example)
      let keys = try Self.csv(example).map { line in
        line.prefix { !$0.isNumber }.prefix(while: { $0 != "\n" })
      }
      return (
        OutputFiles.files(of: results).map(\.name), keys,
        TextTable(results.outputs[0], of: results).footer(.init(columns: 100))
      )
    }
    let (one, other) = (try names([100, 20, 30, 40]), try names([40, 30, 200, 100]))
    #expect(one == other)
  }

  @Test func `every group that could be has a line, nobody in it or not`() throws {
    let example = RawExample(
      by: [Self.sexes, Self.ages], show: [.count],
      cells: [.people(0), .people(40), .people(0), .people(0)])
    #expect(
      try Self.csv(example).dropFirst() == [
        "group,female,young,0,zero", "group,female,old,40,shown", "group,male,young,0,zero",
        "group,male,old,0,zero",
      ])
  }

  @Test func `a hundred events of one woman are one woman`() throws {
    let example = RawExample(
      by: [Self.sexes], show: [.count, .sum("visits", in: 0...100)],
      cells: [(1, 100), (40, 100)].map { people, visits in
        RawCell(
          patients: people, statistics: [.count, .sum(.integer(visits), contributors: people)])
      })
    #expect(try Self.csv(example)[1] == "group,female,,redacted,,redacted")
  }

  @Test func `years of few people are of few people`() throws {
    let rate = Statistic.of(
      "rate", .personTimeRate(.ofPeople, per: 1_000, days: .number(in: 0...36_525)))
    let example = RawExample(
      by: [Self.sexes], show: [rate],
      cells: [(3, 3, 90_000), (400, 40, 140_000)].map { people, events, days in
        RawCell(
          patients: people,
          statistics: [
            .ratio(
              RawSum(.integer(events), contributors: people),
              to: RawSum(.integer(days), contributors: people))
          ])
      })
    #expect(try Self.csv(example)[1] == "group,female" + ",,redacted" * 4)
  }

  @Test func `people who are in two parts are not taken for other people`() throws {
    // 20 of 40 have one thing and 25 another: they are not 45, and neither says who has both.
    let example = RawExample(
      by: [Self.sexes], show: [.percent("one"), .percent("other")], totals: [[]],
      cells: (0..<2).map { _ in
        RawCell(patients: 40, statistics: [.percent(numerator: 20), .percent(numerator: 25)])
      })
    let lines = try Self.csv(example, under: "acro")
    #expect(
      lines[1] == "group,female,40,shown,20,shown,40,shown,50.0,shown,25,shown,40,shown,62.5,shown")
  }

  @Test func `ties of rounding are pinned, in whole numbers`() {
    let up = Rounding.nearest(base: 10, ties: .up)
    let even = Rounding.nearest(base: 10, ties: .even)
    #expect([5, 15, 25, 35].map(up.rounded) == [10, 20, 30, 40])
    #expect([5, 15, 25, 35].map(even.rounded) == [0, 20, 20, 40])
    // Far beyond the whole numbers that a double holds.
    let large = 9_007_199_254_740_995
    #expect(up.rounded(large) == 9_007_199_254_741_000)
  }

  @Test func `the bytes do not say why something is hidden`() throws {
    func files(_ people: Int, _ other: Int) throws -> [OutputFile] {
      let sex = RawExample(
        by: [Self.sexes, Self.ages], show: [.count],
        cells: [.people(people), .people(other), .people(50), .people(60)])
      return OutputFiles.files(of: try Examples.released(sex, under: "omop"))
    }
    #expect(try files(1, 2) == files(4, 3))
  }

  @Test func `a sum of made-up weights is no finer than a count`() throws {
    // Of 500 people, 2 have the weight 501, 9 have 1000 and the others 1.
    let released = [(2, 9), (3, 8), (1, 10)].map { few, more -> [Substring]? in
      let sum = few * 501 + more * 1_000 + (500 - few - more)
      let example = RawExample(
        by: [Self.sexes], show: [.sum("payload", in: 1...1_000)],
        cells: [sum, sum].map {
          RawCell(patients: 500, statistics: [.sum(.integer($0), contributors: 500)])
        })
      return try? Self.csv(example)
    }
    #expect(released[0] != nil && Set(released).count == 1)
  }
}

extension [String] {
  fileprivate static func * (texts: [String], times: Int) -> [String] {
    (0..<times).flatMap { _ in texts }
  }
}

extension String {
  fileprivate static func * (text: String, times: Int) -> String {
    String(repeating: text, count: times)
  }
}
