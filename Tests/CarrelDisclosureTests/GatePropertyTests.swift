import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues
import TestSupport
import Testing

/// What must hold of whatever passes the gate, tried on tables drawn by a seeded generator.
@Suite("Whatever leaves") struct GatePropertyTests {
  /// A table of two groupings with every kind of statistic and all margins.
  static func example(
    _ cells: [RawCell], levels: [[String]] = [["a", "b", "c"], ["x", "y", "z", "w"]],
    names: [String] = ["g", "h"]
  ) -> RawExample {
    RawExample(
      by: zip(names, levels).map { .named($0, levels: $1) },
      show: [
        .count, .percent("p"), .tally("t"), .fraction("f"), .sum("s", in: 0...20),
        .mean("m", in: 0...20), .of("rate", .rate(.ofPeople, per: 1_000)),
        .of("ratio", .ratio(.ofPeople, to: .ofPeople)),
        .of("sd", .standardDeviation(.number(in: 0...20))),
        .of(
          "median",
          .quantile(.median, of: .number(in: 0...20), bins: BinScale(decimals: 0, count: 5))),
      ], totals: [[0], [1], []], cells: cells)
  }

  static func cell(using generator: inout SeededGenerator) -> RawCell {
    let most = [0, 8, 20, 200][Int.random(in: 0..<4, using: &generator)]
    let patients = Int.random(in: 0...most, using: &generator)
    let known =
      Bool.random(using: &generator) ? patients : Int.random(in: 0...patients, using: &generator)
    let part = Int.random(in: 0...patients, using: &generator)
    let yes = Int.random(in: 0...known, using: &generator)
    let total: Value =
      known == 0 ? .missing : .integer(Int.random(in: 0...20 * known, using: &generator))
    let bins = (0..<5).map { _ in Int.random(in: 0...known, using: &generator) }
    let tally: Value = known == 0 ? .missing : .integer(yes)
    return RawCell(
      patients: patients,
      statistics: [
        .count, .percent(numerator: part), .sum(tally, contributors: known),
        .mean(sum: tally, contributors: known), .sum(total, contributors: known),
        .mean(sum: total, contributors: known), .rate(RawSum(tally, contributors: known)),
        .ratio(
          RawSum(tally, contributors: known), to: RawSum(.integer(part), contributors: patients)),
        .standardDeviation(
          known < 2 ? .missing : .decimal(Double(part) / 3), of: RawSum(total, contributors: known)),
        .quantile(
          known == 0 ? .missing : .decimal(Double(part % 21)), peopleByBin: bins,
          of: RawSum(total, contributors: known)),
      ])
  }

  /// Tables with their cells, in the same order every time.
  static let tables: [[RawCell]] = {
    var generator = SeededGenerator(seed: 11)
    return (0..<60).map { _ in (0..<12).map { _ in cell(using: &generator) } }
  }()

