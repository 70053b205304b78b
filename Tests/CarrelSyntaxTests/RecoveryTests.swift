import CarrelDiagnostics
import CarrelSyntax
import Testing

@Suite("Recovery") struct RecoveryTests {
  @Test func `a study with five unrelated mistakes shows all five, and nothing else`() {
    let text = """
      study "Falls" uses core
      codelist falls "falls.csv"
      define had_fall = any clinical_events where snomedct_code == "x"
      define age_band = bands of age (18, 40)
      population adults
        include 18 <= age <= 110  "Adults"
      table falls_by_age of adults
        show count
        by age_band
      """
    let lines = said(about: text).split(separator: "\n")
    #expect(
      lines.filter { $0.hasPrefix("error") } == [
        "error[C021]: expected `from` and a file, or `=` and codes, found a text",
        "error[C010]: `==` is written `=`",
        "error[C021]: expected `at`, found `population`",
        "error[C031]: comparisons do not chain",
        "error[C024]: `by` cannot stand here",
      ])
    #expect(lines.count { $0.hasPrefix("   help: ") } == 5)
  }

  @Test(
    "one mistake never causes a second message",
    arguments: [
      "define x = a $ b c d\nlet y = 1", "define x = 'a b\nlet y = 1", "define table q of p",
      "let = = =", "define x = (((a\nlet y = 2", "table t of p show count, percent\nlet y = 1",
      "population p include\nlet y = 1", "define x = case when then else end",
      "define x = \"a then \" b \" c", "define x = 1 < 2 < 3 < 4 < 5", "events e = t where where",
      "for each c in a define {} = 3", "study \"a\" uses core, table\nlet y = 1",
    ])
  func oneMessage(_ text: String) {
    let (_, diagnostics) = parse(text)
    #expect(diagnostics.sorted.count == 1, "\(TextRenderer().render(diagnostics))")
  }

  @Test func `a mistake in a criterion does not hide those of the next`() {
    let (file, diagnostics) = parse(
      "population p\n include a b\n include c \"C\"\n exclude = d\n include e \"E\"\nlet x = 1 2\n")
    #expect(diagnostics.sorted.map(\.span.start.line) == [2, 4, 6])
    #expect(file.statements.count == 1)
    #expect(file.unreadNames.map(\.text) == ["p"])
  }

  @Test func `the names of statements that could not be read are kept`() {
    let (file, _) = parse(
      "define a = \nlet b 3\nevents = t\nlet c = 1 $ 2\nlet d = 4 5\nlet f = 1\ndefin e = 6")
    #expect(file.unreadNames.map(\.text) == ["a", "b", "e"])
    #expect(file.statements.map { $0.declaredName?.text } == ["c", "d", "f"])
  }

  @Test func `reserved words after a point do not begin statements`() {
    let (_, diagnostics) = parse("define x = ( a.table.define b\nlet y = 3 4")
    #expect(diagnostics.sorted.map(\.span.text) == ["b", "4"])
  }
}
