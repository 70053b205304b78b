import Foundation
import TestSupport
import Testing

/// The catalogue of attacks: every entry is a test that begins with its number, or is said not to be
/// one.
@Suite("The catalogue of attacks") struct AttackCatalogueTests {
  /// The entries of each section.
  private static let entries =
    [("A", 9), ("B", 5), ("C", 7), ("D", 7), ("E", 6), ("F", 8), ("G", 10)]
    .flatMap { section, count in (1...count).map { "\(section)\($0)" } }

  @Test func `has a test for every entry that is not said to have none`() throws {
    let names = try NamedTests.all()
    let absent = try Self.absent()
    for entry in Self.entries where !absent.contains(entry) {
      #expect(names.contains { $0.hasPrefix("\(entry): ") }, "no test begins with `\(entry): `")
    }
    #expect(absent.isSubset(of: Self.entries), "\(absent.subtracting(Self.entries))")
  }

  @Test func `has no other entries`() throws {
    let numbers = try NamedTests.all().compactMap { name in
      name.prefixMatch(of: #/([A-G][0-9]+): /#).map { String($0.output.1) }
    }
    #expect(Set(numbers).isSubset(of: Self.entries))
  }

  /// What the threat model says has no test, in its line `Not built: `.
  private static func absent() throws -> Set<String> {
    let page = try String(contentsOf: Repository.file("docs/threat-model.md"), encoding: .utf8)
    let line = try #require(page.split(separator: "\n").first { $0.hasPrefix("Not built: ") })
    return Set(line.matches(of: #/\b[A-G][0-9]+\b/#).map { String($0.output) })
  }
}

/// What suites and tests are called.
enum NamedTests {
  /// The names, in attributes or of functions.
  static func all() throws -> Set<String> {
    let expression = try Regex<(Substring, Substring?, Substring?)>(
      #"(?:@(?:Suite|Test)\(\s*"([^"]+)"|func `([^`]+)`)"#)
    var names: Set<String> = []
    let folder = Repository.file("Tests")
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
    where path.hasSuffix(".swift") {
      let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
      for match in text.matches(of: expression) {
        if let name = match.output.1 ?? match.output.2 { names.insert(String(name)) }
      }
    }
    return names
  }
}