  @Test("no count is a hidden one", arguments: Policies.names)
  func hiddenCounts(name: String) throws {
    let policy = try Policies.named(name)
    for cells in Self.tables {
      let table = try Self.example(cells).released(under: policy)
      for group in table.breakdowns.flatMap(\.groups) {
        let counts =
          [group.count, group.statistics[2].value]
          + group.statistics.flatMap { [$0.numerator, $0.denominator].compactMap(\.self) }
        for case .shown(let number) in counts {
          #expect(number.decimals == 0 && number.units > 0)
          #expect(policy.hiddenCounts?.contains(number.units) != true)
          if policy.rounding == .nearest(base: 5, ties: .up) { #expect(number.units % 5 == 0) }
        }
      }
    }
  }

  @Test("a percentage is worked out from the parts beside it", arguments: Policies.names)
  func percentages(name: String) throws {
    let policy = try Policies.named(name)
    for cells in Self.tables {
      let table = try Self.example(cells).released(under: policy)
      for statistic in table.breakdowns.flatMap(\.groups).map({ $0.statistics[1] }) {
        let parts = [statistic.numerator?.number, statistic.denominator?.number]
        guard let part = parts[0]?.units, let whole = parts[1]?.units else {
          #expect(statistic.value == .redacted)
          continue
        }
        switch statistic.value {
        case .notApplicable: #expect(whole == 0)
        case .zero: #expect(part == 0)
        case .shown(let number):
          let exact = 100 * Double(part) / Double(whole)
          let unit = ([0: 1.0, 1: 0.1] as [Int: Double])[policy.percentDecimals ?? 9] ?? 1e-9
          #expect(abs(number.approximation - exact) <= unit / 2 + 1e-9)
          if let decimals = policy.percentDecimals { #expect(number.decimals == decimals) }
        case .redacted, .missing: Issue.record("both parts are shown")
        }
      }
    }
  }

  @Test("where a count is hidden, so is everything about its group", arguments: Policies.names)
  func hiddenGroups(name: String) throws {
    let policy = try Policies.named(name)
    for cells in Self.tables {
      let table = try Self.example(cells).released(under: policy)
      for group in table.breakdowns.flatMap(\.groups) where group.count == .redacted {
        #expect(
          group.statistics.allSatisfy {
            [$0.value, $0.numerator ?? .redacted, $0.denominator ?? .redacted]
              .allSatisfy { $0 == .redacted }
          })
      }
    }
  }

  @Test("no total says anything that the groups do not", arguments: Policies.names)
  func totals(name: String) throws {
    let policy = try Policies.named(name)
    guard policy.totals == .sumOfShown else { return }
    // The same published groups, from other raw numbers: hidden ones become others that are hidden.
    for cells in Self.tables {
      let table = try Self.example(cells).released(under: policy)
      let changed = cells.map { policy.shows($0.patients) ? $0 : Self.smallest }
      #expect(try Self.example(changed).released(under: policy) == table)
    }
  }

  /// One person, which every policy that hides anything hides.
  static let smallest = RawCell(
    patients: 1,
    statistics: [
      .count, .percent(numerator: 1), .sum(.integer(1), contributors: 1),
      .mean(sum: .integer(1), contributors: 1), .sum(.integer(20), contributors: 1),
      .mean(sum: .integer(20), contributors: 1), .rate(RawSum(.integer(1), contributors: 1)),
      .ratio(RawSum(.integer(1), contributors: 1), to: RawSum(.integer(1), contributors: 1)),
      .standardDeviation(.missing, of: RawSum(.integer(20), contributors: 1)),
      .quantile(
        .decimal(20), peopleByBin: [1, 1, 1, 1, 1], of: RawSum(.integer(20), contributors: 1)),
    ])

  @Test("names and labels change no figure", arguments: Policies.names)
  func names(name: String) throws {
    let policy = try Policies.named(name)
    for cells in Self.tables.prefix(40) {
      let table = try Self.example(cells).released(under: policy)
      let renamed = try Self.example(
        cells, levels: [["", "=1+1", "c"], ["missing", "y", "ÿ", "1"]], names: ["other", "name"]
      ).released(under: policy)
      #expect(table.breakdowns == renamed.breakdowns)
    }
  }

  @Test("another order of levels gives the same figures in that order", arguments: Policies.names)
  func order(name: String) throws {
    let policy = try Policies.named(name)
    for cells in Self.tables.prefix(40) {
      let forward = try Self.example(cells).released(under: policy)
      let backward = try Self.example(cells.reversed()).released(under: policy)
      for (one, other) in zip(forward.drawn, backward.drawn) { #expect(one == other.reversed()) }
    }
  }

  @Test("A5: a real number is a multiple of its step", arguments: ["opensafely", "acro", "cms"])
  func steps(name: String) throws {
    let policy = try Policies.named(name)
    let factor = Double(max(try #require(policy.resolution), policy.rounding.base)) * 20
    for cells in Self.tables {
      let table = try Self.example(cells).released(under: policy)
      for group in table.breakdowns[0].groups {
        let known = group.statistics[5].denominator?.number?.units ?? 1
        // The fewest people who may be behind a number to the nearest 5.
        let fewest = policy.rounding == .none ? known : known - 2
        for (statistic, people) in [(group.statistics[4], 1), (group.statistics[5], fewest)] {
          guard case .shown(let number) = statistic.value else { continue }
          // A multiple of 1, 2 or 5 units of its last digit, which is no finer than the step.
          let unit = (0..<abs(number.decimals)).reduce(1.0) { unit, _ in
            number.decimals > 0 ? unit / 10 : unit * 10
          }
          let digit = [1, 2, 5].first { unit * Double($0) >= factor / Double(people) * (1 - 1e-12) }
          #expect(number.units % (try #require(digit)) == 0, "\(number) of \(people)")
        }
      }
    }
  }
}
