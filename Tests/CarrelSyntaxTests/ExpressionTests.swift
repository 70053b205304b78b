import CarrelDiagnostics
import CarrelSyntax
import Testing

@Suite("Expressions") struct ExpressionTests {
  @Test(
    "precedence, loosest first",
    arguments: [
      ("a otherwise b otherwise c", "(otherwise (otherwise a b) c)"),
      ("a or b otherwise c or d", "(otherwise (or a b) (or c d))"),
      ("a or b and not c = d", "(or a (and b (not (= c d))))"),
      ("a and b and c or d", "(or (and (and a b) c) d)"),
      ("not not a", "(not (not a))"),
      ("not x in y", "(not (in x y))"),
      ("x not in y", "(not-in x y)"),
      ("x not matches y and z", "(and (not-matches x y) z)"),
      ("a = b + 1", "(= a (+ b 1))"),
      ("date in index - 1 year to index", "(in date (to (- index (year 1)) index))"),
      ("index - 1 year + 1 day", "(+ (- index (year 1)) (day 1))"),
      ("a - b - c * d / e", "(- (- a b) (/ (* c d) e))"),
      ("a div b mod c", "(mod (div a b) c)"),
      ("- - a * b", "(* (- (- a)) b)"),
      ("-a.b", "(- (. a b))"),
      ("a categorised by b = c", "(= (categorised a b) c)"),
      ("x between 1 and 2 and y", "(and (between x 1 2) y)"),
      ("x not between a + 1 and b", "(not-between x (+ a 1) b)"),
      ("x is missing and y is known", "(and (is-missing x) (is-known y))"),
      ("name contains \"x\"", "(contains name \"x\")"),
      ("days from a to b + 1", "(days a (+ b 1))"),
      ("(days from a to b) + 1", "(+ (days a b) 1)"),
      ("years from a to b >= 18", "(>= (years a b) 18)"),
      ("f(a).b.c", "(. (. (call f a) b) c)"),
      ("f()", "(call f)"),
      ("(a)", "a"),
      ("2019-04", "2019-04"),
      ("2019-04-01 to 2020-03-31", "(to 2019-04-01 2020-03-31)"),
      ("visits.from = device.model", "(= (. visits from) (. device model))"),
    ])
  func precedence(_ text: String, _ expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(
    "a comma tells a list from a parenthesis",
    arguments: [
      ("x in (a, b)", "(in x a b)"),
      ("x in (a)", "(in x a)"),
      ("x in (a) to b", "(in x (to a b))"),
      ("x in (a + 1).b and c", "(and (in x (. (+ a 1) b)) c)"),
      ("x in (a to b, c, \"d\")", "(in x (to a b) c \"d\")"),
      ("x in (code of e)", "(in x (values code e))"),
      ("x matches (\"I\", \"J\")", "(matches x \"I\" \"J\")"),
    ])
  func lists(_ text: String, _ expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(
    "choices, bands and lists of values",
    arguments: [
      (
        "case when a then 1 when b or c then 2 otherwise 3",
        "(case (when a 1) (when (or b c) 2) (otherwise 3))"
      ),
      ("case x when \"1\" then \"W\"", "(case x (when \"1\" \"W\"))"),
      (
        "case (a otherwise b) when 1 then (case when c then d)",
        "(case (otherwise a b) (when 1 (case (when c d))))"
      ),
      ("case when any e where c then 1", "(case (when (any e (where c)) 1))"),
      ("bands of age at (18, 40)", "(bands age (at 18 40))"),
      (
        "bands of days from a to b at (-1, 0) labelled (\"x\", \"y\", \"z\")",
        "(bands (days a b) (at (- 1) 0) (labelled \"x\" \"y\" \"z\"))"
      ),
      ("earliest of (a, b otherwise c).year", "(. (earliest-of a (otherwise b c)) year)"),
      ("count of (a, b > 1) >= 2", "(>= (count-of a (> b 1)) 2)"),
    ])
  func constructs(_ text: String, _ expected: String) {
    #expect(tree(text) == expected)
  }

  @Test func `parentheses belong to the span of what they hold`() throws {
    let (file, _) = parse("define x = (a + b) * c")
    guard case .define(let definition) = file.statements[0],
      case .binary(.times, let left, _) = definition.value.kind
    else {
      Issue.record("not a product")
      return
    }
    #expect(left.span.text == "(a + b)")
    #expect(definition.value.span.text == "(a + b) * c")
  }
}
