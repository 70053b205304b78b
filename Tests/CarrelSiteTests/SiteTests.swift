import CarrelSite
import Foundation
import TestSupport
import Testing

extension TemporaryFolder {
  /// Every path beneath, with its permissions.
  func modes() throws -> [String: Int] {
    let manager = FileManager.default
    var modes: [String: Int] = [:]
    for name in try manager.subpathsOfDirectory(atPath: url.path) {
      modes[name] =
        try manager.attributesOfItem(atPath: self[name])[.posixPermissions] as? Int
    }
    return modes
  }
}

private func setMode(_ mode: Int, of path: String) throws {
  try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
}

private func replace(_ text: String, by other: String, in path: String) throws {
  let before = try String(contentsOfFile: path, encoding: .utf8)
  let after = before.replacing(text, with: other)
  #expect(after != before)
  try Data(after.utf8).write(to: URL(fileURLWithPath: path))
  try setMode(0o600, of: path)
}

@Suite("A new site") struct SiteCreationTests {
  @Test func `opens as it was made`() throws {
    let folder = try TemporaryFolder()
    let path = folder["northmoor"]
    _ = try Site.create(
      at: path, name: "Northmoor é", kind: .protected, policy: "opensafely")
    let site = try Site.open(at: path)
    #expect(site.name == "Northmoor é" && site.kind == .protected && site.policy == "opensafely")
    #expect(site.path == path && !site.hasRecords)
  }

  @Test func `is its owner's alone, every folder and file`() throws {
    let folder = try TemporaryFolder()
    _ = try Site.create(at: folder["s"], name: "s", kind: .synthetic, policy: "exact")
    #expect(
      try folder.modes() == [
        "s": 0o700, "s/site.json": 0o600, "s/keys": 0o700, "s/keys/site.key": 0o600,
        "s/keys/pseudonym.key": 0o600, "s/policies": 0o700, "s/snapshots": 0o700,
        "s/membership": 0o700, "s/site.sqlite": 0o600, "s/keys/ledger.pem": 0o600,
        "s/ledger": 0o700,
        "s/ledger/checkpoint": 0o600, "s/ledger/tile": 0o700, "s/ledger/tile/0": 0o700,
        "s/ledger/tile/0/000.p": 0o700, "s/ledger/tile/0/000.p/1": 0o600,
        "s/ledger/tile/entries": 0o700, "s/ledger/tile/entries/000.p": 0o700,
        "s/ledger/tile/entries/000.p/1": 0o600,
      ])
  }

  @Test func `has keys of its own`() throws {
    let folder = try TemporaryFolder()
    let keys = try ["a", "b"].flatMap { name in
      let path = folder[name]
      _ = try Site.create(at: path, name: name, kind: .synthetic, policy: "exact")
      return try ["site", "pseudonym"].map {
        try Data(contentsOf: URL(fileURLWithPath: "\(path)/keys/\($0).key"))
      }
    }
    #expect(Set(keys).count == 4)
    #expect(keys.allSatisfy { $0.count == 32 })
  }

  @Test func `takes an empty folder and leaves a folder in use alone`() throws {
    let folder = try TemporaryFolder()
    let empty = folder["empty"]
    try FileManager.default.createDirectory(atPath: empty, withIntermediateDirectories: false)
    _ = try Site.create(at: empty, name: "s", kind: .synthetic, policy: "exact")
    let error = #expect(throws: SiteError.self) {
      try Site.create(at: empty, name: "s", kind: .protected, policy: "exact")
    }
    #expect(error?.code == "S003")
    #expect(error?.description == "`\(empty)` exists and is not empty")
    #expect(try Site.open(at: empty).kind == .synthetic)
  }

  @Test func `that cannot be made leaves nothing behind`() throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: SiteError.self) {
      try Site.create(
        at: folder["no/such"], name: "s", kind: .synthetic, policy: "exact")
    }
    #expect(error?.code == "S010")
    #expect(try folder.modes().isEmpty)
  }

  @Test("needs a name that people can read", arguments: ["", "a\u{1b}[2Jb", "a\nb"])
  func name(_ name: String) throws {
    let folder = try TemporaryFolder()
    let error = #expect(throws: SiteError.self) {
      try Site.create(at: folder["s"], name: name, kind: .synthetic, policy: "exact")
    }
    #expect(error == .invalidName)
  }
}

