import CarrelDiagnostics
import CarrelSyntax
import Testing

@Suite("Words, numbers and marks") struct LexerTests {
  /// The tokens of a text as `kind text`, without the end, and what was said about it.
  private func tokens(_ text: String) -> (words: [String], codes: [DiagnosticCode]) {
    var diagnostics = Diagnostics()
    let source = SourceText(name: "x", text: text)
    let tokens = Lexer.read(source, reporting: &diagnostics).tokens
    return (tokens.dropLast().map { "\($0.kind) \($0.text)" }, diagnostics.sorted.map(\.code))
  }

  @Test(
    "the longest match wins",
    arguments: [
      ("2019-04", ["month 2019-04"]),
      ("2019 - 04", ["integer 2019", "mark -", "integer 04"]),
      ("2019-4", ["integer 2019", "mark -", "integer 4"]),
      ("2019-04-01", ["date 2019-04-01"]),
      ("2019-04-1", ["month 2019-04", "mark -", "integer 1"]),
      ("12019-04-01", ["integer 12019", "mark -", "integer 04", "mark -", "integer 01"]),
      ("1.5", ["decimal 1.5"]),
      ("1.5.6", ["decimal 1.5", "mark .", "integer 6"]),
      ("1.year", ["integer 1", "mark .", "word year"]),
      ("30days", ["integer 30", "word days"]),
      ("1e5", ["integer 1", "word e5"]),
      ("a<=b", ["word a", "mark <=", "word b"]),
      ("a!=-b", ["word a", "mark !=", "mark -", "word b"]),
      ("a.b.c", ["word a", "mark .", "word b", "mark .", "word c"]),
      ("has_{c}_{d}2", ["word has_{c}_{d}2"]),
      ("{c}", ["word {c}"]),
      ("_x1 X", ["word _x1", "word X"]),
      ("\"a # b\" # c \"d\"", ["text a # b"]),
      ("\"\"", ["text "]),
      ("95%", ["integer 95", "mark %"]),
    ])
  func longestMatch(_ text: String, _ expected: [String]) {
    let (words, codes) = tokens(text)
    #expect(words == expected)
    #expect(codes.isEmpty)
  }

  @Test(
    "what is plainly meant is read as that, and said",
    arguments: [
      ("a == b", ["word a", "mark =", "word b"], [DiagnosticCode.foreignMark]),
      (
        "a && b || c", ["word a", "word and", "word b", "word or", "word c"],
        [.foreignMark, .foreignMark]
      ),
      ("a <> b", ["word a", "mark !=", "word b"], [.foreignMark]),
      (
        "a ≤ b − c", ["word a", "mark <=", "word b", "mark -", "word c"],
        [.foreignMark, .foreignMark]
      ),
      ("a; b", ["word a", "word b"], [.foreignMark]),
      ("a // b \"\nc", ["word a", "word c"], [.foreignMark]),
      (
        "'a' “b” ‘c’ «d»", ["text a", "text b", "text c", "text d"],
        [.wrongQuotes, .wrongQuotes, .wrongQuotes, .wrongQuotes]
      ),
      ("naïve", ["word naïve"], [.foreignLetter]),
      ("a $?@ b", ["word a", "word b"], [.strayCharacter]),
      ("a\u{A0}b", ["word a", "word b"], [.strayCharacter]),
      ("{ a }", [], [.strayHole]),
      ("\"a\nb", ["text a", "word b"], [.unterminatedText]),
    ])
  func repaired(_ text: String, _ expected: [String], _ codes: [DiagnosticCode]) {
    let (words, said) = tokens(text)
    #expect(words == expected)
    #expect(said == codes)
  }

  @Test(
    "a character that cannot be seen is a mistake everywhere",
    arguments: [
      "# a \u{202E} b", "\"a\u{2066}b\"", "let\u{200B} x = 1", "let x\u{0} = 1", "a\rb", "\u{7F}",
      "a\u{FEFF}", "\"\u{E000}\"", "# \u{AD}",
    ])
  func hidden(_ text: String) {
    let codes = tokens(text).codes
    #expect(codes == [text.utf8.contains(0) ? .notText : .hiddenCharacter])
  }

  @Test func `a byte-order mark and line feeds after carriage returns are accepted`() {
    let (words, codes) = tokens("\u{FEFF}let x = 1 # é 喘息\r\nlet y = 2\r\n")
    #expect(words.count == 8)
    #expect(codes.isEmpty)
  }

  @Test func `comments are kept with their places`() {
    var diagnostics = Diagnostics()
    let source = SourceText(name: "x", text: "# one\r\nlet x = \"#\" # two")
    let comments = Lexer.read(source, reporting: &diagnostics).comments
    #expect(comments.map(\.span.text) == ["# one", "# two"])
  }

  @Test func `bytes that are not UTF-8 are said once`() {
    var diagnostics = Diagnostics()
    let bytes = Array("let x = \"caf".utf8) + [0xE9] + Array("\" # ".utf8) + [0xE9, 0xFF, 0x0A]
    let tokens = Lexer.read(SourceText(name: "x", bytes: bytes), reporting: &diagnostics).tokens
    #expect(diagnostics.sorted.map(\.code) == [.invalidUTF8])
    #expect(tokens.count == 5)
  }

  @Test func `tokens are dumped one to a line`() {
    var diagnostics = Diagnostics()
    let source = SourceText(name: "x", text: "let x =\n  \"a\"")
    let tokens = Lexer.read(source, reporting: &diagnostics).tokens
    #expect(
      TreePrinter.print(tokens)
        == "1:1\tword\tlet\n1:5\tword\tx\n1:7\tmark\t=\n2:3\ttext\ta\n2:6\tend\t\n")
  }
}
