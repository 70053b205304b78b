import CarrelAudit
import CarrelWitness

/// A table of invented counts with its sums, as tests and their answers see it.
struct DrawnTable {
  /// The people in each atom.
  var table: [Int]
  /// Every figure: the atoms that it sums.
  var figures: [[Int]]
  /// What the policy hides; zeros are shown.
  var hidden: ClosedRange<Int>

  /// A table of any number of dimensions with every margin, and halves of the first if asked.
  init(
    sizes: [Int], hidden: ClosedRange<Int>, hasHalves: Bool = false,
    using generator: inout SplitMix, draw: (inout SplitMix) -> Int
  ) {
    let count = sizes.reduce(1, *)
    table = (0..<count).map { _ in draw(&generator) }
    self.hidden = hidden
    var groups = sizes.map { size in (0..<size).map { [$0] } + (size > 1 ? [Array(0..<size)] : []) }
    if hasHalves {
      let half = sizes[0] / 2
      groups[0] += [Array(0..<half), Array(half..<sizes[0])].filter { $0.count > 1 }
    }
    figures = [[0]]
    for (size, groups) in zip(sizes, groups) {
      figures = figures.flatMap { atoms in
        groups.map { group in atoms.flatMap { atom in group.map { atom * size + $0 } } }
      }
    }
  }

  func count(_ figure: Int) -> Int { figures[figure].reduce(0) { $0 + table[$1] } }

  func isPrimary(_ figure: Int) -> Bool { hidden.contains(count(figure)) }

  /// The figures that the policy hides.
  var primaries: [Int] { figures.indices.filter(isPrimary) }

  /// What the choice sees: no counts.
  ///
  /// A reader may or may not know that no hidden count is zero.
  func problem(
    key: UInt64 = 1, knowsZeros: Bool, mayHideSums: Bool = false,
    protection: WitnessChecker.Protection = .notExact
  ) -> SuppressionProblem {
    let cells = figures.indices.map { figure in
      let isFixed = count(figure) == 0 || (figures[figure].count > 1 && !mayHideSums)
      var order = SplitMix(seed: key &* 1_000_003 &+ UInt64(figure))
      return SuppressionProblem.Cell(
        figures[figure], isPrimary(figure) ? .primary : isFixed ? .shown : .eligible,
        order: order.next(),
        canFall: !isPrimary(figure) || (!knowsZeros && hidden.lowerBound > 0))
    }
    return SuppressionProblem(atomCount: table.count, cells: cells, protection: protection)
  }

  /// What a reader knows once primary figures and companions are hidden.
  func facts(hiding companions: [Int], knowsZeros: Bool) -> [PublishedFact] {
    let dark = Set(companions + primaries)
    return figures.indices.compactMap { figure in
      if !dark.contains(figure) { return PublishedFact(figures[figure], is: count(figure)) }
      return knowsZeros ? PublishedFact(figures[figure], from: hidden.lowerBound, to: nil) : nil
    }
  }

  /// Whether the exact audit finds every primary figure safe.
  func isSafe(hiding companions: [Int], knowsZeros: Bool) throws -> Bool {
    let problem = AuditProblem(
      atomCount: table.count, facts: facts(hiding: companions, knowsZeros: knowsZeros),
      cells: primaries.map { figures[$0] }, table: table)
    return try Audit(problem).intervals.allSatisfy { $0.isDecided && !$0.isExact }
  }
}

/// The generator of Steele, Lea and Flood, with a seed that the test names.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
