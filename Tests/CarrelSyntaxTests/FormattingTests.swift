import CarrelDiagnostics
import CarrelSyntax
import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Canonical layout") struct FormattingTests {
  /// The studies of the project and the examples of the parser.
  static let studies: [URL] = ["SampleData", "Sources/CarrelWorkbench/Starter", "Tests"].flatMap {
    let files = FileManager.default.enumerator(
      at: Repository.file($0), includingPropertiesForKeys: nil)
    return (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "carrel" }
  }.sorted { $0.path < $1.path }

  @Test("a study says the same in canonical layout, which is its own", arguments: studies)
  func study(_ file: URL) throws {
    let text = try String(contentsOf: file, encoding: .utf8)
    let canonical = try #require(formatted(text))
    expectSame(canonical, text)
    #expect(longLines(of: canonical) == longLines(of: text).filter { $0.contains("#") })
  }

  @Test func `there are studies to lay out`() {
    #expect(Self.studies.count >= 12)
  }

  @Test func `so does every sentence of the grammar, in any layout, with comments anywhere`() throws
  {
    for seed in 0..<500 {
      var sentences = FormattingSentences(seed: UInt64(seed))
      let text = sentences.study()
      let canonical = try #require(formatted(text), "\(said(about: text))")
      expectSame(canonical, text)
      #expect(!canonical.contains("\r") && !canonical.contains("\t"))
      #expect(!canonical.contains(" \n") && !canonical.contains("\n\n\n"))
      #expect(canonical.hasSuffix("\n") && !canonical.hasSuffix("\n\n"))
    }
  }

  /// Canonical text has the tree and the comments of what it was made from, and is canonical.
  func expectSame(_ canonical: String, _ text: String) {
    let (new, old) = (parse(canonical), parse(text))
    let isSame = meaning(of: new.file) == meaning(of: old.file)
    #expect(isSame, "another tree:\n\(text)\n\(canonical)")
    #expect(comments(of: new.file) == comments(of: old.file))
    let isStable = formatted(canonical) == canonical
    #expect(isStable, "laid out again:\n\(canonical)\n\(formatted(canonical) ?? "")")
  }

  private func comments(of file: StudyFile) -> [String] {
    file.comments.map { $0.span.text.trimmingCharacters(in: .whitespaces) }
  }

  private func longLines(of text: String) -> [String] {
    text.split(separator: "\n").map(String.init).filter { $0.count > 110 }
  }
}

/// A text in canonical layout, or `nil` where it has mistakes.
func formatted(_ text: String) -> String? {
  var diagnostics = Diagnostics()
  let source = SourceText(name: "study.carrel", text: text)
  return StudyFile.canonicalText(of: source, reporting: &diagnostics)
}

/// The tree of a file, with what can be said in two ways said in one.
private func meaning(of file: StudyFile) -> String {
  var rest = Array(TreePrinter.print(file))[...]
  var nodes: [Node] = []
  while let node = Node(reading: &rest) { nodes.append(node.canonical) }
  return nodes.map(\.text).joined(separator: "\n")
}

/// A node of a printed tree.
private indirect enum Node {
  case word(String)
  case list([Node])

  /// Reads `word`, `"a text"` or `(node node …)`.
  init?(reading rest: inout ArraySlice<Character>) {
    rest = rest.drop(while: \.isWhitespace)
    guard let first = rest.first, first != ")" else { return nil }
    if first == "(" {
      rest.removeFirst()
      var members: [Node] = []
      while let member = Node(reading: &rest) { members.append(member) }
      rest = rest.drop(while: \.isWhitespace).dropFirst()
      self = .list(members)
    } else if first == "\"" {
      let text = rest.dropFirst().prefix { $0 != "\"" }
      rest = rest.dropFirst(text.count + 2)
      self = .word("\"\(String(text))\"")
    } else {
      let word = rest.prefix { !$0.isWhitespace && $0 != "(" && $0 != ")" }
      rest = rest.dropFirst(word.count)
      self = .word(String(word))
    }
  }

  var text: String {
    switch self {
    case .word(let word): word
    case .list(let members): "(" + members.map(\.text).joined(separator: " ") + ")"
    }
  }

  /// The node with `days(14)` as `14 days`, and `not x in y` as `x not in y`.
  var canonical: Node {
    guard case .list(let written) = self else { return self }
    let members = written.map(\.canonical)
    if members.count == 3, members[0].text == "call", let unit = Self.units[members[1].text],
      Int(members[2].text) != nil
    {
      return .list([.word(unit), members[2]])
    }
    guard members.count == 2, members[0].text == "not", case .list(let tested) = members[1],
      let sign = tested.first?.text, ["in", "matches", "between"].contains(sign)
    else { return .list(members) }
    return .list([.word("not-" + sign)] + tested.dropFirst())
  }

  private static let units = [
    "days": "day", "weeks": "week", "months": "month", "years": "year",
  ]
}

