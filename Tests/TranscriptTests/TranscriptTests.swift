import Foundation
import TestSupport
import Testing

/// What each command prints, held against a file for each story.
///
/// `CARREL_REWRITE=1 swift test --filter TranscriptTests` writes the files anew; what changed is then
/// read in the difference.
@Suite("Transcripts") struct TranscriptTests {
  private static let rewrites = ProcessInfo.processInfo.environment["CARREL_REWRITE"] == "1"

  @Test("a terminal shows what the transcript says", arguments: try Transcript.all)
  func transcript(_ transcript: Transcript) throws {
    let desk = try Desk()
    let found = try transcript.performed(at: desk)
    if Self.rewrites {
      try found.write(to: transcript.file, atomically: true, encoding: .utf8)
    } else {
      #expect(Transcript.difference(transcript.text, found) == nil)
    }
  }
}

/// A file with the commands of a story, each after `$ `, and what they printed.
///
/// Lines before the first command say what the story is about. Standard output and standard error
/// stand as they came; a status other than 0 stands in brackets after them.
struct Transcript: CustomTestStringConvertible {
  let file: URL
  let text: String

  static var all: [Transcript] {
    get throws {
      try FileManager.default.contentsOfDirectory(
        at: Repository.file("Tests/TranscriptTests/Transcripts"), includingPropertiesForKeys: nil
      ).sorted { $0.path < $1.path }.map {
        Transcript(file: $0, text: try String(contentsOf: $0, encoding: .utf8))
      }
    }
  }

  var testDescription: String { file.deletingPathExtension().lastPathComponent }

  private static let prompt = "$ "

  private var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

  /// The transcript with what the commands print now.
  func performed(at desk: Desk) throws -> String {
    var parts = lines.prefix { !$0.hasPrefix(Self.prompt) }.map(String.init)
    for line in lines where line.hasPrefix(Self.prompt) {
      parts.append(String(line))
      let result = try desk.run(String(line.dropFirst(Self.prompt.count)))
      if !result.text.isEmpty { parts.append(result.text) }
      if result.status != 0 { parts.append("[\(result.status)]") }
    }
    return parts.joined(separator: "\n") + "\n"
  }

  /// The first line where two texts differ, with the command that it belongs to.
  static func difference(_ expected: String, _ found: String) -> String? {
    let (expected, found) = (
      expected.components(separatedBy: "\n"), found.components(separatedBy: "\n")
    )
    guard
      let index = (0..<max(expected.count, found.count)).first(where: {
        $0 >= expected.count || $0 >= found.count || expected[$0] != found[$0]
      })
    else { return nil }
    let command = found.prefix(index + 1).last { $0.hasPrefix(prompt) } ?? ""
    return """
      \(command)
      line \(index + 1) should be: \(index < expected.count ? expected[index] : "(the end)")
      and is:\(String(repeating: " ", count: 12))\(index < found.count ? found[index] : "(the end)")
      """
  }
}
