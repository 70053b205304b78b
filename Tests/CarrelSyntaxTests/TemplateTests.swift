import CarrelDiagnostics
import CarrelSyntax
import Testing

/// A template means what its repetitions would mean if each were written by hand.
@Suite("Templates") struct TemplateTests {
  @Test(
    "a template is written out in place, in the order of its words",
    arguments: [
      (
        "for each c in asthma, copd define has_{c} = any {c}",
        "define has_asthma = any asthma define has_copd = any copd"
      ),
      (
        "list kinds = asthma, copd for each c in kinds define has_{c} = any {c}",
        "list kinds = asthma, copd define has_asthma = any asthma define has_copd = any copd"
      ),
      (
        "list a = x, y list b = a, z for each c in w, b define {c} = 1",
        "list a = x, y list b = a, z define w = 1 define x = 1 define y = 1 define z = 1"
      ),
      (
        "for each n in 1 to 3 define dose_{n} = date of row {n} of doses",
        """
        define dose_1 = date of row 1 of doses define dose_2 = date of row 2 of doses
        define dose_3 = date of row 3 of doses
        """
      ),
      (
        "for each n in 2, 7 define x{n} = index - {n} days",
        "define x2 = index - 2 days define x7 = index - 7 days"
      ),
      (
        "for each route in oral codelist {route} from \"codelists/opioid-{route}.csv\"",
        "codelist oral from \"codelists/opioid-oral.csv\""
      ),
      (
        "for each p in \"01\", \"02\" define c_{p} = deaths.cause_{p}",
        "define c_01 = deaths.cause_01 define c_02 = deaths.cause_02"
      ),
      (
        "for each a in x, y for each b in 1 to 2 define {a}{b} = {a}",
        "define x1 = x define x2 = x define y1 = y define y2 = y"
      ),
      (
        "for each y in 2015 to 2016 flow eligible_{y} of eligible_on(date({y}, 1, 1))",
        "flow eligible_2015 of eligible_on(date(2015, 1, 1)) flow eligible_2016 of eligible_on(date(2016, 1, 1))"
      ),
    ])
  func loops(_ template: String, _ plain: String) {
    #expect(writtenOut(template) == statementTree(plain))
  }

  @Test(
    "a list among the members of a list repeats the member around it",
    arguments: [
      ("count of (has_{kinds}) >= 2", "count of (has_a, has_b) >= 2"),
      (
        "count of (has_{kinds}_by(index), z) >= 2",
        "count of (has_a_by(index), has_b_by(index), z) >= 2"
      ),
      (
        "earliest of (date of first {kinds}_items, z)",
        "earliest of (date of first a_items, date of first b_items, z)"
      ),
      ("x in (y, {kinds})", "x in (y, a, b)"),
      ("count of (count of (has_{kinds}) > 1, z)", "count of (count of (has_a, has_b) > 1, z)"),
      (
        "earliest of (within({kinds}_n, 0, 9), z)",
        "earliest of (within(a_n, 0, 9), within(b_n, 0, 9), z)"
      ),
      ("count of ({kinds}_x or {kinds}_y)", "count of (a_x or a_y, b_x or b_y)"),
    ])
  func members(_ template: String, _ plain: String) {
    let list = "list kinds = a, b "
    #expect(
      writtenOut(list + "define v = " + template) == statementTree(list + "define v = " + plain))
  }

  @Test("statistics and groupings repeat whole, with their labels")
  func outputs() {
    let list = "list kinds = a, b "
    #expect(
      writtenOut(
        list
          + "table t of p by each of sex, {kinds}_band totals show count, sum within({kinds}_n, 0, 9) as \"All {kinds}\""
      )
        == statementTree(
          list
            + "table t of p by each of sex, a_band, b_band totals show count, sum within(a_n, 0, 9) as \"All a\", sum within(b_n, 0, 9) as \"All b\""
        ))
  }

  @Test("a variable is filled before lists are repeated")
  func variableBesideList() {
    let list = "list kinds = a, b "
    #expect(
      writtenOut(list + "for each y in 1 to 2 define n{y} = count of ({kinds}_{y})")
        == statementTree(list + "define n1 = count of (a_1, b_1) define n2 = count of (a_2, b_2)"))
  }

  @Test("braces in a text that is in no template are text")
  func braces() {
    let text = "define x = \"{y}\""
    #expect(writtenOut(text) == statementTree(text))
  }

  @Test("a repeated word keeps its place and says what it was written out for")
  func places() throws {
    let file = parse("for each c in a, b define has_{c} = any {c}").file
    var diagnostics = Diagnostics()
    let names = file.expandingTemplates(reporting: &diagnostics).statements
      .compactMap(\.declaredName)
    #expect(names.map(\.text) == ["has_a", "has_b"])
    #expect(names.map(\.span.text) == ["has_{c}", "has_{c}"])
    #expect(names.map(\.span.filledText) == ["has_a", "has_b"])
    #expect(names[0].span == names[1].span)
  }
}

