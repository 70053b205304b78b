import CarrelChecker
import CarrelPolicy
import CarrelSite

extension SafetyRules {
  /// What a study is judged by: the kind and the policy of the site that it is for.
  ///
  /// Without a site the people are invented and the policy is the one that a new site has.
  init(of request: StudyRequest) throws(Failure) {
    guard case .site(let path) = request.place else {
      let name = request.policy ?? Self.policyWithoutSite
      self.init(
        isProtected: request.isForProtectedSite,
        policy: try Policy.read(try ShippedPolicy.source(named: name)))
      return
    }
    let site = try Site.opened(at: path)
    self.init(
      isProtected: request.isForProtectedSite || site.kind == .protected,
      policy: try PolicyChoice(request.policy, at: site).policy)
  }

  private static let policyWithoutSite = "opensafely"
}

extension Site {
  fileprivate static func opened(at path: String) throws(Failure) -> Site {
    do throws(SiteError) {
      return try Site.open(at: path)
    } catch {
      throw Failure(error)
    }
  }
}
