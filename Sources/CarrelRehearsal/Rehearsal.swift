public import CarrelPolicy

/// The known attacks, played under a policy through the gate and the guard that sites use.
public struct Rehearsal: Sendable {
  /// One attack and what it came to.
  public struct Scene: Sendable {
    /// The attack.
    public let attack: any Attack
    /// What it came to.
    public let outcome: AttackOutcome
    /// Whether the policy promises to stop it.
    public let isClaimed: Bool

    /// An attack that was played.
    package init(attack: any Attack, outcome: AttackOutcome, isClaimed: Bool) {
      self.attack = attack
      self.outcome = outcome
      self.isClaimed = isClaimed
    }

    /// Whether a promise is broken.
    public var breaksPromise: Bool { isClaimed && outcome.getsThrough }
  }

  /// Every attack that can be played, in the order of the catalogue.
  public static let attacks: [any Attack] = [
    PositionalSum(), WeightedFew(), MissingAsFilter(), EditedValue(), MeanTimesNumber(),
    PercentageTimesDenominator(),
    ConstantColumn(), LargeContribution(), RandomHalves(), RollingWindows(), ThresholdWalk(),
    NextWeek(),
    TwoPolicies(), HonestSeries(), RefusalAsSignal(), PaddedThreshold(), NestedDifferencing(),
    ShiftedAgeBands(),
    UnionMinusOne(), Complement(), Tracker(), InclusionExclusion(), RepeatedQuestion(),
    ClassDisclosure(), SmallCellFromMargins(), SmallRest(), TwoTablesAtOnce(),
  ]

  /// The policy.
  public let policy: Policy
  /// The attacks played, in order.
  public let scenes: [Scene]

  /// Plays attacks under a policy.
  public init(_ attacks: [any Attack] = Self.attacks, under policy: Policy) {
    self.policy = policy
    scenes = attacks.map { attack in
      Scene(
        attack: attack, outcome: attack.play(against: policy),
        isClaimed: attack.isClaimed(by: policy))
    }
  }

  /// A rehearsal that was held elsewhere.
  package init(under policy: Policy, scenes: [Scene]) {
    self.policy = policy
    self.scenes = scenes
  }

  /// Whether every attack that the policy promises to stop is stopped.
  public var keepsPromises: Bool { !scenes.contains { $0.breaksPromise } }
}
