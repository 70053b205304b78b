import CarrelChecker
import Testing

@Suite("Bands") struct BandsTests {
  @Test(
    "labels are made from the cuts",
    arguments: [
      ("(18, 40, 60, 80)", ["under 18", "18-39", "40-59", "60-79", "80+"]),
      ("(0, 1, 2, 8)", ["under 0", "0", "1", "2-7", "8+"]),
      (
        "(-30, -7, -1, 0, 1, 2, 8, 31)",
        ["under -30", "-30 to -8", "-7 to -2", "-1", "0", "1", "2-7", "8-30", "31+"]
      ),
      ("(18.5, 25, 30)", ["under 18.5", "18.5 to under 25", "25 to under 30", "30+"]),
      (
        "(18, 65) labelled (\"child\", \"working age\", \"retired\")",
        ["child", "working age", "retired"]
      ),
    ])
  func labels(cuts: String, labels: [String]) throws {
    #expect(
      try CarrelCheckerTests.levels(of: "bands of age_on(2024-01-01) at \(cuts)") == labels + [
        "missing"
      ])
  }

  @Test(
    "cuts are constants that rise, with a label for each band",
    arguments: [
      Mistake(
        "falling cuts", "define x = bands of age_on(2024-01-01) at (18, 40, 40)",
        says: """
          error[C133]: the cuts of `bands` rise
            study.carrel:1:52
              1 | define x = bands of age_on(2024-01-01) at (18, 40, 40)
                |                                                    ^^ not above 40
             help: write each cut once, the smallest first
          """),
      Mistake(
        "a cut that differs between patients",
        "define x = bands of age_on(2024-01-01) at (age_on(2020-01-01), 40)",
        says: """
          error[C124]: a cut of `bands` must be the same for everyone
            study.carrel:1:44
              1 | define x = bands of age_on(2024-01-01) at (age_on(2020-01-01), 40)
                |                                            ^^^^^^^^^^^^^^^^^^ one for each patient
             help: write a number or a date, or the name of a `let` or `parameter`
          """),
      Mistake(
        "too few labels", "define x = bands of 3 at (1, 5) labelled (\"a\", \"b\")",
        says: """
          error[C134]: 2 cuts make 3 bands
            study.carrel:1:12
              1 | define x = bands of 3 at (1, 5) labelled ("a", "b")
                |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ 2 labels
             help: write one label for each band
          """),
      Mistake(
        "a label twice", "define x = bands of 3 at (1) labelled (\"a\", \"a\")",
        says: """
          error[C134]: two bands are called "a"
            study.carrel:1:45
              1 | define x = bands of 3 at (1) labelled ("a", "a")
                |                                             ^^^
             help: give each band a label of its own
          """),
    ])
  func cuts(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }
}
