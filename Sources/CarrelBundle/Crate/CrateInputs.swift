internal import CarrelJSON
internal import CarrelLedger

/// What a run was given beside its study: the policy, and a value for each of the study's parameters.
///
/// Each says which parameter it is a value of, so that whoever runs the study again knows what goes where.
/// Source: TRE-FX, Five Safes RO-Crate 0.4, "Inputs".
struct CrateInputs {
  let policy: BundleFile?
  private let parameters: [RunReceipt.Parameter]

  /// What the receipt says that the run was given, with the policy from among the bundle's files.
  init(of receipt: RunReceipt, among files: [BundleFile]) {
    policy = files.first { $0.path.hasPrefix("policy/") }
    parameters = receipt.parameters
  }

  /// The id of the parameter that the policy is a value of.
  static let policyParameter = "#policy"

  /// The id of the policy's file, in a list; none where there is none.
  var policyIDs: [String] { policy.map { [$0.crateID] } ?? [] }

  /// The ids of the values.
  var valueIDs: [String] { policyIDs + parameters.map { valueID($0.name) } }

  /// The ids of the parameters.
  var parameterIDs: [String] {
    [Self.policyParameter] + parameters.map { parameterID($0.name) }
  }

  /// The values that are not files.
  var values: [JSON] {
    parameters.map { parameter in
      .entity(
        valueID(parameter.name), "PropertyValue", ("name", .string(parameter.name)),
        ("value", .string(parameter.value)),
        ("exampleOfWork", .reference(parameterID(parameter.name))))
    }
  }

  /// The parameters themselves.
  var formalParameters: [JSON] {
    [formalParameter(Self.policyParameter, "policy", "File")]
      + parameters.map { formalParameter(parameterID($0.name), $0.name, "PropertyValue") }
  }

  private func formalParameter(_ id: String, _ name: String, _ type: String) -> JSON {
    .entity(
      id, "FormalParameter", ("name", .string(name)), ("additionalType", .string(type)))
  }

  private func parameterID(_ name: String) -> String { "#parameter-" + name.inPercent }
  private func valueID(_ name: String) -> String { "#value-" + name.inPercent }
}
