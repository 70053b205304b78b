import CarrelStore
import Foundation
import TestSupport
import Testing

/// The key of a protected site's ledger is exchanged for a new one, through the program.
@Suite("A site whose ledger's key is exchanged") struct KeyExchangeTests {
  private let ward: Ward

  init() throws { ward = try Ward() }

  /// The text of the key that signs the ledger now.
  private func key() throws -> String {
    let listed = try ward.carrel("witness", "list", "--json").text
    return String(try #require(listed.firstMatch(of: /"log":"([^"]+)"/)).output.1)
      .replacing("\\/", with: "/")
  }

  private func exchange() throws -> (old: String, new: String) {
    let old = try key()
    let said = try ward.carrel("site", "exchange-key", "ledger").text
    let new = try key()
    #expect(old != new && said.contains(new))
    return (old, new)
  }

  private func fetch(_ run: String, to file: String) throws {
    try ward.carrel("fetch", run, "--key", "r-1.pem", "--output", file)
  }

  private func outside(_ words: String...) throws -> Program.Result {
    try Program.carrel.run(words, in: ward.folder.url)
  }

  @Test func `has bundles from before and after that verify under the key that was known`() throws {
    let first = try ward.release()
    try fetch(first, to: "before.zip")
    try Program(system: "/bin/cp").succeed(["ward/ledger/checkpoint", "kept"], in: ward.folder.url)
    let (old, new) = try exchange()
    let second = try ward.release()
    try fetch(second, to: "after.zip")
    try fetch(first, to: "again.zip")
    #expect(
      try Data(contentsOf: URL(filePath: ward.folder["before.zip"]))
        == Data(contentsOf: URL(filePath: ward.folder["again.zip"])))
    #expect(try outside("verify", "before.zip", "--key", old).status == 0)
    #expect(try outside("verify", "after.zip", "--key", new).status == 0)
    let followed = try outside("verify", "after.zip", "--key", old)
    #expect(followed.status == 0, "\(followed.text)")
    #expect(followed.text.contains("was exchanged since the one that was given"))
    // Nobody can have signed with the new key what is older than it.
    #expect(try outside("verify", "before.zip", "--key", new).status == 1)
    for bundle in ["before.zip", "after.zip"] {
      #expect(try ward.attempt(["reproduce", bundle]).status == 0, "\(bundle)")
    }
    for demands in [[], ["--key", old], ["--key", new], ["--key", old, "--kept", "kept"]] {
      let log = try Program.carrel.run(["ledger", "verify", "ward"] + demands, in: ward.folder.url)
      #expect(log.status == 0, "\(demands): \(log.errors)")
    }
    #expect(
      try ward.carrel("ledger", "show", "ward", isAtSite: false).text
        .contains("key of ledger changed"))
  }

  @Test func `is followed by guardians and witnesses, who do not hear the old key again`() throws {
    _ = try ward.release()
    try Program(system: "/bin/cp").succeed(["-a", "ward", "stolen"], in: ward.folder.url)
    let (old, _) = try exchange()
    // Guardians and witnesses have seen the ledger under the old key, and go on.
    _ = try ward.release()
    // Whoever has the old key and the ledger of that day lets it grow under the old one.
    try Program(system: "/bin/mv").succeed(["ward", "real"], in: ward.folder.url)
    try Program(system: "/bin/mv").succeed(["stolen", "ward"], in: ward.folder.url)
    let run = try ward.submit()
    let word = try ward.decide("approve", run, as: "g-1")
    #expect(word.status == 5 && word.errors.contains("error[S018]: "), "\(word.errors)")
    try ward.carrel("ledger", "request", "w-1", "--output", "forged")
    let line = try outside(
      "ledger", "cosign", "forged", "--name", "w-1", "--key", "w-1.pem", "--log", old, "--output",
      "line")
    #expect(line.status == 1 && line.errors.contains("error[V001]: "), "\(line.errors)")
  }

  @Test func `takes no key of somebody else's, and not the old one back`() throws {
    let kept = try Data(contentsOf: URL(filePath: ward.folder["ward/keys/ledger.pem"]))
    _ = try exchange()
    let path = ward.folder["ward/keys/ledger.pem"]
    for pem in [kept, try Data(contentsOf: URL(filePath: ward.folder["g-1.pem"]))] {
      try pem.write(to: URL(filePath: path))
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
      try ward.expectRefusal(["site", "exchange-key", "ledger"], code: "S004", status: 5)
    }
    try ward.expectRefusal(["site", "exchange-key", "other"], code: "U004", status: 2)
  }

  /// Each moment at which the exchange may have been cut off, put together from before and after.
  @Test func `goes on with an exchange that was cut off anywhere`() throws {
    let shell = Program(system: "/bin/sh")
    func move(_ script: String) throws { try shell.succeed(["-ec", script], in: ward.folder.url) }
    try move("cp -a ward before")
    let (old, new) = try exchange()
    try move("cp -a ward after")
    /// What the site's database has noted: nothing, or the exchange as not yet entered.
    func stopped(noted: Bool, logged: Bool) throws {
      try move("rm -rf ward; cp -a \(noted ? "after" : "before") ward")
      try move("cp -a after/keys/ledger.pem ward/keys/ledger-next.pem")
      try move("cp -a before/keys/ledger.pem ward/keys/ledger.pem")
      try move("rm -r ward/ledger; cp -a \(logged ? "after" : "before")/ledger ward/ledger")
      guard noted else { return }
      let database = try Database(.readWrite(path: ward.folder["ward/site.sqlite"]))
      try database.execute(
        "UPDATE ledger_entries SET number = NULL WHERE id = (SELECT max(id) FROM ledger_entries)")
      try database.execute("DELETE FROM log_seen")
    }
    try stopped(noted: false, logged: false)
    #expect(try key() == old)
    _ = try ward.submit()
    #expect(try key() == old)
    for logged in [false, true] {
      try stopped(noted: true, logged: logged)
      #expect(try key() == (logged ? new : old))
      _ = try ward.submit()
      #expect(try key() == new)
      #expect(!FileManager.default.fileExists(atPath: ward.folder["ward/keys/ledger-next.pem"]))
      #expect(
        try ward.entryKinds().filter { $0 == "key-change" }.count
          == (try keyChangesBefore()) + 1)
      #expect(try outside("ledger", "verify", "ward", "--key", old).status == 0)
    }
  }

  private func keyChangesBefore() throws -> Int {
    try Program.carrel.succeed(["ledger", "show", "before", "--json"], in: ward.folder.url).text
      .matches(of: /"kind":"key-change"/).count
  }
}
