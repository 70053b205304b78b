import CarrelDiagnostics
import CarrelSyntax
import Testing

@Suite("Statements") struct StatementTests {
  @Test(
    "every declaration",
    arguments: [
      ("study \"A\"", "(study \"A\")\n"),
      (
        "study \"A\" question \"B\" uses core, extra",
        "(study \"A\" (question \"B\") (uses core extra))\n"
      ),
      ("parameter index : date", "(parameter index (: date))\n"),
      ("parameter index : date = 2024-03-31", "(parameter index (: date) 2024-03-31)\n"),
      ("let x = 1 + 2", "(let x (+ 1 2))\n"),
      ("list l = a, \"b\", 3, 1 to 10", "(list l a \"b\" 3 (to 1 10))\n"),
      (
        "codelist c : icd10 from \"f.csv\" column \"code\" category \"group\"",
        "(codelist c (: icd10) (from \"f.csv\") (column \"code\") (category \"group\"))\n"
      ),
      ("codelist c = \"J45\", \"J46\"", "(codelist c (codes \"J45\" \"J46\"))\n"),
      (
        "codelist c = a + (b - d where category = \"x\") - e where category in (\"y\", \"z\")",
        """
        (codelist c (sum a (sum b (- d) (where (= category "x"))) (- e) (where (in category "y" "z"))))

        """
      ),
      (
        "events e(p : period, c : codelist) = t where date in p except where code in c sequenced by (date, id descending)",
        """
        (events e
          ((: p period) (: c codelist))
          t
          (where (in date p))
          (except (in code c))
          (sequenced date (descending id)))

        """
      ),
      ("define f(d : date) = d", "(define f ((: d date)) d)\n"),
      (
        "population p include a = \"x\" \"Label\" exclude b include c \"C\"",
        "(population p (include (= a \"x\") \"Label\") (exclude b) (include c \"C\"))\n"
      ),
      (
        "example \"e\" given t (a 1, b \"x\") (a 2) given u (c 2020-01-01) expect a, b = 1",
        """
        (example "e" (given t ((a 1) (b "x")) ((a 2))) (given u ((c 2020-01-01))) (expect a (= b 1)))

        """
      ),
    ])
  func declarations(_ text: String, _ expected: String) {
    #expect(statementTree(text) == expected)
  }

  @Test(
    "every output",
    arguments: [
      ("flow f of p(2024-01-01)", "(flow f (of (call p 2024-01-01)))\n"),
      (
        "table t of p each month from a to b by each of sex, age as \"Age\" totals over sex show count",
        """
        (table t
          (of p)
          (each (month 1) (from a) (to b))
          (by-each-of sex (as age "Age"))
          (totals sex)
          (show count))

        """
      ),
      (
        "table t of p each 2 weeks for 52 weeks from date of first e by sex totals show count",
        """
        (table t
          (of p)
          (each (week 2) (for (week 52)) (from (column date first e)))
          (by sex)
          (totals)
          (show count))

        """
      ),
      (
        """
        table t of p show count as "N", percent a with interval 95%, sum b, mean c, sd d, median e,
          quantile 0.9 of f, rate g per 1000, rate h per 100 person_years over days_at_risk,
          ratio a + 1 to b, percent x standardised to "esp2013" by (age, sex as "Sex") as "S"
        """,
        """
        (table t
          (of p)
          (show
            (count (as "N"))
            ((percent a) (interval 95))
            (sum b)
            (mean c)
            (sd d)
            (median e)
            (quantile 0.9 f)
            (rate g (per 1000))
            (rate h (per 100) (person-years days_at_risk))
            (ratio (+ a 1) b)
            ((percent x) (standardised "esp2013" age (as sex "Sex")) (as "S"))))

        """
      ),
      (
        "deciles d of p each quarter from a to b across practice show percent x",
        """
        (deciles d (of p) (each (quarter 1) (from a) (to b)) (across practice) (show (percent x)))

        """
      ),
      (
        "summary s of p by sex totals show age as \"Age\", imd",
        "(summary s (of p) (by sex) (totals) (show (as age \"Age\") imd))\n"
      ),
      (
        "histogram h of p by sex show bmi from 10 to 60 + 1 every 2.5",
        "(histogram h (of p) (by sex) (show bmi) (from 10) (to (+ 60 1)) (every 2.5))\n"
      ),
      (
        "histogram h of p show (days) from 0 to 60 every 5",
        "(histogram h (of p) (show days) (from 0) (to 60) (every 5))\n"
      ),
      (
        "define x = count episodes of e where e.count gap 14 days",
        "(define x (count-episodes (day 14) e (where (. e count))))\n"
      ),
      (
        "table t of p each 2 quarters for 4 quarters from d show count",
        "(table t (of p) (each (quarter 2) (for (quarter 4)) (from d)) (show count))\n"
      ),
      (
        "survival s of p by imd from index event d competing e censor f every 30 days for 1 year",
        """
        (survival s
          (of p)
          (by imd)
          (from index)
          (event d)
          (competing e)
          (censor f)
          (every (day 30))
          (for (year 1)))

        """
      ),
      (
        "model m of p logistic y on imd reference 5, sex, interaction of (imd, sex) offset log(t)",
        """
        (model m (of p) (logistic y) (on (reference imd 5) sex (interaction imd sex)) (offset (call log t)))

        """
      ),
      (
        "model m of p cox from a event b censor c on age",
        "(model m (of p) cox (from a) (event b) (censor c) (on age))\n"
      ),
      (
        "trend r of t negative binomial breaks 2020-03, 2021-04 seasonal",
        "(trend r (of t) negative binomial (breaks 2020-03 2021-04) seasonal)\n"
      ),
    ])
  func outputs(_ text: String, _ expected: String) {
    #expect(statementTree(text) == expected)
  }

  @Test func `a template keeps its statement with the holes`() {
    let text = "for each a in x, y for each n in 1 to 3 define {a}_{n} = date of row {n} of {a}s"
    #expect(
      statementTree(text) == """
        (for-each a (x y) (for-each n ((to 1 3)) (define {a}_{n} (column date {n} {a}s))))

        """)
    #expect(tree("date + {n} months") == "(+ date (month {n}))")
    #expect(tree("count of (has_{conditions}) >= 2") == "(>= (count-of has_{conditions}) 2)")
  }

  @Test func `a template's tokens are found by the span of its statement`() throws {
    let (file, _) = parse(
      "let q = 1\nfor each c in a, b\ndefine has_{c} = any {c} where x\nlet r = 2")
    guard case .forEach(let template) = file.statements[1] else {
      Issue.record("not a template")
      return
    }
    let tokens = file.tokens(in: template.statement.span)
    #expect(tokens.map(\.text) == ["define", "has_{c}", "=", "any", "{c}", "where", "x"])
    #expect(file.tokens(in: template.variable.span).map(\.text) == ["c"])
  }

  @Test func `statements need no line of their own`() {
    #expect(
      statementTree("let a = 1 let b = 2 flow f of p table t of p show count")
        == "(let a 1)\n\n(let b 2)\n\n(flow f (of p))\n\n(table t (of p) (show count))\n")
  }

  @Test func `a statement tells its name and its span`() {
    let (file, _) = parse("# x\nlet a = 1 # y\nexample \"e\" expect a")
    #expect(file.statements.map { $0.declaredName?.text } == ["a", nil])
    #expect(file.statements.map(\.span.text) == ["let a = 1", "example \"e\" expect a"])
    #expect(file.comments.map(\.span.text) == ["# x", "# y"])
  }
}
