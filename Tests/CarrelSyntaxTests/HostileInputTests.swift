import CarrelDiagnostics
import CarrelSyntax
import TestSupport
import Testing

@Suite("Hostile input") struct HostileInputTests {
  @Test func `ten megabytes of parentheses are too long a file, and nothing more`() {
    var diagnostics = Diagnostics()
    let bytes = [UInt8](repeating: UInt8(ascii: "("), count: 10_000_000)
    let file = StudyFile.parse(SourceText(name: "x", bytes: bytes), reporting: &diagnostics)
    #expect(diagnostics.sorted.map(\.code) == [.tooLong])
    #expect(file.statements.isEmpty && file.tokens.count == 1)
  }

  @Test(
    "whatever stands too deep in itself gives one message",
    arguments: [
      "define x = (", "define x = not ", "define x = - ", "define x = f(",
      "define x = a in (", "define x = sum (", "define x = a of b(", "define x = bands of ",
      "define x = case ", "define x = case when ", "define x = 1 + case when ",
      "define x = days from ", "define x = any a where ", "define x = 1 + count a where ",
      "define x = earliest of (", "codelist c = (", "events e = t sequenced by (",
      "for each a in b ", "define x = a.", "define x = a + ", "define x = a or ",
      "define x = a otherwise ", "define x = a to (", "define x = first row of e by (",
    ])
  func tooDeep(_ text: String) {
    let repeated = text.split(separator: "= ").last.map(String.init) ?? text
    let part = text.contains("by (") ? "(" : repeated
    let long = text + String(repeating: part, count: 3_000) + "a"
    let (_, diagnostics) = parse(long)
    #expect(diagnostics.sorted.count == 1, "\(TextRenderer().render(diagnostics).prefix(500))")
    #expect(diagnostics.hasErrors)
  }

  @Test func `sixty-four levels are allowed and sixty-five are not`() {
    func nested(_ levels: Int) -> String {
      String(repeating: "(", count: levels) + "a" + String(repeating: ")", count: levels)
    }
    #expect(tree(nested(64)) == "a")
    #expect(tree(nested(65)).hasPrefix("error[C033]: more than 64 levels stand in one another"))
  }

  @Test func `an expression of 256 levels is allowed and one of 257 is not`() {
    func chain(_ length: Int) -> String { String(repeating: "a + ", count: length - 1) + "a" }
    #expect(tree(chain(256)).hasPrefix("(+ (+"))
    #expect(tree(chain(257)).hasPrefix("error[C033]: the expression has more than 256 levels"))
  }

  @Test(
    "rubbish is read in one pass and reported up to the limit",
    arguments: ["\"", "{", "$ ", "'", "\u{202E}", "é ", "let a 1\n", "let ", "\r", "“", "\u{1}"])
  func rubbish(_ part: String) {
    let (_, diagnostics) = parse(String(repeating: part, count: 20_000))
    #expect(diagnostics.hasErrors)
    #expect(diagnostics.sorted.count <= 200)
  }

  @Test func `random bytes never stop the parser`() {
    var generator = SeededGenerator(seed: 7)
    for _ in 0..<100 {
      let bytes = (0..<200).map { _ in UInt8(truncatingIfNeeded: generator.next() >> 20) }
      var diagnostics = Diagnostics()
      let file = StudyFile.parse(SourceText(name: "x", bytes: bytes), reporting: &diagnostics)
      #expect(diagnostics.hasErrors || !file.statements.isEmpty)
      #expect(!TextRenderer().render(diagnostics).unicodeScalars.contains("\u{1B}"))
    }
  }
}
