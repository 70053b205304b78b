import CarrelBundle
import CarrelLedger
import Foundation
import Testing

/// Changes one byte at a time; nothing may be believed that was not released.
@Suite("A tampered bundle") struct TamperingTests {
  /// How many bytes apart the changes are; `make soak` changes every one.
  private static let isSoak = ProcessInfo.processInfo.environment["CARREL_SOAK"] != nil

  @Test func `G6: a change of any byte of the archive is refused`() throws {
    var bytes = try Fixture().bytes()
    for index in Swift.stride(from: 0, to: bytes.count, by: Self.isSoak ? 1 : 29) {
      let old = bytes[index]
      bytes[index] = old ^ (1 << UInt8(index % 8))
      #expect(throws: ZipFault.self, "byte \(index)") { try ZipArchive(reading: bytes) }
      bytes[index] = old
    }
  }

  @Test func `an archive cut short anywhere is refused`() throws {
    let bytes = try Fixture().bytes()
    for count in Swift.stride(from: 0, to: bytes.count, by: 61) {
      #expect(throws: ZipFault.self) { try ZipArchive(reading: Array(bytes.prefix(count))) }
    }
  }

  /// The attacker packs again, so that every checksum of the archive is right.
  @Test func `a change of any file is refused although it is packed again`() throws {
    let archive = try Fixture().bundle().archive()
    for (place, file) in archive.files.enumerated() {
      for index in Swift.stride(
        from: Self.isSoak ? 0 : place, to: file.bytes.count, by: Self.isSoak ? 1 : 199)
      {
        var (files, bytes) = (archive.files, file.bytes)
        bytes[index] ^= 1 << UInt8(index % 7)
        files[place] = BundleFile(path: file.path, bytes: bytes)
        let packed = try ZipArchive(files, at: archive.time).bytes
        #expect(!BundleVerification(of: packed).isRight, "\(file.path), byte \(index)")
      }
    }
  }

  /// The attacker writes the manifests and the metadata anew as well.
  @Test func `a changed file is refused although the bag is made anew`() throws {
    let whole = try Fixture().bundle()
    for (place, file) in whole.files.enumerated() where !file.bytes.isEmpty {
      var (files, bytes) = (whole.files, file.bytes)
      bytes[bytes.count / 2] ^= 1
      files[place] = BundleFile(path: file.path, bytes: bytes)
      let other = Bundle(
        files: files, receipt: whole.receipt, release: whole.release,
        decisions: whole.decisions, proof: whole.proof)
      let wrong = BundleVerification(of: try other.archive().bytes).findings.filter { !$0.isRight }
      #expect(wrong.map(\.check).contains(.contents), "\(file.path)")
      #expect(wrong.map(\.check).contains(.signatures), "\(file.path)")
    }
  }

  @Test func `a file added, left out or renamed is refused`() throws {
    let archive = try Fixture().bundle().archive()
    let extra = ["/data/outputs/more.csv", "/data/secret.txt", "/more.txt", "/data/study/more.txt"]
    for path in extra {
      let added = archive.files + [BundleFile(path: Fixture.folder + path, bytes: [0x61])]
      #expect(!BundleVerification(of: try ZipArchive(added, at: archive.time).bytes).isRight)
    }
    for place in archive.files.indices {
      var files = archive.files
      let file = files.remove(at: place)
      #expect(!BundleVerification(of: try ZipArchive(files, at: archive.time).bytes).isRight)
      files.append(BundleFile(path: file.path + "x", bytes: file.bytes))
      #expect(!BundleVerification(of: try ZipArchive(files, at: archive.time).bytes).isRight)
    }
  }

  @Test func `another time of release is refused`() throws {
    let archive = try Fixture().bundle().archive()
    let later = try #require(LedgerTime("2025-05-21T17:00:00Z"))
    #expect(!BundleVerification(of: try ZipArchive(archive.files, at: later).bytes).isRight)
  }
}