@Suite("Canonical wording and layout, by example") struct FormattingExampleTests {
  @Test(
    "one thing is written one way",
    arguments: [
      ("define x=not a in b", "define x = a not in b\n"),
      ("define x = not a matches b", "define x = a not matches b\n"),
      ("define x = not a+1 between 2 and 3", "define x = a + 1 not between 2 and 3\n"),
      ("define x = not (a in b)", "define x = not (a in b)\n"),
      ("define x = not not a in b", "define x = not a not in b\n"),
      ("define x = not a not in b", "define x = not a not in b\n"),
      ("define x = not f(not a in b) in c", "define x = f(a not in b) not in c\n"),
      ("define x = d + days(14)", "define x = d + 14 days\n"),
      ("define x = d + days( 1 )", "define x = d + 1 day\n"),
      ("define x = d + days(n)", "define x = d + days(n)\n"),
      ("define x = d + 1 years - 2 quarter", "define x = d + 1 year - 2 quarters\n"),
      ("define x=-a*-2", "define x = -a * -2\n"),
      ("define x = a . year", "define x = a.year\n"),
      ("define x = ((a))", "define x = ((a))\n"),
      (
        "table t of p show percent x with interval 95 %",
        "table t of p\n  show   percent x with interval 95%\n"
      ),
    ])
  func wording(_ text: String, _ canonical: String) {
    #expect(formatted(text) == canonical)
  }

  @Test func `a comment keeps words from being put in another order`() {
    let text = """
      define x = not # why
                 a in b

      """
    #expect(formatted(text)?.contains("not  # why") == true)
    #expect(formatted("define x = days(  # two weeks\n14)")?.contains("days(  # two weeks") == true)
  }

  @Test func `like statements stand in columns, and unlike ones do not`() {
    let text = """
      parameter index : date = 2024-01-01
      parameter window : duration = 30 days
      codelist a from "a.csv"
      codelist longer : icd10 from "b.csv" category "group"
      codelist c : snomedct from "c.csv"
      define a = 1
      define longer = 2
      define of_date(d : date) = d
      define b(p : period) = p.start

      define apart = 3
      # a comment parts them too
      define c = 4
      """
    let canonical = """
      parameter index  : date     = 2024-01-01
      parameter window : duration = 30 days
      codelist a      from "a.csv"
      codelist longer : icd10    from "b.csv" category "group"
      codelist c      : snomedct from "c.csv"
      define a      = 1
      define longer = 2
      define of_date(d : date) = d
      define b(p : period)     = p.start

      define apart = 3
      # a comment parts them too
      define c = 4

      """
    #expect(formatted(text) == canonical)
  }

  @Test func `labels and records stand in columns, and clauses on lines of their own`() {
    let text = """
      study "T" question "Q" uses core
      population adults include registered_on(index) "Registered" exclude a or b
      include age>=18 "Adult"
      flow f of adults
      table t of adults each 1 month from 2019-01 to 2020-12 by each of sex,imd totals over sex show count
      survival s of adults from index event e competing d censor c every 30 day for 1 years
      example "e" given patients (sex "female") given clinical_events (date 2020-01-01)(date 2021-01-01)
      expect x, not y
      """
    let canonical = """
      study "T"
        question "Q"
        uses     core

      population adults
        include registered_on(index)  "Registered"
        exclude a or b
        include age >= 18             "Adult"

      flow f of adults

      table t of adults
        each   1 month from 2019-01 to 2020-12
        by     each of sex, imd
        totals over sex
        show   count

      survival s of adults
        from   index
        event  e
        competing d
        censor c
        every  30 days for 1 year

      example "e"
        given  patients         (sex "female")
        given  clinical_events  (date 2020-01-01)
                                (date 2021-01-01)
        expect x, not y

      """
    #expect(formatted(text) == canonical)
  }

  @Test func `comments stay beside what they were beside`() {
    let text = """
      # first


      # second
      define a = 1   # behind
        # below
      table t of p   # header
        # before the clause
        by sex # groups
        show count
        # totals
      # about b
      define b = (1 + # one
        2)
      # last
      """
    let canonical = """
      # first

      # second
      define a = 1  # behind
        # below

      table t of p  # header
        # before the clause
        by     sex  # groups
        show   count
        # totals

      # about b
      define b = (1
                  +  # one
                  2)
      # last

      """
    #expect(formatted(text) == canonical)
  }

