import CarrelDisclosure
import Foundation
import TestSupport
import Testing

/// How many figures each policy hides of studies that ask for nothing unusual.
///
/// `CARREL_REWRITE=1` writes the table of `docs/disclosure.md` anew.
@Suite("The page on disclosure control") struct DisclosurePageTests {
  private static let file = Repository.file("docs/disclosure.md")
  private static let (start, end) = ("<!-- figures -->\n", "<!-- end of figures -->\n")

  @Test func `its table is what the gate does`() throws {
    let page = try String(contentsOf: Self.file, encoding: .utf8)
    let head = try #require(page.range(of: Self.start)).upperBound
    let tail = try #require(page.range(of: Self.end)).lowerBound
    let table = try Self.table()
    if LanguageTests.rewrites {
      try (page[..<head] + table + page[tail...]).write(
        to: Self.file, atomically: true, encoding: .utf8)
    } else {
      #expect(page[head..<tail] == table, "CARREL_REWRITE=1 writes it anew")
    }
  }

  @Test func `a monthly series of groups of 500 leaves whole`() throws {
    for policy in ["opensafely", "nhs-england", "acro", "ons"] {
      let tally = try DisclosureTally(of: HonestStudy.series.get(), under: policy)
      #expect(tally.figures == 60 * 51 * 2)
      #expect(tally.shown == tally.figures, "\(policy)")
    }
  }

  @Test func `under opensafely nothing of any study is hidden beside others`() throws {
    let released = try Self.releases.get().filter { $0.policy == "opensafely" }
    #expect(try released.map(\.study) == HonestStudy.all.get().map(\.name))
    for release in released { #expect(release.tally?.secondary == 0, "\(release.study)") }
  }

  /// A study under a policy; nothing is told of one that is held.
  private struct Release {
    let study: String
    let policy: String
    let tally: DisclosureTally?
  }

  /// Every study under every policy, worked out once.
  private static let releases = Result {
    try HonestStudy.all.get().flatMap { study in
      try Policies.names.filter { $0 != "exact" }.map { policy in
        var tally: DisclosureTally?
        do { tally = try DisclosureTally(of: study, under: policy) } catch is ReleaseHeld {}
        return Release(study: study.name, policy: policy, tally: tally)
      }
    }
  }

  private static func table() throws -> String {
    let head = [
      "| study | policy | figures | shown | hidden: few people | hidden beside others | rounded |",
      "|---|---|--:|--:|--:|--:|--:|",
    ]
    let lines = try releases.get().map { release in
      let numbers = release.tally.map { tally in
        [tally.figures, tally.shown, tally.primary, tally.secondary, tally.rounded]
          .map(String.init).joined(separator: " | ")
      }
      return "| \(release.study) | `\(release.policy)` | \(numbers ?? "held | | | |") |"
    }
    return (head + lines).joined(separator: "\n") + "\n"
  }
}
