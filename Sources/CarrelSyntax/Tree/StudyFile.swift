public import CarrelDiagnostics

/// A file of the language as written: `study-file = statement*`.
///
/// Nothing is resolved, expanded or desugared. Where a statement had a mistake it is left out and
/// a diagnostic says so, so a tree whose diagnostics hold errors is incomplete.
public struct StudyFile: Sendable {
  /// The file.
  public let source: SourceText
  /// The statements that could be read, in order.
  public let statements: [Statement]
  /// The names declared by statements with a mistake, which are not among ``statements``.
  ///
  /// Whoever looks names up says nothing about these: the mistake is already reported.
  public let unreadNames: [Name]
  /// Every token of the file, ending with ``Token/Kind/end``.
  public let tokens: [Token]
  /// Every comment, in order.
  public let comments: [Comment]

  /// The tokens inside a span of this file, in order.
  ///
  /// A template is written out on these: see ``expandingTemplates(reporting:)``.
  public func tokens(in span: SourceSpan) -> ArraySlice<Token> {
    let first = firstToken(endingAfter: span.range.lowerBound)
    var last = first
    while last < tokens.count, tokens[last].kind != .end,
      tokens[last].span.range.upperBound <= span.range.upperBound
    {
      last += 1
    }
    return tokens[first..<last]
  }

  private func firstToken(endingAfter offset: Int) -> Int {
    var (low, high) = (0, tokens.count)
    while low < high {
      let middle = (low + high) / 2
      if tokens[middle].span.range.upperBound > offset { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