@Suite("Opening a site") struct SiteOpeningTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder["s"]
    _ = try Site.create(at: path, name: "s", kind: .protected, policy: "opensafely")
  }

  private func openingError() -> SiteError? {
    #expect(throws: SiteError.self) { try Site.open(at: path) }
  }

  @Test func `that is not there says so and what to do`() {
    let error = #expect(throws: SiteError.self) { try Site.open(at: path + "x") }
    #expect(error == .missing(path: path + "x"))
    #expect(error?.code == "S001")
    #expect(error?.help == "carrel site create \(path)x --kind synthetic")
  }

  @Test func `that is another folder, or a file, says so`() throws {
    #expect(throws: SiteError.notASite(path: folder.url.path)) {
      try Site.open(at: folder.url.path)
    }
    let file = path + "/site.json"
    #expect(throws: SiteError.notASite(path: file)) { try Site.open(at: file) }
  }

  @Test(
    "notices an edit of anything it says",
    arguments: [
      ("protected", "synthetic"), ("opensafely", "exact"), ("\"s\"", "\"t\""),
      ("\"name\"", "\"extra\": 1, \"name\""),
    ])
  func tampering(text: String, other: String) throws {
    try replace(text, by: other, in: path + "/site.json")
    #expect(openingError()?.code == "S004")
  }

  @Test("notices a damaged file", arguments: ["site.json", "keys/site.key"])
  func damage(name: String) throws {
    try Data("{}".utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
    try setMode(0o600, of: "\(path)/\(name)")
    #expect(openingError()?.code == "S004")
  }

  @Test func `notices the card of another site`() throws {
    let other = folder["other"]
    _ = try Site.create(at: other, name: "s", kind: .synthetic, policy: "opensafely")
    try FileManager.default.removeItem(atPath: path + "/site.json")
    try FileManager.default.copyItem(atPath: other + "/site.json", toPath: path + "/site.json")
    #expect(openingError()?.code == "S004")
  }

  @Test func `of a later version says so`() throws {
    try replace("\"carrel\": 5", by: "\"carrel\": 6", in: path + "/site.json")
    #expect(openingError() == .unknownFormat(path: path, version: 6))
  }

  @Test(
    "is refused where others can reach it",
    arguments: [("", 0o750), ("keys", 0o701), ("keys/site.key", 0o640)])
  func permissions(name: String, mode: Int) throws {
    let place = name.isEmpty ? path : "\(path)/\(name)"
    try setMode(mode, of: place)
    #expect(openingError() == .wrongPermissions(path: place))
  }

  @Test func `reads the pseudonym key only when a load asks for it`() throws {
    try setMode(0o644, of: path + "/keys/pseudonym.key")
    let site = try Site.open(at: path)
    #expect(throws: SiteError.wrongPermissions(path: path + "/keys/pseudonym.key")) {
      try site.pseudonymKeys()
    }
  }

  @Test func `follows no symbolic link to a key`() throws {
    let key = path + "/keys/pseudonym.key"
    try FileManager.default.moveItem(atPath: key, toPath: folder["elsewhere"])
    try FileManager.default.createSymbolicLink(
      atPath: key, withDestinationPath: folder["elsewhere"])
    let site = try Site.open(at: path)
    #expect(throws: SiteError.self) { try site.pseudonymKeys() }
  }
}

@Suite("A snapshot") struct SnapshotTests {
  private let folder: TemporaryFolder
  private let site: Site

  init() throws {
    folder = try TemporaryFolder()
    site = try Site.create(
      at: folder["s"], name: "s", kind: .synthetic, policy: "exact")
  }