/// What is said of templates that cannot be written out.
@Suite("Mistakes in templates") struct TemplateMistakeTests {
  @Test(
    "each mistake is one message",
    arguments: [
      ("for each c in a, b define x_{d} = 1", "nothing fills the hole `{d}`"),
      ("define x_{d} = 1", "nothing fills the hole `{d}`"),
      ("for each c in a, b codelist {c} from \"{d}.csv\"", "nothing fills the hole `{d}`"),
      ("list d = a, b define x_{d} = 1", "`{d}` stands for several words"),
      (
        "list a = x, y list b = v, w define n = count of ({a}_{b})",
        "one member repeats for `{a}` and for `{b}`"
      ),
      ("for each c in \"a b\" define x_{c} = 1", "`x_a b` is no name"),
      ("for each c in 1 to 2 define {c}_x = 1", "`1_x` is no name"),
      ("for each c in \"where\" define {c} = 1", "the reserved word `where` is no name"),
      ("for each c in 3 to 1 define x_{c} = 1", "`3 to 1` holds no number"),
      ("for each c in a, b, a define x_{c} = 1", "`a` is repeated twice"),
      ("list a = b list b = a for each c in a define x_{c} = 1", "a list is made from itself"),
      ("list kinds = a, b for each c in kind define x_{c} = 1", "there is no list `kind`"),
      (
        "list kinds = a, b for each kinds in a, b define x_{kinds} = 1", "`kinds` is a list already"
      ),
      ("for each c in a for each c in b define x_{c} = 1", "`c` is declared twice"),
      ("for each c in a, b list {c}s = x, y", "a `list` is not repeated"),
      ("for each c in {d}, b define x_{c} = 1", "an element has no holes of its own"),
      ("for each n in 1 to 1001 define x_{n} = 1", "a statement is repeated at most 1000 times"),
      (
        "for each n in 0 to 9223372036854775807 define x_{n} = 1",
        "a statement is repeated at most 1000 times"
      ),
      (
        "for each n in 1 to 40 for each m in 1 to 40 define x_{n}_{m} = 1",
        "a statement is repeated at most 1000 times"
      ),
      (
        "list k = 1 to 100 for each n in 1 to 40 define x_{n} = count of (y_{k})",
        "a statement is repeated at most 1000 times"
      ),
    ])
  func reported(_ text: String, _ message: String) {
    #expect(messages(about: text) == [message])
  }

  @Test("a study has a largest number of repetitions")
  func manyTemplates() {
    let one = "for each n in 1 to 1000 define x_{n} = 1\n"
    #expect(messages(about: String(repeating: one, count: 10)) == [])
    #expect(
      Set(messages(about: String(repeating: one, count: 11)))
        == ["a study has at most 10000 repetitions"])
  }

  @Test("lists made from lists are counted, not written out")
  func doublingLists() {
    var text = "list l0 = a, b\n"
    for number in 1...60 { text += "list l\(number) = l\(number - 1), l\(number - 1)\n" }
    text += "for each c in l60 define x_{c} = 1"
    #expect(messages(about: text) == ["a statement is repeated at most 1000 times"])
  }

  @Test("a mistake that is repeated is said once, with the words it was found for")
  func repeated() {
    let report = TextRenderer().render(
      expanding("for each c in a, b, \"c d\", \"e f\" define has_{c} = 1").1)
    #expect(
      report == """
        error[C042]: `has_c d` is no name
          study.carrel:1:41
            1 | for each c in a, b, "c d", "e f" define has_{c} = 1
              |                                         ^^^^^^^
           help: names are letters a to z, digits and `_`, and begin with no digit
           note: here `{c}` is `c d`; the same in 1 other repetition

        1 error in study.carrel

        """)
  }

  @Test("a statement that a template cannot make has names that nobody misses")
  func lostNames() {
    let study = expanding("for each c in a, b define x_{c} = {d}").0
    #expect(study.statements.isEmpty)
    #expect(study.unreadNames.map(\.text) == ["x_{c}"])
  }
}

private func expanding(_ text: String) -> (ExpandedStudy, Diagnostics) {
  var (file, diagnostics) = parse(text)
  return (file.expandingTemplates(reporting: &diagnostics), diagnostics)
}

/// The tree of a file with its templates written out, or what is wrong with it.
private func writtenOut(_ text: String) -> String {
  let (study, diagnostics) = expanding(text)
  return diagnostics.isEmpty
    ? study.statements.map(TreePrinter.print).joined(separator: "\n")
    : TextRenderer().render(diagnostics)
}

private func messages(about text: String) -> [String] {
  expanding(text).1.sorted.map(\.message)
}
