/// Mistakes in statements, their clauses and the file as a whole.
extension MistakeTests {
  static let statements = [
    Case(
      "a clause after a later one", "table t of p\n  show count\n  by sex",
      """
      error[C024]: `by` cannot stand here
        study.carrel:3:3
          3 |   by sex
            |   ^^ out of order, or a second time
         help: the clauses of a `table` are, in this order: `each`, `by`, `totals`, `show`
      """),
    Case(
      "a clause that is missing", "table t of p\n  by sex\n",
      """
      error[C025]: `table` `t` has no `show`
        study.carrel:2:9
          2 |   by sex
            |         ^
         help: it is written `table NAME of POPULATION by GROUPS show STATISTICS`
      """),
    Case(
      "a clause that is missing before another", "deciles d of p\n  show count",
      """
      error[C025]: `deciles` `d` has no `across` before `show`
        study.carrel:2:3
          2 |   show count
            |   ^^^^
         help: it is written `deciles NAME of POPULATION across UNIT show STATISTICS`
      """),
    Case(
      "a clause misspelt", "table t of p\n  by sex\n  shwo count",
      """
      error[C021]: expected `show`, found `shwo`
        study.carrel:3:3
          3 |   shwo count
            |   ^^^^
         help: did you mean `show`?
      """),
    Case(
      "a statement misspelt", "let y = 1\ntabel t of p\n  show count\nlet z = 2",
      """
      error[C020]: no statement begins with `tabel`
        study.carrel:2:1
          2 | tabel t of p
            | ^^^^^
         help: did you mean `table`?
      """),
    Case(
      "a statement that is none", "(1 + 2)",
      """
      error[C021]: expected a statement, found `(`
        study.carrel:1:1
          1 | (1 + 2)
            | ^
         help: write a statement before `(`
      """),
    Case(
      "a reserved word as a name", "define table = 3",
      """
      error[C022]: `table` is a reserved word and cannot name a definition
        study.carrel:1:8
          1 | define table = 3
            |        ^^^^^
         help: choose another name, such as `table_value`
      """),
    Case(
      "a name that begins a query", "define first = 3",
      """
      error[C023]: `first` has a meaning of its own and cannot name a definition
        study.carrel:1:8
          1 | define first = 3
            |        ^^^^^
         help: choose another name, such as `first_value`
      """),
    Case(
      "a name in other letters", "define é = 3",
      """
      error[C007]: names are written in the letters a to z
        study.carrel:1:8
          1 | define é = 3
            |        ^ `é` is another letter
         help: write the name with letters a to z, digits and `_`
      """),
    Case(
      "a colon left out", "parameter index date",
      """
      error[C021]: expected `:`, found `date`
        study.carrel:1:17
          1 | parameter index date
            |                 ^^^^
         help: it is written `parameter NAME : TYPE = VALUE`
      """),
    Case(
      "a header without `of`", "table t p show count",
      """
      error[C021]: expected `of`, found `p`
        study.carrel:1:9
          1 | table t p show count
            |         ^
         help: it is written `table NAME of POPULATION by GROUPS show STATISTICS`
      """),
    Case(
      "a statistic that is none", "table t of p show average age",
      """
      error[C021]: expected a statistic, found `average`
        study.carrel:1:19
          1 | table t of p show average age
            |                   ^^^^^^^
         help: the statistics are `count`, `percent`, `sum`, `mean`, `sd`, `median`, `quantile`, `rate`, `ratio`
      """),
    Case(
      "a unit misspelt", "let x = 12 wekks",
      """
      error[C021]: `wekks` cannot stand here
        study.carrel:1:12
          1 | let x = 12 wekks
            |            ^^^^^
         help: did you mean `weeks`?
      """),
    Case(
      "a title without quotation marks", "study Asthma",
      """
      error[C021]: expected the study's title in quotation marks, found `Asthma`
        study.carrel:1:7
          1 | study Asthma
            |       ^^^^^^
         help: write the study's title in quotation marks before `Asthma`
      """),
    Case(
      "a character that cannot be seen", "let x = 1 # a\u{202E}b",
      """
      error[C005]: the character U+202E cannot be seen on the page
        study.carrel:1:14
          1 | let x = 1 # a\u{FFFD}b
            |              ^ right-to-left override
         help: remove it
         note: carrel explain C005 says why
      """),
    Case(
      "an empty file", " # nothing\n",
      """
      error[C001]: the file holds no statement
        study.carrel
         help: begin with `study "TITLE"`
      """),
    Case(
      "a file that is not text", "let x = \u{0}",
      """
      error[C002]: the file is not text: it holds zero bytes
        study.carrel
         help: save it as plain text in UTF-8
      """),
  ]
}
