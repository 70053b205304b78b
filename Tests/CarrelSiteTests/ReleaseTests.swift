import CarrelCrypto
import CarrelLedger
import CarrelStore
import TestSupport
import Testing

@testable import CarrelSite

@Suite("A signed word on a run") struct SignedWordTests {
  private let northmoor: Northmoor

  init() throws {
    northmoor = try Northmoor()
    try northmoor.submit()
    try northmoor.hold()
  }

  /// One change of each part that a word is signed over.
  private static let changes: [(String, @Sendable (RunMatter) -> RunMatter)] =
    [
      ("site", { $0.with(site: "other") }), ("project", { $0.with(project: "P-015") }),
      ("run", { $0.with(run: "1") }), ("study", { $0.with(study: Digest(of: [1])) }),
      ("snapshot", { $0.with(snapshot: Digest(of: [1])) }),
      ("policy", { $0.with(policy: Digest(of: [1])) }), ("round", { $0.with(round: 2) }),
      ("outputs", { $0.with(outputs: Digest(of: [1])) }),
    ]

  @Test("F2: is void where one part of it is another", arguments: changes.map(\.0))
  func altered(part: String) throws {
    let change = try #require(Self.changes.first { $0.0 == part }).1
    let envelope = try northmoor.signed("g-1", .approve, change)
    #expect(throws: ReviewError.badSignature) {
      try northmoor.database.decide(on: "heron-417", envelope, reason: "", at: Northmoor.now)
    }
    #expect(try northmoor.database.decisions(on: northmoor.run) == [])
  }

  @Test func `is void under another guardian's name, after its time, or with one byte changed`()
    throws
  {
    let matter = try northmoor.database.matter(of: northmoor.run)
    let until = Northmoor.moment(dayNumber: 20270)
    let borrowed = DecisionStatement(
      word: .approve, matter: matter, guardian: "g-2", expiry: until
    ).signed(with: northmoor.key("g-1"))
    let expired = try northmoor.signed("g-1", .approve, expiry: Northmoor.now)
    for envelope in [borrowed, expired] {
      #expect(throws: ReviewError.badSignature) {
        try northmoor.database.decide(on: "heron-417", envelope, reason: "", at: Northmoor.now)
      }
    }
    let good = try northmoor.signed("g-1", .reject)
    let relabelled = String(decoding: good.payload, as: UTF8.self)
      .replacing("\"word\":\"reject\"", with: "\"word\":\"approve\"")
    var forged = Envelope(payloadType: good.payloadType, payload: Array(relabelled.utf8))
    forged.sign(with: northmoor.key("r-1"))
    let bytes = String(decoding: forged.bytes, as: UTF8.self)
    let signature = try #require(Envelope(parsing: Array(bytes.utf8)).signatures.first)
    #expect(signature != good.signatures.first)
    #expect(throws: ReviewError.badSignature) {
      try northmoor.database.decide(on: "heron-417", forged, reason: "", at: Northmoor.now)
    }
  }

  @Test func `of a researcher, or of somebody who left, is no guardian's`() throws {
    let matter = try northmoor.database.matter(of: northmoor.run)
    let until = Northmoor.moment(dayNumber: 20270)
    let researcher = DecisionStatement(
      word: .approve, matter: matter, guardian: "r-2", expiry: until
    ).signed(with: northmoor.key("r-2"))
    #expect(throws: ReviewError.wrongRole(.guardian)) {
      try northmoor.database.decide(on: "heron-417", researcher, reason: "", at: Northmoor.now)
    }
    let envelope = try northmoor.signed("g-1", .approve)
    try northmoor.database.lapse("g-1", at: Northmoor.now.secondsSince1970)
    #expect(throws: ReviewError.wrongRole(.guardian)) {
      try northmoor.database.decide(on: "heron-417", envelope, reason: "", at: Northmoor.now)
    }
  }

  @Test func `of the author counts for nothing, however good the signature`() throws {
    let own = try northmoor.signed("r-1", .approve)
    #expect(throws: ReviewError.notIndependent(.author)) {
      try northmoor.database.decide(on: "heron-417", own, reason: "", at: Northmoor.now)
    }
    #expect(throws: ReviewError.notIndependent(.researcherOfTheProject)) {
      try Northmoor(approved: false).decideOnProject("r-1", .approve)
    }
  }

  @Test func `of one round does not serve in the next`() throws {
    let first = try northmoor.signed("g-1", .approve)
    try northmoor.decide("g-2", .return)
    try northmoor.decide("g-1", .approve)
    _ = try northmoor.tellOutcomes(clock: Northmoor.now)
    _ = try northmoor.database.resubmit(
      "heron-417", title: "Asthma", files: [SiteFile(path: "study/a.carrel", bytes: [])],
      policy: Digest(of: Northmoor.policy), at: Northmoor.now)
    try northmoor.hold()
    #expect(throws: ReviewError.badSignature) {
      try northmoor.database.decide(on: "heron-417", first, reason: "", at: Northmoor.now)
    }
  }
}

