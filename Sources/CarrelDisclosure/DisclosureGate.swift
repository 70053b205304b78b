public import CarrelPlan
public import CarrelPolicy

/// The only way from exact numbers to numbers that may leave.
public enum DisclosureGate {
  /// What may leave of the raw results of a plan.
  ///
  /// What is released depends on the raw counts and the policy alone: not on names, labels, the
  /// order of outputs or anything outside but what is withheld and the key of the order in which
  /// groups are hidden beside others. The results have the shape of the plan.
  ///
  /// - Parameters:
  ///   - raw: The raw results.
  ///   - plan: The plan.
  ///   - policy: The policy.
  ///   - order: The order in which groups are hidden beside others.
  ///   - withheld: What may not be shown because of earlier releases.
  /// - Returns: The released results.
  /// - Throws: ``ReleaseHeld`` where the policy protects hidden counts and it is not proved that they
  ///   are.
  public static func release(
    _ raw: RawResults, of plan: Plan, under policy: Policy, order: SuppressionOrder = .fixed,
    withholding withheld: Withheld = .init()
  ) throws(ReleaseHeld) -> ReleasedResults {
    precondition(raw.outputs.count == plan.outputs.count, "a result for each output")
    let recorded = RecordedValues(of: plan)
    let counts = StudyCounts(of: plan, under: policy, withholding: withheld)
    let companions = try SecondaryRules(policy: policy, order: order).companions(of: raw, counts)
    return ReleasedResults(
      policy: AppliedPolicy(
        name: policy.name, version: policy.version, sentence: policy.sentence),
      outputs: plan.outputs.indices.map { number in
        let (output, part) = (plan.outputs[number], withheld.part(ofOutput: number))
        let gate = output.groupedTable.map { table in
          TableGate(
            output: table, recorded: recorded, policy: policy, index: counts.index,
            companions: companions, partitions: output.partitions, withheld: part)
        }
        return release(
          raw.outputs[number], of: output, in: plan, through: gate, isWithheld: part.isWhole,
          under: policy)
      })
  }

  private static func release(
    _ raw: RawOutput, of output: Output, in plan: Plan, through gate: TableGate?,
    isWithheld: Bool, under policy: Policy
  ) -> ReleasedOutput {
    switch (raw, output, gate) {
    case (.table(let raw), .table, let gate?): return .table(gate.released(raw))
    case (.table(let raw), .summary(let summary), let gate?):
      return .summary(
        ReleasedSummary(
          table: gate.released(raw), variables: summary.variables.map(ReleasedVariable.init)))
    case (.table(let raw), .histogram(let histogram), _):
      return .histogram(
        HistogramGate(output: histogram, policy: policy, isWithheld: isWithheld).released(raw))
    case (.units(let raw), .deciles(let deciles), _):
      return .deciles(DecilesGate(output: deciles, policy: policy).released(raw))
    case (.flow(let raw), .flow(let flow), _):
      let gate = FlowGate(
        population: plan.populations[flow.population], policy: policy, isWithheld: isWithheld)
      return .flow(gate.released(raw, name: flow.name))
    default: preconditionFailure("raw results have the shape of their plan")
    }
  }
}
