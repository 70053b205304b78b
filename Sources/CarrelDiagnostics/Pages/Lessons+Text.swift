extension Lesson {
  /// Lessons about characters, words, statements and templates.
  static func ofText(_ code: DiagnosticCode) -> Lesson? {
    switch code {
    case .emptyFile: Lesson("The file holds no statement, or comments only.")
    case .notText: Lesson("The file holds zero bytes, so it is no text.")
    case .tooLong: Lesson("A study is at most 1 MiB long, and a policy 64 KiB.")
    case .invalidUTF8: Lesson("A file of the language is text in UTF-8.")
    case .hiddenCharacter: Lesson("A character cannot be seen on the page.")
    case .strayCharacter:
      Lesson(
        "A character has no meaning in the language.", wrong: "define x = 2 ~ 3",
        right: "define x = 2 - 3")
    case .foreignLetter:
      Lesson(
        "Names are written in the letters a to z, digits and `_`, so that no two look alike.",
        wrong: "define é = 3", right: "define e = 3")
    case .unterminatedText:
      Lesson(
        "A text ends on the line on which it begins.", wrong: "study \"Falls",
        right: "study \"Falls\"")
    case .wrongQuotes:
      Lesson(
        "A text stands between straight double quotation marks.",
        wrong: "define x = patients.sex = 'male'", right: "define x = patients.sex = \"male\"")
    case .foreignMark:
      Lesson(
        "The operator is that of another language.", wrong: "define x = patients.sex == \"male\"",
        right: "define x = patients.sex = \"male\"")
    case .numberTooLarge:
      Lesson(
        "An integer has 64 bits.", wrong: "let x = 9223372036854775808",
        right: "let x = 9223372036854775807")
    case .strayHole:
      Lesson(
        "A hole of a template holds a name: `{condition}`.", wrong: "define x = { 3",
        right: "define x = 3")
    case .unknownStatement:
      Lesson(
        "A statement begins with its keyword.", wrong: "defin x = 3", right: "define x = 3")
    case .unexpectedWord:
      Lesson(
        "Something else is expected where the word stands; the message says what.",
        wrong: "define x = (1 + 2", right: "define x = (1 + 2)")
    case .reservedWord:
      Lesson(
        "Words that begin statements and clauses name nothing else.", wrong: "define table = 3",
        right: "define table_value = 3")
    case .contextualWord:
      Lesson(
        "The word would be read as the beginning of something else wherever it is used.",
        wrong: "define first = 3", right: "define first_value = 3")
    case .clauseOrder:
      Lesson(
        "The clauses of an output always come in one order, so that every study reads one way.",
        wrong: table("show count\n  by patients.sex"), right: table("by patients.sex\n  show count")
      )
    case .missingClause:
      Lesson(
        "An output lacks a clause that it cannot do without.", wrong: table("by patients.sex"),
        right: table("by patients.sex\n  show count"))
    case .missingOf:
      Lesson(
        "What is asked about a column is asked `of` a table.",
        wrong: "define x = sum numeric_value",
        right: "define x = sum numeric_value of clinical_events")
    case .chainedComparison:
      Lesson(
        "A comparison compares two values.",
        wrong: "define x = 1 <= age_on(2024-01-01) <= 3",
        right: "define x = age_on(2024-01-01) between 1 and 3")
    case .needsParentheses:
      Lesson(
        "A query inside an expression stands in parentheses.",
        wrong: "define x = 1 + count medications where date > 2024-01-01",
        right: "define x = 1 + (count medications where date > 2024-01-01)")
    case .tooDeep: Lesson("Parentheses, calls and cases stand too deep in one another.")
    case .notTheLanguage:
      Lesson(
        "The construct is that of another language.",
        wrong: "define x = if patients.sex = \"male\" then 1 else 2",
        right: "define x = case when patients.sex = \"male\" then 1 otherwise 2")
    case .unknownHole:
      Lesson(
        "A hole is filled by a `for each` around it, or by a list.",
        wrong: "define has_{condition} = true",
        right: "for each condition in asthma, copd\n  define has_{condition} = true")
    case .misplacedList:
      Lesson(
        "A list stands for several words, and here one is needed.",
        wrong: "list kinds = a, b\ndefine x = 1 + {kinds}",
        right: "list kinds = a, b\nfor each kind in kinds\n  define {kind} = 1")
    case .wrongElement:
      Lesson(
        "What fills a hole does not make a word there.",
        wrong: "for each n in 1, 2\n  define {n}st = 3",
        right: "for each n in 1, 2\n  define x{n} = 3")
    case .tooManyRepetitions:
      Lesson("A statement is repeated at most 1,000 times, and a study's at most 10,000 in all.")
    default: nil
    }
  }
}
