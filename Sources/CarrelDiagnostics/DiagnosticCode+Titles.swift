extension DiagnosticCode {
  /// What kind of mistake it is, in a few words.
  public var title: String {
    switch self {
    case .emptyFile: "an empty file"
    case .notText: "a file that is not text"
    case .tooLong: "a file that is too long"
    case .invalidUTF8: "bytes that are not UTF-8"
    case .hiddenCharacter: "a character that cannot be seen"
    case .strayCharacter: "a character that means nothing here"
    case .foreignLetter: "a letter that names may not have"
    case .unterminatedText: "a text without its end"
    case .wrongQuotes: "quotation marks of another kind"
    case .foreignMark: "an operator of another language"
    case .numberTooLarge: "a number that is too large"
    case .strayHole: "a hole without a name"
    case .unknownStatement: "an unknown statement"
    case .unexpectedWord: "an unexpected word"
    case .reservedWord: "a reserved word as a name"
    case .contextualWord: "a name that would be read as a keyword"
    case .clauseOrder: "clauses out of order"
    case .missingClause: "a clause is missing"
    case .missingOf: "`of` is missing"
    case .chainedComparison: "comparisons in a chain"
    case .needsParentheses: "parentheses are needed"
    case .tooDeep: "too many levels"
    case .notTheLanguage: "a construct of another language"
    case .missingParameter: "a parameter is missing"
    case .unknownParameter: "an unknown parameter"
    case .parameterNotEnforced: "a parameter that is not enforced"
    case .repeatedParameter: "a parameter written twice"
    case .parameterValue: "a parameter that cannot be read"
    case .unsafePolicy: "parameters that are unsafe together"
    }
  }
}
