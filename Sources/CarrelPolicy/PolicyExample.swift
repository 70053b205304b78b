/// A statement in a policy file of what the policy does to a count, which can be run.
///
/// Written `example "…" given 7 expect redacted`, or with a part of a group
/// `example "…" given 3 of 12 expect redacted of 10`; or with units beyond a percentile
/// `example "…" given 4 units expect redacted`.
public struct PolicyExample: Hashable, Sendable {
  /// What the example shows, in words.
  public let title: String
  /// Line of the policy file that it stands on, counted from 1.
  public let line: Int
  /// The count before any rule, or of a part of a group.
  public let given: Int
  /// The count of the group that `given` is a part of; `nil` for a count by itself.
  public let givenWhole: Int?
  /// Whether `given` is a number of units strictly beyond a percentile, not of patients.
  public let isOfUnits: Bool
  /// What should become of `given`; of units, whether their percentile is shown.
  public let expected: CountRelease
  /// What should become of `givenWhole`.
  public let expectedWhole: CountRelease?

  /// The example's outcome under a policy.
  public func run(under policy: Policy) -> Outcome {
    if isOfUnits {
      let found: CountRelease = given >= policy.unitsBeyond ? .shown(given) : .redacted
      return Outcome(example: self, found: found, foundWhole: nil)
    }
    guard let whole = givenWhole else {
      return Outcome(example: self, found: policy.release(of: given), foundWhole: nil)
    }
    return Outcome(
      example: self, found: policy.release(of: given, of: whole),
      foundWhole: policy.release(of: whole))
  }

  /// What a policy did to the counts of an example.
  public struct Outcome: Hashable, Sendable {
    /// The example.
    public let example: PolicyExample
    /// What became of the count.
    public let found: CountRelease
    /// What became of the group's count.
    public let foundWhole: CountRelease?

    /// Whether that is what the example expects.
    public var passes: Bool {
      found == example.expected && foundWhole == example.expectedWhole
    }
  }
}

/// Runs the examples that a policy contains.
public enum PolicyExamples {
  /// The outcome of each example, in the order of the file.
  public static func run(_ policy: Policy) -> [PolicyExample.Outcome] {
    policy.examples.map { $0.run(under: policy) }
  }
}
