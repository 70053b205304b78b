import CarrelDiagnostics
import Testing

@Suite("Diagnostics as text") struct TextRendererTests {
  /// A source, and the span of the first of its words that reads so.
  private func marked(_ word: String, in text: String) throws -> SourceSpan {
    let source = SourceText(name: "asthma.carrel", text: text)
    let place = try #require(text.firstRange(of: word))
    let lower = text.utf8.distance(from: text.startIndex, to: place.lowerBound)
    return source.span(lower..<lower + word.utf8.count)
  }

  @Test func `a mistake is drawn with its place, its carets and the next step`() throws {
    let text =
      String(repeating: "\n", count: 30) + "  by     imd, patients.date_of_birth\n  show count\n"
    let span = try marked("patients.date_of_birth", in: text)
    let diagnostic = Diagnostic(
      .needsParentheses, "`patients.date_of_birth` cannot be a grouping", at: span
    )
    .label("date, one level per day")
    .help("group by bands: `bands of age at (18, 40, 60, 80)`")
    #expect(
      TextRenderer().render(diagnostic) == """
        error[C032]: `patients.date_of_birth` cannot be a grouping
          asthma.carrel:31:15
           31 |   by     imd, patients.date_of_birth
              |               ^^^^^^^^^^^^^^^^^^^^^^ date, one level per day
           help: group by bands: `bands of age at (18, 40, 60, 80)`
           note: carrel explain C032 says why

        """)
  }

  @Test func `another place is underlined below it, with its file if it is another`() throws {
    let span = try marked("age", in: "define age = 1\n")
    let earlier = SourceText(name: "core.carrel", text: "\ndefine age = 2").span(8..<11)
    let diagnostic = Diagnostic(.reservedWord, "`age` is said twice", at: span)
      .related(span, "here")
      .related(earlier, "and here")
      .note("names are said once")
    #expect(
      TextRenderer().render(diagnostic) == """
        error[C022]: `age` is said twice
          asthma.carrel:1:8
            1 | define age = 1
              |        ^^^
            1 | define age = 1
              |        --- here
          core.carrel:2:8
            2 | define age = 2
              |        --- and here
           note: names are said once

        """)
  }

  @Test func `carets stand under what they mean, whatever the width of what is before`() throws {
    let span = try marked("x", in: "\t\"喘息é\" x")
    let diagnostic = Diagnostic(.unexpectedWord, "it is `x`", at: span, severity: .warning)
    #expect(
      TextRenderer().render(diagnostic) == """
        warning[C021]: it is `x`
          asthma.carrel:1:13
            1 |     "喘息é" x
              |             ^

        """)
  }

  @Test func `a span over several lines is marked to the end of the first`() throws {
    let span = try marked("(1 +\n2)", in: "let x = (1 +\n2)\n")
    let drawn = TextRenderer().render(Diagnostic(.unexpectedWord, "it is two lines", at: span))
    #expect(drawn.contains("      |         ^^^^\n"))
  }

  @Test func `a line too long for a screen is cut round the place`() throws {
    let long = String(repeating: "a ", count: 400) + "here" + String(repeating: " b", count: 400)
    let span = try marked("here", in: long)
    let drawn = TextRenderer().render(Diagnostic(.unexpectedWord, "it is long", at: span))
    let lines = drawn.split(separator: "\n")
    #expect(lines[1] == "  asthma.carrel:1:801")
    #expect(lines.allSatisfy { $0.count <= 100 })
    #expect(lines[2].contains("… a a a") && lines[2].contains("here b b"))
    #expect(lines[3].prefix { $0 != "^" }.count == lines[2].prefix { $0 != "h" }.count)
  }

  @Test func `what is quoted cannot move the cursor or turn the line round`() throws {
    let span = try marked("x", in: "let x = \"\u{1B}[2J\u{202E}\"")
    let diagnostic = Diagnostic(.unexpectedWord, "the text is `\u{1B}[2J`", at: span)
    let drawn = TextRenderer().render(diagnostic)
    #expect(!drawn.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{202E}" })
  }

  @Test func `colour adds nothing but colour`() throws {
    let span = try marked("age", in: "define age = 1\n")
    let diagnostic = Diagnostic(.unexpectedWord, "it is `age`", at: span)
      .label("here").help("leave it").note("it is so")
    let coloured = TextRenderer(usesColour: true).render(diagnostic)
    #expect(coloured.contains("\u{1B}[1;31merror[C021]\u{1B}[0m"))
    let plain = coloured.replacing(/\u{1B}\[[0-9;]*m/, with: "")
    #expect(plain == TextRenderer().render(diagnostic))
  }

  @Test func `all mistakes come in the order of the file, then how many there are`() {
    let source = SourceText(name: "a.carrel", text: "one two\nthree\n")
    var diagnostics = Diagnostics()
    diagnostics.report(Diagnostic(.unexpectedWord, "it is `three`", at: source.span(8..<13)))
    diagnostics.report(
      Diagnostic(.unexpectedWord, "it is `one`", at: source.span(0..<3)).suggesting("on"))
    diagnostics.report(
      Diagnostic(.unexpectedWord, "it is `two`", at: source.span(4..<7), severity: .warning))
    let drawn = TextRenderer().render(diagnostics)
    let headings = drawn.split(separator: "\n").filter { $0.contains("[C021]") }
    #expect(
      headings == [
        "error[C021]: it is `one`", "warning[C021]: it is `two`", "error[C021]: it is `three`",
      ])
    #expect(
      drawn.hasSuffix(
        "\n\n2 errors and 1 warning in a.carrel. 1 has a correction: carrel check --fix\n"))
  }

  @Test func `nothing is said where nothing is wrong`() {
    #expect(TextRenderer().render(Diagnostics()) == "")
  }
}
