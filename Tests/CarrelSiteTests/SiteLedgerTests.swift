import CarrelLedger
import CarrelSite
import Foundation
import TestSupport
import Testing

@Suite("The public log of a site") struct SiteLedgerTests {
  private let folder: TemporaryFolder
  private let site: Site

  init() throws {
    folder = try TemporaryFolder()
    site = try Site.create(
      at: folder["s"], name: "Northmoor é 2+1", kind: .synthetic, policy: "exact",
      time: try #require(LedgerTime("2025-05-02T09:00:00Z")))
  }

  private func load(_ digest: String, at time: String = "2025-05-03T09:00:00Z") throws {
    let new = try site.beginSnapshot(date: "2025-05-03")
    #expect(
      FileManager.default.createFile(
        atPath: new.recordsPath, contents: Data(), attributes: [.posixPermissions: 0o600]))
    _ = try new.publish(
      package: "core", digest: digest, patientNumbers: [], time: try #require(LedgerTime(time)))
  }

  @Test func `begins with the making of the site, under its key`() throws {
    let ledger = try site.ledger()
    let entries = try ledger.verify()
    #expect(
      entries.map(\.event) == [
        .siteMade(name: "Northmoor é 2+1", siteKind: "synthetic", logKey: site.ledgerKey.text)
      ])
    #expect(entries[0].time.description == "2025-05-02T09:00:00Z")
    #expect(site.ledgerKey.name.hasPrefix("Northmoor-é-2-1-"))
    #expect(try Site.open(at: site.path).ledgerKey == site.ledgerKey)
  }

  @Test func `two sites of one name have logs of two names`() throws {
    let other = try Site.create(
      at: folder["t"], name: "Northmoor é 2+1", kind: .synthetic, policy: "exact")
    #expect(other.ledgerKey.name != site.ledgerKey.name)
    #expect(throws: LedgerError.self) { try Ledger(at: other.ledgerPath, key: site.ledgerKey) }
  }

  @Test func `names every snapshot that was ever live, by a keyed digest alone`() throws {
    try load("00ff")
    try load("00ff")
    let events = try site.ledger().verify().map(\.event)
    let digest = site.publicDigest(ofSnapshot: "00ff")
    #expect(
      events.dropFirst() == [
        .snapshotMade(snapshot: "2025-05-03", keyedDigest: digest),
        .snapshotMade(snapshot: "2025-05-03-2", keyedDigest: digest),
      ])
    let other = try Site.create(at: folder["t"], name: "t", kind: .synthetic, policy: "exact")
    #expect(other.publicDigest(ofSnapshot: "00ff") != digest)
    #expect(site.publicDigest(ofSnapshot: "00fe") != digest)
  }

  @Test func `E3: receipts of two projects name one snapshot by digests that look unrelated`()
    throws
  {
    let digests = [nil, "P-014", "P-015"].map {
      site.publicDigest(ofSnapshot: "00ff", forProject: $0)
    }
    #expect(Set(digests).count == 3)
    #expect(digests[1] == site.publicDigest(ofSnapshot: "00ff", forProject: "P-014"))
    #expect(digests[1] != site.publicDigest(ofSnapshot: "00fe", forProject: "P-014"))
  }

  @Test
  func `gets no entry where a load is not finished, and no snapshot where it cannot be written`()
    throws
  {
    let new = try site.beginSnapshot(date: "2025-05-03")
    _ = consume new
    #expect(try site.ledger().count == 1)
    let busy = try site.ledgerWriter()
    #expect(throws: SiteError.ledger(.busy(path: site.ledgerPath))) { try load("00ff") }
    #expect(!site.hasRecords)
    _ = consume busy
    try load("00ff")
    #expect(site.hasRecords)
  }

  @Test func `never goes back in time, whatever the clock says`() throws {
    try load("00ff", at: "2025-05-03T09:00:00Z")
    try load("00ff", at: "2024-05-03T09:00:00Z")
    let times = try site.ledger().verify().map(\.time.description)
    #expect(times.suffix(2) == ["2025-05-03T09:00:00Z", "2025-05-03T09:00:00Z"])
  }

  @Test func `restored from a backup is refused by whoever saw more`() throws {
    let backup = folder["backup"]
    try FileManager.default.copyItem(atPath: site.path, toPath: backup)
    try load("00ff")
    let seen = try site.ledger().head.checkpoint
    let restored = try Site.open(at: backup)
    let expected = SiteError.ledger(.rolledBack(knownSize: 2, size: 1))
    #expect(throws: expected) { try restored.ledger(known: seen) }
    #expect(throws: expected) { _ = try restored.ledgerWriter(known: seen) }
  }

  @Test func `put in the place of another site's is refused, with its key or without`() throws {
    let other = try Site.create(at: folder["t"], name: "t", kind: .protected, policy: "exact")
    let manager = FileManager.default
    try manager.removeItem(atPath: site.ledgerPath)
    try manager.copyItem(atPath: other.ledgerPath, toPath: site.ledgerPath)
    #expect(throws: SiteError.self) { try site.ledger() }
    #expect(throws: SiteError.self) { try site.append([.runClosed(run: "x")], at: .now) }
    try replaceKey(by: other)
    #expect(throws: SiteError.self) { _ = try site.ledgerWriter() }
  }

  private func replaceKey(by other: Site) throws {
    let key = "\(site.path)/keys/ledger.pem"
    try FileManager.default.removeItem(atPath: key)
    try FileManager.default.copyItem(atPath: "\(other.path)/keys/ledger.pem", toPath: key)
  }

  @Test func `is not added to with the key of another site`() throws {
    let other = try Site.create(at: folder["t"], name: "t", kind: .protected, policy: "exact")
    try replaceKey(by: other)
    #expect(throws: SiteError.tampered(path: "\(site.path)/keys/ledger.pem")) {
      _ = try site.ledgerWriter()
    }
  }

  @Test func `is not added to with a key that others can read`() throws {
    let key = "\(site.path)/keys/ledger.pem"
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: key)
    #expect(throws: SiteError.wrongPermissions(path: key)) { _ = try site.ledgerWriter() }
    #expect(try site.ledger().count == 1)
  }
}
