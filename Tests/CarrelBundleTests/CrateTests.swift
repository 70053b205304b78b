import CarrelBundle
import CarrelJSON
import Testing

@Suite("The metadata of a bundle") struct CrateTests {
  private let files: [BundleFile]
  private let crate: JSON

  init() throws {
    let folder = try Fixture().bundle().folder()
    let metadata = try #require(folder.first { $0.path == "ro-crate-metadata.json" })
    files = folder.filter { $0.path != metadata.path }
    crate = try JSON(parsing: metadata.bytes)
  }

  /// The crate with its graph changed.
  private func changed(_ change: ([JSON]) -> [JSON]) -> JSON {
    .object(
      (crate.members ?? []).map { member in
        member.name == "@graph" ? .init("@graph", .array(change(member.value.array ?? []))) : member
      })
  }

  private func without(_ id: String) -> JSON {
    changed { graph in
      graph.filter { $0["@id"]?.string != id }.map { entity in
        .object(
          (entity.members ?? []).map { member in
            guard let list = member.value.array else { return member }
            return .init(member.name, .array(list.filter { $0["@id"]?.string != id }))
          })
      }
    }
  }

  private func with(_ id: String, _ name: String, _ value: JSON) -> JSON {
    changed { graph in
      graph.map { entity in
        entity["@id"]?.string != id
          ? entity
          : .object(
            (entity.members ?? []).filter { $0.name != name } + [.init(name, value)])
      }
    }
  }

  @Test func `the crate of a release is complete`() throws {
    try CrateChecker.check(crate, files: files)
  }

  @Test func `the profile accepts a crate without a disclosure action, and we do not`() {
    #expect(throws: CrateFault.noDisclosureCheck) {
      try CrateChecker.check(without("#disclosure"), files: files)
    }
    let failed: JSON = "http://schema.org/FailedActionStatus"
    #expect(throws: CrateFault.noDisclosureCheck) {
      try CrateChecker.check(with("#disclosure", "actionStatus", failed), files: files)
    }
  }

  @Test(
    "every other part is needed",
    arguments: [
      "#run", "#check", "#validate", "#signoff", "#publish", "#project", "#site", "study/",
      "outputs/reviews.csv", "report.html", "ro-crate-metadata.json", "./", "urn:x-carrel:program",
      "policy/plain.policy", "#policy", "study/ro-crate-metadata.json",
    ])
  func needed(_ id: String) {
    #expect(throws: CrateFault.self) { try CrateChecker.check(without(id), files: files) }
  }

  @Test func `ids are unique, references lead somewhere, times are whole hours`() {
    #expect(throws: CrateFault.unclearEntity) {
      try CrateChecker.check(changed { $0 + [$0[1]] }, files: files)
    }
    #expect(throws: CrateFault.brokenReference) {
      try CrateChecker.check(with("#run", "agent", ["@id": "#nobody"]), files: files)
    }
    #expect(throws: CrateFault.timeTooExact) {
      try CrateChecker.check(with("#run", "endTime", "2025-05-19T09:12:00Z"), files: files)
    }
    // What the profile's own validator asks of a run: a person, and the main entity alone.
    #expect(throws: CrateFault.incomplete(entity: "#run")) {
      try CrateChecker.check(with("#run", "agent", ["@id": "#site"]), files: files)
    }
    #expect(throws: CrateFault.incomplete(entity: "#run")) {
      let two: JSON = [["@id": "study/"], ["@id": "urn:x-carrel:program"]]
      try CrateChecker.check(with("#run", "instrument", two), files: files)
    }
    let spelledWrongly: JSON = "http://schema.org/CompletedActionStatuses"
    #expect(throws: CrateFault.incomplete(entity: "#run")) {
      try CrateChecker.check(with("#run", "actionStatus", spelledWrongly), files: files)
    }
  }

  @Test func `a file that is not described is refused`() {
    let more = files + [BundleFile(path: "outputs/more.csv", bytes: [])]
    #expect(throws: CrateFault.filesDiffer) { try CrateChecker.check(crate, files: more) }
  }

  @Test func `every file says what it is`() {
    for id in files.map(\.path) {
      #expect(throws: CrateFault.incomplete(entity: id)) {
        try CrateChecker.check(with(id, "description", ""), files: files)
      }
    }
  }
}
