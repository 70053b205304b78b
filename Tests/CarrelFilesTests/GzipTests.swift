import CarrelFiles
import Foundation
import TestSupport
import Testing

/// What is compressed here was compressed by the system's `gzip`.
@Suite("Uncompressing") struct GzipTests {
  private func compressed(_ bytes: [UInt8], _ options: String...) throws -> [UInt8] {
    let folder = try TemporaryFolder()
    try Data(bytes).write(to: folder.url.appending(path: "text"))
    let result = try Program(system: "/usr/bin/gzip").succeed(options + ["-c", folder["text"]])
    return Array(result.output)
  }

  private func uncompressed(_ bytes: [UInt8], inPieces count: Int = 1 << 16) throws -> [UInt8] {
    var reader = GzipReader()
    var rest = bytes[...]
    var text: [UInt8] = []
    while true {
      let piece = try reader.next {
        defer { rest = rest.dropFirst(count) }
        return Array(rest.prefix(count))
      }
      if piece.isEmpty { return text }
      text += piece
    }
  }

  /// Rows such as a file of events has: they repeat near and far.
  private static let rows = Array(
    (0..<40_000).map { "\($0 * 7_919 % 9_973),2020-01-\(10 + $0 % 20),\($0 % 97)\n" }.joined().utf8)

  /// Bytes that cannot be made smaller, by a linear congruential generator.
  private static let noise: [UInt8] = {
    var state: UInt64 = 88_172_645_463_325_252
    return (0..<300_000).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(state >> 56)
    }
  }()

  @Test(arguments: ["-1", "-6", "-9"])
  func `gives back what was compressed, however hard`(_ level: String) throws {
    for text in [[], [65], Self.rows, Self.noise, Self.noise + Self.rows] {
      #expect(try uncompressed(try compressed(text, level)) == text)
    }
  }

  @Test(arguments: [1, 13, 1_000])
  func `gives back the same, however it comes`(_ count: Int) throws {
    let text = Array(Self.rows.prefix(200_000) + Self.noise.prefix(70_000))
    #expect(try uncompressed(try compressed(text), inPieces: count) == text)
  }

  @Test func `takes members one after the other as one text, with their names or without`() throws {
    let first = try compressed(Array(Self.rows.prefix(100_000)), "-N")
    let second = try compressed(Array("and more".utf8), "-n")
    #expect(
      try uncompressed(first + second) == Self.rows.prefix(100_000) + Array("and more".utf8))
  }

  @Test func `refuses what was cut off, wherever, and what follows the end`() throws {
    let whole = try compressed(Array(Self.rows.prefix(600)))
    for count in 0..<whole.count {
      #expect(throws: GzipError.self) { try uncompressed(Array(whole.prefix(count))) }
    }
    #expect(throws: GzipError.self) { try uncompressed(whole + [0]) }
    #expect(throws: GzipError.self) { try uncompressed(whole + whole.prefix(5)) }
  }

  @Test func `gives the true text or none, whatever bit is changed`() throws {
    let text = Array(Self.rows.prefix(600))
    let whole = try compressed(text, "-n")
    var refused = 0
    for place in whole.indices {
      var changed = whole
      changed[place] ^= 1 << (place % 8)
      let given = try? uncompressed(changed)
      #expect(given == nil || given == text, "byte \(place)")
      if given == nil { refused += 1 }
    }
    // The time, the system and the last bits before the checksum say nothing about the text.
    #expect(refused >= whole.count - 9)
  }

  @Test func `takes no bytes for a text by chance, and comes to an end`() throws {
    var generator = SeededGenerator(seed: 5)
    let head: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    for _ in 0..<500 {
      let bytes = (0..<Int.random(in: 0...200, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      #expect(throws: GzipError.self) { try uncompressed(head + bytes) }
    }
  }
}
