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

  @Test func `under opensafely nothing of the sample studies is hidden beside others`() throws {
    for study in try HonestStudy.all.get() {
      #expect(try DisclosureTally(of: study, under: "opensafely").secondary == 0, "\(study.name)")
    }
  }

  private static func table() throws -> String {
    var lines = [
      "| study | policy | figures | shown | hidden: few people | hidden beside others | rounded |",
      "|---|---|--:|--:|--:|--:|--:|",
    ]
    for study in try HonestStudy.all.get() {
      for policy in Policies.names where policy != "exact" {
        let tally = try DisclosureTally(of: study, under: policy)
        let numbers = [tally.figures, tally.shown, tally.primary, tally.secondary, tally.rounded]
        lines.append(
          "| \(study.name) | `\(policy)` | \(numbers.map(String.init).joined(separator: " | ")) |")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
