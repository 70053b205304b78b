public import CarrelPolicy

/// One known attack, to be played on invented people under a policy.
public protocol Attack: Sendable {
  /// Its number in the catalogue of attacks with its name: `A1 positional sum`.
  var name: String { get }
  /// What whoever attacks does.
  var method: String { get }
  /// The best way known to get through, where a policy does not stop it.
  var best: String { get }
  /// What one release gives away then.
  var bits: String { get }
  /// What whoever attacks must know before.
  var knowledge: String { get }
  /// Whether a policy promises to stop it.
  func isClaimed(by policy: Policy) -> Bool
  /// Plays it; what comes out depends on the policy alone.
  func play(against policy: Policy) -> AttackOutcome
}

extension Attack {
  /// The number in the catalogue: `A1`.
  public var number: String { String(name.prefix { $0 != " " }) }

  /// Every policy that people's records may be under promises to stop it, unless an attack says else.
  public func isClaimed(by policy: Policy) -> Bool { !policy.isForSyntheticSitesOnly }
}

/// What an attack that was played came to.
public struct AttackOutcome: Hashable, Sendable {
  /// Whether it gave away what it was after.
  public var getsThrough: Bool
  /// What was measured.
  public var measured: String

  /// An outcome with its measure.
  package init(getsThrough: Bool, _ measured: String) {
    self.getsThrough = getsThrough
    self.measured = measured
  }
}
