import CarrelSyntax
import Foundation
import TestSupport
import Testing

/// `docs/grammar.md` says what the parser does.
@Suite("The page of the grammar") struct GrammarPageTests {
  private let lines: [Substring]

  init() throws {
    let page = try String(contentsOf: Repository.file("docs/grammar.md"), encoding: .utf8)
    lines = page.split(separator: "\n", omittingEmptySubsequences: false)
  }

  @Test func `it lists the reserved words and no others`() {
    let roles = ["statements", "operators", "queries", "values, choice", "clauses"]
    let listed = lines.filter { line in roles.contains { line.hasPrefix("| \($0) | `") } }
    let words = listed.flatMap { $0.split(separator: "`")[1].split(separator: " ") }
    #expect(Set(words.map(String.init)) == Words.reserved)
    #expect(words.count == Words.reserved.count)
  }

  @Test func `it names every statement, clause word and unit`() {
    let text = lines.joined(separator: "\n")
    for word in Words.statements + Words.clauses.sorted() where !text.contains("\"\(word)\"") {
      Issue.record("`\(word)` is not in the grammar")
    }
    for unit in ["day", "week", "month", "quarter", "year"] {
      #expect(text.contains("\"\(unit)\" | \"\(unit)s\""))
    }
  }

  @Test func `its examples are laid out as the formatter lays them out`() {
    for example in examples { #expect(formatted(example) == example) }
    #expect(examples.count == 2)
  }

  /// The blocks of the page that hold parts of a study.
  private var examples: [String] {
    var found: [String] = []
    var isInside = false
    for line in lines {
      switch line {
      case "```carrel": (isInside, found) = (true, found + [""])
      case "```": isInside = false
      default: if isInside { found[found.count - 1] += line + "\n" }
      }
    }
    return found
  }
}
