import CarrelDiagnostics
import CarrelSyntax
import Foundation
import TestSupport
import Testing

@Suite("Random studies") struct RandomTests {
  @Test func `random sentences of the grammar parse as they were made`() {
    var maker = SentenceMaker(seed: 20_240_331)
    var parsed = 0
    while parsed < 2_000 {
      let sentence = maker.statement(levels: 1 + parsed % 3)
      guard !sentence.isAmbiguous else { continue }
      let (file, diagnostics) = parse(sentence.text)
      let tree = file.statements.map { TreePrinter.print($0).oneLine }.joined()
      guard diagnostics.isEmpty, tree == sentence.tree else {
        Issue.record(
          """
          \(sentence.text)
          made as \(sentence.tree)
          read as \(tree)
          \(TextRenderer().render(diagnostics))
          """)
        return
      }
      parsed += 1
    }
  }

  /// Runs of one to three statements of the example studies.
  private func pieces() throws -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    for name in StudyTests.names ?? [] {
      let bytes = Array(try Data(contentsOf: StudyTests.folder.appending(path: name)))
      var diagnostics = Diagnostics()
      let file = StudyFile.parse(SourceText(name: name, bytes: bytes), reporting: &diagnostics)
      let spans = file.statements.map(\.span.range)
      for (first, last) in zip(spans, spans.dropFirst(2)) {
        pieces.append(Array(bytes[first.lowerBound..<last.upperBound]))
      }
    }
    return pieces
  }

  @Test func `studies with random changes never stop the parser`() throws {
    var generator = SeededGenerator(seed: 42)
    let pieces = try pieces().filter { $0.count < 600 }
    for _ in 0..<5_000 {
      var bytes = try #require(pieces.randomElement(using: &generator))
      for _ in 0..<Int.random(in: 1...4, using: &generator) { bytes.mutate(using: &generator) }
      let source = SourceText(name: "x", bytes: bytes)
      var diagnostics = Diagnostics()
      let file = StudyFile.parse(source, reporting: &diagnostics)
      let spans =
        file.statements.map(\.span) + file.tokens.map(\.span) + file.comments.map(\.span)
        + diagnostics.sorted.map(\.span)
      guard !file.statements.isEmpty || diagnostics.hasErrors,
        spans.allSatisfy({ $0.source == source && $0.range.upperBound <= bytes.count })
      else {
        Issue.record("\(String(decoding: bytes, as: UTF8.self))")
        return
      }
    }
  }
}

extension String {
  /// The text with every run of spaces and line breaks as one space.
  fileprivate var oneLine: String { split { $0 == " " || $0 == "\n" }.joined(separator: " ") }
}

extension [UInt8] {
  /// Deletes, doubles or puts in a few bytes at a random place.
  fileprivate mutating func mutate(using generator: inout SeededGenerator) {
    let place = Int.random(in: 0...count, using: &generator)
    let end = Swift.min(count, place + Int.random(in: 1...6, using: &generator))
    switch Int.random(in: 1...3, using: &generator) {
    case 1: removeSubrange(place..<end)
    case 2: insert(contentsOf: self[place..<end], at: place)
    default:
      let words = [
        "(", ")", "\"", " where ", " by ", ",", "case ", "{", "=", "\u{202E}", " of ", "'",
      ]
      insert(contentsOf: Array((words.randomElement(using: &generator) ?? "").utf8), at: place)
    }
  }
}
