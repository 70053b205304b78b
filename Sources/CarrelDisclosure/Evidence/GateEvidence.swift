public import CarrelPlan
public import CarrelPolicy

/// What guardians are shown of the gate's work, besides what leaves: why each mark is where it is,
/// and what was checked again.
///
/// Made from the exact numbers next to what was released, so that the gate does not vouch for
/// itself. It holds no exact number: reasons, places, counts of marks, and ranges.
public struct GateEvidence: Hashable, Sendable {
  /// One for each output, in the order of the study.
  public let outputs: [OutputEvidence]

  /// Looks at released results beside the exact ones that they were made from.
  public init(
    of released: ReleasedResults, from raw: RawResults, of plan: Plan, under policy: Policy
  ) {
    precondition(raw.outputs.count == released.outputs.count, "released results have their shape")
    outputs = raw.outputs.indices.map { index in
      switch (raw.outputs[index], released.outputs[index], plan.outputs[index]) {
      case (.table(let raw), .table(let table), .table(let output)):
        TableEvidence(table: table, raw: raw, output: output, policy: policy).evidence
      case (.table(let raw), .summary(let summary), .summary(let output)):
        TableEvidence(table: summary.table, raw: raw, output: output.table, policy: policy).evidence
      case (_, .histogram(let histogram), _):
        FigureEvidence(of: histogram, under: policy).evidence
      case (_, .deciles(let deciles), _): FigureEvidence(of: deciles, under: policy).evidence
      case (.flow(let raw), .flow(let flow), _):
        FlowEvidence(flow: flow, raw: raw, policy: policy).evidence
      default: preconditionFailure("released results have the shape of the raw ones")
      }
    }
  }
}

/// What guardians are shown of one output.
public struct OutputEvidence: Hashable, Sendable {
  /// The name of the output.
  public let name: String
  /// How many figures it has, and how many of them are hidden.
  public let figureCount: Int, hiddenCount: Int
  /// Every mark that stands for people, with its reason.
  public let marks: [Mark]
  /// How many people the smallest group that is shown can have; `nil` where none is shown.
  public let smallestShown: ClosedRange<Int>?
  /// Whether each rule holds.
  public let verdicts: [Rule: Verdict]

  /// A mark by its place.
  public struct Mark: Hashable, Sendable {
    /// The position of the breakdown in a table, 0 in a flow.
    public let breakdown: Int
    /// The position of the group in its breakdown; of the step in a flow.
    public let group: Int
    /// The position of the statistic; `nil` for the whole group.
    public let statistic: Int?
    /// Why it is there.
    public let reason: Reason
  }

  /// Why a figure is hidden; never leaves the site.
  public enum Reason: String, Hashable, Sendable, CaseIterable {
    case smallCount = "small count"
    case zero = "nobody"
    case smallPart = "small count in a part, or too close to one person's value"
    case companion = "hidden so that another cannot be worked out"
    case partsHidden = "nothing beneath it is shown"
    case joined = "counted with a neighbouring step"
  }

  /// A rule that released figures obey.
  public enum Rule: String, Hashable, Sendable, CaseIterable {
    case smallCounts = "small counts hidden"
    case rounding = "rounded as the policy says"
    case totals = "totals add up what is shown"
    case wholeGroups = "zero, 0% and 100%"
  }

  /// Whether a rule holds, as far as a program can say.
  public enum Verdict: String, Hashable, Sendable {
    /// It was checked and holds.
    case pass
    /// Only a person can say.
    case look
    /// It was checked and does not hold.
    case fail
    /// There is nothing that it could be about.
    case notApplicable = "not applicable"
  }
}

extension Policy {
  /// How many people a published count can stand for.
  public func people(behind figure: Int) -> ClosedRange<Int> {
    let least = rounding.least(roundedTo: figure)
    var most = max(least, figure)
    while rounding.rounded(most + 1) == figure { most += 1 }
    return least...most
  }
}
