extension Lesson {
  /// Lessons about names.
  static func ofNames(_ code: DiagnosticCode) -> Lesson? {
    switch code {
    case .unknownSchema:
      Lesson(
        "`uses` names a schema that the site holds.", wrong: "study \"S\"\n  uses cor",
        right: "study \"S\"\n  uses core")
    case .declaredTwice:
      Lesson(
        "Everything that a study declares has a name of its own.",
        wrong: "define x = 1\ndefine x = 2", right: "define x = 1\ndefine y = 2")
    case .takenName:
      Lesson(
        "A table of the schema or a function has the name already.", wrong: "define patients = 1",
        right: "define everyone = 1")
    case .cyclicDefinition:
      Lesson(
        "A definition is worked out from others, never from itself.",
        wrong: "define a = b + 1\ndefine b = a + 1", right: "define a = b + 1\ndefine b = 1")
    case .unknownName:
      Lesson(
        "Nothing has the name where it stands.", wrong: "define x = agee_on + 1",
        right: "define age = age_on(2024-01-01)\ndefine x = age + 1")
    case .bareColumn:
      Lesson(
        "Outside a query the table says whose column is meant.", wrong: "define x = sex",
        right: "define x = patients.sex")
    case .unknownTable:
      Lesson(
        "The schema has no such table.", wrong: "define x = any medication",
        right: "define x = any medications")
    case .unknownColumn:
      Lesson(
        "The table has no such column.", wrong: "define x = patients.sexx",
        right: "define x = patients.sex")
    case .unknownMember:
      Lesson(
        "Dates have `.year`, `.month`, `.day`, `.first_of_month` and `.first_of_year`; periods have "
          + "`.start` and `.end`.", wrong: "define x = patients.date_of_birth.years",
        right: "define x = patients.date_of_birth.year")
    case .hiddenName:
      Lesson(
        "A column and something of the study have one name.",
        wrong: "let dmd_code = 1\ndefine x = any medications where dmd_code is known",
        right: "let wanted = 1\ndefine x = any medications where dmd_code is known")
    case .outerColumn:
      Lesson(
        "A query inside another does not see the columns of the rows around it.",
        wrong: "define x = any admissions where (any medications where date > admission_date)",
        right:
          "define admitted = admission_date of first admissions\n"
          + "define x = any medications where date > admitted")
    case .wrongArguments:
      Lesson(
        "A call gives one argument for each parameter.", wrong: "define x = age_on()",
        right: "define x = age_on(2024-01-01)")
    case .wrongKindOfName:
      Lesson(
        "The name is of another kind of thing than is needed.",
        wrong: "define adult = true\ntable t of adult\n  show count", right: table("show count"))
    case .unknownType:
      Lesson(
        "There is no such type or coding system.", wrong: "parameter n : number = 3",
        right: "parameter n : integer = 3")
    case .tooManyDeclarations: Lesson("A study has at most 2,000 declarations and 200 code lists.")
    case .expansionTooLarge: Lesson("A call has too many parts when all calls are written out.")
    case .definitionsTooDeep:
      Lesson("Definitions are built on each other through more than 512 levels.")
    default: nil
    }
  }
}