  /// Stands in for a database of records: this suite is about the site's files.
  private func load(_ text: String, into site: Site, publishing: Bool = true) throws -> Snapshot? {
    var new = try site.beginSnapshot(date: "2025-05-02")
    #expect(
      FileManager.default.createFile(
        atPath: new.recordsPath, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]))
    try new.keep(Array("descriptor of \(text)".utf8), as: "datapackage.json")
    try new.keep(Array("definitions".utf8), as: "definitions/core.carrel")
    return publishing
      ? try new.publish(package: "core", digest: "00ff", patientNumbers: [1, 2]) : nil
  }

  private func records() throws -> String {
    try String(contentsOfFile: site.snapshot().recordsPath, encoding: .utf8)
  }

  @Test func `is there whole once it is published`() throws {
    #expect(throws: SiteError.noRecords(path: site.path)) { try site.snapshot() }
    let published = try load("first", into: site)
    let snapshot = try Site.open(at: site.path).snapshot()
    #expect(snapshot == published)
    #expect(snapshot.card.package == "core")
    #expect(snapshot.card.date == "2025-05-02")
    #expect(snapshot.card.digest == "00ff")
    #expect(try records() == "first")
    #expect(
      try FileManager.default.subpathsOfDirectory(atPath: snapshot.schemaFolder).sorted()
        == ["datapackage.json", "definitions", "definitions/core.carrel"])
    #expect(try folder.modes().values.allSatisfy { $0 == 0o700 || $0 == 0o600 })
  }

  @Test func `takes the place of the one before, of which nothing stays`() throws {
    _ = try load("first", into: site)
    _ = try load("second", into: site)
    #expect(try records() == "second")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: site.path + "/snapshots").count == 1)
  }

  @Test func `keeps the numbers that people have, which no other site's can replace`() throws {
    #expect(try site.patientNumbers() == nil)
    let snapshot = try #require(try load("first", into: site))
    #expect(try site.patientNumbers() == [1, 2])
    let path = snapshot.path + "/patients.index"
    try Data([2, 1]).write(to: URL(fileURLWithPath: path))
    #expect(throws: SiteError.tampered(path: path)) { try site.patientNumbers() }
    try FileManager.default.removeItem(atPath: path)
    #expect(throws: SiteError.self) { try site.patientNumbers() }
  }

  @Test func `that is not published leaves the site as it was`() throws {
    _ = try load("first", into: site)
    let before = try folder.modes()
    _ = try load("second", into: site, publishing: false)
    #expect(try records() == "first")
    #expect(try folder.modes() == before)
  }

  @Test func `is built by one load at a time`() throws {
    let new = try site.beginSnapshot(date: "2025-05-02")
    #expect(throws: SiteError.busy(path: site.path)) {
      _ = try site.beginSnapshot(date: "2025-05-02")
    }
    _ = consume new
    _ = try load("first", into: site)
    #expect(try records() == "first")
  }

  @Test func `what a killed load left behind is removed by the next`() throws {
    _ = try load("first", into: site)
    let left = site.path + "/snapshots/.2025-05-02-2.abc"
    try FileManager.default.createDirectory(atPath: left, withIntermediateDirectories: false)
    try Data("half".utf8).write(to: URL(fileURLWithPath: left + "/records.sqlite"))
    #expect(try records() == "first")
    _ = try load("second", into: site)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: site.path + "/snapshots").count == 1)
  }

  @Test func `of another site or kind is not taken for this one's`() throws {
    let other = try Site.create(
      at: folder["other"], name: "s", kind: .protected, policy: "exact")
    _ = try load("first", into: site)
    _ = try load("protected records", into: other)
    for name in ["snapshot.json", "snapshots"] {
      try FileManager.default.removeItem(atPath: "\(site.path)/\(name)")
      try FileManager.default.copyItem(
        atPath: "\(other.path)/\(name)", toPath: "\(site.path)/\(name)")
    }
    let error = #expect(throws: SiteError.self) { try site.snapshot() }
    #expect(error?.code == "S004")
  }

  @Test func `edited by hand is noticed`() throws {
    _ = try load("first", into: site)
    try replace("00ff", by: "00fe", in: site.path + "/snapshot.json")
    #expect(throws: SiteError.tampered(path: site.path + "/snapshot.json")) {
      try site.snapshot()
    }
  }
}