@Suite("A release") struct ReleaseTests {
  private let northmoor: Northmoor

  init() throws {
    northmoor = try Northmoor()
    try northmoor.approve()
  }

  /// Releases, and gives why that was refused; the run is then with the guardians again.
  private func refusal(at clock: LedgerTime = Northmoor.now) throws -> ReviewError? {
    let told = try northmoor.tellOutcomes(clock: clock)
    try #require(told.count == 1)
    #expect(told[0].number == nil)
    #expect(try northmoor.run.state == .held)
    #expect(try northmoor.database.decisions(on: northmoor.run) == [])
    #expect(try northmoor.database.releases() == [])
    return told[0].refusal
  }

  @Test(
    "is of exactly the bytes that were signed",
    arguments: [
      "UPDATE held_files SET bytes = CAST('lime' AS BLOB)",
      "UPDATE held_files SET path = 'outputs/b.csv'",
      "INSERT INTO held_files SELECT run, round, 'outputs/z.csv', bytes FROM held_files",
      "DELETE FROM held_files",
      "UPDATE submitted_files SET bytes = CAST('other' AS BLOB)",
    ])
  func swapped(statement: String) throws {
    try northmoor.database.database.execute(statement)
    #expect(try refusal() == .changedSinceSigned(run: "heron-417"))
  }

  @Test(
    "counts signatures again, and takes no column's word for them",
    arguments: [
      "UPDATE decisions SET envelope = CAST('{}' AS BLOB) WHERE guardian = 'g-1'",
      "UPDATE decisions SET envelope = (SELECT envelope FROM decisions WHERE guardian = 'g-2')",
      "UPDATE rounds SET policy = replace(policy, substr(policy, 1, 1), 'f') || ''",
      "UPDATE rounds SET snapshot = submission",
      "UPDATE people SET organisation = 'Trust'",
      "UPDATE people SET roles = 'researcher' WHERE id = 'g-1'",
      "UPDATE people SET public_key = zeroblob(32) WHERE id = 'g-1'",
      "UPDATE people SET lapsed_at = 1 WHERE id = 'g-2'",
    ])
  func recounted(statement: String) throws {
    let policy = try northmoor.database.terms(of: northmoor.run).policy.hexadecimal
    if statement.contains("replace(policy"), policy.hasPrefix("f") { return }
    try northmoor.database.database.execute(statement)
    #expect(try refusal() == .tooFewApprovals(run: "heron-417"))
  }

  @Test func `does not follow from approvals of another run, replayed`() throws {
    _ = try northmoor.tellOutcomes(clock: Northmoor.now)
    try northmoor.submit("tern-630")
    try northmoor.hold(name: "tern-630")
    let other = try northmoor.database.run(named: "tern-630")
    try northmoor.database.database.execute(
      """
      INSERT INTO decisions SELECT '\(other.id)', round, guardian, word, decided_at, expires_at,
        reason, message, envelope FROM decisions;
      UPDATE runs SET state = 'approved' WHERE id = '\(other.id)';
      """)
    let told = try northmoor.tellOutcomes(clock: Northmoor.now)
    #expect(told.map(\.refusal) == [.tooFewApprovals(run: "tern-630")])
    #expect(try northmoor.database.run(named: "tern-630").state == .held)
    #expect(try northmoor.database.releases().count == 1)
  }

