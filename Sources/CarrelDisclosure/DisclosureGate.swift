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
    let counts = try StudyCounts(policy: policy, order: order).verdict(on: raw, of: plan)
    return ReleasedResults(
      policy: AppliedPolicy(
        name: policy.name, version: policy.version, sentence: policy.sentence),
      outputs: zip(raw.outputs, plan.outputs).map { raw, output in
        release(raw, of: output, in: plan, recorded, counts, under: policy)
      })
  }

  private static func release(
    _ raw: RawOutput, of output: Output, in plan: Plan, _ recorded: RecordedValues,
    _ counts: StudyCounts.Verdict, under policy: Policy
  ) -> ReleasedOutput {
    switch (raw, output) {
    case (.table(let raw), .table(let table)):
      return .table(
        TableGate(output: table, recorded: recorded, policy: policy, counts: counts).released(raw))
    case (.table(let raw), .summary(let summary)):
      let gate = TableGate(
        output: summary.table, recorded: recorded, policy: policy, counts: counts,
        partitions: summary.partitions)
      return .summary(
        ReleasedSummary(
          table: gate.released(raw), variables: summary.variables.map(ReleasedVariable.init)))
    case (.table(let raw), .histogram(let histogram)):
      return .histogram(HistogramGate(output: histogram, policy: policy).released(raw))
    case (.units(let raw), .deciles(let deciles)):
      return .deciles(DecilesGate(output: deciles, policy: policy).released(raw))
    case (.flow(let raw), .flow(let flow)):
      let gate = FlowGate(population: plan.populations[flow.population], policy: policy)
      return .flow(gate.released(raw, name: flow.name))
    default: preconditionFailure("raw results have the shape of their plan")
    }
  }
}
