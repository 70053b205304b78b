public import CarrelJSON
internal import CarrelLedger

/// Holds metadata to the profile of released results, and to more than it.
///
/// The profile accepts a crate without a disclosure action; this does not. Nor does it accept a file
/// that is not described, a reference that leads nowhere, or a time finer than the hour.
public struct CrateChecker {
  private let entities: [String: JSON]
  private let order: [String]

  /// Checks metadata against the paths of the files beside it.
  ///
  /// - Throws: The first ``CrateFault``.
  public static func check(_ crate: JSON, files: [BundleFile]) throws(CrateFault) {
    let checker = try CrateChecker(crate)
    try checker.checkReferences()
    try checker.checkTimes()
    try checker.checkDescriptor()
    try checker.checkRoot()
    try checker.checkFiles(files)
    try checker.checkRun(files)
    try checker.checkPhases()
    try checker.checkPeople()
  }

  private init(_ crate: JSON) throws(CrateFault) {
    guard crate["@context"]?.string == Crate.version + "/context",
      let graph = crate["@graph"]?.array
    else { throw .notACrate }
    var entities: [String: JSON] = [:]
    for entity in graph {
      guard let id = entity["@id"]?.string, entity["@type"]?.string != nil,
        entities.updateValue(entity, forKey: id) == nil
      else { throw .unclearEntity }
    }
    self.entities = entities
    order = graph.compactMap { $0["@id"]?.string }
  }

  // MARK: The graph

  /// Members whose references may lead out of the crate, to published terms.
  private static let outward = ["conformsTo", "additionalType"]

  private func checkReferences() throws(CrateFault) {
    for id in order {
      for member in entities[id]?.members ?? [] where !Self.outward.contains(member.name) {
        for target in member.value.targets where entities[target] == nil {
          throw .brokenReference
        }
      }
    }
  }

  private func checkTimes() throws(CrateFault) {
    for id in order {
      for name in ["startTime", "endTime", "datePublished"] {
        guard let value = entities[id]?[name] else { continue }
        guard let time = value.string.flatMap({ LedgerTime($0) }), time == time.startOfHour else {
          throw .timeTooExact
        }
      }
    }
  }

  /// The entity, if it is of the type and has texts and references under these names.
  private func entity(
    _ id: String, _ type: String, _ names: [String]
  ) throws(CrateFault) -> JSON {
    guard let entity = entities[id], entity["@type"]?.string == type else {
      throw .incomplete(entity: id)
    }
    for name in names {
      let isText = entity[name]?.string.map { !$0.isEmpty } ?? false
      guard isText || entity[name]?.targets.isEmpty == false else { throw .incomplete(entity: id) }
    }
    return entity
  }

  // MARK: The entities

  private func checkDescriptor() throws(CrateFault) {
    let descriptor = try entity(Crate.fileName, "CreativeWork", ["about", "conformsTo"])
    guard descriptor["about"]?.targets == ["./"],
      descriptor["conformsTo"]?.targets == [Crate.version]
    else { throw .incomplete(entity: Crate.fileName) }
  }

  private func checkRoot() throws(CrateFault) {
    let root = try entity(
      "./", "Dataset",
      [
        "name", "description", "conformsTo", "mainEntity", "sourceOrganization", "mentions",
        "hasPart", "datePublished", "publisher", "license",
      ])
    let actions = order.filter { entities[$0]?["@type"]?.string?.hasSuffix("Action") == true }
    guard root["conformsTo"]?.targets == [Crate.profile],
      Set(root["mentions"]?.targets ?? []) == Set(actions)
    else { throw .incomplete(entity: "./") }
  }

  private func checkFiles(_ files: [BundleFile]) throws(CrateFault) {
    let described = order.filter { entities[$0]?["@type"]?.string == "File" }
    let parts = Set(entities["./"]?["hasPart"]?.targets ?? [])
    guard Set(described) == Set(files.map(\.crateID)), parts.isSuperset(of: described) else {
      throw .filesDiffer
    }
    for id in described {
      _ = try entity(id, "File", ["name", "description", "encodingFormat", "contentSize"])
    }
  }

