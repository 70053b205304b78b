internal import CarrelJSON
internal import CarrelLedger

/// What a Five Safes crate says was done with it, each once.
enum CratePhase: String, CaseIterable {
  case check = "CheckValue"
  case validate = "ValidationCheck"
  case signOff = "SignOff"
  case disclosure = "DisclosureCheck"
  case publish = "GenerateCheckValue"

  /// The term that says which phase an action is.
  var term: String { "https://w3id.org/shp#" + rawValue }
  /// The type of the action.
  var type: String { self == .publish ? "UpdateAction" : "AssessAction" }
  /// The action's id.
  var id: String {
    switch self {
    case .check: "#check"
    case .validate: "#validate"
    case .signOff: "#signoff"
    case .disclosure: "#disclosure"
    case .publish: "#publish"
    }
  }
}

extension Crate {
  /// The id of the run.
  static let run = "#run"

  /// The run, and every phase of its being checked.
  var actions: [JSON] { [runAction] + CratePhase.allCases.map(action) }

  /// The profile's validator takes no agent but a person, and no instrument but the main entity; so
  /// the program stands with the study, as what it needs.
  private var runAction: JSON {
    .entity(
      Self.run, "CreateAction", ("name", .string("Run \(receipt.run)")),
      ("identifier", .string("urn:uuid:\(receipt.run)")),
      ("agent", .reference("#researcher")), ("instrument", .references([Self.study])),
      ("object", .references(inputs.valueIDs)),
      ("result", .references(files.filter(isOutput).map(\.crateID))),
      ("startTime", .string(receipt.started.description)),
      ("endTime", .string(receipt.finished.description)),
      ("actionStatus", .string(Self.completed)))
  }

  private func action(_ phase: CratePhase) -> JSON {
    let (name, object, instrument): (String, JSON, [String]) =
      switch phase {
      case .check: ("Checksums agree", .reference("./"), [Self.hashTerm])
      case .validate: ("The crate follows its profile", .reference("./"), [Self.profile])
      case .signOff:
        (
          "\(release.approvalsNeeded) guardians approved exactly these files",
          .references(["./", Self.study, "#project"]), inputs.policyIDs
        )
      case .disclosure:
        (
          "Every figure passed the disclosure policy", .reference("./"),
          [Self.software] + inputs.policyIDs
        )
      case .publish: ("Checksums written", .reference("./"), [Self.hashTerm])
      }
    return .entity(
      phase.id, phase.type, ("additionalType", .reference(phase.term)), ("name", .string(name)),
      ("object", object), ("instrument", .references(instrument)), ("agent", .reference("#site")),
      ("endTime", .string(release.released.description)),
      ("actionStatus", .string(Self.completed)))
  }
}
