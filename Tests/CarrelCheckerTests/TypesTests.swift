import CarrelChecker
import Testing

@Suite("Types") struct TypesTests {
  @Test(
    "what an operator needs is held against what it finds",
    arguments: [
      Mistake(
        "a number as a condition", "define x = age_on(2024-01-01) and true",
        says: """
          error[C120]: `and` needs a boolean, not an integer
            study.carrel:1:12
              1 | define x = age_on(2024-01-01) and true
                |            ^^^^^^^^^^^^^^^^^^ an integer
             help: compare it with a number, as in `age_on(2024-01-01) > 0`
          """),
      Mistake(
        "a row as a condition", "define r = last row of admissions\npopulation p include r",
        says: """
          error[C120]: `include` needs a boolean, not a row of `admissions`
            study.carrel:2:22
              2 | population p include r
                |                      ^ a row of `admissions`
             help: ask whether it is there: `r is known`
          """),
      Mistake(
        "rows as a condition", "events e = admissions\npopulation p include e",
        says: """
          error[C120]: `include` needs a boolean, not rows of `admissions`
            study.carrel:2:22
              2 | population p include e
                |                      ^ rows of `admissions`
             help: ask whether there are any: `any e`
          """),
      Mistake(
        "a date and a number", "define x = patients.date_of_birth + 1",
        says: """
          error[C120]: a date is moved by a length of time
            study.carrel:1:12
              1 | define x = patients.date_of_birth + 1
                |            ^^^^^^^^^^^^^^^^^^^^^^ a date
             help: name the unit, as in `patients.date_of_birth + 1 day`
          """),
      Mistake(
        "a date from a date", "define x = ons_deaths.date - patients.date_of_birth",
        says: """
          error[C120]: a date is not taken from a date
            study.carrel:1:12
              1 | define x = ons_deaths.date - patients.date_of_birth
                |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
             help: count the days: `days from patients.date_of_birth to ons_deaths.date`
          """),
      Mistake(
        "lengths of time among themselves", "define x = 2024-01-01 + (1 year + 1 day)",
        says: """
          error[C120]: lengths of time are not added to each other
            study.carrel:1:26
              1 | define x = 2024-01-01 + (1 year + 1 day)
                |                          ^^^^^^
             help: move a date by one after the other: `DATE + 1 year + 1 day`
          """),
      Mistake(
        "a date and a text", "define x = patients.date_of_birth > \"2000-01-01\"",
        says: """
          error[C121]: `>` needs values of one type, not a date and a quoted text
            study.carrel:1:37
              1 | define x = patients.date_of_birth > "2000-01-01"
                |                                     ^^^^^^^^^^^^ a quoted text
              1 | define x = patients.date_of_birth > "2000-01-01"
                |            ---------------------- a date
             help: write dates without quotation marks, as in `2024-03-31`
          """),
      Mistake(
        "a date and a period", "define x = patients.date_of_death = 2024-01",
        says: """
          error[C120]: a period cannot be compared
            study.carrel:1:37
              1 | define x = patients.date_of_death = 2024-01
                |                                     ^^^^^^^ a period
             help: ask whether the day is inside: `patients.date_of_death in …`
          """),
      Mistake(
        "`between` with dates",
        "define x = patients.date_of_death between 2024-01-01 and 2024-02-01",
        says: """
          error[C128]: `between` is for numbers
            study.carrel:1:12
              1 | define x = patients.date_of_death between 2024-01-01 and 2024-02-01
                |            ^^^^^^^^^^^^^^^^^^^^^^ a date
             help: write `patients.date_of_death in 2024-01-01 to 2024-02-01`
          """),
      Mistake(
        "equality with `missing`", "define x = patients.date_of_death = missing",
        says: """
          error[C125]: nothing compares with `missing`
            study.carrel:1:37
              1 | define x = patients.date_of_death = missing
                |                                     ^^^^^^^
             help: ask `patients.date_of_death is missing`
          """),
      Mistake(
        "an order of a category", "define x = patients.sex < \"male\"",
        says: """
          error[C123]: `<` needs an order, and a category has none
            study.carrel:1:12
              1 | define x = patients.sex < "male"
                |            ^^^^^^^^^^^^ a category
             help: use `=` or `in (…)`
          """),
      Mistake(
        "an order of codes", "define x = first row of admissions by primary_diagnosis",
        says: """
          error[C123]: `by` needs an order, and a code of ICD-10 has none
            study.carrel:1:39
              1 | define x = first row of admissions by primary_diagnosis
                |                                       ^^^^^^^^^^^^^^^^^ a code of ICD-10
             help: order by a number, a date, a text or a boolean
          """),
      Mistake(
        "branches of two types", "define x = case when true then 1 when false then 2024-01-01",
        says: """
          error[C121]: `case` needs values of one type, not an integer and a date
            study.carrel:1:50
              1 | define x = case when true then 1 when false then 2024-01-01
                |                                                  ^^^^^^^^^^ a date
              1 | define x = case when true then 1 when false then 2024-01-01
                |                                - an integer
             help: make it an integer
          """),
      Mistake(
        "a decimal where a whole number is needed", "define x = days(1.5)",
        says: """
          error[C120]: `days` needs an integer, not a decimal
            study.carrel:1:17
              1 | define x = days(1.5)
                |                 ^^^ a decimal
             help: make it whole: `round(1.5)`
          """),
      Mistake(
        "a set of values alone", "define x = ward of admissions\ndefine y = x = \"A\"",
        says: """
          error[C120]: `=` needs a single value, not a set of values
            study.carrel:2:12
              2 | define y = x = "A"
                |            ^ a set of values
             help: a set of values stands only after `in`
          """),
      Mistake(
        "a `let` that differs between patients", "let x = patients.sex",
        says: """
          error[C124]: a `let` must be the same for everyone
            study.carrel:1:9
              1 | let x = patients.sex
                |         ^^^^^^^^^^^^ one for each patient
             help: declare it with `define`
          """),
      Mistake(
        "only `missing`",
        "define x = smallest of (missing, missing) > 1\ndefine y = missing otherwise missing",
        says: """
          error[C126]: `otherwise` needs a value whose type is known
            study.carrel:2:12
              2 | define y = missing otherwise missing
                |            ^^^^^^^ `missing` may be of any type
             help: give one that is not `missing`
          """),
    ])
  func mismatches(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }

  @Test(
    "a quoted text takes the type it meets, and must be of it",
    arguments: [
      Mistake(
        "an unknown level of a list", "define x = patients.sex in (\"female\", \"mal\")",
        says: """
          error[C131]: `patients.sex` has no level "mal"
            study.carrel:1:39
              1 | define x = patients.sex in ("female", "mal")
                |                                       ^^^^^ levels: "female", "male", "intersex", "unknown"
             help: write `"male"`
          """),
      Mistake(
        "an unknown level of `case`",
        "define group = case when patients.sex = \"male\" then \"m\" otherwise \"other\"\ndefine x = group = \"n\"",
        says: """
          error[C131]: `group` has no level "n"
            study.carrel:2:20
              2 | define x = group = "n"
                |                    ^^^ levels: "m", "other"
             help: write `"m"`
          """),
      Mistake(
        "an unknown band",
        "define band = bands of age_on(2024-01-01) at (18, 65)\ndefine x = band = \"18-65\"",
        says: """
          error[C131]: `band` has no level "18-65"
            study.carrel:2:19
              2 | define x = band = "18-65"
                |                   ^^^^^^^ levels: "under 18", "18-64", "65+"
             help: write `"18-64"`
          """),
      Mistake(
        "a label where the value is meant",
        "define x = (first row of addresses by start_date).imd_quintile = \"most deprived\"",
        says: """
          error[C131]: `…` has no level "most deprived"
            study.carrel:1:66
              1 | define x = (first row of addresses by start_date).imd_quintile = "most deprived"
                |                                                                  ^^^^^^^^^^^^^^^ levels: "1 most deprived", "2", "3", "4", "5 least deprived"
             help: write `"1 most deprived"`
          """),
      Mistake(
        "a code of another form", "define x = ons_deaths.underlying_cause_of_death = \"195967001\"",
        says: """
          error[C132]: "195967001" is not a ICD-10 code
            study.carrel:1:51
              1 | define x = ons_deaths.underlying_cause_of_death = "195967001"
                |                                                   ^^^^^^^^^^^
             help: compare it with the list that it comes from
          """),
      Mistake(
        "a code with a wrong check digit",
        "define x = any clinical_events where snomedct_code = \"195967002\"",
        says: """
          error[C132]: "195967002" fails its check digit
            study.carrel:1:54
              1 | define x = any clinical_events where snomedct_code = "195967002"
                |                                                      ^^^^^^^^^^^ a digit is wrong or two are swapped
             help: compare it with the list that it comes from
          """),
      Mistake(
        "two categories without a level in common",
        "define a = case when true then \"x\" otherwise \"y\"\ndefine x = a = patients.sex",
        says: """
          error[C121]: two categories without a level in common
            study.carrel:2:16
              2 | define x = a = patients.sex
                |                ^^^^^^^^^^^^ never equal to `a`
             help: compare each with its own levels
          """),
    ])
  func literals(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }

  @Test(
    "dates exist",
    arguments: [
      Mistake(
        "a day too many", "define x = patients.date_of_birth < 2023-02-29",
        says: """
          error[C127]: there is no such date as 2023-02-29
            study.carrel:1:37
              1 | define x = patients.date_of_birth < 2023-02-29
                |                                     ^^^^^^^^^^ that month has 28 days
             help: write a day from 01 to 28
          """),
      Mistake(
        "a month too many", "let x = 2023-13",
        says: """
          error[C127]: there is no such date as 2023-13
            study.carrel:1:9
              1 | let x = 2023-13
                |         ^^^^^^^ months run from 01 to 12
             help: write the month second
          """),
      Mistake(
        "a year too early", "let x = 1899-12-31",
        says: """
          error[C127]: there is no such date as 1899-12-31
            study.carrel:1:9
              1 | let x = 1899-12-31
                |         ^^^^^^^^^^
             help: dates run from 1900-01-01 to 9999-12-31
          """),
      Mistake(
        "a constant out of range", "let x = 9999-12-31 + 1 day",
        says: """
          error[C127]: the date is out of range
            study.carrel:1:9
              1 | let x = 9999-12-31 + 1 day
                |         ^^^^^^^^^^^^^^^^^^
             help: dates run from 1900-01-01 to 9999-12-31
          """),
      Mistake(
        "a date made of parts", "let x = date(2023, 2, 30)",
        says: """
          error[C127]: there is no such date
            study.carrel:1:14
              1 | let x = date(2023, 2, 30)
                |              ^^^^^^^^^^^
             help: write a year from 1900 to 9999, a month and a day of it
          """),
    ])
  func dates(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }
}