  @Test func `does not follow from approvals whose time is over, whatever the clock says later`()
    throws
  {
    #expect(
      try refusal(at: Northmoor.moment(dayNumber: 20271)) == .tooFewApprovals(run: "heron-417"))
  }

  @Test func `takes the time of the last entry where the clock goes back`() throws {
    let late = Northmoor.moment(dayNumber: 20271)
    try northmoor.site.append([.optOutsApplied(snapshot: "2025-07-02")], at: late)
    #expect(try northmoor.site.time(by: Northmoor.moment(dayNumber: 19000)) == late)
    #expect(
      try refusal(at: Northmoor.moment(dayNumber: 19000)) == .tooFewApprovals(run: "heron-417"))
  }

  @Test func `opens in the log what was promised at the submission`() throws {
    _ = try northmoor.tellOutcomes(clock: Northmoor.now)
    let events = try northmoor.site.ledger().verify().map(\.event)
    let promises = events.compactMap { event -> Commitment? in
      if case .runCommitted(_, _, _, let commitment) = event { commitment } else { nil }
    }
    guard case .runReleased(let run, let opening, let outputs, _) = try #require(events.last) else {
      Issue.record("the last entry is no release")
      return
    }
    #expect(promises == [opening.commitment(to: .submission)])
    let own = try northmoor.run.id
    #expect(run == own)
    #expect(outputs == FileManifest.digest(of: Northmoor.outputs))
  }

  @Test func `F3: hands out nothing that changed after it`() throws {
    _ = try northmoor.tellOutcomes(clock: Northmoor.now)
    try northmoor.database.database.execute("UPDATE held_files SET bytes = CAST('lime' AS BLOB)")
    #expect(throws: ReviewError.changedSinceSigned(run: "heron-417")) {
      try northmoor.database.releasedFiles(of: northmoor.run)
    }
  }

  @Test func `hands out nothing before the log has it, and enters it once after a crash`() throws {
    // What a crash between the change and the log leaves.
    _ = try northmoor.tellOutcomes(clock: Northmoor.now)
    let count = try northmoor.site.ledger().count
    try northmoor.database.database.execute(
      "UPDATE ledger_entries SET number = NULL WHERE id = (SELECT max(id) FROM ledger_entries)")
    #expect(throws: ReviewError.notReleased(run: "heron-417")) {
      try northmoor.database.releasedFiles(of: northmoor.run)
    }
    try northmoor.database.settle(at: Northmoor.now)
    #expect(try northmoor.site.ledger().count == count)
    #expect(try northmoor.database.releases().map(\.number) == [count - 1])
    #expect(try northmoor.database.releasedFiles(of: northmoor.run).files == Northmoor.outputs)
  }

  @Test func `F1: by two at once happens once: one waits`() async throws {
    let site = northmoor.site
    let numbers = try await withThrowingTaskGroup(of: [Int].self) { group in
      for _ in 0..<4 {
        group.addTask {
          let database = try SiteDatabase(of: Site.open(at: site.path))
          return try database.tellOutcomes(clock: Northmoor.now) { _ in .safe(factCounts: [:]) }
            .compactMap(\.number)
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(numbers == [try site.ledger().count - 1])
    let released = try site.ledger().verify().filter { $0.event.kind == .release }
    #expect(released.count == 1)
  }

  @Test func `is told at the same time as a refusal, which the log calls not released`() throws {
    try northmoor.submit("tern-630")
    try northmoor.hold(name: "tern-630")
    for guardian in ["g-1", "g-2"] {
      let run = try northmoor.database.run(named: "tern-630")
      let statement = DecisionStatement(
        word: .reject, matter: try northmoor.database.matter(of: run), guardian: guardian,
        expiry: Northmoor.moment(dayNumber: 20270))
      try northmoor.database.decide(
        on: "tern-630", statement.signed(with: northmoor.key(guardian)), reason: "",
        at: Northmoor.now)
    }
    #expect(try northmoor.database.runs().map(\.publicState) == ["in review", "in review"])
    let told = try northmoor.tellOutcomes(clock: Northmoor.now)
    #expect(told.map(\.run.publicState) == ["released", "rejected"])
    let kinds = try northmoor.site.ledger().verify().map(\.event.kind)
    #expect(kinds.suffix(2) == [.release, .close])
    #expect(try northmoor.tellOutcomes(clock: Northmoor.now) == [])
  }
}

extension RunMatter {
  /// The same matter with one part changed.
  fileprivate func with(
    site: String? = nil, project: String? = nil, run: String? = nil, study: Digest? = nil,
    snapshot: Digest? = nil, policy: Digest? = nil, round: Int? = nil, outputs: Digest? = nil
  ) -> RunMatter {
    RunMatter(
      site: site ?? self.site, project: project ?? self.project, run: run ?? self.run,
      study: study ?? self.study, snapshot: snapshot ?? self.snapshot,
      policy: policy ?? self.policy, round: round ?? self.round, outputs: outputs ?? self.outputs)
  }
}

@Suite("A state that cannot be written") struct UnwritableStateTests {
  private let northmoor: Northmoor

  init() throws {
    northmoor = try Northmoor()
    // Long enough to show that it waits, short enough for a test.
    try northmoor.database.database.execute("PRAGMA busy_timeout = 50")
  }

  private func expectNothing(_ isExpected: (StoreError) -> Bool) throws {
    let error = #expect(throws: SiteError.self) { try northmoor.submit(byteCount: 1 << 20) }
    guard case .store(let reason) = error else {
      Issue.record("not a failure of the store: \(String(describing: error))")
      return
    }
    #expect(isExpected(reason))
    #expect(try northmoor.database.runs() == [])
  }

  @Test func `because another process holds it is left as it was`() throws {
    let other = try SiteDatabase(of: northmoor.site)
    try other.database.execute("BEGIN IMMEDIATE")
    try expectNothing { $0.code == 5 }
    try other.database.execute("ROLLBACK")
    try northmoor.submit()
  }

  @Test func `because the disk is full is left as it was`() throws {
    // No page more than there is now, which is how a full disk looks to the database.
    try northmoor.database.database.execute("PRAGMA max_page_count = 1")
    try expectNothing { $0.isDiskFull }
  }

  @Test func `because it may only be read is left as it was`() throws {
    try northmoor.database.database.execute("PRAGMA query_only = 1")
    try expectNothing { $0.code == 8 }
  }
}
