public import CarrelWitness

/// Derives what a reader can: for every hidden cell the exact interval of whole numbers.
///
/// Whatever is said is proved by witnesses: a bound is the value of the cell in a table that agrees
/// with every fact. Facts are reduced by integer reasoning and split into components; where a
/// component is a network, flows give the answer, elsewhere a simplex method with branch and bound.
/// That no table goes further rests on the method; that two tables differ needs no trust at all.
public struct Audit: Sendable {
  /// The interval of each hidden cell, in the order asked.
  public let intervals: [CellInterval]
  /// Tables that agree with every fact, between them at both ends of every interval.
  public let witnesses: WitnessTables

  /// How far the search goes for one bound before it gives up; the cell is then not decided.
  public static let defaultNodeLimit = 2_000

  /// Audits the hidden cells of a problem.
  ///
  /// - Parameters:
  ///   - problem: The facts, and the cells asked about.
  ///   - nodeLimit: The most nodes of branch and bound for each bound of a cell.
  /// - Throws: An ``AuditError`` if no table agrees with the facts, or none is found.
  public init(
    _ problem: AuditProblem, nodeLimit: Int = defaultNodeLimit
  ) throws(AuditError) {
    let reduced = try Presolve(problem)
    var (components, places) = Component.split(reduced, table: Self.start(problem))
    var known = [Int](repeating: 0, count: problem.cells.count)
    var parts = [[(component: Int, target: Int)]](repeating: [], count: problem.cells.count)
    for (cell, atoms) in problem.cells.enumerated() {
      var inside: [Int: [Int]] = [:]
      for atom in atoms {
        if let place = places[atom] {
          inside[place.component, default: []].append(place.number)
        } else {
          known[cell] += reduced.low[atom]
        }
      }
      for component in inside.keys.sorted() {
        parts[cell].append((component, components[component].targets.count))
        components[component].targets.append(inside[component] ?? [])
      }
    }
    var answers: [ComponentAnswer] = []
    for component in components {
      answers.append(try component.answer(nodeLimit: nodeLimit))
    }
    var base = reduced.low
    for (component, answer) in zip(components, answers) {
      for (atom, value) in zip(component.atoms, answer.base) { base[atom] = value }
    }
    var collector = WitnessCollector(base: base)
    intervals = problem.cells.indices.map { cell in
      var interval = CellInterval(
        low: known[cell], high: known[cell], isDecided: true, lowWitness: 0, highWitness: 0)
      var (lowChanges, highChanges) = ([WitnessTables.Change](), [WitnessTables.Change]())
      for part in parts[cell] {
        let extremes = answers[part.component].extremes[part.target]
        let atoms = components[part.component].atoms
        interval.low += extremes.low
        interval.high = interval.high.map { $0 + extremes.high }
        interval.isDecided = interval.isDecided && extremes.isDecided
        lowChanges += extremes.lowChanges.map { .init(atoms[$0.atom], $0.difference) }
        highChanges += extremes.highChanges.map { .init(atoms[$0.atom], $0.difference) }
      }
      if !problem.cells[cell].allSatisfy({ reduced.isBounded[$0] }) { interval.high = nil }
      interval.lowWitness = collector.add(lowChanges)
      interval.highWitness = collector.add(highChanges)
      return interval
    }
    witnesses = collector.tables
  }

  /// The table given, where it agrees; one that does not is of no use.
  private static func start(_ problem: AuditProblem) -> [Int]? {
    guard let table = problem.table else { return nil }
    let checker = WitnessChecker(facts: problem.facts, protecting: [])
    return checker.faults(in: WitnessTables(base: table)).isEmpty ? table : nil
  }
}

/// Gathers witnesses, each only once.
private struct WitnessCollector {
  var tables: WitnessTables
  private var numbers: [[WitnessTables.Change]: Int] = [[]: 0]

  init(base: [Int]) { tables = WitnessTables(base: base) }

  /// The number of the table with these differences from the base.
  mutating func add(_ changes: [WitnessTables.Change]) -> Int {
    let changes = changes.sorted { $0.atom < $1.atom }
    if let known = numbers[changes] { return known }
    tables.others.append(changes)
    numbers[changes] = tables.others.count
    return tables.others.count
  }
}
