import Foundation
import TestSupport

/// The page `docs/language.md`, made of the chapters.
enum LanguagePage {
  static let file = Repository.file("docs/language.md")

  static func text(of chapters: [Chapter]) throws -> String {
    let body = try chapters.map { try page(of: $0) }.joined(separator: "\n")
    return """
      <!-- Made from Tests/SpecTests/Language/Chapters by `make language`: change those. -->

      # The Carrel language

      Everything on this page that has a value is tested: the tables of rows go in, the values beside \
      them must come out, on every engine, or `make test` fails.

      \(contents(of: chapters))

      \(body)
      """
  }

  private static func contents(of chapters: [Chapter]) -> String {
    chapters.map { chapter in
      let sections = chapter.headings("## ").map { link($0) }.joined(separator: ", ")
      let title = chapter.headings("# ").map { "**\(link($0))**" }.joined()
      return sections.isEmpty ? "- \(title)" : "- \(title): \(sections)"
    }.joined(separator: "\n")
  }

  /// A link to a heading, as GitHub names them.
  private static func link(_ heading: String) -> String {
    let name = heading.lowercased().compactMap { character -> Character? in
      if character == " " { return "-" }
      return character.isLetter || character.isNumber || "-_".contains(character) ? character : nil
    }
    return "[\(heading)](#\(String(name)))"
  }

  /// A chapter, one level down.
  private static func page(of chapter: Chapter) throws -> String {
    try chapter.parts.map { part in
      switch part {
      case .prose(let line): line.hasPrefix("#") ? "#" + line : line
      case .block(let block): try text(of: block)
      }
    }.joined(separator: "\n")
  }

  private static func text(of block: Chapter.Block) throws -> String {
    let arguments = block.words.dropFirst()
    switch block.kind {
    case "rows":
      return "`\(arguments.joined())`\n\n\(try DrawnTable(block.lines).markdown())"
    case "gives": return try DrawnTable(block.lines).markdown()
    case "values": return try DrawnTable(block.lines).markdown(codeFrom: 0)
    case "file": return "`\(arguments.joined())`\n\n" + fenced(block, "csv")
    case "released":
      let file = arguments.dropFirst().first.map { "`\($0)` " } ?? ""
      return "\(file)under `\(arguments.first ?? "")`:\n\n" + fenced(block, "text")
    case "carrel": return fenced(block, "carrel")
    default: return fenced(block, "text")
    }
  }

  private static func fenced(_ block: Chapter.Block, _ language: String) -> String {
    "```\(language)\n\(block.text)\n```"
  }
}

extension Chapter {
  fileprivate func headings(_ mark: String) -> [String] {
    parts.compactMap { part in
      guard case .prose(let line) = part, line.hasPrefix(mark) else { return nil }
      return String(line.dropFirst(mark.count))
    }
  }
}
