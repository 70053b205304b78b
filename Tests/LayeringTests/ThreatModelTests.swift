import Foundation
import TestSupport
import Testing

@Suite("The threat model") struct ThreatModelTests {
  @Test func `names tests that there are`() throws {
    let names = try NamedTests.all()
    let claims = try Self.claims()
    #expect(claims.count > 50)
    for claim in claims {
      let tests = Self.quoted(claim.evidence)
      #expect(!tests.isEmpty, "\(claim.attack) is shown by nothing")
      for test in tests { #expect(names.contains(test), "there is no test called \(test)") }
    }
  }

  private struct Claim {
    let attack: String
    let evidence: String
  }

  /// The lines of the tables of three columns whose last one is what shows them.
  private static func claims() throws -> [Claim] {
    let page = try String(contentsOf: Repository.file("docs/threat-model.md"), encoding: .utf8)
    var isClaims = false
    return page.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line in
      let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
      guard line.hasPrefix("|"), cells.count == 3 else { return nil }
      if cells[0] == "attack" || cells[0] == "who" { isClaims = cells[2] == "shown by" }
      guard isClaims, cells[0] != "attack", !cells[0].hasPrefix("---") else { return nil }
      return Claim(attack: cells[0], evidence: cells[2])
    }
  }

  private static func quoted(_ cell: String) -> [String] {
    cell.split(separator: "`", omittingEmptySubsequences: false).enumerated()
      .compactMap { $0.offset % 2 == 1 ? String($0.element) : nil }
  }
}
