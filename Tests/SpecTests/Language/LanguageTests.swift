import CarrelDiagnostics
import Foundation
import TestSupport
import Testing

/// Everything that the reference of the language says, on every engine.
///
/// The chapters are written by hand, and so are the values in them. What a person is shown, which is
/// `released`, `refused` and `formatted` blocks, may be written anew with `CARREL_REWRITE=1`, and the
/// page with it; what changed is then read in the difference.
@Suite("The language") struct LanguageTests {
  static let rewrites = ProcessInfo.processInfo.environment["CARREL_REWRITE"] == "1"

  @Test("means what its reference says", arguments: SpecExample.all)
  func example(_ example: SpecExample) throws {
    switch example.claim {
    case .isAccepted: _ = try example.accepted()
    case .gives(let table): try expect(table, of: example)
    case .releases, .isRefused, .isFormatted:
      for (engine, found) in try example.shown() {
        #expect(Self.rewrites || found == example.claim.text, "\(example.place), \(engine)")
      }
    }
  }

  private func expect(_ table: DrawnTable, of example: SpecExample) throws {
    let expected = table.rows.map { Array($0.dropFirst()) }
    #expect(try table.perPatient().count == expected.count, "a line for each patient")
    for (engine, cells) in try example.values(for: table) {
      for (line, (wanted, found)) in zip(expected, cells).enumerated() {
        for (column, (wanted, found)) in zip(wanted, found).enumerated() {
          #expect(
            wanted.allows(found),
            """
            \(example.place), \(engine), patient \(table.rows[line][0]), \
            `\(table.heading[column + 1])`: \(found)
            """)
        }
      }
    }
  }

  @Test func `the page is what the chapters say`() throws {
    var chapters = try Chapter.all.get()
    if Self.rewrites {
      for index in chapters.indices {
        try chapters[index].refresh()
        try chapters[index].text.write(
          to: chapters[index].file, atomically: true, encoding: .utf8)
      }
      try LanguagePage.text(of: chapters).write(
        to: LanguagePage.file, atomically: true, encoding: .utf8)
    }
    let page = try String(contentsOf: LanguagePage.file, encoding: .utf8)
    #expect(page == (try LanguagePage.text(of: chapters)), "make language writes the page anew")
  }
}

extension SpecExample {
  /// What a person is shown, by the name of the engine where engines have a part in it.
  func shown() throws -> [(engine: String, text: String)] {
    switch claim {
    case .isAccepted, .gives: []
    case .releases(_, let policy, let file): try released(under: policy, file: file)
    case .isRefused: [("checker", try mistakes())]
    case .isFormatted: [("formatter", try formatted())]
    }
  }
}

extension SpecExample.Claim {
  fileprivate var text: String {
    switch self {
    case .isAccepted, .gives: ""
    case .releases(let text, _, _), .isRefused(let text), .isFormatted(let text): text
    }
  }
}

extension Chapter {
  /// Writes what a person is shown anew.
  fileprivate mutating func refresh() throws {
    for (index, example) in try claims() {
      guard let text = try example.shown().first?.text, case .block(var block) = parts[index]
      else { continue }
      block.lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      parts[index] = .block(block)
    }
  }
}

extension String {
  /// Whether a drawn value is the one found; `0.333…` stands for all that begins so.
  fileprivate func allows(_ found: String) -> Bool {
    let drawn = isEmpty ? "missing" : self
    return drawn.hasSuffix("…") ? found.hasPrefix(drawn.dropLast()) : found == drawn
  }
}
