public import CarrelEngine
public import CarrelPlan
internal import CarrelStore

extension SQLEngine {
  /// Passes on who is in which group of each of ``Plan/memberships``: one statement for each output.
  public func forEachMembership(
    of plan: Plan, _ visit: (Membership) throws(EngineError) -> Void
  ) throws(EngineError) {
    prepareCodelists(of: plan)
    let firstTables = plan.firstMemberships
    for (output, sql) in plan.sqliteMembershipStatements {
      let first = firstTables[output]
      guard let table = plan.outputs[output].table else {
        try forEachRow(of: sql) { row throws(EngineError) in
          try visit(
            Membership(table: first, patient: row.integer(at: 0), group: row.integer(at: 1)))
        }
        continue
      }
      let reader = MemberReader(of: table, in: plan, first: first)
      try forEachRow(of: sql) { row throws(EngineError) in try reader.read(row, visit) }
    }
  }
}

/// Turns the rows of a table's members into memberships.
private struct MemberReader {
  private let table: TableOutput
  private let levels: LevelReader
  private let shareCount: Int
  private let valueCount: Int
  private let perInterval: Int
  private let first: Int

  init(of table: TableOutput, in plan: Plan, first: Int) {
    self.table = table
    self.first = first
    levels = LevelReader(of: table, in: plan)
    shareCount = table.shares.count
    valueCount = table.valueMeasures.count
    perInterval = table.membershipsPerInterval
  }

  /// Takes one row: the patient, the interval if there are any, the groupings' values, the shares, the
  /// measures' values.
  func read(
    _ row: Statement, _ visit: (Membership) throws(EngineError) -> Void
  ) throws(EngineError) {
    let firstGrouping = table.intervals == nil ? 1 : 2
    let interval = table.intervals == nil ? 0 : row.integer(at: 1)
    var found: [Int] = []
    for grouping in table.groupings.indices {
      found.append(try levels.level(in: grouping, of: row, from: firstGrouping))
    }
    let firstShare = firstGrouping + table.groupings.count
    let firstValue = firstShare + shareCount
    try table.forEachMembership(
      of: row.integer(at: 0), levels: found,
      isInShare: (0..<shareCount).map { row.integer(at: firstShare + $0) != 0 },
      values: (firstValue..<firstValue + valueCount).map {
        row.isNull(at: $0) ? nil : row.decimal(at: $0)
      },
      from: first + interval * perInterval, visit)
  }
}
