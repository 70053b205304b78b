import CarrelFiles
import Foundation
import TestSupport
import Testing

@Suite("Reading files") struct ReadingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a regular file is read whole, through a link when the caller names it`() throws {
    try folder.add("a.txt", "hello")
    try folder.link("link", to: "a.txt")
    #expect(try Files.read(folder["a.txt"]) == Array("hello".utf8))
    #expect(try Files.read(folder["link"]) == Array("hello".utf8))
  }

  @Test func `a file at the limit is read and one byte more is refused`() throws {
    try folder.add("a.txt", "hello")
    #expect(try Files.read(folder["a.txt"], limitBytes: 5).count == 5)
    #expect(throws: FileError(.read, folder["a.txt"], .tooLarge(limitBytes: 4))) {
      try Files.read(folder["a.txt"], limitBytes: 4)
    }
  }

  @Test func `a pipe is refused at the limit though its size is unknown`() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data("hello".utf8))
    try pipe.fileHandleForWriting.close()
    let reader = ByteReader(
      takingOver: dup(pipe.fileHandleForReading.fileDescriptor), name: "gzip")
    #expect(reader.sizeBytes == nil)
    #expect(throws: FileError(.read, "gzip", .tooLarge(limitBytes: 4))) {
      try reader.rest(limitBytes: 4)
    }
  }

  @Test func `what is missing or not a regular file says so, without waiting`() throws {
    mkfifo(folder["pipe"], 0o600)
    #expect(throws: FileError(.read, folder["none"], .notFound)) {
      try Files.read(folder["none"])
    }
    #expect(throws: FileError(.read, folder.path, .notAFile)) { try Files.read(folder.path) }
    #expect(throws: FileError(.read, folder["pipe"], .notAFile)) { try Files.read(folder["pipe"]) }
    #expect(throws: FileError(.read, "/dev/zero", .notAFile)) { try Files.read("/dev/zero") }
  }

  @Test func `a message names the operation, the path and the reason`() throws {
    let error = #expect(throws: FileError.self) { try Files.read(folder["none"]) }
    #expect(
      error?.description
        == "cannot read `\(folder.path)/none`: there is no such file or folder")
  }

  @Test func `a file comes in chunks of at most the size asked for, then empty`() throws {
    try folder.add("a.txt", "hello")
    let reader = try ByteReader(path: folder["a.txt"])
    #expect(reader.sizeBytes == 5)
    #expect(try reader.next(upTo: 3) == Array("hel".utf8))
    #expect(try reader.next(upTo: 3) == Array("lo".utf8))
    #expect(try reader.next(upTo: 3).isEmpty)
  }

  @Test func `names in a folder come in byte order, hidden ones too`() throws {
    for name in ["b", "a", ".c", "B", "é"] { try folder.add(name, "") }
    #expect(try Files.list(folder.path) == [".c", "B", "a", "b", "é"])
    #expect(throws: FileError(.list, folder["a"], .notAFolder)) { try Files.list(folder["a"]) }
  }

  @Test func `a path is one of four kinds of thing, or nothing`() throws {
    try folder.add("file", "")
    try folder.link("link", to: "nowhere")
    mkfifo(folder["pipe"], 0o600)
    #expect(Files.kind(of: folder["file"]) == .file)
    #expect(Files.kind(of: folder.path) == .folder)
    #expect(Files.kind(of: folder["link"]) == .symbolicLink)
    #expect(Files.kind(of: folder["pipe"]) == .other)
    #expect(Files.kind(of: folder["none"]) == nil)
    #expect(Files.exists(folder["link"]))
    #expect(Files.isFolder(folder.path) && !Files.isFolder(folder["file"]))
  }
}

@Suite("Reading inside a folder (K11)") struct ReadingInsideTests {
  let outer: TemporaryFolder
  let study: String

  init() throws {
    outer = try TemporaryFolder()
    study = outer["study"]
    try outer.add("secret.key", "secret")
    try outer.add("study/codelists/a.csv", "code\n")
    try outer.link("study/link.csv", to: "codelists/a.csv")
    try outer.link("study/key", to: "../secret.key")
    try outer.link("study/up", to: "..")
    try outer.link("study/lists", to: "codelists")
  }

  @Test func `a regular file inside is read, whatever link leads to the folder itself`() throws {
    try outer.link("alias", to: "study")
    #expect(try Files.read("codelists/a.csv", inside: study) == Array("code\n".utf8))
    #expect(try Files.read("codelists/a.csv", inside: outer["alias"]).count == 5)
  }

  @Test(
    "G1: nothing is read through a link, outside the folder, or from anything but a file",
    arguments: [
      ("link.csv", .symbolicLink), ("key", .symbolicLink), ("up/secret.key", .symbolicLink),
      ("lists/a.csv", .symbolicLink), ("../secret.key", .notInside(.parentFolder)),
      ("codelists/../../secret.key", .notInside(.parentFolder)),
      ("/etc/passwd", .notInside(.absolute)), ("codelists", .notAFile),
      ("codelists\\a.csv", .notInside(.backslash)), ("codelists/b.csv", .notFound),
      ("codelists/a.csv/b", .notAFolder),
      (String(repeating: "x", count: 300), .system(errorNumber: 36)),
    ] as [(String, FileError.Reason)])
  func refused(path: String, reason: FileError.Reason) {
    #expect(throws: FileError(.read, path, reason)) { try Files.read(path, inside: study) }
  }
}
