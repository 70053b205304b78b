public import CarrelPlan
public import CarrelPolicy

/// The only way from exact numbers to numbers that may leave.
public enum DisclosureGate {
  /// What may leave of the raw results of a plan.
  ///
  /// What is released depends on the raw counts and the policy alone: not on names, labels, the
  /// order of outputs or anything outside but the key of the order in which groups are hidden beside
  /// others. The results have the shape of the plan.
  ///
  /// - Throws: ``ReleaseHeld`` where the policy protects hidden counts and it is not proved that they
  ///   are.
  public static func release(
    _ raw: RawResults, of plan: Plan, under policy: Policy, order: SuppressionOrder = .fixed
  ) throws(ReleaseHeld) -> ReleasedResults {
    precondition(raw.outputs.count == plan.outputs.count, "a result for each output")
    let recorded = RecordedValues(of: plan)
    let counts = StudyCounts(of: plan, under: policy)
    let companions = try SecondaryRules(policy: policy, order: order).companions(of: raw, counts)
    return ReleasedResults(
      policy: AppliedPolicy(
        name: policy.name, version: policy.version, sentence: policy.sentence),
      outputs: zip(raw.outputs, plan.outputs).map { raw, output in
        let gate = output.groupedTable.map { table in
          TableGate(
            output: table, recorded: recorded, policy: policy, index: counts.index,
            companions: companions, partitions: output.partitions)
        }
        return release(raw, of: output, in: plan, through: gate, under: policy)
      })
  }

  private static func release(
    _ raw: RawOutput, of output: Output, in plan: Plan, through gate: TableGate?,
    under policy: Policy
  ) -> ReleasedOutput {
    switch (raw, output, gate) {
    case (.table(let raw), .table, let gate?): return .table(gate.released(raw))
    case (.table(let raw), .summary(let summary), let gate?):
      return .summary(
        ReleasedSummary(
          table: gate.released(raw), variables: summary.variables.map(ReleasedVariable.init)))
    case (.table(let raw), .histogram(let histogram), _):
      return .histogram(HistogramGate(output: histogram, policy: policy).released(raw))
    case (.units(let raw), .deciles(let deciles), _):
      return .deciles(DecilesGate(output: deciles, policy: policy).released(raw))
    case (.flow(let raw), .flow(let flow), _):
      let gate = FlowGate(population: plan.populations[flow.population], policy: policy)
      return .flow(gate.released(raw, name: flow.name))
    default: preconditionFailure("raw results have the shape of their plan")
    }
  }
}
