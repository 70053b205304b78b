import CarrelDiagnostics
import CarrelJSON
import Foundation
import TestSupport
import Testing

@testable import CarrelWorkbench

@Suite("An editor's study, cut off anywhere") struct LanguageServerAnywhereTests {
  static let studies = ["SampleData/studies", "Tests/CarrelSyntaxTests/Studies"].flatMap { folder in
    let names = try? FileManager.default.contentsOfDirectory(atPath: Repository.file(folder).path)
    return (names ?? []).filter { $0.hasSuffix(".carrel") }.sorted().map { "\(folder)/\($0)" }
  }

  /// How many bytes lie between two places that are looked at.
  private static let step = 997

  @Test("is answered for, with places inside its text", arguments: studies)
  func anywhere(_ path: String) throws {
    let bytes = try Data(contentsOf: Repository.file(path))
    for end in stride(from: 0, through: bytes.count, by: Self.step) {
      let text = String(decoding: bytes.prefix(end), as: UTF8.self)
      let document = EditorDocument(
        address: "untitled:a", version: nil, text: text, place: .nowhere)
      let length = document.source.bytes.count
      for offset in [length, length / 2, max(0, length - 3)] {
        let position = document.lines.position(of: offset)
        #expect(document.offset(of: position) <= length)
        let answers = [
          document.hover(at: offset), document.declaration(at: offset), document.layoutEdits,
          document.publishedDiagnostics,
        ]
        #expect(answers.compactMap(\.self).allSatisfy { isInside($0, lines(of: text)) })
        #expect(document.completions(at: offset).allSatisfy { !$0.label.isEmpty })
      }
    }
  }

  @Test func `there are studies to cut`() {
    #expect(Self.studies.count > 8)
  }

  /// The UTF-16 code units of each line.
  private func lines(of text: String) -> [Int] {
    text.components(separatedBy: "\n").map(\.utf16.count)
  }

  /// Whether every place in an answer is one of the text.
  private func isInside(_ answer: JSON, _ lines: [Int]) -> Bool {
    if let line = answer["line"]?.integer, let character = answer["character"]?.integer {
      return lines.indices.contains(line) && character <= lines[line]
    }
    let parts = answer.members?.map(\.value) ?? answer.array ?? []
    return parts.allSatisfy { isInside($0, lines) }
  }
}
