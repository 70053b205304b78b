import CarrelJSON
import CarrelSite
import CarrelValues
import TestSupport
import Testing

/// A protected site with two guardians of two organisations, a researcher and an approved project.
private struct Northmoor {
  let folder: TemporaryFolder
  let site: Site
  let database: SiteDatabase
  static let quorum = Quorum(guardians: 2, organisations: 2)
  /// 1 June 2025.
  static let now = 20240 * 86400

  init(approved: Bool = true) throws {
    folder = try TemporaryFolder()
    site = try Site.create(
      at: folder["northmoor"], name: "Northmoor", kind: .protected, policy: "opensafely")
    database = try SiteDatabase(of: site)
    for person in [
      person("g-1", of: "Trust"), person("g-2", of: "University"), person("g-3", of: "Trust"),
      person("r-1", of: "University", [.researcher]),
    ] { try database.add(person) }
    try database.propose(try Self.project(), at: Self.now)
    guard approved else { return }
    try decideOnProject("g-1", .approve)
    try decideOnProject("g-2", .approve)
  }

  @discardableResult
  func decideOnProject(_ guardian: String, _ word: Decision.Word) throws -> Quorum.Verdict {
    try database.decide(
      onProject: "P-014", decision(guardian, word, at: Self.now, until: Self.now + 100),
      by: Self.quorum, at: Self.now)
  }

  @discardableResult
  func decide(_ guardian: String, _ word: Decision.Word) throws -> Quorum.Verdict {
    try database.decide(
      on: "heron-417", decision(guardian, word, at: Self.now, until: Self.now + 100),
      by: Self.quorum, at: Self.now)
  }

  func submit() throws {
    try database.submit(
      SiteRun(
        id: "0e3a6b9e-0000-4000-8000-000000000001", name: "heron-417", project: "P-014",
        author: "r-1", title: "Asthma", submittedAt: Self.now, round: 1, state: .submitted,
        outcome: nil),
      files: [SiteFile(path: "study/a.carrel", bytes: Array("study".utf8))])
  }

  func hold() throws {
    try database.hold(
      "heron-417", .outputs(digest: "41c9"),
      files: [SiteFile(path: "outputs/a.csv", bytes: Array("line\n".utf8))])
  }

  var run: SiteRun { get throws { try database.run(named: "heron-417") } }

  static func project(_ changes: (inout [JSON.Member]) -> Void = { _ in }) throws -> Project {
    var members: [JSON.Member] = [
      .init("id", "P-014"), .init("title", "Asthma reviews"), .init("summary", "Who is reviewed"),
      .init("public_benefit", "Better reviews"), .init("organisation", "University"),
      .init("legal_basis", "Article 6(1)(e)"), .init("researchers", ["r-1"]),
      .init("data", ["patients": ["sex"], "clinical_events": "every column"]),
      .init("policy", "opensafely"), .init("starts", "2025-01-01"), .init("ends", "2025-12-31"),
    ]
    changes(&members)
    return try ProjectDocument.read(.object(members)) {
      Project.PolicyBinding(name: $0, version: 3, digest: "00ff")
    }
  }
}

@Suite("A site's people") struct RosterTests {
  @Test func `are found by the key they sign with, in their role and while they are on it`() throws
  {
    let northmoor = try Northmoor()
    let (key, now) = (person("g-1").publicKey, Northmoor.now)
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
    #expect(throws: ReviewError.exists("g-1")) { try northmoor.database.add(person("g-1")) }
    let other = person("g-1")
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
      members[6] = .init("researchers", ["r-1", "r-2"])
    }
    #expect(throws: ReviewError.unknownPerson("r-2")) {
      try northmoor.database.propose(project, at: Northmoor.now)
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
    #expect(try northmoor.run.outcome == .outputs(digest: "41c9"))
    try northmoor.decide("g-1", .approve)
    #expect(try northmoor.run.state == .held)
    try northmoor.decide("g-2", .approve)
    #expect(try northmoor.run.state == .approved)
    try northmoor.database.release("heron-417", as: 431, at: Northmoor.now)
    #expect(try northmoor.run.state == .released)
    #expect(try northmoor.database.releaseNumber(of: northmoor.run) == 431)
    #expect(try northmoor.database.heldFiles(of: northmoor.run).map(\.path) == ["outputs/a.csv"])
  }

  @Test func `that is returned comes back as a new round with no decisions`() throws {
    let northmoor = try Northmoor()
    try northmoor.submit()
    try northmoor.hold()
    try northmoor.decide("g-1", .approve)
    try northmoor.decide("g-2", .return)
    #expect(try northmoor.run.state == .returned)
    let next = try northmoor.database.resubmit(
      "heron-417", title: "Asthma, again",
      files: [SiteFile(path: "study/b.carrel", bytes: [])], at: Northmoor.now)
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
    try northmoor.database.hold("heron-417", .failed(code: "S021"), files: [])
    #expect(throws: ReviewError.nothingToRelease(run: "heron-417")) {
      try northmoor.decide("g-1", .approve)
    }
    try northmoor.decide("g-1", .return)
  }

  @Test func `goes back to the guardians where the audit at release differs`() throws {
    let northmoor = try Northmoor()
    try northmoor.submit()
    try northmoor.hold()
    try northmoor.decide("g-1", .approve)
    try northmoor.decide("g-2", .approve)
    try northmoor.database.holdAgain("heron-417")
    #expect(try northmoor.run.state == .held)
    #expect(try northmoor.database.decisions(on: northmoor.run) == [])
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
      case "release": try northmoor.database.release("heron-417", as: 1, at: Northmoor.now)
      default:
        _ = try northmoor.database.resubmit(
          "heron-417", title: "x", files: [], at: Northmoor.now)
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
          round: 1, state: .submitted, outcome: nil), files: [large])
    }
    #expect(try northmoor.database.runs() == [])
  }
}
