import Testing

@testable import CarrelCommandLine

@Suite("What a terminal can show") struct TerminalTests {
  private func terminal(
    _ environment: [String: String] = [:], isPlain: Bool = false, isInteractive: Bool = true,
    columns: Int? = 80
  ) -> Terminal {
    Terminal(isPlain: isPlain, isInteractive: isInteractive, columns: columns) { environment[$0] }
  }

  @Test func `colour is for terminals only, and nobody who does not want it gets it`() {
    #expect(terminal().usesColour)
    #expect(!terminal(isInteractive: false).usesColour)
    #expect(!terminal(isPlain: true).usesColour)
    #expect(!terminal(["NO_COLOR": "1"]).usesColour)
    #expect(!terminal(["NO_COLOR": "0"]).usesColour)
    // https://no-color.org: "when present and not an empty string".
    #expect(terminal(["NO_COLOR": ""]).usesColour)
  }

  @Test(
    "the first variable of the locale that says anything decides on box characters",
    arguments: [
      ([:], false), (["LANG": "en_GB.UTF-8"], true), (["LANG": "en_GB.utf8"], true),
      (["LANG": "en_GB.UTF-8", "LC_ALL": "C"], false),
      (["LANG": "C", "LC_CTYPE": "C.UTF-8", "LC_ALL": ""], true), (["LANG": "en_GB"], false),
    ] as [([String: String], Bool)])
  func locale(_ environment: [String: String], _ usesUnicode: Bool) {
    #expect(terminal(environment).usesUnicode == usesUnicode)
  }

  @Test func `COLUMNS goes before what the terminal says, and 100 is where nothing is known`() {
    #expect(terminal().width == 80)
    #expect(terminal(["COLUMNS": "50"]).width == 50)
    for text in ["", "0", "-5", "wide"] { #expect(terminal(["COLUMNS": text]).width == 80) }
    #expect(terminal(columns: nil).width == 100)
  }
}
