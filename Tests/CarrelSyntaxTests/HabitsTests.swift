import Testing

/// What is written out of habit where the parser alone can tell.
@Suite("Habits of writing") struct HabitsTests {
  @Test(
    "a date in another order is told from a calculation",
    arguments: [
      ("31/03/2024", "2024-03-31"), ("03/31/2024", "2024-03-31"), ("3/4/2024", "2024-04-03"),
      ("2024/03/31", "2024-03-31"), ("31-3-2024", "2024-03-31"), ("2024-3-1", "2024-03-01"),
    ])
  func dates(_ written: String, _ meant: String) {
    let said = said(about: "let index = \(written)")
    #expect(said.contains("error[C034]: a date is written as year, month and day"), "\(said)")
    #expect(said.contains("help: write `\(meant)`"), "\(said)")
  }

  @Test(
    "a calculation is none of them",
    arguments: ["1/2/3", "2024 - 3 - 1", "31 / 03 / 2024", "40/50/2024", "2024-03-31", "2024-03"])
  func calculations(_ written: String) {
    #expect(said(about: "let x = \(written)") == "")
  }

  @Test(
    "what lacks its marks is told which",
    arguments: [
      (
        "define x = sex in \"female\", \"male\"",
        "a list inside an expression stands in parentheses, as in `in (1, 2)`"
      ),
      ("table t of p by sex as Sex show count", "write `as \"Sex\"`"),
    ])
  func marks(_ written: String, _ help: String) {
    let said = said(about: written)
    #expect(said.contains("help: \(help)\n"), "\(said)")
  }
}
