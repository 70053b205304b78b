import CarrelChecker
import Testing

@Suite("The diagnostics of the walkthrough") struct WalkthroughTests {
  @Test("a study with several mistakes shows each with its place and a next step")
  func severalMistakes() {
    let study = """
      let year_before = 2023-04-01 to 2024-03-31
      codelist falls from "falls.csv"
      define had_fall   = any clinical_event where snomedct_code in falls and date in year_before
      define home = address_on(2024-03-31)
      define imd = home.imd_quintile
      population women
        include registered_on(2024-03-31)
        include patients.sex = "Female"     "Recorded female"
      table reviews of women
        by     imd, patients.date_of_birth
        show   count
      """
    #expect(
      mistakes(in: study, files: ["falls.csv": "code,term\n217082002,Fall\n"]) == """
        error[C107]: there is no table `clinical_event`
          study.carrel:3:25
            3 | define had_fall   = any clinical_event where snomedct_code in falls and date in year_before
              |                         ^^^^^^^^^^^^^^ not in schema `core`
           help: did you mean `clinical_events`?

        error[C131]: `patients.sex` has no level "Female"
          study.carrel:8:26
            8 |   include patients.sex = "Female"     "Recorded female"
              |                          ^^^^^^^^ levels: "female", "male", "intersex", "unknown"
           help: write `"female"`

        error[C214]: `patients.date_of_birth` cannot be a grouping
          study.carrel:10:15
           10 |   by     imd, patients.date_of_birth
              |               ^^^^^^^^^^^^^^^^^^^^^^ date, one level per day
           help: group by bands: `bands of age at (18, 40, 60, 80)`
           note: carrel explain C214 says why

        3 errors in study.carrel. 2 have a correction: carrel check --fix

        """)
  }
}
