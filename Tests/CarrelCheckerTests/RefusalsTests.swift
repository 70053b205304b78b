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
        "statistics",
        "population p include true\ntable t of p show rate heavy per 1000, median 3, quantile 0.9 of 3, ratio 1 to 2",
        says: """
          error[C504]: `rate` is not executed yet
            study.carrel:2:19
              2 | table t of p show rate heavy per 1000, median 3, quantile 0.9 of 3, ratio 1 to 2
                |                   ^^^^^^^^^^^^^^^^^^^
             help: show `count`, `percent`, `sum` or `mean`

          error[C504]: `median` is not executed yet
            study.carrel:2:40
              2 | table t of p show rate heavy per 1000, median 3, quantile 0.9 of 3, ratio 1 to 2
                |                                        ^^^^^^^^
             help: show `count`, `percent`, `sum` or `mean`

          error[C504]: `quantile` is not executed yet
            study.carrel:2:50
              2 | table t of p show rate heavy per 1000, median 3, quantile 0.9 of 3, ratio 1 to 2
                |                                                  ^^^^^^^^^^^^^^^^^
             help: show `count`, `percent`, `sum` or `mean`

          error[C504]: `ratio` is not executed yet
            study.carrel:2:69
              2 | table t of p show rate heavy per 1000, median 3, quantile 0.9 of 3, ratio 1 to 2
                |                                                                     ^^^^^^^^^^^^
             help: show `count`, `percent`, `sum` or `mean`
          """),
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
      Mistake(
        "code lists made from others, but not what uses them",
        "codelist a = \"195967001\"\ncodelist b = a + a\ndefine x = any clinical_events where snomedct_code in b",
        says: """
          error[C506]: code lists made from others are not executed yet
            study.carrel:2:14
              2 | codelist b = a + a
                |              ^^^^^
             help: keep the combined list in a file of its own
          """),
      Mistake(
        "templates, but not the names that they would declare",
        """
        list kinds = a, b
        for each k in kinds define has_{k} = any clinical_events
        define x = has_a and has_b
        """,
        says: """
          error[C501]: `list` is not executed yet
            study.carrel:1:6
              1 | list kinds = a, b
                |      ^^^^^
             help: write the statements out, one for each word

          error[C501]: `for each` is not executed yet
            study.carrel:2:10
              2 | for each k in kinds define has_{k} = any clinical_events
                |          ^
             help: write the statements out, one for each word
          """),
    ])
  func refused(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }
}
