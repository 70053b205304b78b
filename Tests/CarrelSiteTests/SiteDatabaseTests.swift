import CarrelCrypto
import CarrelJSON
import CarrelLedger
import CarrelSite
import CarrelValues
import Testing
import TestSupport

@Suite("A site's people") struct RosterTests {
  @Test func `are found by the key they sign with, in their role and while they are on it`() throws
  {
    let northmoor = try Northmoor()
    let key = try #require(northmoor.keys["g-1"]).verifyingKey.bytes
    let now = Northmoor.now.secondsSince1970
    #expect(
      try northmoor.database.person(signingWith: key, as: .guardian, at: now).id == "g-1")
    #expect(throws: ReviewError.wrongRole(.researcher)) {
      try northmoor.database.person(signingWith: key, as: .researcher, at: now)
    }
    try northmoor.database.lapse("g-1", at: now)
    #expect(throws: ReviewError.wrongRole(.guardian)) {
      try northmoor.database.person(signingWith: key, as: .guardian, at: now)
    }
    #expect(throws: ReviewError.unknownPerson("g-1")) {
      try northmoor.database.lapse("g-1", at: now)
    }
  }

  @Test func `have an id and a key of their own`() throws {
    let northmoor = try Northmoor()
    let other = try #require(try northmoor.database.people().first { $0.id == "g-1" })
    #expect(throws: ReviewError.exists("g-1")) { try northmoor.database.add(other) }
    let twin = Person(
      id: "g-8", name: "Twin", organisation: "Trust", roles: [.guardian],
      publicKey: other.publicKey, addedAt: 0)
    #expect(throws: ReviewError.exists("g-8")) { try northmoor.database.add(twin) }
  }

  @Test(
    "have ids that a file, a line and a table can hold",
    arguments: [
      ("g-07", true), ("a", true), ("", false), ("7g", false), ("G-7", false), ("g 7", false),
      ("é", false), ("a23456789012345678901234567890123", false),
    ])
  func ids(text: String, isID: Bool) { #expect(Person.isID(text) == isID) }
}

@Suite("A project") struct ProjectTests {
  @Test func `is kept as it was proposed, and approved by guardians of two organisations`() throws {
    let northmoor = try Northmoor(approved: false)
    #expect(try northmoor.database.project("P-014").state == .proposed)
    #expect(try northmoor.decideOnProject("g-1", .approve) == .waiting(guardians: 1))
    #expect(try northmoor.decideOnProject("g-3", .approve) == .waiting(guardians: 1))
    #expect(try northmoor.decideOnProject("g-2", .approve) == .decided(.approve))
    let found = try northmoor.database.project("P-014")
    #expect(found.state == .approved)
    #expect(found.project == (try Northmoor.project()))
    #expect(found.decisions.map(\.guardian) == ["g-1", "g-2", "g-3"])
  }

  @Test func `stays proposed where a guardian refuses`() throws {
    let northmoor = try Northmoor(approved: false)
    try northmoor.decideOnProject("g-1", .reject)
    #expect(try northmoor.decideOnProject("g-2", .approve) == .decided(.reject))
    #expect(try northmoor.database.project("P-014").state == .proposed)
  }

  @Test func `cannot be approved twice by one guardian`() throws {
    let northmoor = try Northmoor(approved: false)
    try northmoor.decideOnProject("g-1", .approve)
    #expect(throws: ReviewError.alreadyDecided(run: "P-014")) {
      try northmoor.decideOnProject("g-1", .approve)
    }
  }

  @Test func `names researchers who are on the roster`() throws {
    let northmoor = try Northmoor(approved: false)
    let project = try Northmoor.project { members in
      members[0] = .init("id", "P-015")
      members[6] = .init("researchers", ["r-1", "r-9"])
    }
    #expect(throws: ReviewError.unknownPerson("r-9")) {
      try northmoor.database.propose(
        project, policyText: Northmoor.policy, at: Northmoor.now)
    }
    #expect(try northmoor.database.projects().count == 1)
  }

  @Test(
    "is refused with the name of what is wrong",
    arguments: [
      (0, JSON.Member("id", "../x"), "`id` is not letters, digits and hyphens, such as `P-014`"),
      (1, .init("title", ""), "`title` is not a text"),
      (1, .init("titel", "x"), "a project has no `titel`"),
      (6, .init("researchers", ["r-1", "r-1"]), "`researchers` is not a list of different texts"),
      (6, .init("researchers", ["r-1", 2]), "`researchers` is not a list of different texts"),
      (
        7, .init("data", ["patients": []]),
        "`data` is not an object of tables, each with a list of columns or `every column`"
      ),
      (9, .init("starts", "2025-02-30"), "`starts` is not a day such as 2026-04-01"),
      (10, .init("ends", "2024-12-31"), "`ends` is not a day on or after `starts`"),
    ])
  func mistakes(index: Int, member: JSON.Member, text: String) throws {
    let error = #expect(throws: ProjectDocument.Mistake.self) {
      try Northmoor.project { $0[index] = member }
    }
    #expect(error?.description == text)
  }

  @Test func `is refused where a member is missing`() throws {
    let error = #expect(throws: ProjectDocument.Mistake.self) {
      try Northmoor.project { $0.remove(at: 5) }
    }
    #expect(error?.description == "the project's file has no `legal_basis`")
  }

  @Test func `runs from its first day to its last`() throws {
    let project = try Northmoor.project()
    let days = ["2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01"]
    #expect(
      days.compactMap { CivilDate(iso: $0) }.map(project.isCurrent) == [false, true, true, false])
  }
}

