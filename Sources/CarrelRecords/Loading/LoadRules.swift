public import CarrelCrypto
public import CarrelSandbox

/// What a load holds a data package to, besides what the package says itself.
public struct LoadRules: Hashable, Sendable {
  /// What the records will say of themselves: `protected`, `synthetic` or `preview`.
  public let kind: String
  /// Whether a text that nothing describes refuses the package: it may hold anything.
  public let refusesUndeclaredFreeText: Bool
  /// Whether the package must say that nobody in it is real, and no identifier be an NHS number
  /// outside the range kept for tests.
  public let demandsInventedPeople: Bool
  /// How many rows of a table may break a constraint, in a million.
  public var refusedRowsPerMillion = 1_000
  /// The layers that the process which reads the files may lack; none where people are real, unless
  /// a policy says so.
  public var layersThatMayBeAbsent: Set<SandboxLayer>

  /// For how many days somebody must have been registered at a practice to be in the records, where
  /// the package says when that was.
  ///
  /// Whoever invents people to lift a group above a threshold has to do so long before.
  public static let registrationDays = 28

  /// A site with records of people.
  public static let protected = LoadRules(
    kind: "protected", refusesUndeclaredFreeText: true, demandsInventedPeople: false,
    layersThatMayBeAbsent: [])

  /// A site with records of invented people.
  public static let synthetic = LoadRules(
    kind: "synthetic", refusesUndeclaredFreeText: false, demandsInventedPeople: true,
    layersThatMayBeAbsent: Set(SandboxLayer.allCases))

  /// A folder of files that whoever asks can read already.
  public static let preview = LoadRules(
    kind: "preview", refusesUndeclaredFreeText: false, demandsInventedPeople: false,
    layersThatMayBeAbsent: Set(SandboxLayer.allCases))
}

/// What stands for a person in the records.
public enum PatientIdentity: Sendable {
  /// The first 16 bytes of HMAC-SHA-256, under the last of these keys, of the domain name
  /// `carrel/pseudonym/v1`, a zero byte and the normalised identifier.
  ///
  /// The keys before it are those that a site had in the past, the first of all first: by them a
  /// person is known again whose pseudonym was made under one.
  case pseudonymised(keys: [SecretKey])
  /// The identifier itself: for a temporary database that is gone with the command.
  case verbatim

  /// Pseudonyms of a site that has had no other key.
  public static func pseudonymised(key: SecretKey) -> PatientIdentity {
    .pseudonymised(keys: [key])
  }
}
