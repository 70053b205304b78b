import Foundation
import TestSupport

/// A chapter of the language's reference: prose with blocks that the tests hold to what happens.
///
/// A chapter is a Markdown file. Its fenced blocks say what they are by their first word:
///
/// | block | holds |
/// |---|---|
/// | `rows TABLE` | the rows of a table, from here to the end of the section |
/// | `file PATH` | a file beside the study, likewise |
/// | `carrel` | statements of a study; `carrel continued` adds to those of the block before |
/// | `gives` | a value for each patient of the definitions and expressions in the heading |
/// | `values` | the same for one row of the table `facts` a line, whose columns come first |
/// | `released POLICY`, `released POLICY FILE` | what leaves, as the screen or a file shows it |
/// | `refused` | what is said of the statements before, which have a mistake |
/// | `formatted` | the statements before in their canonical layout |
///
/// A chapter begins with `# ` and a section with `## `; what stands before the first section holds
/// for the whole chapter.
struct Chapter: Sendable {
  enum Part: Sendable {
    case prose(String)
    case block(Block)
  }

  struct Block: Sendable {
    let words: [String]
    var lines: [String]
    /// The line of the file that the block begins on.
    let line: Int

    var kind: String { words.first ?? "" }
    var text: String { lines.joined(separator: "\n") }
  }

  let file: URL
  var parts: [Part]

  var name: String { file.deletingPathExtension().lastPathComponent }

  static let folder = Repository.file("Tests/SpecTests/Language/Chapters")

  /// All chapters, in the order of their file names.
  static let all: Result<[Chapter], any Error> = Result {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "md" }.sorted { $0.path < $1.path }.map(Chapter.init)
  }
}

extension Chapter {
  private static let fence = "```"

  init(_ file: URL) throws {
    self.file = file
    parts = []
    let text = try String(contentsOf: file, encoding: .utf8)
    var open: Block?
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if var block = open {
        if line == Self.fence {
          parts.append(.block(block))
          open = nil
        } else {
          block.lines.append(String(line))
          open = block
        }
      } else if line.hasPrefix(Self.fence) {
        let words = line.dropFirst(Self.fence.count).split(separator: " ").map(String.init)
        open = Block(words: words, lines: [], line: index + 1)
      } else {
        parts.append(.prose(String(line)))
      }
    }
    guard open == nil else { throw Misdrawn("\(file.lastPathComponent): a block has no end") }
  }

  /// The file with its blocks as they are now.
  var text: String {
    parts.map { part in
      switch part {
      case .prose(let line): line
      case .block(let block):
        ([Self.fence + block.words.joined(separator: " ")] + block.lines + [Self.fence])
          .joined(separator: "\n")
      }
    }.joined(separator: "\n")
  }
}

/// Something in a chapter that the tests cannot read.
struct Misdrawn: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
