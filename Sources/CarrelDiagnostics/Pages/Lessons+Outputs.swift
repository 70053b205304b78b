extension Lesson {
  /// Lessons about outputs, code lists and what is not run yet.
  static func ofOutputs(_ code: DiagnosticCode) -> Lesson? {
    switch code {
    case .unnamedColumn:
      Lesson(
        "A column of a table needs a name, and what it shows has none.",
        wrong: table("by bands of age_on(2024-01-01) at (40, 65)\n  show count"),
        right: table("by bands of age_on(2024-01-01) at (40, 65) as \"Age\"\n  show count"))
    case .columnTwice:
      Lesson(
        "Each column of a table has a name of its own.",
        wrong: table("show count, count"), right: table("show count"))
    case .unknownTotal:
      Lesson(
        "`totals over` names groupings of the table.",
        wrong: table("by patients.sex\n  totals over age\n  show count"),
        right: table("by patients.sex\n  totals over sex\n  show count"))
    case .nothingToTotal:
      Lesson(
        "A table without groups has nothing to total.", wrong: table("totals\n  show count"),
        right: table("by patients.sex\n  totals\n  show count"))
    case .tooManyGroups:
      Lesson("A table has more groups than the language or the policy allows.")
    case .withoutIntervals:
      Lesson(
        "`each` makes at least one interval.",
        wrong: table("each month from 2024-03 to 2024-01\n  show count"),
        right: table("each month from 2024-01 to 2024-03\n  show count"))
    case .tooManyIntervals:
      Lesson(
        "A table has at most 60 intervals.",
        wrong: table("each month from 2014-01 to 2024-03\n  show count"),
        right: table("each year from 2014-01-01 to 2024-01-01\n  show count"))
    case .unevenIntervals:
      Lesson(
        "The intervals from a date fill the time that is asked for.",
        wrong: table("each 2 months for 5 months from patients.date_of_death\n  show count"),
        right: table("each 2 months for 6 months from patients.date_of_death\n  show count"))
    case .rateOfNothing:
      Lesson(
        "A rate is for one person or more.",
        wrong: table(
          "show rate died per 0", after: "define died = patients.date_of_death is known"),
        right: table(
          "show rate died per 1000", after: "define died = patients.date_of_death is known"))
    case .unknownQuantile:
      Lesson(
        "A few quantiles are offered.",
        wrong: table("show quantile 0.33 of within(age_on(2024-01-01), 0, 110) as \"third\""),
        right: table("show quantile 0.25 of within(age_on(2024-01-01), 0, 110) as \"quarter\""))
    case .unboundedGrouping:
      Lesson(
        "Groups have declared levels.", wrong: table("by patients.date_of_birth\n  show count"),
        right: table("by bands of age_on(2024-01-01) at (40, 65) as \"Age\"\n  show count"))
    case .unboundedMeasure:
      Lesson(
        "A sum or a mean is of values with declared bounds.",
        wrong: table("show mean visits", after: "define visits = count admissions"),
        right: table(
          "show mean visits", after: "define visits = within((count admissions), 0, 50)"))
    case .unreadableCodelist:
      Lesson(
        "The file of a code list is in the study's folder.",
        wrong: "codelist c from \"codelists/none.csv\"",
        right: "codelist c : snomedct = \"195967001\"")
    case .wrongCodelist:
      Lesson(
        "Something keeps the file from being read as a code list.",
        wrong: "codelist c : snomedct from \"\(codelistPath)\" column \"codes\"",
        right: "codelist c : snomedct from \"\(codelistPath)\"",
        codelist: "code,term\n195967001,Asthma\n")
    case .doubtfulCodelist:
      Lesson(
        "A code list can be used, but something in it is likely to be a slip.",
        wrong: "codelist c from \"\(codelistPath)\" column \"snomedcode\"",
        right: "codelist c : snomedct = \"195967001\"",
        codelist: "snomedcode,term\n195967001,Asthma\n195967001,Asthma again\n")
    case .withoutCategories:
      Lesson(
        "The list has no categories to give.",
        wrong:
          "codelist c : snomedct = \"195967001\"\n"
          + "define x = snomedct_code of last clinical_events categorised by c",
        right:
          "codelist c : snomedct = \"195967001\"\n"
          + "define x = (snomedct_code of last clinical_events) in c")
    case .outputNotRun:
      Lesson("This version does not run the output yet; it is checked, and refused by its name.")
    case .standardisationNotRun:
      Lesson("This version does not standardise figures yet.")
    default: nil
    }
  }
}
