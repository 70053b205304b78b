/// The kinds of mistake, ordered by code; each code keeps its meaning for ever.
///
/// | codes | about |
/// |---|---|
/// | C0 | the text of a study: characters, words, statements, clauses |
/// | C1 | names and types |
/// | C2 | what may be released |
/// | C3 | code lists |
/// | C4 | parameters and examples |
/// | C5 | what the language has and this version does not yet run |
/// | P | policy files |
///
/// Titles are in `DiagnosticCode+Titles.swift`, longer explanations beside them.
public enum DiagnosticCode: String, Sendable, CaseIterable {
  // Characters and words.
  case emptyFile = "C001"
  case notText = "C002"
  case tooLong = "C003"
  case invalidUTF8 = "C004"
  case hiddenCharacter = "C005"
  case strayCharacter = "C006"
  case foreignLetter = "C007"
  case unterminatedText = "C008"
  case wrongQuotes = "C009"
  case foreignMark = "C010"
  case numberTooLarge = "C011"
  case strayHole = "C012"

  // Statements and clauses.
  case unknownStatement = "C020"
  case unexpectedWord = "C021"
  case reservedWord = "C022"
  case contextualWord = "C023"
  case clauseOrder = "C024"
  case missingClause = "C025"

  // Expressions.
  case missingOf = "C030"
  case chainedComparison = "C031"
  case needsParentheses = "C032"
  case tooDeep = "C033"
  case notTheLanguage = "C034"

  // Templates.
  case unknownHole = "C040"
  case misplacedList = "C041"
  case wrongElement = "C042"
  case tooManyRepetitions = "C043"

  // Names.
  case unknownSchema = "C101"
  case declaredTwice = "C102"
  case takenName = "C103"
  case cyclicDefinition = "C104"
  case unknownName = "C105"
  case bareColumn = "C106"
  case unknownTable = "C107"
  case unknownColumn = "C108"
  case unknownMember = "C109"
  case hiddenName = "C110"
  case outerColumn = "C111"
  case wrongArguments = "C112"
  case wrongKindOfName = "C113"
  case unknownType = "C114"
  case tooManyDeclarations = "C115"
  case expansionTooLarge = "C116"
  case definitionsTooDeep = "C117"

  // Types and values.
  case wrongType = "C120"
  case mixedTypes = "C121"
  case mixedCodingSystems = "C122"
  case withoutOrder = "C123"
  case notConstant = "C124"
  case comparedWithMissing = "C125"
  case missingWithoutType = "C126"
  case impossibleDate = "C127"
  case betweenDates = "C128"
  case unknownLevel = "C131"
  case wrongCode = "C132"
  case bandCuts = "C133"
  case bandLabels = "C134"

  // Queries.
  case rowsNotValue = "C140"
  case singleRowTable = "C141"
  case pickWithoutOrder = "C142"
  case rowNumber = "C143"
  case noDateOfTable = "C144"

  // What may be released.
  case unnamedColumn = "C201"
  case columnTwice = "C202"
  case unknownTotal = "C203"
  case nothingToTotal = "C204"
  case tooManyGroups = "C205"
  case withoutIntervals = "C206"
  case tooManyIntervals = "C207"
  case unevenIntervals = "C208"
  case rateOfNothing = "C209"
  case unknownQuantile = "C210"
  case unboundedGrouping = "C214"
  case unboundedMeasure = "C215"

  // What a protected site refuses.
  case narrowLook = "C220"
  case namedPlace = "C221"
  case releasedUnit = "C222"
  case hashedValue = "C223"
  case manyWindows = "C224"
  case freeExponent = "C225"
  case manyQuantiles = "C226"
  case tooManyOutputs = "C227"
  case tooManyDimensions = "C228"
  case tooIntricate = "C229"
  case notNormalised = "C230"
  case mixedScripts = "C231"
  case otherLineEnds = "C232"
  case personInText = "C233"
  case notApproved = "C234"

  // Code lists.
  case unreadableCodelist = "C301"
  case wrongCodelist = "C302"
  case doubtfulCodelist = "C303"
  case withoutCategories = "C304"

  // Parameters and examples.
  case parameterNotSet = "C401"
  case wrongSetting = "C402"
  case unknownSetting = "C403"
  case tooManyRows = "C411"

  // What is not run yet.
  case outputNotRun = "C503"
  case sequencesNotRun = "C505"
  case standardisationNotRun = "C507"
  case confidenceIntervalsNotRun = "C508"

  // Policy files.
  case missingParameter = "P101"
  case unknownParameter = "P102"
  case parameterNotEnforced = "P103"
  case repeatedParameter = "P104"
  case parameterValue = "P105"
  case unsafePolicy = "P106"
}

extension DiagnosticCode: CustomStringConvertible {
  /// The code as printed, such as `C107`.
  public var description: String { rawValue }
}

extension DiagnosticCode {
  /// Whether it depends on the site: an error where the people are real, else a warning.
  public var isRuleOfSites: Bool {
    switch self {
    case .unboundedMeasure, .narrowLook, .namedPlace, .releasedUnit, .hashedValue, .manyWindows,
      .freeExponent, .manyQuantiles, .tooManyOutputs, .tooManyDimensions, .tooIntricate,
      .notNormalised, .mixedScripts, .otherLineEnds, .personInText, .notApproved:
      true
    default: false
    }
  }
}
