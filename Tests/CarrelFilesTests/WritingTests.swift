import CarrelFiles
import Foundation
import TestSupport
import Testing

@Suite("Writing files") struct WritingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `a file is replaced whole, and nothing else is left in the folder`() throws {
    try Files.write(Array("old".utf8), to: folder["a.txt"])
    try Files.write(Array("new text".utf8), to: folder["a.txt"])
    #expect(try folder.text("a.txt") == "new text")
    #expect(try folder.contents == ["a.txt"])
  }

  @Test func `what belongs to a site is for the owner alone; what leaves is for everyone`() throws {
    try Files.write([1], to: folder["key"])
    try Files.write([1], to: folder["out.csv"], access: .everyone)
    #expect(try folder.permissions("key") == 0o600)
    #expect(try folder.permissions("out.csv") == 0o644)
  }

  @Test func `a link at the path is replaced, not written through`() throws {
    try folder.add("target", "kept")
    try folder.link("link", to: "target")
    try Files.write(Array("new".utf8), to: folder["link"])
    #expect(try folder.text("target") == "kept")
    #expect(Files.kind(of: folder["link"]) == .file)
  }

  @Test func `a write that fails names the path asked for and leaves nothing behind`() throws {
    try folder.add("sub/a", "")
    #expect(throws: FileError(.write, folder["none/a"], .notFound)) {
      try Files.write([1], to: folder["none/a"])
    }
    #expect(throws: FileError(.write, folder["sub"], .notAFile)) {
      try Files.write([1], to: folder["sub"])
    }
    #expect(try folder.contents == ["sub", "sub/a"])
  }

  @Test func `a folder is created only where nothing is`() throws {
    try Files.createFolder(folder["site"])
    #expect(try folder.permissions("site") == 0o700)
    #expect(throws: FileError(.create, folder["site"], .alreadyExists)) {
      try Files.createFolder(folder["site"])
    }
  }

  @Test func `removing takes a folder with all it holds, and links without what they name`() throws
  {
    try folder.add("kept/a", "a")
    try folder.add("gone/sub/b", "b")
    try folder.link("gone/link", to: "../kept")
    try Files.remove(folder["gone"])
    try Files.remove(folder["never"])
    #expect(try folder.contents == ["kept", "kept/a"])
  }
}

@Suite("A new folder") struct NewFolderTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test func `it appears whole under its name`() throws {
    var output = try NewFolder(folder["out"])
    try output.write(Array("a".utf8), to: "a.csv")
    try output.write(Array("b".utf8), to: "data/deep/b.csv")
    try output.write(Array("c".utf8), to: "data/c.csv")
    #expect(!Files.exists(folder["out"]))
    try output.publish()
    #expect(
      try folder.contents == [
        "out", "out/a.csv", "out/data", "out/data/c.csv", "out/data/deep", "out/data/deep/b.csv",
      ])
    #expect(try folder.permissions("out") == 0o755)
    #expect(try folder.permissions("out/a.csv") == 0o644)
  }

  @Test func `without being published it leaves nothing`() throws {
    do {
      var output = try NewFolder(folder["out"])
      try output.write([1], to: "data/a.csv")
      #expect(try folder.contents.count == 3)
    }
    #expect(try folder.contents.isEmpty)
  }

  @Test func `an existing folder is never replaced, even one that appears meanwhile`() throws {
    try folder.add("out/kept", "")
    #expect(throws: FileError(.create, folder["out"], .alreadyExists)) {
      _ = try NewFolder(folder["out"])
    }
    #expect(throws: FileError(.create, folder["late"], .alreadyExists)) {
      var output = try NewFolder(folder["late"])
      try output.write([1], to: "a.csv")
      try Files.createFolder(folder["late"])
      try output.publish()
    }
    #expect(try folder.contents == ["late", "out", "out/kept"])
  }

  @Test func `a file inside is written once, at a plain relative path`() throws {
    var output = try NewFolder(folder["out"])
    try output.write([1], to: "a.csv")
    #expect(throws: FileError(.write, folder["out/a.csv"], .alreadyExists)) {
      try output.write([2], to: "a.csv")
    }
    #expect(throws: FileError(.write, "../b", .notInside(.parentFolder))) {
      try output.write([2], to: "../b")
    }
  }
}
