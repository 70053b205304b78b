import CarrelPolicy
import TestSupport
import Testing

@Suite("What becomes of a count") struct CountRuleTests {
  /// Published test vectors: OpenSAFELY's "suppress, then round" and midpoint 6.
  @Test(
    "suppressing and rounding agree with the published vectors",
    arguments: [
      (0, 0, 0), (1, nil, 3), (5, nil, 3), (6, nil, 3), (7, nil, 9), (8, 10, 9), (12, 10, 9),
      (13, 15, 15), (17, 15, 15), (18, 20, 15), (22, 20, 21), (23, 25, 21),
    ] as [(Int, Int?, Int)])
  func vectors(count: Int, toFive: Int?, toMidpoint: Int) throws {
    let midpoint = try Policies.written("round to midpoint 6")
    #expect(try Policies.named("opensafely").release(of: count).number == toFive)
    #expect(midpoint.release(of: count).number == toMidpoint)
  }

  /// Each formula is written from the policy's source and shares nothing with the program.
  @Test func `every policy treats every count to 60 as its source says`() throws {
    let toFive: (Int) -> Int? = { count in
      let multiples = [0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]
      return (1...7).contains(count) ? nil : multiples.first { abs($0 - count) <= 2 }
    }
    let belowTen: (Int) -> Int? = { count in
      let multiples = [10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]
      return count < 10 ? nil : multiples.first { abs($0 - count) <= 2 }
    }
    let formulas: [String: (Int) -> Int?] = [
      "opensafely": toFive, "nhs-england": toFive, "ons": belowTen,
      "nhse-sde": { $0 == 0 ? 0 : belowTen($0) },
      "omop": { (1...4).contains($0) ? nil : $0 },
      "opensafely-midpoint6": { $0 == 0 ? 0 : 6 * Int((Double($0) / 6).rounded(.up)) - 3 },
      "cohort-discovery": { count in
        let tens = Int((Double(count) / 10).rounded(.toNearestOrEven)) * 10
        return count == 0 ? 0 : count < 10 ? nil : tens
      },
      "acro": { $0 < 10 ? nil : $0 },
      "cms": { $0 == 0 || $0 > 10 ? $0 : nil },
      "exact": { $0 },
    ]
    #expect(formulas.keys.sorted() == Policies.names)
    for (name, formula) in formulas {
      let policy = try Policies.named(name)
      #expect((0...60).map { policy.release(of: $0).number } == (0...60).map(formula), "\(name)")
    }
  }

  @Test("no released count is a hidden one, nor nobody unless it is", arguments: Policies.names)
  func hiddenRange(name: String) throws {
    let policy = try Policies.named(name)
    for count in 0...1_000 {
      guard let number = policy.release(of: count).number else { continue }
      #expect(policy.hiddenCounts?.contains(number) != true)
      #expect((number == 0) == (count == 0))
    }
  }

  @Test func `ties of an even base go where the policy says`() throws {
    let up = try Policies.written("hide 1 to 9", "means need 10 patients", "round to 10 ties up")
    let even = try Policies.written(
      "hide 1 to 9", "means need 10 patients", "round to 10 ties even")
    let counts = [14, 15, 16, 24, 25, 26, 35]
    #expect(counts.map { up.release(of: $0).number } == [10, 20, 20, 20, 30, 30, 40])
    #expect(counts.map { even.release(of: $0).number } == [10, 20, 20, 20, 20, 30, 40])
  }

  @Test("the least count behind a figure is rounded to it and no smaller one is")
  func leastCount() {
    let roundings: [Rounding] = [
      .none, .midpointSix, .nearest(base: 5, ties: .up), .nearest(base: 10, ties: .up),
      .nearest(base: 10, ties: .even), .nearest(base: 7, ties: .up), .nearest(base: 2, ties: .even),
    ]
    for rounding in roundings {
      for figure in Set((0...200).map(rounding.rounded)) {
        let least = (0...200).first { rounding.rounded($0) == figure }
        #expect(rounding.least(roundedTo: figure) == least, "\(rounding) \(figure)")
      }
    }
  }
}

@Suite("What becomes of a part of a group") struct ShareRuleTests {
  @Test func `both the part and the group must pass`() throws {
    let policy = try Policies.named("opensafely")
    for whole in 0...60 {
      for part in 0...whole {
        let passes = !(1...7).contains(whole) && !(1...7).contains(part)
        #expect(policy.shows(part, of: whole) == passes, "\(part) of \(whole)")
      }
    }
  }

  @Test func `without rounding the rest must pass as well`() throws {
    let policy = try Policies.named("cms")
    for whole in 0...60 {
      for part in 0...whole {
        let passes = [whole, part, whole - part].allSatisfy { $0 == 0 || $0 > 10 }
        #expect(policy.shows(part, of: whole) == passes, "\(part) of \(whole)")
      }
    }
  }

  @Test func `where zeros are disclosive, so are none and all of a group`() throws {
    let policy = try Policies.named("acro")
    for whole in 0...60 {
      for part in 0...whole {
        let passes = [whole, part, whole - part].allSatisfy { $0 > 9 }
        #expect(policy.shows(part, of: whole) == passes, "\(part) of \(whole)")
      }
    }
    let rounding = try Policies.written(
      "hide 1 to 9", "zero hide", "round to 5", "means need 10 patients")
    #expect(rounding.shows(38, of: 40))
    #expect(!rounding.shows(40, of: 40))
    #expect(!rounding.shows(0, of: 40))
  }
}
