/// What may leave: the outputs of a study after every rule of a policy.
///
/// Only ``DisclosureGate`` can make one, and none of these types can be decoded: whoever holds one
/// holds figures that passed the gate.
public struct ReleasedResults: Hashable, Sendable {
  /// The policy that was applied.
  public let policy: AppliedPolicy
  /// The outputs, in the order of the study.
  public let outputs: [ReleasedOutput]

  init(policy: AppliedPolicy, outputs: [ReleasedOutput]) {
    self.policy = policy
    self.outputs = outputs
  }
}

/// The policy that made released results, as outputs name it.
public struct AppliedPolicy: Hashable, Sendable {
  /// The policy's name.
  public let name: String
  /// The policy's version.
  public let version: Int
  /// The rules for counts in one sentence.
  public let sentence: String

  init(name: String, version: Int, sentence: String) {
    self.name = name
    self.version = version
    self.sentence = sentence
  }
}

/// One released output.
public enum ReleasedOutput: Hashable, Sendable {
  case table(ReleasedTable)
  case flow(ReleasedFlow)
  case summary(ReleasedSummary)
  case histogram(ReleasedHistogram)
  case deciles(ReleasedDeciles)

  /// The name that the study gives it.
  public var name: String {
    switch self {
    case .table(let table): table.name
    case .flow(let flow): flow.name
    case .summary(let summary): summary.table.name
    case .histogram(let histogram): histogram.name
    case .deciles(let deciles): deciles.name
    }
  }
}
