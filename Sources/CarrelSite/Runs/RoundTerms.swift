public import CarrelLedger

/// What a round of a run is bound to, besides its files.
public struct RoundTerms: Hashable, Sendable {
  /// Opens what the public log was promised of the submission; secret until the release.
  public let opening: Commitment.Opening
  /// The digest of the policy that the project was approved with.
  public let policy: Digest
  /// What was read; `nil` until it has been.
  public let reading: Reading?

  /// The state of the site that a round was computed on.
  public struct Reading: Hashable, Sendable {
    /// The keyed digest of the snapshot.
    public let snapshot: Digest
    /// The head of the site's record of releases.
    public let releaseLedgerHead: Digest
    /// The version of Carrel that read it.
    public let version: String

    /// A snapshot, a head and a version.
    public init(snapshot: Digest, releaseLedgerHead: Digest, version: String) {
      self.snapshot = snapshot
      self.releaseLedgerHead = releaseLedgerHead
      self.version = version
    }
  }

  /// Terms of these parts.
  public init(opening: Commitment.Opening, policy: Digest, reading: Reading? = nil) {
    self.opening = opening
    self.policy = policy
    self.reading = reading
  }
}
