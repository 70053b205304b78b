import Testing

@Suite("What is said about mistakes") struct MistakeTests {
  /// A text with a mistake, and all that is said about it but the last line, which counts.
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let said: String

    init(_ name: String, _ text: String, _ said: String) {
      self.name = name
      self.text = text
      self.said = said
    }

    var testDescription: String { name }
  }

  @Test(
    "each mistake is told with its place and the next step", arguments: expressions + statements)
  func mistake(_ mistake: Case) {
    let lines = said(about: mistake.text).split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.dropLast(3).joined(separator: "\n") == mistake.said)
    #expect(lines.dropLast().last?.hasPrefix("1 error in study.carrel") == true)
  }

  static let expressions = [
    Case(
      "comparisons that chain", "define x = 1 <= age <= 3",
      """
      error[C031]: comparisons do not chain
        study.carrel:1:21
          1 | define x = 1 <= age <= 3
            |                     ^^ the second one
         help: write `age between 1 and 3`
      """),
    Case(
      "comparisons that chain and leave out the ends", "define x = 1 < age < 3",
      """
      error[C031]: comparisons do not chain
        study.carrel:1:20
          1 | define x = 1 < age < 3
            |                    ^ the second one
         help: write `1 < age and age < 3`
      """),
    Case(
      "a list without members", "define x = sex in ()",
      """
      error[C021]: expected a value, found `)`
        study.carrel:1:20
          1 | define x = sex in ()
            |                    ^
         help: write a value before `)`
      """),
    Case(
      "a column called by a head word before a clause word",
      "define x = count episodes of e where sum gap 14 days",
      """
      error[C030]: `sum` asks about a column `of` a table
        study.carrel:1:46
          1 | define x = count episodes of e where sum gap 14 days
            |                                              ^^ expected `of`
         help: write `sum gap of TABLE`
      """),
    Case(
      "a histogram of a column called like a span",
      "histogram h of p show days from 0 to 60 every 5",
      """
      error[C025]: `histogram` `h` has no `from` before `every`
        study.carrel:1:41
          1 | histogram h of p show days from 0 to 60 every 5
            |                                         ^^^^^
         help: it is written `histogram NAME of POPULATION show VALUE from LOW to HIGH every WIDTH`
      """),
    Case(
      "an equals sign of other languages", "define x = sex == \"male\"",
      """
      error[C010]: `==` is written `=`
        study.carrel:1:16
          1 | define x = sex == "male"
            |                ^^
         help: write `=`
      """),
    Case(
      "single quotation marks", "define x = sex = 'male'",
      """
      error[C009]: a text stands between `"` and `"`
        study.carrel:1:18
          1 | define x = sex = 'male'
            |                  ^^^^^^
         help: write `"male"`
      """),
    Case(
      "a text that does not end", "define x = sex = \"male\nlet y = 2",
      """
      error[C008]: the text does not end on its line
        study.carrel:1:18
          1 | define x = sex = "male
            |                  ^^^^^
         help: put `"` where it ends
      """),
    Case(
      "an aggregate without `of`", "define x = sum cost where date > index",
      """
      error[C030]: `sum` asks about a column `of` a table
        study.carrel:1:21
          1 | define x = sum cost where date > index
            |                     ^^^^^ expected `of`
         help: write `sum cost of TABLE`
      """),
    Case(
      "a list form without `of`", "define x = earliest (a, b)",
      """
      error[C030]: `of` is missing before the list
        study.carrel:1:21
          1 | define x = earliest (a, b)
            |                     ^^^^^^
         help: write `earliest of (…)`
      """),
    Case(
      "a query inside a condition", "define x = any a where any b where y",
      """
      error[C032]: a query inside a condition stands in parentheses
        study.carrel:1:24
          1 | define x = any a where any b where y
            |                        ^^^^^^^^^^^^^
         help: write `(any b where y)`
         note: carrel explain C032 says why
      """),
    Case(
      "a query with clauses inside a sum", "define x = 1 + count e where c",
      """
      error[C032]: a query with a `where` of its own stands in parentheses
        study.carrel:1:16
          1 | define x = 1 + count e where c
            |                ^^^^^^^^^^^^^^^
         help: write `(count e where c)`
         note: carrel explain C032 says why
      """),
    Case(
      "an operator after an ordered pick", "define x = date of first e by y > 3",
      """
      error[C032]: a query with a `by` of its own stands in parentheses
        study.carrel:1:12
          1 | define x = date of first e by y > 3
            |            ^^^^^^^^^^^^^^^^^^^^
         help: write `(date of first e by y)`
         note: carrel explain C032 says why
      """),
    Case(
      "a part of a query", "define x = date of first e.year",
      """
      error[C032]: a query before a point stands in parentheses
        study.carrel:1:12
          1 | define x = date of first e.year
            |            ^^^^^^^^^^^^^^^
         help: write `(date of first e)`
         note: carrel explain C032 says why
      """),
    Case(
      "a length of time inside a sum", "define x = 1 + days from a to b",
      """
      error[C032]: `days from` inside an expression stands in parentheses
        study.carrel:1:16
          1 | define x = 1 + days from a to b
            |                ^^^^^^^^^^^^^^^^
         help: write `(days from a to b)`
         note: carrel explain C032 says why
      """),
    Case(
      "an order where no row is picked", "define x = count e by y",
      """
      error[C021]: only `first`, `last` and `row` have an order
        study.carrel:1:20
          1 | define x = count e by y
            |                    ^^
         help: remove `by` and what follows it
      """),
    Case(
      "if", "define x = if age > 3 then 1 else 2",
      """
      error[C034]: there is no `if` in the language
        study.carrel:1:12
          1 | define x = if age > 3 then 1 else 2
            |            ^^
         help: a choice is written `case when CONDITION then VALUE otherwise VALUE`
      """),
    Case(
      "else", "define x = case when a then b else c",
      """
      error[C021]: `else` cannot stand here
        study.carrel:1:31
          1 | define x = case when a then b else c
            |                               ^^^^
         help: the last part of a `case` begins with `otherwise`
      """),
    Case(
      "is not missing", "define x = a is not missing",
      """
      error[C034]: `is` has no `not` after it
        study.carrel:1:17
          1 | define x = a is not missing
            |                 ^^^^^^^^^^^
         help: write `is known`
      """),
    Case(
      "is null", "define x = a is null",
      """
      error[C021]: expected `missing` or `known`, found `null`
        study.carrel:1:17
          1 | define x = a is null
            |                 ^^^^
         help: a value that is not there is `missing`
      """),
    Case(
      "a keyword in capitals", "define x = a AND b",
      """
      error[C021]: `AND` cannot stand here
        study.carrel:1:14
          1 | define x = a AND b
            |              ^^^
         help: words of the language are in lower case: `and`
      """),
    Case(
      "a value that is not there", "define x = 3 +\ndefine y = 2",
      """
      error[C021]: expected a value, found `define`
        study.carrel:1:15
          1 | define x = 3 +
            |               ^
         help: write a value here
      """),
    Case(
      "a parenthesis that is not closed", "define x = (1 + 2\ndefine y = 2",
      """
      error[C021]: expected `)`, found `define`
        study.carrel:1:18
          1 | define x = (1 + 2
            |                  ^
         help: write `)` here
      """),
    Case(
      "arguments without a comma", "define x = f(a b)",
      """
      error[C021]: expected `,` or `)`, found `b`
        study.carrel:1:16
          1 | define x = f(a b)
            |                ^
         help: write `,` or `)` before `b`
      """),
    Case(
      "a list that is no operand", "define x = (1, 2)",
      """
      error[C021]: expected `)`, found `,`
        study.carrel:1:14
          1 | define x = (1, 2)
            |              ^
         help: a list can only follow `in`, `matches`, `at`, `by` or `of`
      """),
    Case(
      "a reserved word as a column", "define x = any e where from > index",
      """
      error[C022]: expected a value, found the reserved word `from`
        study.carrel:1:24
          1 | define x = any e where from > index
            |                        ^^^^
         help: a column of that name is written with its table, as in `visits.from`
      """),
    Case(
      "a reserved word as a table", "define x = any events where a = 3",
      """
      error[C022]: the reserved word `events` cannot stand here
        study.carrel:1:16
          1 | define x = any events where a = 3
            |                ^^^^^^
         help: it begins a statement, and names nothing
      """),
    Case(
      "a number too large", "let x = 9223372036854775808",
      """
      error[C011]: the number is too large
        study.carrel:1:9
          1 | let x = 9223372036854775808
            |         ^^^^^^^^^^^^^^^^^^^
         help: the largest is 9223372036854775807
      """),
  ]
}
