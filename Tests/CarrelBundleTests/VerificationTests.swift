import CarrelBundle
import CarrelCrypto
import CarrelLedger
import Testing

@Suite("Verifying a bundle") struct VerificationTests {
  private func failing(
    _ fixture: Fixture, _ demands: BundleVerification.Demands = .init()
  ) throws -> [BundleVerification.Check] {
    BundleVerification(of: try fixture.bytes(), demands).findings.filter { !$0.isRight }
      .map(\.check)
  }

  @Test func `a bundle as it was released is right in every way`() throws {
    let verification = BundleVerification(of: try Fixture().bytes())
    #expect(
      verification.findings.map { "\($0.isRight) \($0.check.rawValue): \($0.sentence)" } == [
        "true signatures: site northmoor-1, 2 guardians of 2 needed",
        "true contents: 6 files match the signed digest",
        "true ledger: entry 1 is in the log of 2, cosigned by 2 witnesses",
        "true disclosure: the check took place, policy plain 1",
        "true figures: 16 figures agree with that policy",
      ])
    #expect(verification.notes.count == 3)
  }

  @Test func `known keys leave nothing open`() throws {
    let demands = BundleVerification.Demands(
      key: try Fixture.siteKey(),
      witnesses: [try Fixture.witnessKey(0), try Fixture.witnessKey(1)])
    let verification = BundleVerification(of: try Fixture().bytes(), demands)
    #expect(verification.isRight)
    #expect(verification.notes.isEmpty)
  }

  @Test func `another site's key refuses everything that it should have signed`() throws {
    let demands = BundleVerification.Demands(key: try Fixture.noteKey(9, "northmoor-1", .log))
    #expect(try failing(Fixture(), demands) == [.signatures, .ledger])
  }

  @Test func `a protected site's release needs two witnesses, an invented one none`() throws {
    #expect(try failing(Fixture(witnessCount: 1)) == [.ledger])
    #expect(try failing(Fixture(witnessCount: 0)) == [.ledger])
    #expect(try failing(Fixture(isProtected: false, witnessCount: 0)) == [])
    let strangers = BundleVerification.Demands(witnesses: [try Fixture.witnessKey(7)])
    #expect(try failing(Fixture(), strangers) == [.ledger])
  }

  @Test(
    "approvals count by person, for these files, and never by the author",
    arguments: [
      Fixture(approvers: ["g-01"]), Fixture(approvers: []), Fixture(author: "g-02"),
      Fixture(approvers: ["g-02", "g-01"]), Fixture(approvers: ["g-01", "g-03"]),
      Fixture(word: .return), Fixture(word: .reject),
      Fixture(decisionRun: "00000000-0000-4000-8000-000000000000"),
    ])
  func approvals(_ fixture: Fixture) throws {
    #expect(try failing(fixture).first == .signatures)
  }

  @Test func `a decision replayed in the same bundle counts once`() throws {
    let whole = try Fixture().bundle()
    let replayed = Bundle(
      files: whole.files, receipt: whole.receipt, release: whole.release,
      decisions: [whole.decisions[0], whole.decisions[0]], proof: whole.proof)
    let verification = BundleVerification(of: try replayed.archive().bytes)
    #expect(verification.findings.first?.isRight == false)
  }

  @Test func `a proof of another release is refused`() throws {
    let whole = try Fixture().bundle()
    let other = Bundle(
      files: whole.files, receipt: whole.receipt, release: whole.release,
      decisions: whole.decisions, proof: try Fixture(study: "study \"Other\"\n").proof())
    let wrong = BundleVerification(of: try other.archive().bytes).findings.filter { !$0.isRight }
    // The entry opens the promise of another study, too.
    #expect(wrong.map(\.check) == [.signatures, .contents, .ledger])
  }

  @Test func `a parameter that nobody approved is refused, although the site signed it`() throws {
    let whole = try Fixture().bundle()
    let receipt = try whole.runReceipt()
    let other = RunReceipt(
      run: receipt.run, site: receipt.site, project: receipt.project, files: receipt.files,
      inputs: receipt.inputs, parameters: [.init(name: "index", value: "2024-03-31")],
      snapshot: receipt.snapshot, releaseLedgerHead: receipt.releaseLedgerHead,
      version: receipt.version, started: receipt.started, finished: receipt.finished)
    let log = try #require(
      NoteSigner(name: "northmoor-1", use: .log, key: try Fixture.key(1)))
    let bundle = Bundle(
      files: whole.files, receipt: log.envelope(of: other.statement), release: whole.release,
      decisions: whole.decisions, proof: whole.proof)
    let wrong = BundleVerification(of: try bundle.archive().bytes).findings.filter { !$0.isRight }
    #expect(wrong.map(\.check) == [.contents])
  }

  @Test(
    "figures that the stated policy cannot give are found, whoever signed them",
    arguments: [
      Fixture.Figures(count: "131"), Fixture.Figures(count: "5"), Fixture.Figures(part: "83"),
      Fixture.Figures(percent: "66"), Fixture.Figures(percent: "65.4"),
      Fixture.Figures(total: "142"), Fixture.Figures(hiddenCell: "5"),
      Fixture.Figures(hiddenStatus: "zero"),
      Fixture.Figures(hiddenCell: "4", hiddenStatus: "shown"),
      Fixture.Figures(count: "-5"), Fixture.Figures(hiddenStatus: "secret"),
    ])
  func impossible(_ figures: Fixture.Figures) throws {
    #expect(try failing(Fixture(figures: figures)).contains(.figures))
  }

  @Test func `a policy for invented people is refused on a protected site`() throws {
    let exact = Fixture.policy.replacing("resolution   1", with: "resolution   none")
    #expect(try failing(Fixture(policy: exact)) == [.disclosure, .figures])
  }

  @Test func `equal releases give equal bytes`() throws {
    #expect(try Fixture().bytes() == Fixture().bytes())
  }
}
