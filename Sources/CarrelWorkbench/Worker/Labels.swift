import CarrelDifferencing
import CarrelEngine
import CarrelPlan
import CarrelSandbox

/// Who is in which group of each of a plan's tables, packed; only a worker holds it.
struct Labels {
  private var builders: [LabelVectorBuilder]

  /// Asks an engine, and holds what it says against the aggregates.
  ///
  /// - Throws: ``EngineError``; also where a group has another number of people than its aggregate.
  init(of plan: Plan, _ results: RawResults, by engine: any Engine) throws(EngineError) {
    let tables = plan.memberships
    var builders = tables.map { _ in LabelVectorBuilder() }
    var counts = tables.map { [Int](repeating: 0, count: $0.values == nil ? $0.groupCount : 0) }
    try engine.forEachMembership(of: plan) { (member) throws(EngineError) in
      guard let patient = UInt32(exactly: member.patient) else { throw Self.disagreement }
      builders[member.table].append(index: patient, label: UInt32(member.group + 1))
      if tables[member.table].values == nil { counts[member.table][member.group] += 1 }
    }
    for (table, counts) in zip(tables, counts) where table.share == nil && table.values == nil {
      guard counts == results.memberCounts(of: table) else { throw Self.disagreement }
    }
    self.builders = builders
  }

  private static var disagreement: EngineError {
    EngineError(operation: "label patients", reason: "the labels and the aggregates differ")
  }

  /// Passes the vectors on, one after the other, and says how many bytes each has.
  func passed(to make: ([UInt8]) throws(SandboxError) -> Void) throws(EngineError) -> [Int] {
    var byteCounts: [Int] = []
    for builder in builders {
      let bytes = builder.finished().bytes
      do { try make(bytes) } catch {
        throw EngineError(
          operation: "label patients", reason: "nobody takes the labels", cause: .process)
      }
      byteCounts.append(bytes.count)
    }
    return byteCounts
  }
}

extension RawResults {
  /// How many people each group of a table has, by the aggregates.
  func memberCounts(of table: MembershipTable) -> [Int] {
    switch outputs[table.output] {
    case .flow(let flow):
      let remaining = [flow.universe] + flow.remaining
      return zip(remaining, remaining.dropFirst() + [0]).map { $0 - $1 }
    case .table(let raw):
      let first = (table.interval ?? 0) * table.groupCount
      return raw.breakdowns[table.breakdown][first..<first + table.groupCount].map(\.patients)
    case .units: return []
    }
  }
}
