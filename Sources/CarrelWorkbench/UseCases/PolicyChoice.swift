import CarrelDiagnostics
import CarrelPolicy
import CarrelSandbox
import CarrelSite

/// Which disclosure policy a run is under.
struct PolicyChoice {
  /// The policy.
  let policy: Policy
  /// The text that it was read from.
  let source: SourceText

  /// The policy of a site, or on a synthetic site another that was asked for.
  init(_ name: String?, at site: Site) throws(Failure) {
    if let name, name != site.policy, site.kind == .protected {
      throw Failure(
        "S030", "a protected site has one policy, `\(site.policy)`, and a run cannot change it",
        help: "leave `--policy` out", status: .refused)
    }
    source = try ShippedPolicy.source(named: name ?? site.policy)
    policy = try Policy.read(source)
    try Self.allow(policy, atSiteOf: site.kind)
  }

  /// Refuses a policy that releases everything where people are real.
  static func allow(_ policy: Policy, atSiteOf kind: Site.Kind) throws(Failure) {
    guard policy.isForSyntheticSitesOnly, kind == .protected else { return }
    throw Failure(
      "S031", "the policy `\(policy.name)` hides nothing, and only a synthetic site accepts it",
      help: "write `--policy opensafely`", status: .refused)
  }
}

extension Site {
  /// The layers of the sandbox without which records of this site are read nevertheless.
  func layersThatMayBeAbsent(under policy: Policy) -> Set<SandboxLayer> {
    switch kind {
    case .protected: policy.layersThatMayBeAbsent
    case .synthetic: Set(SandboxLayer.allCases)
    }
  }
}
