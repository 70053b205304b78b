import CarrelEngine
import CarrelPlan
import CarrelSQL
import CarrelValues
import Glibc
import TestSupport
import Testing

/// Both engines on the same random plans and records.
///
/// `CARREL_SEED` and `CARREL_PLANS` choose other cases or more of them.
@Suite("Engines agree on random plans") struct DifferentialTests {
  static let seed = setting("CARREL_SEED") ?? 2_024
  static let planCount = setting("CARREL_PLANS") ?? 2_000
  static let plansPerDatabase = 20

  static func setting(_ name: String) -> Int? {
    getenv(name).flatMap { Int(String(cString: $0)) }
  }

  @Test func `the reference engine and SQL give the same results for every plan`() async throws {
    let start = ContinuousClock.now
    let comparisons = try await withThrowingTaskGroup(of: Int.self) { group in
      for batch in 0..<Self.planCount / Self.plansPerDatabase {
        group.addTask { try Batch(seed: Self.seed, number: batch).run() }
      }
      return try await group.reduce(0, +)
    }
    let elapsed = ContinuousClock.now - start
    print(
      """
      differential: \(Self.planCount) plans, \(comparisons) values and cells compared, \
      seed \(Self.seed), \(elapsed)
      """)
  }

  @Test func `every expression, operator, query and statistic is among the random plans`() {
    var met: Set<String> = []
    for batch in 0..<min(10, Self.planCount / Self.plansPerDatabase) {
      for plan in Batch(seed: Self.seed, number: batch).plans { met.formUnion(Kinds.of(plan)) }
    }
    #expect(Kinds.all.subtracting(met).sorted() == [])
    #expect(met.subtracting(Kinds.all).sorted() == [])
  }

  @Test func `every spread of values is among the random results`() throws {
    var met: Set<Spread> = []
    for batch in 0..<min(10, Self.planCount / Self.plansPerDatabase) {
      for sum in try Batch(seed: Self.seed, number: batch).sums() { met.formUnion(Spread.of(sum)) }
    }
    #expect(Set(Spread.allCases).subtracting(met) == [])
  }
}

/// How the values of a group can be spread.
private enum Spread: CaseIterable {
  case allAlike, someAlike, noneAlike, isDominated, isNotDominated, hasRemainder, hasNoRemainder

  /// What is true of a sum over two patients or more.
  static func of(_ sum: RawSum) -> Set<Spread> {
    guard sum.contributors > 2 else { return [] }
    let concentration = sum.concentration
    return [
      concentration.commonest == sum.contributors
        ? .allAlike : concentration.commonest == 1 ? .noneAlike : .someAlike,
      concentration.largestPercentages[1] > 90 ? .isDominated : .isNotDominated,
      concentration.remainderPercentage > 10 ? .hasRemainder : .hasNoRemainder,
    ]
  }
}

/// Some plans over the same records.
private struct Batch {
  let records: RandomRecords
  let plans: [Plan]
  let name: String

  init(seed: Int, number: Int) {
    name = "seed \(seed), batch \(number)"
    var random = SplitMix(seed: UInt64(truncatingIfNeeded: seed &* 1_000_003 &+ number))
    let records = RandomRecords(using: &random)
    self.records = records
    plans = (0..<DifferentialTests.plansPerDatabase).map { _ in
      RandomPlan.make(over: records.tables, using: &random)
    }
  }

  /// The sums behind every statistic of the plans' tables.
  func sums() throws -> [RawSum] {
    let engines = try EngineMatrix(patients: records.patients, tables: records.tables)
    return try plans.flatMap { plan in
      try engines.reference.results(of: plan).outputs.flatMap { output -> [RawSum] in
        guard case .table(let table) = output else { return [] }
        return table.breakdowns.flatMap { $0 }.flatMap(\.statistics).flatMap(\.sums)
      }
    }
  }

  /// Compares the engines and gives the number of comparisons.
  func run() throws -> Int {
    let engines = try EngineMatrix(patients: records.patients, tables: records.tables)
    var comparisons = 0
    for plan in plans {
      let columns = RandomPlan.columns(of: plan)
      let rows = try engines.reference.rows(of: columns, in: plan)
      let sqlRows = try? engines.sql.rows(of: columns, in: plan)
      if rows != sqlRows {
        reportRows(plan, columns, engines)
        continue
      }
      comparisons += rows.count * columns.count
      let results = try engines.reference.results(of: plan)
      let sqlResults = Result { try engines.sql.results(of: plan) }
      if results != (try? sqlResults.get()) {
        let statements = plan.sqliteStatements.map { "\($0.text)\n\($0.parameters)" }
        Issue.record(
          """
          \(name): different results of the outputs
          \(plan.outputs)
          \(statements.joined(separator: "\n\n"))
          reference: \(results)
          sql: \(sqlResults)
          """)
      }
      comparisons += results.cellCount
      comparisons += try compareMemberships(plan, results, engines)
    }
    return comparisons
  }

  /// Holds who is in which group to the other engine and to the aggregates.
  private func compareMemberships(
    _ plan: Plan, _ results: RawResults, _ engines: EngineMatrix
  ) throws -> Int {
    let members = try Memberships(of: plan, by: engines.reference)
    #expect(members.isInOrder, "\(name)")
    #expect(members == (try? Memberships(of: plan, by: engines.sql)), "\(name): \(plan.outputs)")
    let counts = members.counts(plan)
    #expect(counts == results.memberCounts(plan), "\(name): \(plan.outputs)")
    return counts.joined().count
  }

  /// Reports the smallest part of the first column that differs by which the engines differ.
  private func reportRows(_ plan: Plan, _ columns: [PreviewColumn], _ engines: EngineMatrix) {
    for column in columns where differs(column.expression, plan, engines) {
      var smallest = column.expression
      while let part = smaller(smallest, plan).first(where: { differs($0, plan, engines) }) {
        smallest = part
      }
      let column = PreviewColumn(name: "", expression: smallest)
      let rows = Result { try engines.reference.rows(of: [column], in: plan) }
      let sqlRows = Result { try engines.sql.rows(of: [column], in: plan) }
      Issue.record(
        """
        \(name): different values of
        \(smallest)
        \(plan.sqlitePreviewStatement(of: [column]))
        reference: \(rows)
        sql: \(sqlRows)
        """)
      return
    }
  }

  private func smaller(_ expression: Expression, _ plan: Plan) -> [Expression] {
    let parts =
      if case .value(let index) = expression { [plan.values[index].expression] } else {
        expression.ownParts
      }
    // What stands for a picked row is each engine's own affair.
    return parts.filter { !isPick($0, plan) }
  }

  private func isPick(_ expression: CarrelPlan.Expression, _ plan: Plan) -> Bool {
    switch expression {
    case .query(.pick): true
    case .value(let index): isPick(plan.values[index].expression, plan)
    default: false
    }
  }

  private func differs(_ expression: Expression, _ plan: Plan, _ engines: EngineMatrix) -> Bool {
    let column = [PreviewColumn(name: "", expression: expression)]
    let rows = try? engines.reference.rows(of: column, in: plan)
    return rows == nil || rows != (try? engines.sql.rows(of: column, in: plan))
  }
}

extension RawResults {
  fileprivate var cellCount: Int {
    outputs.reduce(0) { count, output in
      switch output {
      case .table(let table): count + table.breakdowns.reduce(0) { $0 + $1.count }
      case .flow(let flow): count + 1 + flow.remaining.count
      case .units(let units): count + units.cellsByInterval.reduce(0) { $0 + $1.count }
      }
    }
  }
}
