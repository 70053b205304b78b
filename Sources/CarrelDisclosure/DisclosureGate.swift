public import CarrelPlan
public import CarrelPolicy

/// The only way from exact numbers to numbers that may leave.
public enum DisclosureGate {
  /// What may leave of the raw results of a plan.
  ///
  /// What is released depends on the raw counts and the policy alone: not on names, labels, the
  /// order of outputs or anything outside but what is withheld. The results have the shape of the
  /// plan.
  ///
  /// - Parameters:
  ///   - raw: The raw results.
  ///   - plan: The plan.
  ///   - policy: The policy.
  ///   - withheld: What may not be shown because of earlier releases.
  /// - Returns: The released results.
  public static func release(
    _ raw: RawResults, of plan: Plan, under policy: Policy, withholding withheld: Withheld = .init()
  ) -> ReleasedResults {
    precondition(raw.outputs.count == plan.outputs.count, "a result for each output")
    let recorded = RecordedValues(of: plan)
    return ReleasedResults(
      policy: AppliedPolicy(
        name: policy.name, version: policy.version, sentence: policy.sentence),
      outputs: plan.outputs.indices.map { index in
        release(
          raw.outputs[index], of: plan.outputs[index], in: plan, recorded,
          withheld.part(ofOutput: index), under: policy)
      })
  }

  private static func release(
    _ raw: RawOutput, of output: Output, in plan: Plan, _ recorded: RecordedValues,
    _ withheld: Withheld.Part, under policy: Policy
  ) -> ReleasedOutput {
    switch (raw, output) {
    case (.table(let raw), .table(let table)):
      let gate = TableGate(
        output: table, recorded: recorded, policy: policy, withheld: withheld)
      return .table(gate.released(raw))
    case (.table(let raw), .summary(let summary)):
      let gate = TableGate(
        output: summary.table, recorded: recorded, policy: policy, partitions: summary.partitions,
        withheld: withheld)
      return .summary(
        ReleasedSummary(
          table: gate.released(raw), variables: summary.variables.map(ReleasedVariable.init)))
    case (.table(let raw), .histogram(let histogram)):
      return .histogram(
        HistogramGate(output: histogram, policy: policy, isWithheld: withheld.isWhole)
          .released(raw))
    case (.units(let raw), .deciles(let deciles)):
      return .deciles(DecilesGate(output: deciles, policy: policy).released(raw))
    case (.flow(let raw), .flow(let flow)):
      let gate = FlowGate(
        population: plan.populations[flow.population], policy: policy,
        isWithheld: withheld.isWhole)
      return .flow(gate.released(raw, name: flow.name))
    default: preconditionFailure("raw results have the shape of their plan")
    }
  }
}
