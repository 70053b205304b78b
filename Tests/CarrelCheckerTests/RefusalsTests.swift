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
        "standardised figures",
        "population p include true\ntable t of p show percent patients is known standardised to \"esp2013\" by (patients.sex) as \"x\"",
        says: """
          error[C507]: `standardised to` is not executed yet
            study.carrel:2:61
              2 | table t of p show percent patients is known standardised to "esp2013" by (patients.sex) as "x"
                |                                                             ^^^^^^^^^
             help: show the figures by group, without standardising them
          """),
      Mistake(
        "other outputs",
        """
        population p include true
        model m of p linear 1 on patients.sex
        """,
        says: """
          error[C503]: `model` is not executed yet
            study.carrel:2:7
              2 | model m of p linear 1 on patients.sex
                |       ^
             help: show the numbers in a `table`
          """),
      Mistake(
        "sequences, but not what uses them",
        "events e = admissions sequenced by admission_date\ndefine x = count e where days from previous.admission_date to admission_date < 3",
        says: """
          error[C505]: `sequenced by` is not executed yet
            study.carrel:1:36
              1 | events e = admissions sequenced by admission_date
                |                                    ^^^^^^^^^^^^^^
             help: pick rows by their order: `first row of …`, `row 2 of … by date`
          """),
    ])
  func refused(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }
}
