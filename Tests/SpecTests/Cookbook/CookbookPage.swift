import Foundation
import TestSupport
import Testing

/// One block of `docs/cookbook.md` with the heading above it.
struct CookbookBlock: Sendable, CustomTestStringConvertible {
  let heading: String
  let text: String
  /// The block without its examples.
  let definitions: String
  /// The examples in it.
  let examples: [CookbookExample]

  var testDescription: String { heading }

  /// Whether anything leaves the site.
  var hasOutputs: Bool {
    ["flow", "table", "summary", "deciles", "histogram"].contains { text.contains("\n\($0) ") }
  }

  /// An example is its first line and the indented lines after it.
  init(heading: String, lines: [Substring]) {
    self.heading = heading
    text = lines.map { $0 + "\n" }.joined()
    var definitions = ""
    var examples: [[Substring]] = []
    for line in lines {
      if line.hasPrefix("example ") {
        examples.append([line])
      } else if line.hasPrefix(" "), !examples.isEmpty {
        examples[examples.count - 1].append(line)
      } else {
        definitions += line + "\n"
      }
    }
    self.definitions = definitions
    self.examples = examples.map(CookbookExample.init)
  }
}

/// The blocks of the page: the beginning that all others stand after, and the others.
struct CookbookPage: Sendable {
  let beginning: String
  let blocks: [CookbookBlock]

  static let shared = Result { try CookbookPage() }

  private init() throws {
    let page = try String(contentsOf: Repository.file("docs/cookbook.md"), encoding: .utf8)
    var heading = ""
    var open: [Substring]?
    var found: [CookbookBlock] = []
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line == "```carrel" {
        open = []
      } else if let lines = open {
        open = line == "```" ? nil : lines + [line]
        if line == "```" { found.append(CookbookBlock(heading: heading, lines: lines)) }
      } else if line.hasPrefix("#") {
        heading = String(line.drop { $0 == "#" }.dropFirst())
      }
    }
    beginning = try #require(found.first).text
    blocks = Array(found.dropFirst())
  }
}

/// An example of the page, taken apart so that every engine can have its rows as records.
struct CookbookExample: Sendable {
  let title: String
  /// The rows given: the table, and the fields that have a value.
  let rows: [(table: String, values: [String: String])]
  /// What must hold, each in parentheses.
  let conditions: [String]

  init(lines: [Substring]) {
    title = String(lines[0].split(separator: "\"")[1])
    let body = lines.dropFirst().joined(separator: "\n")
    let parts = body.components(separatedBy: "\n  expect ")
    rows = parts[0].components(separatedBy: "  given  ").dropFirst().flatMap { given in
      let table = String(given.prefix { $0 != " " })
      return given.split(separator: "(").dropFirst().map { row in
        (table, Self.values(of: row.prefix { $0 != ")" }))
      }
    }
    conditions = Self.members(of: parts[1][...]).map { "(\($0))" }
  }

  private static func values(of row: Substring) -> [String: String] {
    Dictionary(
      uniqueKeysWithValues: members(of: row).map { field in
        let parts = field.split(separator: " ", maxSplits: 1)
        return (String(parts[0]), String(parts[1].filter { $0 != "\"" }))
      })
  }

  /// The members of a list, at whose commas no parenthesis and no quote is open.
  private static func members(of list: Substring) -> [String] {
    var members = [""]
    var depth = 0
    var isQuoted = false
    for character in list {
      if character == "\"" { isQuoted.toggle() }
      if character == "(", !isQuoted { depth += 1 }
      if character == ")", !isQuoted { depth -= 1 }
      if character == ",", depth == 0, !isQuoted {
        members.append("")
      } else {
        members[members.count - 1].append(character)
      }
    }
    return members.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
  }
}
