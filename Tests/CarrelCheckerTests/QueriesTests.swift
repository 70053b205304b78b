import CarrelChecker
import Testing

private let columnsOfAdmissions = """
  the columns of `admissions` are `admission_date`, `discharge_date`, `primary_diagnosis`, \
  `all_diagnoses`, `is_emergency`, `ward`, `bed_days`, `visits`
  """

@Suite("Queries") struct QueriesTests {
  @Test(
    "a query asks what can be asked of its rows",
    arguments: [
      Mistake(
        "of a table with one row per patient", "define x = any patients where sex = \"male\"",
        says: """
          error[C141]: `patients` has at most one row for each patient
            study.carrel:1:16
              1 | define x = any patients where sex = "male"
                |                ^^^^^^^^ no query is needed
             help: write `patients.date_of_birth` for a column, `patients is known` for the row
          """),
      Mistake(
        "of a value", "define a = 1\ndefine x = any a",
        says: """
          error[C113]: a query needs rows, and `a` is an integer
            study.carrel:2:16
              2 | define x = any a
                |                ^ an integer
             help: name a table or `events`
          """),
      Mistake(
        "a pick from a table without an order",
        "define x = ward of last admissions where ward = \"A\" by zebra\ndefine y = region of last addresses",
        says: """
          error[C105]: there is nothing called `zebra`
            study.carrel:1:56
              1 | define x = ward of last admissions where ward = "A" by zebra
                |                                                        ^^^^^
             help: \(columnsOfAdmissions); if it is not one of them, declare it: `define zebra = …`

          error[C142]: `addresses` has no order of its own to pick a row by
            study.carrel:2:12
              2 | define y = region of last addresses
                |            ^^^^^^^^^^^^^^^^^^^^^^^^
             help: say the order, as in `by start_date`
          """),
      Mistake(
        "row 0", "define x = ward of row 0 of admissions",
        says: """
          error[C143]: rows are counted from 1
            study.carrel:1:12
              1 | define x = ward of row 0 of admissions
                |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^
             help: write `row 1 of …`
          """),
      Mistake(
        "the least date", "define x = smallest admission_date of admissions",
        says: """
          error[C120]: `smallest` needs numbers or texts, not a date
            study.carrel:1:21
              1 | define x = smallest admission_date of admissions
                |                     ^^^^^^^^^^^^^^ a date
             help: use `earliest` for dates
          """),
      Mistake(
        "the sum of texts", "define x = sum ward of admissions",
        says: """
          error[C120]: `sum` needs a number, not a text
            study.carrel:1:16
              1 | define x = sum ward of admissions
                |                ^^^^ a text
          """),
      Mistake(
        "how many different decimals", "define x = count distinct numeric_value of clinical_events",
        says: """
          error[C120]: decimals are not counted as equal or different
            study.carrel:1:27
              1 | define x = count distinct numeric_value of clinical_events
                |                           ^^^^^^^^^^^^^ a decimal
             help: make it whole first: `(round(numeric_value))`
          """),
      Mistake(
        "episodes of a table without a date", "define x = count episodes of addresses gap 30 days",
        says: """
          error[C144]: `addresses` has no date of its own to tell episodes by
            study.carrel:1:12
              1 | define x = count episodes of addresses gap 30 days
                |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
             help: use a table whose declared order has a date
          """),
      Mistake(
        "episodes by months", "define x = count episodes of admissions gap 1 month",
        says: """
          error[C120]: the gap between episodes is in days or weeks
            study.carrel:1:45
              1 | define x = count episodes of admissions gap 1 month
                |                                             ^^^^^^^ months and years differ in length
             help: write days, as in `gap 30 days`
          """),
      Mistake(
        "one code of a field of several", "define x = any admissions where all_diagnoses = \"I21\"",
        says: """
          error[C120]: a field of several codes is not one value
            study.carrel:1:33
              1 | define x = any admissions where all_diagnoses = "I21"
                |                                 ^^^^^^^^^^^^^ a field of several ICD-10 codes
             help: hold it against a code list: `all_diagnoses matches …`
          """),
      Mistake(
        "mistakes of a filter and of what is taken",
        "define x = sum wardd of admissions where zebra",
        says: """
          error[C105]: there is nothing called `wardd`
            study.carrel:1:16
              1 | define x = sum wardd of admissions where zebra
                |                ^^^^^
             help: did you mean `ward`?

          error[C105]: there is nothing called `zebra`
            study.carrel:1:42
              1 | define x = sum wardd of admissions where zebra
                |                                          ^^^^^
             help: \(columnsOfAdmissions); if it is not one of them, declare it: `define zebra = …`
          """),
    ])
  func mistakenQueries(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }
}
