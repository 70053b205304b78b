import CarrelPlan
import CarrelPolicy

/// Holds a released flow against the exact numbers that it was made from.
struct FlowEvidence {
  let flow: ReleasedFlow
  let raw: RawFlow
  let policy: Policy

  var evidence: OutputEvidence {
    let figures = [flow.start] + flow.steps.flatMap { [$0.leftOut, $0.remaining] }
    let leftOut = flow.steps.compactMap(\.leftOut.wholeNumber).filter { $0 > 0 }
    return OutputEvidence(
      name: flow.name, figureCount: figures.count, hiddenCount: figures.count { $0 == .redacted },
      marks: flow.steps.indices.filter { flow.steps[$0].leftOut == .redacted }.map {
        .init(breakdown: 0, group: $0, statistic: nil, reason: .joined)
      }, smallestShown: leftOut.min().map(policy.people),
      verdicts: [
        .smallCounts: hidesSmallCounts ? .pass : .fail, .rounding: isRounded ? .pass : .fail,
        .totals: .notApplicable,
        .wholeGroups: flow.steps.contains { $0.leftOut == .zero } ? .look : .pass,
      ])
  }

  /// The people left out at each step.
  private var exact: [Int] {
    zip([raw.universe] + raw.remaining, raw.remaining).map { $0 - $1 }
  }

  private var hidesSmallCounts: Bool {
    zip(flow.steps, exact).allSatisfy { $0.leftOut == .redacted || policy.shows($1) }
  }

  private var isRounded: Bool {
    zip(flow.steps, exact).allSatisfy { step, exact in
      step.leftOut == .redacted || step.leftOut.wholeNumber == policy.rounding.rounded(exact)
    }
  }
}
