import CarrelChecker
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import Testing

@Suite("Names and scope") struct NamesTests {
  @Test(
    "a name that means nothing is an error that suggests one that does",
    arguments: [
      Mistake(
        "an unknown name close to a declared one",
        "define age = age_on(2024-01-01)\ndefine old = agee > 65",
        says: """
          error[C105]: there is nothing called `agee`
            study.carrel:2:14
              2 | define old = agee > 65
                |              ^^^^
             help: did you mean `age`?
          """),
      Mistake(
        "an unknown name close to nothing", "define old = zebra",
        says: """
          error[C105]: there is nothing called `zebra`
            study.carrel:1:14
              1 | define old = zebra
                |              ^^^^^
             help: declare it: `define zebra = …`
          """),
      Mistake(
        "an unknown column", "define x = patients.sexx = \"female\"",
        says: """
          error[C108]: `patients` has no column `sexx`
            study.carrel:1:21
              1 | define x = patients.sexx = "female"
                |                     ^^^^
             help: did you mean `sex`?
          """),
      Mistake(
        "an unknown table before a dot", "define x = pateints.sex",
        says: """
          error[C107]: there is no table `pateints`
            study.carrel:1:12
              1 | define x = pateints.sex
                |            ^^^^^^^^ not in schema `core`
             help: did you mean `patients`?
          """),
      Mistake(
        "an unknown definition that is called", "define x = age_onn(2024-01-01)",
        says: """
          error[C105]: there is no definition `age_onn` to call
            study.carrel:1:12
              1 | define x = age_onn(2024-01-01)
                |            ^^^^^^^
             help: did you mean `age_on`?
          """),
      Mistake(
        "an unknown part of a date", "define x = patients.date_of_birth.yaer",
        says: """
          error[C109]: a date has no `.yaer`
            study.carrel:1:35
              1 | define x = patients.date_of_birth.yaer
                |                                   ^^^^
             help: did you mean `year`?
          """),
      Mistake(
        "an unknown population", "population adults include true\nflow f of adult",
        says: """
          error[C105]: there is no population `adult`
            study.carrel:2:11
              2 | flow f of adult
                |           ^^^^^
             help: did you mean `adults`?
          """),
      Mistake(
        "an interval outside of an output with `each`", "define x = month.start",
        says: """
          error[C105]: `month` is an interval only in an output with `each month`
            study.carrel:1:12
              1 | define x = month.start
                |            ^^^^^
             help: give a definition the interval as an argument, `(p : period)`, or name a period, as in `2024-01-01 to 2024-12-31`
          """),
      Mistake(
        "an unknown schema", "study \"S\" uses corre\ndefine x = 1",
        says: """
          error[C101]: there is no schema `corre`
            study.carrel:1:16
              1 | study "S" uses corre
                |                ^^^^^
             help: did you mean `core`?
          """),
    ])
  func unknown(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }

  @Test(
    "a column needs its table outside of that table's queries",
    arguments: [
      Mistake(
        "a column of a table with one row per patient", "define x = sex = \"female\"",
        says: """
          error[C106]: `sex` is a column of `patients`
            study.carrel:1:12
              1 | define x = sex = "female"
                |            ^^^ which row is meant?
             help: write `patients.sex`
          """),
      Mistake(
        "a column of a table with many rows", "define x = numeric_value > 3",
        says: """
          error[C106]: `numeric_value` is a column of `clinical_events`
            study.carrel:1:12
              1 | define x = numeric_value > 3
                |            ^^^^^^^^^^^^^ which row is meant?
             help: ask for one row: `numeric_value of last clinical_events`
          """),
      Mistake(
        "a dotted column of a table with many rows", "define x = clinical_events.date",
        says: """
          error[C140]: `clinical_events` has any number of rows for each patient
            study.carrel:1:12
              1 | define x = clinical_events.date
                |            ^^^^^^^^^^^^^^^ which row is meant?
             help: ask for one row: `date of last clinical_events`
          """),
      Mistake(
        "a column of an outer query",
        "define x = any admissions where (any medications where date = admission_date)",
        says: """
          error[C111]: `admission_date` is a column of `admissions`, which cannot be seen here
            study.carrel:1:63
              1 | define x = any admissions where (any medications where date = admission_date)
                |                                                               ^^^^^^^^^^^^^^ inside a query over `medications`
             help: name a value of the patient with `define` first, and use that here
          """),
      Mistake(
        "a column that an argument carries into a query",
        """
        define seen(d : date) = any medications where date = d
        define x = any admissions where seen(admission_date)
        """,
        says: """
          error[C111]: a column of one query cannot be used inside another
            study.carrel:2:38
              2 | define x = any admissions where seen(admission_date)
                |                                      ^^^^^^^^^^^^^^ `d` is used inside a query of its own
             help: name a value of the patient with `define` first, and give that
          """),
    ])
  func columns(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }

  @Test("inside a query a column comes before a declared name, and a warning says so")
  func hiding() throws {
    let study = "let ward = 1\ndefine x = any admissions where ward = \"A\""
    #expect(
      mistakes(in: study) == """
        warning[C110]: `ward` is the column of `admissions` here, not a `let` of the same name
          study.carrel:2:33
            2 | define x = any admissions where ward = "A"
              |                                 ^^^^
           help: write `admissions.ward` for the column, or give the other another name
           note: carrel explain C110 says why

        1 warning in study.carrel

        """)
    #expect(
      mistakes(in: "let ward = 1\ndefine x = any admissions where admissions.ward = \"A\"") == "")
  }
}
