import CarrelChecker
import CarrelDiagnostics
import CarrelPlan
import CarrelValues
import Testing

@Suite("What is not run yet") struct RefusalsTests {
  @Test(
    "is refused by its name, with what can be done instead",
    arguments: [
      Mistake(
        "an interval of a figure",
        "population p include true\ntable t of p show percent patients is known with interval 95% as \"x\"",
        says: """
          error[C508]: `with interval` is not executed yet
            study.carrel:2:59
              2 | table t of p show percent patients is known with interval 95% as "x"
                |                                                           ^^
             help: leave the interval out
          """),
      Mistake(
        "other outputs",
        """
        population p include true
        summary s of p show patients.sex
        histogram h of p show 3 from 0 to 10 every 1
        """,
        says: """
          error[C503]: `summary` is not executed yet
            study.carrel:2:9
              2 | summary s of p show patients.sex
                |         ^
             help: show the numbers in a `table`

          error[C503]: `histogram` is not executed yet
            study.carrel:3:11
              3 | histogram h of p show 3 from 0 to 10 every 1
                |           ^
             help: show the numbers in a `table`
          """),
    ])
  func refused(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }
}