  private func checkRun(_ files: [BundleFile]) throws(CrateFault) {
    let names = [
      "agent", "instrument", "object", "result", "startTime", "endTime", "actionStatus",
    ]
    let run = try entity(Crate.run, "CreateAction", names)
    let results = files.filter { $0.path.hasPrefix("outputs/") || $0.path == "report.html" }
    let main = entities["./"]?["mainEntity"]?.targets ?? []
    guard run["actionStatus"]?.string == Crate.completed, needsSoftware(main),
      run["instrument"]?.targets == main, isByAPerson(run),
      Set(run["result"]?.targets ?? []) == Set(results.map(\.crateID)),
      let start = run["startTime"]?.string.flatMap({ LedgerTime($0) }),
      let end = run["endTime"]?.string.flatMap({ LedgerTime($0) }), start <= end
    else { throw .incomplete(entity: Crate.run) }
    for id in run["object"]?.targets ?? [] { try checkInput(id) }
  }

  /// What a run was given says which parameter it is a value of.
  private func checkInput(_ id: String) throws(CrateFault) {
    let parameters = entities[id]?["exampleOfWork"]?.targets ?? []
    guard !parameters.isEmpty else { throw .incomplete(entity: id) }
    for parameter in parameters { _ = try entity(parameter, "FormalParameter", ["name"]) }
  }

  private func isByAPerson(_ action: JSON) -> Bool {
    (action["agent"]?.targets ?? []).allSatisfy { entities[$0]?["@type"]?.string == "Person" }
  }

  /// Whether the study says which program runs it.
  private func needsSoftware(_ main: [String]) -> Bool {
    main.contains { id in
      (entities[id]?["softwareRequirements"]?.targets ?? []).contains {
        entities[$0]?["@type"]?.string == "SoftwareApplication"
      }
    }
  }

  /// Whether a program is among what the action was done with.
  private func namesSoftware(_ action: JSON) -> Bool {
    (action["instrument"]?.targets ?? []).contains {
      entities[$0]?["@type"]?.string == "SoftwareApplication"
    }
  }

  private func checkPhases() throws(CrateFault) {
    for phase in CratePhase.allCases {
      let actions = order.filter { entities[$0]?["additionalType"]?.targets == [phase.term] }
      let isDone =
        actions.count == 1
        && actions.allSatisfy { id in
          let action = try? entity(
            id, phase.type, ["agent", "object", "instrument", "endTime", "actionStatus"])
          return action?["actionStatus"]?.string == Crate.completed
            && (phase != .disclosure || action.map(namesSoftware) == true)
        }
      guard isDone else {
        throw phase == .disclosure ? .noDisclosureCheck : .incomplete(entity: phase.id)
      }
    }
  }

  private func checkPeople() throws(CrateFault) {
    let root = entities["./"]
    for id in root?["sourceOrganization"]?.targets ?? [] {
      let project = try entity(
        id, "Project", ["name", "description", "identifier", "member", "publishingPrinciples"])
      for identifier in project["identifier"]?.targets ?? [] {
        _ = try entity(identifier, "PropertyValue", ["name", "value"])
      }
      for member in project["member"]?.targets ?? []
      where entities[member]?["@type"]?.string == "Person" {
        _ = try entity(member, "Person", ["name", "affiliation", "memberOf"])
      }
    }
    for id in root?["publisher"]?.targets ?? [] { _ = try entity(id, "Organization", ["name"]) }
    for id in order where entities[id]?["@type"]?.string == "SoftwareApplication" {
      _ = try entity(id, "SoftwareApplication", ["name", "url", "version"])
    }
  }
}

extension JSON {
  /// The ids that a value refers to, by itself or in a list.
  fileprivate var targets: [String] {
    let values = array ?? [self]
    return values.compactMap { $0["@id"]?.string }
  }
}
