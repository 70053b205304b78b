import CarrelAudit
import CarrelWitness
import Foundation
import Testing

/// How many times more random tables to try: `make soak` asks for many.
private let scale = ProcessInfo.processInfo.environment["CARREL_SOAK"].flatMap { Int($0) } ?? 1

@Suite("Companions of hidden cells") struct SuppressionTests {
  static let shapes: [(sizes: [Int], hasHalves: Bool)] = [
    ([3, 3], false), ([4, 4], false), ([6, 5], false), ([2, 9], false), ([8], false),
    ([6, 4], true), ([3, 3, 3], false), ([4, 3, 2], false), ([5, 5, 4], false),
  ]

  @Test("no random table leaves with a hidden cell that can be derived", arguments: [true, false])
  func safe(knowsZeros: Bool) throws {
    var generator = SplitMix(seed: knowsZeros ? 41 : 42)
    var (open, primaryCount) = (0, 0)
    for number in 0..<(scale * 126) {
      let shape = Self.shapes[number % Self.shapes.count]
      let table = DrawnTable(
        sizes: shape.sizes, hidden: 1...7, hasHalves: shape.hasHalves, using: &generator
      ) { generator in
        Int.random(in: 0..<5, using: &generator) == 0
          ? Int.random(in: 0...7, using: &generator) : Int.random(in: 8...60, using: &generator)
      }
      let problem = table.problem(knowsZeros: knowsZeros, mayHideSums: true)
      let chosen = Suppression(problem)
      open += chosen.unprotected.count
      primaryCount += table.primaries.count
      let facts = table.facts(hiding: chosen.companions, knowsZeros: knowsZeros)
      let faults = WitnessChecker(facts: facts, protecting: chosen.protectedCells).faults(
        in: chosen.witnesses(at: table.table))
      #expect(faults.isEmpty, "table \(number)")
      if chosen.unprotected.isEmpty {
        let isSafe = try table.isSafe(hiding: chosen.companions, knowsZeros: knowsZeros)
        #expect(isSafe, "table \(number)")
      }
    }
    #expect(open * 100 < primaryCount, "\(open) of \(primaryCount) are left open")
    if scale > 1 {
      print("\(scale * 126) tables, \(primaryCount) hidden cells, \(open) left open to be held")
    }
  }

  @Test(
    "few more cells are hidden than must be", arguments: [true, false],
    [[4, 4], [3, 5], [3, 3, 2]])
  func few(knowsZeros: Bool, sizes: [Int]) throws {
    var generator = SplitMix(seed: 7)
    var (chosen, fewest) = (0, 0)
    // Tables of three dimensions seldom need a companion, so more of them are drawn.
    for _ in 0..<(scale * (sizes.count > 2 ? 40 : 8)) {
      let table = DrawnTable(sizes: sizes, hidden: 1...7, using: &generator) { generator in
        Int.random(in: 0..<6, using: &generator) == 0
          ? Int.random(in: 1...7, using: &generator) : Int.random(in: 8...60, using: &generator)
      }
      guard !table.primaries.isEmpty else { continue }
      let choice = Suppression(table.problem(knowsZeros: knowsZeros))
      guard choice.unprotected.isEmpty, choice.companions.count <= 6 else { continue }
      chosen += choice.companions.count
      // A choice that must hold whatever the counts are is held to the best of its kind.
      let judged = knowsZeros ? table.leastOfItsPattern : table
      fewest += try judged.fewestCompanions(
        atMost: choice.companions.count, knowsZeros: knowsZeros)
    }
    #expect(fewest > 0)
    #expect(Double(chosen) <= 1.2 * Double(fewest), "\(chosen) hidden, \(fewest) needed")
    if scale > 1 {
      print("\(sizes), zeros known \(knowsZeros): \(chosen) hidden, \(fewest) needed")
    }
  }

  @Test func `the choice never depends on counts`() throws {
    // Every table of two rows and three columns whose counts are one of these.
    let counts = [0, 1, 2, 7, 8, 40]
    var choices: [[Bool]: Set<[Int]>] = [:]
    for number in 0..<46_656 {
      var generator = SplitMix(seed: 0)
      var digits = number
      let table = DrawnTable(sizes: [2, 3], hidden: 1...7, using: &generator) { _ in
        defer { digits /= 6 }
        return counts[digits % 6]
      }
      guard number % 17 == 0 else { continue }
      let pattern = table.figures.indices.flatMap {
        [table.isPrimary($0), table.count($0) == 0]
      }
      let choice = Suppression(table.problem(knowsZeros: true, mayHideSums: true))
      choices[pattern, default: []].insert(choice.companions)
    }
    #expect(choices.count > 50)
    #expect(choices.values.allSatisfy { $0.count == 1 })
  }
}

extension DrawnTable {
  /// The table of the same pattern in which hidden counts are least and all others plenty.
  fileprivate var leastOfItsPattern: DrawnTable {
    var least = self
    for atom in table.indices where table[atom] > 0 {
      least.table[atom] = hidden.contains(table[atom]) ? hidden.lowerBound : 60
    }
    return least
  }

  /// The fewest leaves whose hiding makes this very table safe, found by trying every choice.
  func fewestCompanions(atMost most: Int, knowsZeros: Bool) throws -> Int {
    let eligible = figures.indices.filter {
      figures[$0].count == 1 && count($0) > 0 && !isPrimary($0)
    }
    for size in 0..<most {
      if try anyChoice(of: size, from: eligible[...], chosen: [], knowsZeros: knowsZeros) {
        return size
      }
    }
    return most
  }

  /// Whether a shown sum has but one hidden leaf, and the policy hides it: certainly not safe.
  private func leavesOneAlone(hiding companions: [Int]) -> Bool {
    let dark = Set(companions + primaries)
    var leaf = [Int: Int]()
    for figure in dark where figures[figure].count == 1 { leaf[figures[figure][0]] = figure }
    return figures.indices.contains { sum in
      guard figures[sum].count > 1, !dark.contains(sum) else { return false }
      let hidden = figures[sum].compactMap { leaf[$0] }
      return hidden.count == 1 && isPrimary(hidden[0])
    }
  }

  private func anyChoice(
    of size: Int, from eligible: ArraySlice<Int>, chosen: [Int], knowsZeros: Bool
  ) throws -> Bool {
    if size == 0 {
      return try !leavesOneAlone(hiding: chosen) && isSafe(hiding: chosen, knowsZeros: knowsZeros)
    }
    for (place, figure) in zip(eligible.indices, eligible) where eligible.endIndex - place >= size {
      if try anyChoice(
        of: size - 1, from: eligible[(place + 1)...], chosen: chosen + [figure],
        knowsZeros: knowsZeros)
      {
        return true
      }
    }
    return false
  }
}
