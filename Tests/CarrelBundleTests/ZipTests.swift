import CarrelBundle
import CarrelLedger
import Testing

@Suite("Archives") struct ZipTests {
  private func archive(_ names: [String] = ["a/one.txt", "a/two.txt"]) throws -> [UInt8] {
    let files = names.map { BundleFile(path: $0, bytes: Array($0.utf8)) }
    return try ZipArchive(files, at: try #require(LedgerTime("2025-05-21T16:59:59Z"))).bytes
  }

  @Test func `what was written is read, at the hour`() throws {
    let read = try ZipArchive(reading: try archive(["b", "a"]))
    #expect(read.files.map(\.path) == ["a", "b"])
    #expect(read.time.description == "2025-05-21T16:00:00Z")
  }

  @Test(
    "names that are not plain are refused",
    arguments: [
      "../a", "a/../b", "/a", "a/", "a//b", "./a", ".hidden", "a\\b", "C:a", "a\u{1B}[2J",
      "a\u{202E}b",
      "a\nb", "", "a ", "a.", "a|b", "a*", "caf\u{65}\u{301}",
    ])
  func hostile(_ name: String) {
    #expect(throws: ZipFault.hostileName) { try archive([name]) }
  }

  @Test(
    "two names for one file are refused",
    arguments: [["a", "a"], ["a/B", "A/b"], ["\u{e9}", "\u{c9}"]])
  func repeated(_ names: [String]) {
    #expect(throws: ZipFault.repeatedName) { try archive(names) }
  }

  /// What each change does: a byte of the first file's header, of the list, or of the end.
  @Test(
    "what can say two things is refused",
    arguments: [
      (6, 1, ZipFault.unusualStorage),  // encrypted
      (6, 8, .unusualStorage),  // a data descriptor follows
      (8, 8, .unusualStorage),  // packed
      (18, 7, .unusualStorage),  // two sizes
      (28, 4, .extraField),  // an extra field
      (14, 255, .wrongChecksum), (11, 1, .listsDiffer), (30, 0x2F, .listsDiffer),
    ])
  func changed(_ offset: Int, _ value: UInt8, _ fault: ZipFault) throws {
    var bytes = try archive()
    bytes[offset] = value
    #expect(throws: fault) { try ZipArchive(reading: bytes) }
  }

  @Test(
    "the list of files says nothing of its own",
    arguments: [
      (5, 3, ZipFault.unusualStorage),  // made on a system with links
      (41, 0xA0, .extraField),  // a link
      (32, 1, .extraField),  // a comment
      (42, 7, .listsDiffer), (46, 0x62, .listsDiffer),
    ])
  func list(_ offset: Int, _ value: UInt8, _ fault: ZipFault) throws {
    var bytes = try archive()
    let start = try #require(
      bytes.indices.first { Array(bytes[$0...].prefix(4)) == [0x50, 0x4B, 1, 2] })
    bytes[start + offset] = value
    #expect(throws: fault) { try ZipArchive(reading: bytes) }
  }

  @Test func `nothing stands before, between or behind`() throws {
    let bytes = try archive()
    #expect(throws: ZipFault.strayBytes) { try ZipArchive(reading: bytes + [0]) }
    #expect(throws: ZipFault.self) { try ZipArchive(reading: [0] + bytes) }
    #expect(throws: ZipFault.self) { try ZipArchive(reading: bytes + bytes) }
    #expect(throws: ZipFault.self) { try ZipArchive(reading: []) }
  }

  @Test func `too many files are refused`() throws {
    #expect(throws: ZipFault.tooLarge) {
      try archive((0...ZipArchive.fileLimit).map { "f\($0)" })
    }
  }
}
