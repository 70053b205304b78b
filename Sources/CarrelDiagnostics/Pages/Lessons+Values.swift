extension Lesson {
  /// Lessons about types, values and queries.
  static func ofValues(_ code: DiagnosticCode) -> Lesson? {
    switch code {
    case .wrongType:
      Lesson(
        "An operator needs a value of another type.", wrong: "define x = patients.sex + 1",
        right: "define x = age_on(2024-01-01) + 1")
    case .mixedTypes:
      Lesson(
        "Two values that meet are of one type.", wrong: "define x = age_on(2024-01-01) = \"40\"",
        right: "define x = age_on(2024-01-01) = 40")
    case .mixedCodingSystems:
      Lesson(
        "Codes of different systems are never compared.",
        wrong:
          "codelist c : icd10 = \"J45\"\ndefine x = any clinical_events where snomedct_code in c",
        right:
          "codelist c : icd10 = \"J45\"\ndefine x = any admissions where primary_diagnosis in c")
    case .withoutOrder:
      Lesson(
        "Categories and codes are not more or less than each other.",
        wrong: "define x = patients.sex > \"female\"", right: "define x = patients.sex = \"female\""
      )
    case .notConstant:
      Lesson(
        "The value must be the same for everyone.", wrong: "let x = patients.date_of_birth",
        right: "define x = patients.date_of_birth")
    case .comparedWithMissing:
      Lesson(
        "A comparison with something missing is missing, so it is asked with `is missing`.",
        wrong: "define x = patients.date_of_death = missing",
        right: "define x = patients.date_of_death is missing")
    case .missingWithoutType:
      Lesson(
        "`missing` takes the type of what stands beside it, and nothing here has one.",
        wrong: "define x = missing otherwise missing",
        right: "define x = patients.date_of_death otherwise 2024-01-01")
    case .impossibleDate:
      Lesson(
        "There is no such day.", wrong: "define x = age_on(2023-02-29)",
        right: "define x = age_on(2024-02-29)")
    case .betweenDates:
      Lesson(
        "`between` is for numbers; dates are in a period.",
        wrong: "define x = patients.date_of_death between 2023-01-01 and 2024-01-01",
        right: "define x = patients.date_of_death in 2023-01-01 to 2024-01-01")
    case .unknownLevel:
      Lesson(
        "A category has the levels that the schema declares, written as there.",
        wrong: "define x = patients.sex = \"Female\"", right: "define x = patients.sex = \"female\""
      )
    case .wrongCode:
      Lesson(
        "The code has not the form of its system, or fails its check digit.",
        wrong: "codelist c : snomedct = \"195967002\"",
        right: "codelist c : snomedct = \"195967001\"")
    case .bandCuts:
      Lesson(
        "Each cut of bands is above the one before it.",
        wrong: "define x = bands of age_on(2024-01-01) at (65, 18)",
        right: "define x = bands of age_on(2024-01-01) at (18, 65)")
    case .bandLabels:
      Lesson(
        "There is one label for each band, one more than there are cuts, and no two are the same.",
        wrong: "define x = bands of age_on(2024-01-01) at (18, 65) labelled (\"young\", \"old\")",
        right: "define x = bands of age_on(2024-01-01) at (18) labelled (\"young\", \"old\")")
    case .rowsNotValue:
      Lesson(
        "A patient has any number of rows in the table, and one value is needed.",
        wrong: "define x = medications.date", right: "define x = date of last medications")
    case .singleRowTable:
      Lesson(
        "A patient has one row at most in the table, so nothing is asked about rows.",
        wrong: "define x = any patients", right: "define x = patients.sex is known")
    case .pickWithoutOrder:
      Lesson(
        "The table has no order of its own, so the study says by what a row is first or last.")
    case .rowNumber:
      Lesson(
        "Rows are counted from 1.", wrong: "define x = date of row 0 of medications",
        right: "define x = date of row 1 of medications")
    case .noDateOfTable:
      Lesson(
        "Episodes are told apart by the date that the table is ordered by.")
    case .parameterNotSet:
      Lesson(
        "A parameter has a value in the study, or is given one for the run.",
        wrong: "parameter index : date\ndefine x = age_on(index)",
        right: "parameter index : date = 2024-01-01\ndefine x = age_on(index)")
    case .wrongSetting:
      Lesson(
        "What a parameter is set to is a literal of its type.",
        wrong: "parameter index : date = 2024-01-01\ndefine x = age_on(index)",
        right: "parameter index : date = 2024-01-01\ndefine x = age_on(index)",
        wrongSetting: "index=January", rightSetting: "index=2024-02-01")
    case .unknownSetting:
      Lesson(
        "Only parameters that the study has are set.",
        wrong: "parameter index : date = 2024-01-01\ndefine x = age_on(index)",
        right: "parameter index : date = 2024-01-01\ndefine x = age_on(index)",
        wrongSetting: "day=2024-02-01", rightSetting: "index=2024-02-01")
    case .tooManyRows:
      Lesson(
        "The patient of an example has one row at most in a table that says so.",
        wrong:
          "define x = patients.sex\nexample \"two\"\n  given patients (sex \"male\") (sex \"female\")\n"
          + "  expect x = \"male\"",
        right:
          "define x = patients.sex\nexample \"one\"\n  given patients (sex \"male\")\n"
          + "  expect x = \"male\"")
    default: nil
    }
  }
}
