import CarrelFiles
import Glibc
import TestSupport
import Testing

@Suite("The position in a file") struct PositionTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder["letters"]
    try Files.write(Array("abcdef".utf8), to: path)
  }

  @Test func `moves with what is read and goes back to the beginning`() throws {
    let reader = try ByteReader(path: path)
    #expect(reader.offset == 0)
    #expect(try reader.next(upTo: 4) == Array("abcd".utf8))
    #expect(reader.offset == 4)
    try reader.rewind()
    #expect(try reader.rest(limitBytes: 10) == Array("abcdef".utf8))
    #expect(reader.offset == 6)
  }

  @Test func `is shared with a duplicate of the descriptor, which another closes`() throws {
    let reader = try ByteReader(path: path)
    do {
      let other = ByteReader(takingOver: try reader.duplicatedDescriptor(), name: "duplicate")
      #expect(try other.next(upTo: 2) == Array("ab".utf8))
    }
    #expect(reader.offset == 2)
    #expect(try reader.next(upTo: 1) == Array("c".utf8))
  }

  @Test func `is nothing that a pipe has`() throws {
    var ends: [CInt] = [-1, -1]
    try #require(pipe(&ends) == 0)
    defer { close(ends[1]) }
    let reader = ByteReader(takingOver: ends[0], name: "a pipe")
    #expect(reader.offset == 0)
    #expect(throws: FileError.self) { try reader.rewind() }
  }
}
