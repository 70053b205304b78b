import CarrelAudit
import CarrelWitness

/// One size of table for secondary suppression and its proof, with the time it may take.
struct AuditBenchmark {
  let name: String
  let sizes: [Int]
  /// What the design asks for, on one core.
  let goalSeconds: Double

  static let all = [
    AuditBenchmark(name: "1k cells, two-way", sizes: [32, 32], goalSeconds: 0.02),
    AuditBenchmark(name: "10k cells, two-way", sizes: [100, 100], goalSeconds: 0.2),
    AuditBenchmark(name: "10k cells, three-way", sizes: [22, 22, 21], goalSeconds: 10),
    AuditBenchmark(name: "100k cells, two-way", sizes: [1_000, 100], goalSeconds: 3),
  ]

  /// A table of invented counts, one in twenty of them hidden.
  struct Table {
    var counts: [Int] = []
    var figures: [[Int]] = [[0]]

    init(sizes: [Int]) {
      var generator = SplitMix(state: 20_260_413)
      counts = (0..<sizes.reduce(1, *)).map { _ in
        Int.random(in: 0..<20, using: &generator) == 0
          ? Int.random(in: 1...7, using: &generator) : Int.random(in: 8...900, using: &generator)
      }
      for size in sizes {
        figures = figures.flatMap { atoms in
          ((0..<size).map { [$0] } + [Array(0..<size)]).map { group in
            atoms.flatMap { atom in group.map { atom * size + $0 } }
          }
        }
      }
    }

    func count(_ figure: Int) -> Int { figures[figure].reduce(0) { $0 + counts[$1] } }

    /// The figures in the order of a key, of which those from 1 to 7 are hidden.
    var problem: SuppressionProblem {
      var generator = SplitMix(state: 7)
      return SuppressionProblem(
        atomCount: counts.count,
        cells: figures.indices.map { figure in
          let isPrimary = (1...7).contains(count(figure))
          return SuppressionProblem.Cell(
            figures[figure],
            isPrimary ? .primary : figures[figure].count == 1 ? .eligible : .shown,
            order: generator.next(), canFall: !isPrimary)
        })
    }
  }

  /// What one run took and came to.
  struct Outcome {
    var seconds: Double
    var primaryCount: Int
    var companionCount: Int
    var unprotectedCount: Int
    var isProved: Bool
  }

  /// Primary cells, companions, witnesses and the checker's verdict, from counts to the end.
  func run() -> Outcome {
    let table = Table(sizes: sizes)
    let start = Usage.now
    let problem = table.problem
    let chosen = Suppression(problem)
    let dark = Set(
      chosen.companions + problem.cells.indices.filter { problem.cells[$0].role == .primary })
    let facts = table.figures.indices.map { figure in
      dark.contains(figure)
        ? PublishedFact(table.figures[figure], from: 1, to: nil)
        : PublishedFact(table.figures[figure], is: table.count(figure))
    }
    let faults = WitnessChecker(facts: facts, protecting: chosen.protectedCells).faults(
      in: chosen.witnesses(at: table.counts))
    return Outcome(
      seconds: Usage.now.seconds - start.seconds,
      primaryCount: problem.cells.count { $0.role == .primary },
      companionCount: chosen.companions.count, unprotectedCount: chosen.unprotected.count,
      isProved: faults.isEmpty)
  }
}

/// The generator of Steele, Lea and Flood.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

extension AuditBenchmark {
  /// Runs each benchmark a few times and prints the fastest run beside its goal.
  ///
  /// - Returns: Whether every goal is met.
  static func printAll() -> Bool {
    print(
      "secondary suppression with proof: processor seconds (goal), hidden, companions, peak memory")
    var isMet = true
    for benchmark in all {
      let runs = (0..<3).map { _ in benchmark.run() }
      guard let best = runs.min(by: { $0.seconds < $1.seconds }) else { continue }
      let isGood =
        best.seconds <= benchmark.goalSeconds && best.isProved && best.unprotectedCount == 0
      isMet = isMet && isGood
      print(
        "\(benchmark.name): \((best.seconds * 1e4).rounded() / 1e4) (\(benchmark.goalSeconds)),",
        "\(best.primaryCount), \(best.companionCount), \(Usage.now.peakMebibytes) MiB",
        isGood ? "" : "NOT MET: \(best.unprotectedCount) open, proved \(best.isProved)")
    }
    return isMet
  }
}
