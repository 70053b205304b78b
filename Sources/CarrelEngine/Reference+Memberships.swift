public import CarrelPlan
import CarrelValues

extension ReferenceEngine {
  /// Passes on who is in which group of each of ``Plan/memberships``.
  public func forEachMembership(
    of plan: Plan, _ visit: (Membership) throws(EngineError) -> Void
  ) throws(EngineError) {
    let firstTables = plan.firstMemberships
    let dependent = plan.valuesOfIntervals
    try forEachPatient(plan) { records throws(EngineError) in
      let patient = ReferencePatient(of: records.rows, in: plan)
      for (output, first) in zip(plan.outputs, firstTables) {
        switch output {
        case .deciles: continue
        case .flow(let flow):
          let passed = patient.criteriaPassed(of: plan.populations[flow.population])
          try visit(Membership(table: first, patient: records.index, group: passed))
        case .table, .summary, .histogram:
          guard let table = output.table else { continue }
          let member = Member(patient: patient, number: records.index, dependent: dependent)
          try member.forEachMembership(in: table, from: first, visit)
        }
      }
    }
  }

  /// A patient with their number.
  private struct Member {
    let patient: ReferencePatient
    let number: Int
    /// The values that are computed anew for each interval.
    let dependent: [Int]

    func forEachMembership(
      in table: TableOutput, from first: Int, _ visit: (Membership) throws(EngineError) -> Void
    ) throws(EngineError) {
      guard let intervals = table.intervals else {
        return try pass(patient, in: table, from: first, visit)
      }
      for place in 0..<intervals.count {
        guard let interval = patient.interval(place, of: intervals) else { continue }
        try pass(
          patient.during(interval, recomputing: dependent), in: table,
          from: first + place * table.membershipsPerInterval, visit)
      }
    }

    private func pass(
      _ patient: ReferencePatient, in table: TableOutput, from first: Int,
      _ visit: (Membership) throws(EngineError) -> Void
    ) throws(EngineError) {
      guard patient.belongs(to: patient.plan.populations[table.population]) else { return }
      var levels: [Int] = []
      for grouping in table.groupings { levels.append(try patient.level(in: grouping)) }
      try table.forEachMembership(
        of: number, levels: levels, isInShare: table.shares.map(patient.isIn),
        values: table.valueMeasures.map { patient.value(of: $0.expression).number }, from: first,
        visit)
    }
  }
}
