extension DiagnosticCode {
  /// Why the rule exists, in a paragraph or two for `carrel explain CODE`; `nil` where the message
  /// says all there is.
  public var explanation: String? {
    switch self {
    case .hiddenCharacter:
      """
      Some characters cannot be seen but change what is seen: bidirectional controls reorder the
      words around them, and zero-width characters make two different names look the same. A
      guardian approves what a study says on the page, so a study holds none of them, not even in
      comments and texts.
      """
    case .needsParentheses:
      """
      A condition belongs to one table. Where a second query begins inside a condition, or a query
      with its own `where` or `by` is part of a larger expression, parentheses show the reader
      where one table ends and the next begins:

        any asthma_notes where (count admissions where date > index) > 2
        1 + (count admissions where date > index)

      `case` and `days from … to …` reach as far to the right as they can, so inside a larger
      expression they stand in parentheses too.
      """
    case .tooDeep:
      """
      Parentheses, calls and cases may stand at most 64 deep in one another, and an expression may
      have at most 256 levels in all; a long chain of operators has a level for each. Everything
      that reads a study, people included, then needs bounded effort. Name the parts with `define`.
      """
    case .parameterNotEnforced:
      """
      A policy is read by people as a promise. A parameter that the program would pass over would
      promise what is not done, so it is refused until something enforces it.
      """
    case .unsafePolicy:
      """
      Some parameters are sound by themselves and undo each other together. A total that is worked
      out from all people gives away the one group that is hidden beside it; a count that is rounded
      to 0 reads as nobody; a mean of three people describes three people. `totals sum of shown`
      adds up published figures and so says nothing new.
      """
    default: nil
    }
  }
}
