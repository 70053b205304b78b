/// What happened at a site, as far as everybody may know.
///
/// Nothing here counts people, and nothing is a digest, signature or size of what was not released.
public enum LedgerEvent: Hashable, Sendable {
  /// The site was made; the first entry of its log and no other.
  ///
  /// `logKey` is the text of the key that signs checkpoints.
  case siteMade(name: String, siteKind: String, logKey: String)
  /// A project was proposed; its text is promised until it is approved.
  case projectProposed(project: String, commitment: Commitment)
  /// A project was approved, under a policy pinned by its digest.
  case projectApproved(project: String, text: Digest, policy: String, policyDigest: Digest)
  /// Records were loaded; the digest is keyed, so that nobody can test a file of their own with it.
  case snapshotMade(snapshot: String, keyedDigest: Digest)
  /// Opt-outs were applied to a snapshot: once each, never how many.
  case optOutsApplied(snapshot: String)
  /// A run was submitted.
  case runCommitted(run: String, project: String, policyDigest: Digest, commitment: Commitment)
  /// A run was released: the promise of its submission is opened, and the outputs are named.
  ///
  /// `releaseLedgerHead` is the keyed head of the site's own record of what was released, which a
  /// restored backup would not have.
  case runReleased(
    run: String, opening: Commitment.Opening, outputs: Digest, releaseLedgerHead: Digest)
  /// A run ended without release, whichever way: refused, returned, rejected, withdrawn, expired.
  case runClosed(run: String)
  /// The site's policy changed.
  case policyChanged(policy: String, policyDigest: Digest)
  /// A key took the place of another, or was added or withdrawn; by fingerprint.
  case keyChanged(holder: String, old: String?, new: String?)
}

extension LedgerEvent {
  /// The word that an entry says its kind with.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case site, propose, approve, snapshot
    case optOuts = "opt-outs-applied"
    case run, release, close
    case policy = "policy-change"
    case key = "key-change"
  }

  /// The kind of the event.
  public var kind: Kind {
    switch self {
    case .siteMade: .site
    case .projectProposed: .propose
    case .projectApproved: .approve
    case .snapshotMade: .snapshot
    case .optOutsApplied: .optOuts
    case .runCommitted: .run
    case .runReleased: .release
    case .runClosed: .close
    case .policyChanged: .policy
    case .keyChanged: .key
    }
  }
}
