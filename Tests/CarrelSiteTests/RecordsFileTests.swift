import CarrelSite
import Foundation
import TestSupport
import Testing

/// G4: what is checked is the open file, and nothing can be put in its place.
@Suite("The records file of a snapshot") struct RecordsFileTests {
  private let folder: TemporaryFolder
  private let site: Site
  private let snapshot: Snapshot

  init() throws {
    folder = try TemporaryFolder()
    site = try Site.create(at: folder["s"], name: "s", kind: .synthetic, policy: "exact")
    snapshot = try Self.publish("as it was loaded", at: site)
  }

  private static func publish(_ text: String, at site: Site) throws -> Snapshot {
    let new = try site.beginSnapshot(date: "2025-05-02")
    #expect(
      FileManager.default.createFile(
        atPath: new.recordsPath, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600]))
    return try new.publish(package: "core", digest: "00ff", patientNumbers: [])
  }

  private var url: URL { URL(filePath: snapshot.recordsPath) }

  private func open() throws -> RecordsFile { try site.records(of: snapshot) }

  @Test func `is what was loaded, however often it is looked at`() throws {
    let file = try open()
    for _ in 0..<3 { try file.check() }
  }

  @Test func `with one byte changed is refused`() throws {
    let handle = try FileHandle(forWritingTo: url)
    try handle.write(contentsOf: Data("A".utf8))
    let file = try open()
    #expect(throws: SiteError.tampered(path: snapshot.recordsPath)) { try file.check() }
  }

  @Test func `G4: that is changed while it is read is noticed at the second look`() throws {
    let file = try open()
    try file.check()
    let handle = try FileHandle(forWritingTo: url)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("!".utf8))
    #expect(throws: SiteError.tampered(path: snapshot.recordsPath)) { try file.check() }
  }

  @Test func `G4: that is replaced after it was opened is still the one that was checked`() throws {
    let file = try open()
    try FileManager.default.removeItem(at: url)
    try Data("another file".utf8).write(to: url)
    try file.check()
    let reader = FileHandle(fileDescriptor: try file.duplicatedDescriptor(), closeOnDealloc: true)
    try reader.seek(toOffset: 0)
    #expect(try reader.readToEnd() == Data("as it was loaded".utf8))
  }

  @Test func `of another site is refused, and so is a link`() throws {
    let other = try Site.create(at: folder["t"], name: "s", kind: .synthetic, policy: "exact")
    let others = try Self.publish("as it was loaded", at: other)
    // The same bytes: only the seal of the site they were loaded into differs.
    let file = try site.records(of: others)
    #expect(throws: SiteError.tampered(path: others.recordsPath)) { try file.check() }
    try FileManager.default.removeItem(at: url)
    try FileManager.default.createSymbolicLink(
      atPath: snapshot.recordsPath, withDestinationPath: others.recordsPath)
    #expect(throws: SiteError.self) { _ = try open() }
  }
}
