import CarrelDifferencing

/// A new table of 100 cells held against 100 earlier ones of 100 cells: test T1 of the guard across
/// releases, with reading the label vectors.
struct DifferencingBenchmark {
  let patientCount: Int
  /// What the design asks for, on one core.
  let goalSeconds: Double

  static let all = [
    DifferencingBenchmark(patientCount: 1_000_000, goalSeconds: 0.3),
    DifferencingBenchmark(patientCount: 10_000_000, goalSeconds: 10.0 / 6),
  ]

  private static let cellCount: UInt32 = 100
  private static let earlierCount = 100
  /// Different label vectors among the earlier tables; the rest are the same ones again, so that
  /// making them does not take longer than what is measured.
  private static let vectorCount = 4

  /// A vector in which every patient is in a cell by a draw of their own.
  private func vector(_ seed: UInt64) -> LabelVector {
    var generator = SplitMix(state: seed)
    var builder = LabelVectorBuilder()
    for index in 0..<UInt32(patientCount) {
      let label = UInt32(truncatingIfNeeded: generator.next() >> 32) % Self.cellCount + 1
      builder.append(index: index, label: label)
    }
    return builder.finished()
  }

  private func table(_ name: String) -> GuardedTable {
    var generator = SplitMix(state: UInt64(name.utf8.reduce(0) { $0 &* 31 &+ Int($1) }))
    let middle = patientCount / Int(Self.cellCount)
    return GuardedTable(
      figures: (1...Int(Self.cellCount)).map { label in
        GuardedFigure(
          labels: [label], published: .interval((middle / 2)...(middle * 2)),
          identity: "\(name) \(label)", key: generator.next())
      })
  }

  /// Processor seconds of one cross-tabulation, and of the comparison with all earlier tables.
  func run() throws(LabelVectorError) -> (one: Double, all: Double, bytes: Int) {
    let vectors = (0...Self.vectorCount).map { vector(UInt64($0 + 1)) }
    let packed = vectors.map(\.bytes)
    var start = Usage.now
    let shared = CrossTabulation(vectors[0], vectors[1])
    let one = Usage.now.seconds - start.seconds
    precondition(shared.entries.reduce(0) { $0 + $1.count } == patientCount)
    let new = table("new")
    let earlier = (0..<Self.earlierCount).map { table("earlier \($0)") }
    start = Usage.now
    // Each earlier vector is read from its bytes, as the worker does.
    let residues = try DifferencingGuard(DifferencingRules(minimum: 7)).differences(
      of: new, vectors[0], against: earlier,
      earlierVector: { number throws(LabelVectorError) in
        try LabelVector(packed[1 + number % Self.vectorCount])
      })
    precondition(residues.isEmpty)
    return (one, Usage.now.seconds - start.seconds, packed[0].count)
  }

  /// Runs each size twice and prints it beside its goal.
  static func printAll() throws(LabelVectorError) -> Bool {
    print("differencing, 100 x 100 cells: processor seconds of 100 tables (goal), of one, memory")
    var isMet = true
    for benchmark in all {
      let first = try benchmark.run()
      let second = try benchmark.run()
      let outcome = first.all < second.all ? first : second
      let isGood = outcome.all <= benchmark.goalSeconds
      isMet = isMet && isGood
      print(
        "\(benchmark.patientCount) patients: \((outcome.all * 1e3).rounded() / 1e3)",
        "(\((benchmark.goalSeconds * 1e3).rounded() / 1e3)), \((outcome.one * 1e4).rounded() / 1e4),",
        "\(outcome.bytes / 1_000_000) MB a vector, \(Usage.now.peakMebibytes) MiB",
        isGood ? "" : "NOT MET")
    }
    return isMet
  }
}
