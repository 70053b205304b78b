public import CarrelDiagnostics

/// One word, number, text or mark of a source.
///
/// The lexer does not know which words are reserved: that is the parser's, so that the policy
/// language can use the same tokens with words of its own.
public struct Token: Sendable, Hashable {
  /// What kind of token it is.
  public let kind: Kind
  /// The token as written; of a text, what stands between the quotation marks.
  ///
  /// A template is expanded by replacing this and keeping ``span``, so that a diagnostic still
  /// points at what was written.
  public let text: String
  /// Where it is written.
  public let span: SourceSpan
  /// Whether its characters were already reported as a mistake that may have swallowed or split
  /// what was meant, so that a parser that stumbles over it has nothing to add.
  public let isSuspect: Bool

  /// Makes a token.
  public init(_ kind: Kind, _ text: String, at span: SourceSpan, isSuspect: Bool = false) {
    self.kind = kind
    self.text = text
    self.span = span
    self.isSuspect = isSuspect
  }

  /// The kinds of token.
  public enum Kind: Sendable, Hashable, CaseIterable {
    /// A name or a keyword; in a template it may hold holes, as in `has_{condition}`.
    case word
    /// Digits.
    case integer
    /// Digits, a point and digits.
    case decimal
    /// A day, as `dddd-dd-dd`; whether there is such a day is not looked at.
    case date
    /// A month, as `dddd-dd`; whether there is such a month is not looked at.
    case month
    /// A text in quotation marks.
    case text
    /// An operator or a punctuation mark.
    case mark
    /// The end of the source.
    case end
  }
}

/// A comment, from its `#` to the end of its line.
public struct Comment: Sendable, Hashable {
  /// Where it is written, without the line break.
  public let span: SourceSpan
}
