import Foundation
import TestSupport
import Testing

/// Every code that a message can carry is in the catalogue, once, with a title, and in use.
@Suite("Diagnostic codes") struct DiagnosticCodeTests {
  private static let sources = Result {
    try Manifest.read().targets.filter { !$0.isTest }.flatMap { target in
      try target.files().map { file in
        (name: file.lastPathComponent, text: try String(contentsOf: file, encoding: .utf8))
      }
    }
  }
  private static let catalogueFile = "DiagnosticCode.swift"

  /// The cases of the catalogue with their codes, in order.
  private static func catalogue() throws -> [(name: String, code: String)] {
    let file = try #require(try sources.get().first { $0.name == catalogueFile })
    return file.text.matches(of: /case (?<name>\w+) = "(?<code>[A-Z]\d{3})"/).map {
      (String($0.output.name), String($0.output.code))
    }
  }

  @Test func `codes are in order and each means one thing`() throws {
    let codes = try Self.catalogue().map(\.code)
    #expect(!codes.isEmpty)
    #expect(Set(codes).count == codes.count)
    #expect(codes == codes.sorted())
  }

  @Test func `every code is reported somewhere`() throws {
    let texts = try Self.sources.get().filter { !$0.name.hasPrefix("DiagnosticCode") }.map(\.text)
    for (name, code) in try Self.catalogue() {
      let use = "." + name
      let isUsed = texts.contains { text in
        text.ranges(of: use).contains { range in
          range.upperBound == text.endIndex || !text[range.upperBound].isIdentifierPart
        }
      }
      #expect(isUsed, "\(code) \(name) is never reported")
    }
  }
}

extension Character {
  fileprivate var isIdentifierPart: Bool { isLetter || isNumber || self == "_" }
}
