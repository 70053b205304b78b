import CarrelPolicy
import CarrelSite

/// The least that a policy must hide to be used at a site, and the oldest version of it.
///
/// A site has one policy of its own; a project's may hide more. It is asked for when a project is
/// proposed, and again at each run, since the site's policy may have become newer since then.
struct PolicyFloor {
  private let site: Site

  init(of site: Site) { self.site = site }

  /// Refuses a policy that is for invented people alone, shows what the site's hides, or is an
  /// older version of it.
  func check(_ policy: Policy) throws(Failure) {
    try PolicyChoice.allow(policy, atSiteOf: site.kind)
    guard site.kind == .protected else { return }
    let floor = try PolicyChoice(nil, at: site).policy
    guard policy.name != floor.name || policy.version >= floor.version else {
      throw Failure(
        ReviewError.oldPolicy(policy.name, version: policy.version, oldest: floor.version))
    }
    guard PolicyComparison(policy, floor).firstIsAtLeastAsStrict else {
      throw Failure(ReviewError.laxPolicy(project: policy.name, site: floor.name))
    }
  }
}
