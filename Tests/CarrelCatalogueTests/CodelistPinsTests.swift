import CarrelCatalogue
import Foundation
import TestSupport
import Testing

@Suite("Pinned versions of code lists") struct CodelistPinsTests {
  private func pins(_ list: String?, _ lock: String?) -> CodelistPins {
    CodelistPins(list: list.map { Array($0.utf8) }, lock: lock.map { Array($0.utf8) })
  }

  private static let lock = """
    {"files": {
      "org-asthma.csv": {"id": "org/asthma/2020-04-27", "sha": "AAAA"},
      "user-ann-falls.csv": {"id": "user/ann/falls/3ca0408f", "sha": "bbbb"}}}
    """
  private static let list = """
    # what this study uses

    org/asthma/2020-04-27
      user/ann/falls/3ca0408f/
    """

  /// The two files, a list and its digest, and what is said against it.
  static let cases: [(String?, String?, String, String, [String])] = [
    (list, lock, "org-asthma.csv", "aaaa", []),
    (list, lock, "user-ann-falls.csv", "bbbb", []),
    (nil, lock, "org-asthma.csv", "aaaa", []),
    (list, nil, "org-asthma.csv", "any", []),
    (nil, nil, "anything.csv", "any", []),
    (
      list, lock, "org-asthma.csv", "abcd",
      ["it is not what was downloaded: its digest in `codelists.json` is another"]
    ),
    (
      list, lock, "mine.csv", "aaaa",
      ["`codelists.txt` does not list it", "`codelists.json` has no entry for it"]
    ),
    (
      "org/asthma/v1.2", lock, "org-asthma.csv", "aaaa",
      ["`codelists.txt` asks for `org/asthma/v1.2`, and `org/asthma/2020-04-27` was downloaded"]
    ),
    (
      "org/other/v1", lock, "org-asthma.csv", "aaaa", ["`codelists.txt` does not list it"]
    ),
  ]

  @Test("a list is held to the files that are there", arguments: cases)
  func held(list: String?, lock: String?, name: String, digest: String, messages: [String]) {
    let found = pins(list, lock).problems(ofFile: name, digest: digest)
    #expect(found.map(\.message) == messages)
    #expect(found.allSatisfy { $0.isError })
  }

  /// A file with a mistake, and the mistake.
  static let mistakes: [(String?, String?, String)] = [
    ("org/asthma", lock, "line 1 of `codelists.txt` is not a version of a list"),
    ("# a\norg/ /v1", lock, "line 2 of `codelists.txt` is not a version of a list"),
    ("user/ann/falls", lock, "line 1 of `codelists.txt` is not a version of a list"),
    ("org/a/v1\norg/a/v1/", lock, "line 2 of `codelists.txt` repeats a list"),
    ("org/a/v1\norg/a/v2", lock, "line 2 of `codelists.txt` asks for another version of a list"),
    (nil, "{\"files\": ", "line 1 of `codelists.json` is not JSON"),
    (nil, "{}", "`codelists.json` has no object `files`"),
    (
      nil, #"{"files": {"a.csv": {"id": "a/b/c"}}}"#,
      "`codelists.json` has no `id` or no `sha` for `a.csv`"
    ),
  ]

  @Test("a mistake in either file says where it is", arguments: mistakes)
  func mistaken(list: String?, lock: String?, message: String) {
    let problems = pins(list, lock).problems
    #expect(problems.map(\.message) == [message])
    #expect(problems.allSatisfy { $0.isError })
  }

  @Test func `versions without downloads are a warning, since nothing can be verified`() {
    let problems = pins(Self.list, nil).problems
    #expect(problems.map(\.kind) == [.unverified])
    #expect(problems.allSatisfy { !$0.isError })
    #expect(pins(Self.list, Self.lock).problems.isEmpty)
  }

  @Test func `line ends are no part of what a digest is taken of`() {
    for text in ["a\nb", "a\nb\n", "a\r\nb\r\n", "a\rb\r"] {
      #expect(CodelistPins.digestedBytes(of: Array(text.utf8)) == Array("a\nb".utf8))
    }
    #expect(CodelistPins.digestedBytes(of: Array("a\n\n".utf8)) == Array("a\n".utf8))
    #expect(CodelistPins.digestedBytes(of: []) == [])
  }

  /// The files of two repositories; the digests are those of Python's `hashlib`.
  static let repositories: [(String, String, String, Int)] = [
    (
      "ADHD-Pre-and-Post-Covid", "opensafely-ethnicity.csv",
      "3d2f3998b71863a80b24d60f6f4282e14191ae13", 0
    ),
    (
      "ADHD-Pre-and-Post-Covid", "nhsd-primary-care-domain-refsets-adhd_cod.csv",
      "f4b0e9129b1ed84eb45b39b5409694ea4c591e21", 0
    ),
    (
      "pharmacy-first", "opensafely-ethnicity-snomed-0removed.csv",
      "8b849b5b785d80306e488d0109640c8c1d2da01b", 0
    ),
    ("pharmacy-first", "opensafely-ethnicity.csv", "3d2f3998b71863a80b24d60f6f4282e14191ae13", 2),
  ]

  @Test("the files of real repositories agree with their lists", arguments: repositories)
  func real(repository: String, name: String, digest: String, mistakes: Int) throws {
    func file(_ suffix: String) throws -> [UInt8] {
      let path = "Tests/CarrelCatalogueTests/Codelists/\(repository)--codelists.\(suffix)"
      return Array(try Data(contentsOf: Repository.file(path)))
    }
    let pins = CodelistPins(list: try file("txt"), lock: try file("json"))
    #expect(pins.problems.isEmpty)
    #expect(pins.problems(ofFile: name, digest: digest).count == mistakes)
  }
}
