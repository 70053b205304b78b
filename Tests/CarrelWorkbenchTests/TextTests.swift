import Testing

@testable import CarrelWorkbench

@Suite("Text for people") struct TextTests {
  @Test(
    "numbers have commas between thousands",
    arguments: [
      (0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567"), (-1_000, "-1,000"),
      (.min, "-9,223,372,036,854,775,808"),
    ])
  func grouped(_ number: Int, _ text: String) {
    #expect(number.grouped == text)
  }

  @Test func `lines break at spaces and words are never cut`() {
    #expect("one two three".wrapped(to: 7) == "one two\nthree")
    #expect("one two three".wrapped(to: 8, indent: "  ") == "  one\n  two\n  three")
    #expect("incomprehensible".wrapped(to: 5) == "incomprehensible")
    #expect("".wrapped(to: 5) == "")
  }

  @Test func `columns stand under one another, numbers to the right`() {
    let rows = [["name", "n"], ["a", "1,000"], ["longer", "7"]]
    #expect(
      Columns(rows, rightAligned: [1]).text == """
        name        n
        a       1,000
        longer      7
        """)
    #expect(Columns([]).text == "")
    // A character of two columns is counted as two, and an escape is shown, not obeyed.
    #expect(Columns([["東京", "x"], ["York", "y"]]).text == "東京  x\nYork  y")
    #expect(!Columns([["\u{1B}[2J"]]).text.contains("\u{1B}"))
  }

  @Test func `lists read as sentences`() {
    #expect([String]().listed == "")
    #expect(["a"].listed == "a")
    #expect(["a", "b"].listed == "a and b")
    #expect(["a", "b", "c"].listed == "a, b and c")
  }
}
