import CarrelDiagnostics
import CarrelPlan
import CarrelPolicy
import CarrelSyntax
import CarrelValues

// What the policy bounds: outputs, groups, groupings (`attacks`, K6).
extension SafetyReview {
  func reviewSizes() {
    let (most, name) = (rules.policy.mostOutputs, rules.policy.name)
    if outputs.count > most {
      report(
        .tooManyOutputs, "the policy `\(name)` allows \(most) outputs in a study",
        at: outputs[most].name
      ) { $0.label("number \(most + 1) of \(self.outputs.count)").help("divide the study") }
    }
    for reviewed in outputs {
      guard let table = reviewed.output.table else { continue }
      reviewGroups(of: table, at: reviewed.name)
    }
  }

  private func reviewGroups(of table: TableOutput, at span: SourceSpan) {
    let policy = rules.policy
    let cells = table.breakdowns.reduce(0) { sum, breakdown in
      sum + breakdown.groupings.reduce(1) { $0 * table.groupings[$1].levels.count }
    }
    let groups = cells.saturatingMultiply(table.intervals?.count ?? 1)
    if groups > policy.mostGroups {
      report(
        .tooManyGroups,
        "`\(table.name)` has \(groups) groups, and the policy `\(policy.name)` allows "
          + "\(policy.mostGroups)", at: span
      ) { $0.help("group by fewer values, or `by each of` them") }
    }
    let dimensions =
      (table.breakdowns.map(\.groupings.count).max() ?? 0) + (table.intervals == nil ? 0 : 1)
    if dimensions > policy.mostDimensions {
      report(
        .tooManyDimensions,
        "`\(table.name)` is by \(dimensions) things at once, and the policy `\(policy.name)` "
          + "allows \(policy.mostDimensions)", at: span
      ) { $0.help("leave a grouping out, or write `by each of`") }
    }
  }
}

// Quantiles (`attacks`, K9).
extension SafetyReview {
  func reviewQuantiles() {
    var shares: [Lowered.Expression: Set<Int>] = [:]
    for reviewed in outputs {
      guard let table = reviewed.output.table else { continue }
      for (statistic, span) in zip(table.statistics, reviewed.statistics) {
        guard case .quantile(let quantile, of: let measure, bins: _) = statistic.kind else {
          continue
        }
        let value = resolved(measure.expression)
        shares[value, default: []].insert(quantile.hundredths)
        if shares[value]?.count ?? 0 > SafetyRules.mostQuantiles {
          report(
            .manyQuantiles,
            "a study shows at most \(SafetyRules.mostQuantiles) quantiles of one value", at: span
          ) { $0.help("leave some out: 0.25, 0.5 and 0.75, say") }
        }
      }
    }
  }
}

extension Checker {
  /// What a study costs is bounded before it begins.
  func reviewCost(_ rules: SafetyRules) {
    let count = StudyCost(of: state.plan.plan.reduced()).questionCount
    guard count > SafetyRules.mostQuestions else { return }
    report(
      Diagnostic(
        .tooIntricate,
        "the study asks \(count) questions of each patient's rows, and \(SafetyRules.mostQuestions) "
          + "are the most", at: study.file.source.span(0..<0), severity: rules.severity
      ).help("take fewer intervals, or divide the study"))
  }
}
