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
    case .unknownQuantile:
      """
      Many quantiles of one value list the values of single people. A study may ask for 0.05, 0.1,
      0.25, 0.5, 0.75, 0.9 and 0.95, and a policy for real people shows of each the middle of a bin
      that holds more than a few.
      """
    case .hiddenName:
      """
      Inside a query a name is a column of its table first. Where the study has something of the
      same name, the column wins, silently for a reader who does not know the table by heart; so it
      is said. `TABLE.column` always means the column.
      """
    case .outerColumn:
      """
      A query inside another sees the columns of its own table only. If it could see those of the
      rows around it, every row of one table would have to be held against every row of the other,
      and the cost would no longer grow with the number of rows. A value of the patient, named with
      `define`, can be used everywhere.
      """
    case .tooManyIntervals:
      """
      Every interval of a table is one more set of figures about much the same people. Many of them,
      or windows that overlap, let figures of single months be worked out that no table shows. A
      table has at most 60 intervals: five years of months.
      """
    case .unboundedGrouping:
      """
      A table has a group for every level of what it is grouped by, also where nobody is in it.
      Dates, identifiers, codes, free text and numbers without a declared range have no list of
      levels, or one so long that a group would be one person. Group by a category, by bands, by a
      boolean, or by an integer whose range the schema or `within` declares.
      """
    case .unboundedMeasure:
      """
      How finely a sum or a mean may be shown depends on how much one person can change it, which is
      the declared range of the measure. Without one nothing can be said about a single person's
      part, and only the policy `exact`, for invented people, releases the figure. Bounds come from
      the schema or from `within(x, low, high)`, which makes values outside missing; never from a
      filter.
      """
    case .expansionTooLarge:
      """
      A call means its definition with the arguments put in, so definitions that call each other
      twice at every step double in size each time. Before anything is built the parts of a call
      are counted as if all were written out. A definition without parameters is worked out once,
      however often it is used, and counts as one part.
      """
    case .narrowLook:
      """
      Few things happen on one day, and fewer people are born in one month. A study that may look at
      a day of its choosing can ask, day by day, for somebody it knows something about. So windows
      that a study writes down, in literals or in parameters, last as long as the policy says, and on
      births a year. Two comparisons that leave a few days between them are one window, wherever
      they stand. Windows from a date of each patient's own are free: they choose nobody.
      """
    case .namedPlace, .releasedUnit:
      """
      A practice, or a place below region, is a few thousand people who know each other. Whether two
      rows are of the same practice may be asked; which practice it is may not. How practices differ
      is shown by `deciles … across`, which names none of them.
      """
    case .hashedValue:
      """
      The day of a month, the remainder of a division and the digits of a code say nothing of
      anybody's health, but they pick a random half of any group. Many random halves, each large and
      rounded, give back what every single person has. A value with at most ten declared levels may
      be taken apart.
      """
    case .manyWindows:
      """
      The same count over the last month, two months, three months and so on gives each month's own
      count back, hidden ones included. A study keeps at most two lengths for one figure, such as the
      month and the year. Definitions with other names are the same figure if they mean the same.
      """
    case .freeExponent:
      """
      A power grows so fast that the sum of a few values can hold one digit for each person. With a
      literal exponent it is only another scale.
      """
    case .personInText:
      """
      A study is published with its results, comments, labels and examples included. Codes are left
      out of the search: one ten-digit SNOMED CT code in eleven could be an NHS number.
      """
    case .notNormalised, .mixedScripts, .otherLineEnds:
      """
      A guardian signs the bytes of a study and reads its letters. Both must be one: each letter is
      written in one way (Unicode's normal form C), no word mixes alphabets whose letters look alike,
      and lines end with a line feed. Nothing is changed in silence.
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
