import CarrelStore
import Foundation
import TestSupport
import Testing

/// The key that pseudonyms are made with is exchanged for a new one, through the program.
@Suite("A site whose key of pseudonyms is exchanged") struct PseudonymKeyTests {
  private let clinic: Clinic

  init() throws {
    clinic = try Clinic()
    let people = (1...40).map { "\($0),19\(10 + $0)-01-01,male\n" }.joined()
    try clinic.folder.write("patient_id,date_of_birth,sex\n" + people, to: "extract/patients.csv")
    try clinic.folder.write("patient_id,date,code,value\n", to: "extract/visits.csv")
    try clinic.makeSite()
  }

  private func load() throws { try clinic.carrel("load", "extract", "--site", "demo") }

  private func exchange() throws -> String {
    try clinic.carrel("site", "exchange-key", "pseudonym", "--site", "demo")
  }

  private var keys: Data {
    get throws { try Data(contentsOf: URL(filePath: clinic.folder["demo/keys/pseudonym.key"])) }
  }

  /// The pseudonym of each person, by the number and the date of birth that are theirs.
  private func people() throws -> [String: [UInt8]] {
    let snapshots = clinic.folder["demo/snapshots"]
    let name = try #require(FileManager.default.contentsOfDirectory(atPath: snapshots).first)
    let database = try Database(.readOnlyImmutable(path: "\(snapshots)/\(name)/records.sqlite"))
    let rows = try database.prepare(
      """
      SELECT patient, date_of_birth, pseudonym FROM carrel_patients
      JOIN patients ON carrel_patient = patient
      """)
    var people: [String: [UInt8]] = [:]
    while try rows.step() {
      people["\(rows.integer(at: 0)) \(rows.integer(at: 1))"] = rows.bytes(at: 2)
    }
    return people
  }

  private func keyChanges() throws -> Int {
    try clinic.carrel("ledger", "show", "demo").matches(of: /key of pseudonyms changed/).count
  }

  @Test func `has other pseudonyms after the next load, and everybody has their number`() throws {
    let first = try people()
    let old = try keys
    let said = try exchange()
    #expect(said.contains("the next load"))
    #expect(try keys.prefix(32) == old && keys.count == 64)
    #expect(try people() == first)
    #expect(try keyChanges() == 1)
    try load()
    let second = try people()
    #expect(Set(second.keys) == Set(first.keys))
    #expect(Set(second.values).isDisjoint(with: first.values))
    // Somebody is away while the key is exchanged once more, and is who they were.
    let all = try String(contentsOfFile: clinic.folder["extract/patients.csv"], encoding: .utf8)
    try clinic.folder.write(
      all.replacing("\n40,1950-01-01,male", with: ""), to: "extract/patients.csv")
    try load()
    #expect(try people().count == 39)
    _ = try exchange()
    try load()
    try clinic.folder.write(all, to: "extract/patients.csv")
    try load()
    #expect(try Set(people().keys) == Set(first.keys))
    #expect(try clinic.carrel("ledger", "verify", "demo").isEmpty == false)
  }

  @Test func `knows whoever objects, before the next load and after it`() throws {
    _ = try exchange()
    try clinic.folder.write("7\n", to: "out.txt")
    let words = ["optouts", "apply", "out.txt", "--kind", "type-1", "--site", "demo"]
    try Program.carrel.succeed(words, in: clinic.folder.url)
    #expect(try people().count == 39)
    try load()
    #expect(try people().count == 40)
    try Program.carrel.succeed(words, in: clinic.folder.url)
    #expect(try people().count == 39)
  }

  @Test func `shows no key of it in the ledger, and nothing that a run could read`() throws {
    _ = try exchange()
    let all = try keys
    for (path, bytes) in try clinic.contents() where !path.hasSuffix("/pseudonym.key") {
      for key in [all.prefix(32), all.dropFirst(32)] {
        #expect((bytes ?? Data()).firstRange(of: key) == nil, "\(path)")
        let text = key.map { String(format: "%02x", $0) }.joined()
        #expect((bytes ?? Data()).firstRange(of: Data(text.utf8)) == nil, "\(path)")
      }
    }
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o644], ofItemAtPath: clinic.folder["demo/keys/pseudonym.key"])
    try clinic.expectRefusal(
      ["site", "exchange-key", "pseudonym", "--site", "demo"], code: "S005", status: 5)
  }

  /// Each moment at which the exchange may have been cut off, put together from before and after.
  @Test func `finishes an exchange that was cut off anywhere, or forgets it where nobody was told`()
    throws
  {
    let first = try people()
    let shell = Program(system: "/bin/sh")
    func move(_ script: String) throws {
      try shell.succeed(["-ec", script], in: clinic.folder.url)
    }
    try move("cp -a demo before")
    _ = try exchange()
    try move("cp -a demo after")
    let (old, new) = (
      try Data(contentsOf: URL(filePath: clinic.folder["before/keys/pseudonym.key"])), try keys
    )
    for (noted, logged, taken) in [
      (false, false, false), (true, false, false), (true, true, false), (true, true, true),
    ] {
      try move("rm -rf demo; cp -a \(noted ? "after" : "before") demo")
      try move("tail -c 32 after/keys/pseudonym.key > demo/keys/pseudonym-next.key")
      try move("chmod 600 demo/keys/pseudonym-next.key")
      if !taken { try move("cp -a before/keys/pseudonym.key demo/keys/pseudonym.key") }
      try move("rm -r demo/ledger; cp -a \(logged ? "after" : "before")/ledger demo/ledger")
      if noted {
        let database = try Database(.readWrite(path: clinic.folder["demo/site.sqlite"]))
        try database.execute(
          "UPDATE ledger_entries SET number = NULL WHERE id = (SELECT max(id) FROM ledger_entries)")
        try database.execute("DELETE FROM log_seen")
      }
      try load()
      #expect(try keys == (noted ? new : old))
      #expect(try keyChanges() == (noted ? 1 : 0))
      #expect(try Set(people().keys) == Set(first.keys))
      #expect(try Set(people().values).isDisjoint(with: first.values) == noted)
      // A key that nobody heard of is replaced by the next that is made.
      _ = try exchange()
      #expect(try keyChanges() == (noted ? 2 : 1))
      let left = clinic.folder["demo/keys/pseudonym-next.key"]
      #expect(!FileManager.default.fileExists(atPath: left))
    }
  }

  @Test func `has a key for each change that it told of, however often it is killed`() throws {
    let first = try people()
    var random = SeededGenerator(seed: 73)
    for _ in 0..<6 {
      let process = Process()
      process.executableURL = Program.carrel.executable
      process.arguments = ["site", "exchange-key", "pseudonym", "--site", "demo"]
      process.environment = Program.plainEnvironment
      process.currentDirectoryURL = clinic.folder.url
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      usleep(UInt32.random(in: 0..<(Program.isOptimised ? 30_000 : 150_000), using: &random))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    try load()
    #expect(try keys.count == 32 * (1 + keyChanges()))
    #expect(try Set(people().keys) == Set(first.keys))
    #expect(try clinic.carrel("ledger", "verify", "demo").isEmpty == false)
  }
}
