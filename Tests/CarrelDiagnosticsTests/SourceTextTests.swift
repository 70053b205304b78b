import CarrelDiagnostics
import Testing

@Suite("Places in a source") struct SourceTextTests {
  /// The line and column of the first place where a text holds `|`, which is taken out.
  private func place(in marked: String) -> [Int] {
    let parts = marked.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
    let source = SourceText(name: "study.carrel", text: parts.joined())
    let position = source.position(of: parts[0].utf8.count)
    return [position.line, position.column]
  }

  @Test(
    "columns count characters as displayed",
    arguments: [
      ("|let x = 1", [1, 1]),
      ("let |x = 1", [1, 5]),
      ("\t|let", [1, 5]),
      ("\"é\" |", [1, 5]),
      ("\"e\u{301}\" |", [1, 5]),
      ("\"喘息\" |", [1, 8]),
      ("a\n|b", [2, 1]),
      ("a\r\n b|", [2, 3]),
      ("a\n\n|", [3, 1]),
    ])
  func columns(_ marked: String, _ expected: [Int]) {
    #expect(place(in: marked) == expected)
  }

  @Test func `a file that is not UTF-8 still has places and no text`() {
    let source = SourceText(name: "x", bytes: [0x61, 0xFF, 0x0A, 0x62])
    #expect(source.text == nil)
    #expect(source.position(of: 3).line == 2)
    #expect(source.text(in: 0..<2) == "a\u{FFFD}")
  }

  @Test func `a span covers another and tells its text`() {
    let source = SourceText(name: "x", text: "let x = 12")
    let span = source.span(4..<5).to(source.span(8..<10))
    #expect(span.text == "x = 12")
    #expect(span.end.column == 11)
    #expect(SourceText(name: "x", text: "a\nb").span(0..<3).shortText == "…")
  }
}
