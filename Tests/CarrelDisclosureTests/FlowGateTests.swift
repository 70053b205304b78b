import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues
import TestSupport
import Testing

@Suite("Inclusion flows at the gate") struct FlowGateTests {
  /// The start, and then for each criterion how many are left out and how many remain.
  func drawn(_ universe: Int, _ remaining: [Int], under policy: Policy) throws -> [String] {
    let population = Population(
      name: "adults",
      criteria: remaining.indices.map {
        Criterion(
          label: "criterion \($0)", isExclusion: false,
          condition: .constant(.boolean(true), .boolean))
      })
    let plan = Plan(
      populations: [population], outputs: [.flow(FlowOutput(name: "flow", population: 0))])
    let raw = RawResults(outputs: [.flow(RawFlow(universe: universe, remaining: remaining))])
    let results = try DisclosureGate.release(raw, of: plan, under: policy)
    guard case .flow(let flow) = results.outputs[0] else { throw DrawingError() }
    return [flow.start.drawn] + flow.steps.map { "-\($0.leftOut.drawn) \($0.remaining.drawn)" }
  }

  @Test(
    "cells are the people left out and the last; small ones merge with a neighbour",
    arguments: [
      // Nothing small: 103, 58 and 39 people.
      (200, [97, 39], ["205", "-105 100", "-60 40"]),
      // The first step leaves out three, counted with the second: 61 and 39.
      (100, [97, 39], ["100", "-R R", "-R 40"]),
      // The last step leaves out three, counted with the one before: 61 and 39.
      (100, [42, 39], ["100", "-R R", "-R 40"]),
      // Three small steps together are seen: 9 and 91.
      (100, [97, 94, 91], ["100", "-R R", "-R R", "-R 90"]),
      // All small, and together too small: counted with those who remain.
      (100, [98, 97], ["100", "-R R", "-R R"]),
      // Few remain: counted with those left out last.
      (100, [60, 4], ["100", "-40 60", "-R R"]),
      // Nobody is left out at the first step, and few at the second.
      (100, [100, 97], ["100", "-zero 100", "-R R"]),
      // Nobody remains.
      (100, [40, 0], ["100", "-60 40", "-40 zero"]),
      // Too few people for anything.
      (6, [3, 1], ["R", "-R R", "-R R"]),
      (0, [0], ["zero", "-zero zero"]),
      (40, [], ["40"]),
    ])
  func merging(universe: Int, remaining: [Int], expected: [String]) throws {
    #expect(try drawn(universe, remaining, under: Policies.named("opensafely")) == expected)
  }

  @Test func `where zeros are disclosive a step that leaves nobody out is counted with the next`()
    throws
  {
    let policy = try Policies.named("acro")
    #expect(try drawn(100, [100, 60, 0], under: policy) == ["100", "-R R", "-R 60", "-R R"])
  }

  @Test func `under exact rules all is as it is`() throws {
    let policy = try Policies.named("exact")
    #expect(try drawn(100, [97, 97, 1], under: policy) == ["100", "-3 97", "-zero 97", "-96 1"])
  }

  @Test("C4: no difference of two published numbers is hidden", arguments: Policies.names)
  func differences(name: String) throws {
    let policy = try Policies.named(name)
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<2_000 {
      var people = Int.random(in: 0...60, using: &generator)
      let universe = people
      let remaining = (0..<Int.random(in: 0...5, using: &generator)).map { _ in
        people = Int.random(
          in: (people * Int.random(in: 0...1, using: &generator))...people, using: &generator)
        return people
      }
      let figures = try drawn(universe, remaining, under: policy)
        .compactMap { Int($0.split(separator: " ").last.map { $0 == "zero" ? "0" : $0 } ?? "") }
      for (before, after) in zip(figures, figures.dropFirst()) {
        #expect(after <= before)
        #expect(policy.hiddenCounts?.contains(before - after) != true, "\(universe) \(remaining)")
      }
      if let last = figures.last { #expect(policy.hiddenCounts?.contains(last) != true) }
    }
  }
}
