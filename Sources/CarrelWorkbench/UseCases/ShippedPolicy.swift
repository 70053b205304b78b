import CarrelDiagnostics
import CarrelPolicy

/// The disclosure policies that every copy of the program carries, from `Policies/`.
enum ShippedPolicy {
  /// The text of each policy, by name in code-point order.
  static let all: [(name: String, bytes: [UInt8])] = [
    ("acro", PackageResources.acro_policy),
    ("cms", PackageResources.cms_policy),
    ("cohort-discovery", PackageResources.cohort_discovery_policy),
    ("exact", PackageResources.exact_policy),
    ("nhs-england", PackageResources.nhs_england_policy),
    ("nhse-sde", PackageResources.nhse_sde_policy),
    ("omop", PackageResources.omop_policy),
    ("ons", PackageResources.ons_policy),
    ("opensafely", PackageResources.opensafely_policy),
    ("opensafely-midpoint6", PackageResources.opensafely_midpoint6_policy),
  ]

  /// The text of a policy.
  static func source(named name: String) throws(Failure) -> SourceText {
    guard let policy = all.first(where: { $0.name == name }) else {
      throw Failure(
        "P001", "there is no policy `\(name)`",
        help: "write one of \(all.map(\.name).joined(separator: ", "))", status: .wrongCommandLine)
    }
    return SourceText(name: "\(name).policy", bytes: policy.bytes)
  }
}

extension Policy {
  /// Reads a policy that somebody may have edited.
  static func read(_ source: SourceText) throws(Failure) -> Policy {
    var mistakes = Diagnostics()
    guard let policy = PolicyReader.read(source, reporting: &mistakes), !mistakes.hasErrors else {
      throw Failure(
        "P002", "the policy `\(source.name)` has mistakes",
        details: mistakes.sorted.map(TextRenderer().render), status: .refused)
    }
    return policy
  }
}
