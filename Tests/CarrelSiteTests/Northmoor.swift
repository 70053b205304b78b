import CarrelCrypto
import CarrelJSON
import CarrelLedger
import CarrelSite
import TestSupport

/// A protected site with guardians of two organisations, researchers and an approved project, at a
/// moment of its own.
struct Northmoor: @unchecked Sendable {
  let folder: TemporaryFolder
  let site: Site
  let database: SiteDatabase
  let keys: [String: SigningKey]

  /// 1 June 2025.
  static let now = moment(dayNumber: 20240)
  static let policy = Array("policy opensafely version 3\n".utf8)
  static let outputs = [SiteFile(path: "outputs/a.csv", bytes: Array("line\n".utf8))]

  static func moment(dayNumber: Int, second: Int = 0) -> LedgerTime {
    guard let time = LedgerTime(secondsSince1970: dayNumber * 86_400 + second) else {
      preconditionFailure("a day of this century")
    }
    return time
  }

  /// A copy of a site that is made once: making one waits for the disk many times.
  init(approved: Bool = true) throws {
    let template = try (approved ? Self.approved : Self.proposed).get()
    folder = try TemporaryFolder()
    try Program(system: "/bin/cp").succeed([
      "-a", template.site.path, folder["northmoor"],
    ])
    site = try Site.open(at: folder["northmoor"])
    database = try SiteDatabase(of: site)
    keys = template.keys
  }

  private static let approved: Result<Northmoor, any Error> = Result {
    try Northmoor(makingApproved: true)
  }
  private static let proposed: Result<Northmoor, any Error> = Result {
    try Northmoor(makingApproved: false)
  }

  private init(makingApproved isApproved: Bool) throws {
    folder = try TemporaryFolder()
    site = try Site.create(
      at: folder["northmoor"], name: "Northmoor", kind: .protected, policy: "opensafely",
      time: Self.moment(dayNumber: 20000))
    database = try SiteDatabase(of: site)
    var keys: [String: SigningKey] = [:]
    for (id, organisation, role) in [
      ("g-1", "Trust", Person.Role.guardian), ("g-2", "University", .guardian),
      ("g-3", "Trust", .guardian), ("r-1", "University", .researcher),
      ("r-2", "University", .researcher),
    ] {
      // The author is a guardian too, of other people's studies.
      let roles: Set<Person.Role> = id == "r-1" ? [.researcher, .guardian] : [role]
      let key = try SigningKey()
      keys[id] = key
      try database.add(
        Person(
          id: id, name: "Name of \(id)", organisation: organisation, roles: roles,
          publicKey: key.verifyingKey.bytes, addedAt: 0))
    }
    self.keys = keys
    try database.propose(try Self.project(), policyText: Self.policy, at: Self.now)
    if isApproved {
      try decideOnProject("g-1", .approve)
      try decideOnProject("g-2", .approve)
    }
    try database.settle(at: Self.now)
  }

  /// The key of somebody on the roster.
  func key(_ id: String) -> SigningKey {
    guard let key = keys[id] else { preconditionFailure("\(id) has a key") }
    return key
  }

  @discardableResult
  func decideOnProject(
    _ guardian: String, _ word: SignedWord
  ) throws -> Quorum.Verdict {
    let found = try database.project("P-014")
    let statement = DecisionStatement(
      word: word, matter: database.matter(of: found), guardian: guardian,
      expiry: Self.moment(dayNumber: 20300))
    return try database.decide(
      onProject: "P-014", statement.signed(with: key(guardian)), reason: "", at: Self.now)
  }

  /// A guardian's signed word on the present round.
  func signed(
    _ guardian: String, _ word: SignedWord,
    expiry: LedgerTime = moment(dayNumber: 20270),
    _ change: (RunMatter) -> RunMatter = { $0 }
  ) throws -> Envelope {
    DecisionStatement(
      word: word, matter: change(try database.matter(of: run)), guardian: guardian, expiry: expiry
    ).signed(with: key(guardian))
  }

  @discardableResult
  func decide(
    _ guardian: String, _ word: SignedWord
  ) throws -> Quorum.Verdict {
    try database.decide(
      on: "heron-417", try signed(guardian, word), reason: "", at: Self.now)
  }

  func submit(_ name: String = "heron-417", byteCount: Int = 5) throws {
    try database.submit(
      SiteRun(
        id: try RunName.randomUUID(), name: name, project: "P-014", author: "r-1",
        title: "Asthma", submittedAt: Self.now.secondsSince1970, round: 1, state: .submitted,
        outcome: nil),
      files: [SiteFile(path: "study/a.carrel", bytes: Array(repeating: 35, count: byteCount))],
      policy: Digest(of: Self.policy))
  }

  func hold(
    _ outcome: Result<[SiteFile], RunFault> = .success(Self.outputs), name: String = "heron-417"
  ) throws {
    try database.hold(
      name, outcome,
      reading: .init(
        snapshot: site.publicDigest(ofSnapshot: "s"),
        releaseLedgerHead: try database.releaseLedgerHead()), packet: [])
  }

  /// A run that two guardians have approved.
  func approve() throws {
    try submit()
    try hold()
    try decide("g-1", .approve)
    try decide("g-2", .approve)
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
      Project.PolicyBinding(name: $0, version: 3, digest: Digest(of: policy).hexadecimal)
    }
  }
}
