import Foundation
import TestSupport
import Testing

/// A site that forgets what it released, or shows one ledger here and another there, is found out by
/// those who keep something of it outside (attack E5).
@Suite("A site that went back") struct BackupTests {
  /// Keeps a copy of the site as it is, to be put back with ``restore(_:of:)``.
  private func backUp(_ ward: Ward, as name: String = "backup") throws {
    try Program(system: "/bin/cp").succeed(["-a", "ward", name], in: ward.folder.url)
  }

  private func restore(_ part: String = "", of ward: Ward, from name: String = "backup") throws {
    let manager = FileManager.default
    let place = ward.folder.url.appending(path: "ward").appending(path: part)
    try manager.removeItem(at: place)
    for log in ["-wal", "-shm"] where part == "site.sqlite" {
      try? manager.removeItem(atPath: ward.folder["ward/site.sqlite" + log])
    }
    try manager.copyItem(
      at: ward.folder.url.appending(path: name).appending(path: part), to: place)
  }

  @Test func `in its database alone stops, because its ledger tells of more`() throws {
    let ward = try Ward()
    try backUp(ward)
    _ = try ward.release()
    try restore("site.sqlite", of: ward)
    for words in [["release"], ["runs"], Ward.submission] {
      let result = try ward.attempt(words)
      #expect(result.status == 5 && result.errors.contains("error[S044]: "), "\(result.errors)")
    }
  }

  @Test func `in its ledger alone stops, because its database has seen more`() throws {
    let ward = try Ward()
    try backUp(ward)
    _ = try ward.release()
    try restore("ledger", of: ward)
    let result = try ward.attempt(["release"])
    #expect(result.status == 5 && result.errors.contains("error[S018]: "), "\(result.errors)")
    #expect(result.errors.contains("entries were taken away"))
  }

  @Test func `E5: as a whole is refused by a guardian's key file and by every witness`() throws {
    let ward = try Ward()
    try backUp(ward)
    let first = try ward.release()
    try restore(of: ward)
    // The backup is in itself whole, and forgets the first release.
    #expect(try ward.states()[first] == nil)
    let second = try ward.submit()
    let approved = try ward.decide("approve", second, as: "g-1")
    #expect(approved.status == 5 && approved.errors.contains("error[S018]: "))
    #expect(approved.errors.contains("are not those seen before"))
    // Guardians who kept nothing do not see it.
    for guardian in ["g-1", "g-2"] {
      try FileManager.default.removeItem(atPath: ward.folder["\(guardian).pem.seen"])
      #expect(try ward.decide("approve", second, as: guardian).status == 0)
    }
    try ward.carrel("release")
    // Witnesses do, and without them nothing leaves.
    #expect(throws: Program.UnexpectedEnding.self) { try ward.cosign("w-1") }
    try ward.expectRefusal(["fetch", second, "--key", "r-1.pem"], code: "G023")
  }

  @Test func `E5: and shows two ledgers has no bundle of the second that verifies`() throws {
    let ward = try Ward()
    let known = try ward.witnessKeys()
    try backUp(ward, as: "second")
    _ = try ward.release()
    // The second view grows by itself from where the two part.
    try restore(of: ward, from: "second")
    for guardian in ["g-1", "g-2"] {
      try FileManager.default.removeItem(atPath: ward.folder["\(guardian).pem.seen"])
    }
    let name = try ward.submit()
    for guardian in ["g-1", "g-2"] {
      #expect(try ward.decide("approve", name, as: guardian).status == 0)
    }
    // Puppets of the site cosign whatever it shows them.
    for puppet in ["p-1", "p-2"] {
      try ward.carrel("witness", "add", puppet, "--key", try ward.newKey(puppet))
    }
    try ward.carrel("release")
    try ward.cosign("p-1", "p-2")
    try ward.carrel("fetch", name, "--key", "r-1.pem", "--output", "second.zip")
    let trusting = try Program.carrel.run(["verify", "second.zip"], in: ward.folder.url)
    #expect(trusting.status == 0)
    #expect(
      trusting.text.contains("the witnesses believed are those that the site names: p-1, p-2"))
    #expect(trusting.text.contains("a second ledger is seen by witnesses of one's own choice"))
    let knowing = try Program.carrel.run(
      ["verify", "second.zip"] + known.flatMap { ["--witness", $0] }, in: ward.folder.url)
    #expect(knowing.status == 1)
    #expect(knowing.text.contains(#/fail +ledger .*cosigned by 0 /#))
  }
}
