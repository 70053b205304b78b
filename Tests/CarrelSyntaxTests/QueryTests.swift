import CarrelSyntax
import Testing

@Suite("Queries") struct QueryTests {
  @Test(
    "every form of a question about rows",
    arguments: [
      ("any e", "(any e)"),
      ("count e(a, b)", "(count (call e a b))"),
      ("count distinct code of e", "(count-distinct code e)"),
      (
        "count distinct (code categorised by c) of e where d",
        "(count-distinct (categorised code c) e (where d))"
      ),
      ("count episodes of e gap 14 days", "(count-episodes (day 14) e)"),
      ("count episodes of e where a gap 2 weeks", "(count-episodes (week 2) e (where a))"),
      ("sum (a + b) of e", "(sum (+ a b) e)"),
      ("mean value of e where a except where b", "(mean value e (where a) (except b))"),
      ("any e except where b", "(any e (except b))"),
      ("first row of e", "(row first e)"),
      ("last row of e by a", "(row last e (by a))"),
      ("row 3 of e", "(row 3 e)"),
      ("row {n} of e", "(row {n} e)"),
      ("date of first e", "(column date first e)"),
      ("date of row 3 of e where a", "(column date 3 e (where a))"),
      ("visits.from of last e", "(column (. visits from) last e)"),
      (
        "value of first e where a by (b descending, c + 1)",
        "(column value first e (where a) (by (descending b) (+ c 1)))"
      ),
      (
        "value of first e by a including missing", "(column value first e (by a including-missing))"
      ),
      (
        "value of first e by absolute(days from index to date)",
        "(column value first e (by (call absolute (days index date))))"
      ),
      (
        "value of first e by days from index to date descending",
        "(column value first e (by (descending (days index date))))"
      ),
      ("id in (id of e)", "(in id (values id e))"),
      ("id of e where a", "(values id e (where a))"),
    ])
  func forms(_ text: String, _ expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(
    "how far a query reaches",
    arguments: [
      ("any e where a or b", "(any e (where (or a b)))"),
      ("any e where a otherwise b", "(otherwise (any e (where a)) b)"),
      ("(any e where a) or b", "(or (any e (where a)) b)"),
      ("count e > 1 and any f", "(and (> (count e) 1) (any f))"),
      ("code of last e categorised by c", "(categorised (column code last e) c)"),
      ("date of first e + 1 year", "(+ (column date first e) (year 1))"),
      ("(date of first e).year", "(. (column date first e) year)"),
      ("any e where (any f where a) and b", "(any e (where (and (any f (where a)) b)))"),
      ("f(any e where a, b)", "(call f (any e (where a)) b)"),
    ])
  func reach(_ text: String, _ expected: String) {
    #expect(tree(text) == expected)
  }

  @Test(
    "a key in parentheses is one key, several are a list",
    arguments: [
      ("(a, b)", "(by a b)"),
      ("(a)", "(by a)"),
      ("(a + b) * 2 descending", "(by (descending (* (+ a b) 2)))"),
      ("(a or b)", "(by (or a b))"),
      ("(case when a then 1)", "(by (case (when a 1)))"),
      ("(not a)", "(by (not a))"),
      ("(any f where a)", "(by (any f (where a)))"),
      ("(days from a to b, c descending)", "(by (days a b) (descending c))"),
      ("(days from a to b) + 1", "(by (+ (days a b) 1))"),
      ("(a to b).start", "(by (. (to a b) start))"),
      ("((a), (b))", "(by a b)"),
    ])
  func keys(_ text: String, _ expected: String) {
    #expect(tree("first row of e by \(text)") == "(row first e \(expected))")
  }

  @Test(
    "columns may be called what queries begin with",
    arguments: [
      (
        "any e where count = 3 and first > last", "(any e (where (and (= count 3) (> first last))))"
      ),
      ("any e where any or row = 1", "(any e (where (or any (= row 1))))"),
      ("sum sum of sum", "(sum sum sum)"),
      ("count count", "(count count)"),
      ("any any where any", "(any any (where any))"),
      ("mean count of count where mean", "(mean count count (where mean))"),
      ("first of first first", "(column first first first)"),
      ("first of first", "(values first first)"),
      ("last of row", "(values last row)"),
      ("row of row 3 of row", "(column row 3 row)"),
      ("count distinct distinct of distinct", "(count-distinct distinct distinct)"),
      ("count distinct", "(count distinct)"),
      ("count distinct where distinct", "(count distinct (where distinct))"),
      ("count episodes where episodes = 1", "(count episodes (where (= episodes 1)))"),
      ("count of e", "(values count e)"),
      ("earliest of e", "(values earliest e)"),
      ("earliest of (e, f)", "(earliest-of e f)"),
      ("sum + mean", "(+ sum mean)"),
      ("year of first event where event", "(column year first event (where event))"),
      ("days + days from days to days", nil),
      ("days in weeks", "(in days weeks)"),
      ("days(14)", "(call days 14)"),
      ("count(a)", "(call count a)"),
      ("bands = interaction", "(= bands interaction)"),
      ("month to year", "(to month year)"),
      ("event.event of first gap", "(column (. event event) first gap)"),
    ])
  func headWords(_ text: String, _ expected: String?) {
    guard let expected else {
      #expect(tree(text).hasPrefix("error[C032]"))
      return
    }
    #expect(tree(text) == expected)
  }

  @Test func `a column called count before a clause word is read as a query`() {
    #expect(tree("count episodes of e where visits.count gap 14 days").hasPrefix("(count-episodes"))
    #expect(tree("count episodes of e where count gap 14 days").hasPrefix("error"))
  }
}
