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
