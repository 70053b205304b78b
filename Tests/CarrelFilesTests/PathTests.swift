import CarrelFiles
import Testing

@Suite("Paths") struct PathTests {
  @Test(
    "joining puts one slash between a folder and a path",
    arguments: [
      ("a", "b", "a/b"), ("a/", "b", "a/b"), ("", "b", "b"), ("a", "/b", "/b"), ("/", "b", "/b"),
      (".", "b/c", "./b/c"),
    ])
  func join(folder: String, path: String, joined: String) {
    #expect(Path.join(folder, path) == joined)
  }

  @Test(
    "a path has a last name and a parent",
    arguments: [
      ("a/b/c.csv", "c.csv", "a/b"), ("c.csv", "c.csv", "."), ("/c", "c", "/"), ("a/b/", "b", "a"),
      ("/", "/", "/"), ("/a/b", "b", "/a"),
    ])
  func parts(path: String, last: String, parent: String) {
    #expect(Path.lastComponent(of: path) == last)
    #expect(Path.parent(of: path) == parent)
  }

  @Test(
    "a relative path is refused for whatever could lead out of its folder",
    arguments: [
      ("", .empty), ("/etc/passwd", .absolute), ("../secret", .parentFolder),
      ("a/../../b", .parentFolder), ("..", .parentFolder), ("a//b", .emptyName),
      ("./a", .emptyName), ("a/", .emptyName), (".", .emptyName), ("a\\b.csv", .backslash),
      ("a\nb", .controlCharacter), ("a\0b", .controlCharacter),
    ] as [(String, PathMistake)])
  func refused(path: String, mistake: PathMistake) {
    #expect(throws: mistake) { try Path.components(ofRelative: path) }
  }

  @Test func `a plain relative path is its names, dots inside a name included`() throws {
    #expect(try Path.components(ofRelative: "a/..b/c..csv") == ["a", "..b", "c..csv"])
  }
}