  @Test func `long lines break at clauses, operators and commas`() {
    let text = """
      define registration_on(d : date) = last row of practice_registrations where start_date <= d except where end_date < d by (start_date, end_date)
      define c = case when first_thing is known and second_thing is known then "both of them" when first_thing is known then "the first" otherwise "none"
      define s = case x when "1" then "the first of several levels" when "2" then "the second of several levels" otherwise "others"
      define e = earliest of (date of first clinical_events where code in one_list, date of first admissions where code in other, last_day, f(x))
      define n = a_value_with_a_long_name or another_value_with_a_long_name or a_third_value_with_a_name_that_is_longer
      """
    let canonical = """
      define registration_on(d : date) = last row of practice_registrations
                                         where start_date <= d except where end_date < d
                                         by (start_date, end_date)
      define c = case when first_thing is known and second_thing is known then "both of them"
                      when first_thing is known then "the first"
                      otherwise "none"
      define s = case x
                   when "1" then "the first of several levels"
                   when "2" then "the second of several levels"
                   otherwise "others"
      define e = earliest of (date of first clinical_events where code in one_list,
                              date of first admissions where code in other,
                              last_day, f(x))
      define n = a_value_with_a_long_name
                 or another_value_with_a_long_name
                 or a_third_value_with_a_name_that_is_longer

      """
    #expect(formatted(text) == canonical)
  }

  @Test func `a value that does not fit beside its name stands below it`() {
    let name = String(repeating: "n", count: 60)
    let list = (1...12).map { "a_long_value_\($0)" }.joined(separator: " + ")
    let canonical = formatted("define \(name) = f(\"\(String(repeating: "t", count: 60))\")")
    #expect(canonical == "define \(name) =\n    f(\"\(String(repeating: "t", count: 60))\")\n")
    #expect(
      formatted("define short = \(list)")?.hasPrefix("define short = a_long_value_1\n") == true)
  }

  @Test func `line ends become line feeds, and the byte-order mark goes`() {
    #expect(
      formatted("\u{FEFF}define a = 1\r\n\r\n\r\ndefine b = 2\r\n\r\n")
        == "define a = 1\n\ndefine b = 2\n")
    #expect(formatted("# only at the start\ndefine a = 1") == "# only at the start\ndefine a = 1\n")
  }

  @Test func `a file with mistakes has no canonical layout`() {
    #expect(formatted("define a = = 1") == nil)
    #expect(formatted("") == nil)
    #expect(formatted("define a = 1\ndefine b = (") == nil)
  }

  /// Long in each of the ways that could cost more than their length.
  static let longStudies: [(what: String, text: String)] = [
    ("statements", "define a = 1 ".repeated(1500)),
    ("codes", "codelist c = \"0\"" + ", \"1\"".repeated(2000)),
    ("terms", "codelist c = a" + " + b".repeated(2000)),
    ("statistics", "table t of p show count" + ", count".repeated(2000)),
    ("rows", "example \"e\" given t " + "(a 1)".repeated(2000) + " expect x"),
    ("comments", "define a = 1 +\n" + "# c\n".repeated(2000) + "2"),
    ("empty lines", "define a = 1" + "\n".repeated(50_000) + "define b = 2"),
    ("levels", "define a = " + "f(x, ".repeated(60) + "1" + ")".repeated(60)),
  ]

  @Test(
    "a long study takes no more time than its length asks for", .timeLimit(.minutes(10)),
    arguments: longStudies.map(\.what))
  func long(_ what: String) throws {
    let study = try #require(Self.longStudies.first { $0.what == what })
    let start = threadNanoseconds()
    let canonical = try #require(formatted(study.text))
    #expect(formatted(canonical).map { $0 == canonical } == true)
    // The clock of the thread, which does not count how long it waits for other tests.
    #expect(threadNanoseconds() - start < 60_000_000_000)
  }

  private func threadNanoseconds() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }

  @Test func `a study that would be too long to be read is left alone`() {
    let text =
      "define a = " + "(".repeated(40) + "1 +\n" + "# c\n".repeated(20_000) + "2"
      + ")".repeated(40)
    #expect(text.utf8.count < 100_000)
    #expect(formatted(text) == nil)
  }
}

extension String {
  fileprivate func repeated(_ count: Int) -> String { String(repeating: self, count: count) }
}