@Suite("A run at a site") struct SiteRunTests {
  @Test func `goes from submission to release with its files`() throws {
    let northmoor = try Northmoor()
    try northmoor.submit()
    #expect(try northmoor.database.submission(of: northmoor.run).map(\.path) == ["study/a.carrel"])
    try northmoor.hold()
    let digest = FileManifest.digest(of: Northmoor.outputs).hexadecimal
    #expect(try northmoor.run.outcome == .outputs(digest: digest))
    try northmoor.decide("g-1", .approve)
    #expect(try northmoor.run.state == .held)
    try northmoor.decide("g-2", .approve)
    #expect(try northmoor.run.state == .approved)
    #expect(try northmoor.run.publicState == "in review")
    let told = try northmoor.tellOutcomes(clock: Northmoor.now)
    #expect(try northmoor.run.state == .released)
    #expect(try northmoor.run.publicState == "released")
    #expect(told.map(\.number) == [try northmoor.site.ledger().count - 1])
    #expect(try northmoor.database.releasedFiles(of: northmoor.run).files == Northmoor.outputs)
    #expect(try northmoor.database.heldFiles(of: northmoor.run).map(\.path) == ["outputs/a.csv"])
  }

  @Test func `that is returned comes back as a new round with no decisions`() throws {
    let northmoor = try Northmoor()
    try northmoor.submit()
    try northmoor.hold()
    try northmoor.decide("g-1", .approve)
    try northmoor.decide("g-2", .return)
    #expect(try northmoor.run.state == .returned)
    #expect(throws: ReviewError.notReturned(run: "heron-417")) {
      try northmoor.database.resubmit(
        "heron-417", title: "", files: [], policy: Digest(of: []), at: Northmoor.now)
    }
    _ = try northmoor.tellOutcomes(clock: Northmoor.now)
    let next = try northmoor.database.resubmit(
      "heron-417", title: "Asthma, again",
      files: [SiteFile(path: "study/b.carrel", bytes: [])], policy: Digest(of: Northmoor.policy),
      at: Northmoor.now)
    #expect(next.round == 2 && next.state == .submitted && next.outcome == nil)
    #expect(try northmoor.database.decisions(on: next) == [])
    #expect(try northmoor.database.submission(of: next).map(\.path) == ["study/b.carrel"])
  }

  @Test func `is refused a second word by one guardian`() throws {
    let northmoor = try Northmoor()
    try northmoor.submit()
    try northmoor.hold()
    try northmoor.decide("g-1", .return)
    #expect(throws: ReviewError.alreadyDecided(run: "heron-417")) {
      try northmoor.decide("g-1", .approve)
    }
  }

  @Test func `that came to nothing cannot be approved`() throws {
    let northmoor = try Northmoor()
    try northmoor.submit()
    try northmoor.hold(.failure(RunFault(code: "S021")))
    #expect(throws: ReviewError.nothingToRelease(run: "heron-417")) {
      try northmoor.decide("g-1", .approve)
    }
    try northmoor.decide("g-1", .return)
  }

  @Test(
    "is left alone by what cannot happen to it now", arguments: ["hold", "release", "resubmit"])
  func misplaced(event: String) throws {
    let northmoor = try Northmoor()
    try northmoor.submit()
    try northmoor.hold()
    let before = try northmoor.run
    #expect(throws: ReviewError.self) {
      switch event {
      case "hold": try northmoor.hold()
      case "release":
        _ = try northmoor.tellOutcomes(of: "heron-417", clock: Northmoor.now)
      default:
        _ = try northmoor.database.resubmit(
          "heron-417", title: "x", files: [], policy: Digest(of: []), at: Northmoor.now)
      }
    }
    #expect(try northmoor.run == before)
    #expect(try northmoor.database.heldFiles(of: before).count == 1)
  }

  @Test func `survives in the file: another connection sees every change`() throws {
    let northmoor = try Northmoor()
    try northmoor.submit()
    let other = try SiteDatabase(of: Site.open(at: northmoor.site.path))
    #expect(try other.run(named: "heron-417") == northmoor.run)
  }

  @Test func `cannot be larger than a site takes`() throws {
    let northmoor = try Northmoor()
    let large = SiteFile(
      path: "x", bytes: Array(repeating: 0, count: SiteDatabase.submissionLimitBytes + 1))
    #expect(throws: ReviewError.submissionTooLarge) {
      try northmoor.database.submit(
        SiteRun(
          id: "1", name: "tern-630", project: "P-014", author: "r-1", title: "", submittedAt: 0,
          round: 1, state: .submitted, outcome: nil), files: [large], policy: Digest(of: []))
    }
    #expect(try northmoor.database.runs() == [])
  }
}
