import TestSupport

/// Random studies: sentences of the grammar with odd names, written in any layout.
///
/// Each function is a rule of `grammar.md`. Columns are called `count`, `first`, `year` and the
/// like wherever the grammar lets them, and after a point any reserved word stands.
struct FormattingSentences {
  private var random: SeededGenerator
  private var words: [String] = []
  private var depth = 0
  private var comments = 0
  /// After how many words only the simplest rules are taken.
  private let longest: Int

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    longest = Int.random(in: 5..<90, using: &random)
  }

  /// A study of a few statements.
  mutating func study() -> String {
    words = []
    repeat { statement() } while words.count < longest && below(4) > 0
    return laidOut()
  }
}

// Layout.
extension FormattingSentences {
  /// The words with spaces, line breaks and comments strewn between.
  private mutating func laidOut() -> String {
    var text = below(20) == 0 ? "\u{FEFF}" : ""
    let lineBreak = below(10) == 0 ? "\r\n" : "\n"
    for (place, word) in words.enumerated() {
      if place > 0 { text += gap(lineBreak, joins: joins(words[place - 1], word)) }
      text += word
    }
    return text + (below(3) == 0 ? "" : gap(lineBreak, joins: true))
  }

  private mutating func gap(_ lineBreak: String, joins: Bool) -> String {
    switch below(40) {
    case 0: return " # \(comment())\(lineBreak)"
    case 1: return lineBreak + "  # \(comment())  \(lineBreak)"
    case 2: return lineBreak + lineBreak + "#\(comment())\(lineBreak)\(lineBreak)"
    case 3: return lineBreak + lineBreak + lineBreak
    case 4...6: return lineBreak + String(repeating: " ", count: below(5))
    case 7...9: return "\t  "
    case 10...20 where joins: return ""
    default: return " "
    }
  }

  /// A comment with a number, so that their order shows.
  private mutating func comment() -> String {
    comments += 1
    return "\(comments) \(pick(["said \"so\"", "é", "", "( not x in y", "# days(14)"]))"
  }

  /// Whether two words may stand without a space between.
  private func joins(_ left: String, _ right: String) -> Bool {
    let marks: Set<Character> = ["(", ")", ",", "."]
    guard let end = left.last, let start = right.first else { return false }
    let hasDigits = end.isNumber || start.isNumber
    return marks.contains(end) || (marks.contains(start) && !(hasDigits && start == "."))
  }
}

// Choices.
extension FormattingSentences {
  private mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

  private mutating func pick(_ choices: [String]) -> String { choices[below(choices.count)] }

  private mutating func add(_ words: String...) { self.words += words }

  /// Whether the sentence should come to an end.
  private var isLong: Bool { depth > 9 || words.count > longest }

  private mutating func maybe(_ part: (inout Self) -> Void) {
    if below(3) == 0 { part(&self) }
  }

  private mutating func list(_ member: (inout Self) -> Void, from least: Int = 1) {
    let count = least + (isLong ? 0 : [0, 0, 0, 1, 1, 2, 7][below(7)])
    for place in 0..<count {
      if place > 0 { add(",") }
      member(&self)
    }
  }

  private mutating func parentheses(_ part: (inout Self) -> Void) {
    add("(")
    part(&self)
    add(")")
  }

  /// One of several rules; deep inside, the first.
  private mutating func one(of rules: [(inout Self) -> Void]) {
    depth += 1
    rules[isLong ? 0 : below(rules.count)](&self)
    depth -= 1
  }

  private mutating func name() {
    add(pick(["age", "index", "x", "has_{c}", "a_rather_long_name_for_a_value", "rate", "event"]))
  }

  private mutating func text() {
    add(pick(["\"\"", "\"J45\"", "\"# no comment\"", "\"Größe ≥ 3 🩺\"", "\"18 to 39, of all\""]))
  }

  private mutating func path() {
    add(pick(["date", "code", "count", "first", "year", "last", "sum", "row", "event", "gap"]))
    maybe { $0.add(".", $0.pick(["year", "from", "table", "start", "of"])) }
  }

  private mutating func unit() { add(pick(["day", "days", "week", "months", "quarter", "years"])) }

  private mutating func duration() {
    add(pick(["1", "2", "14", "{n}"]))
    unit()
  }
}

// Statements.
extension FormattingSentences {
  private mutating func statement() {
    let rules: [(inout Self) -> Void] = [
      { $0.heading() }, { $0.parameter() }, { $0.constant() }, { $0.wordList() }, { $0.codelist() },
      { $0.events() }, { $0.define() }, { $0.define() }, { $0.define() }, { $0.population() },
      { $0.output("flow") }, { $0.table() }, { $0.deciles() }, { $0.summary() },
      { $0.histogram() }, { $0.survival() }, { $0.model() }, { $0.trend() }, { $0.example() },
      { $0.template() },
    ]
    rules[below(rules.count)](&self)
  }

  private mutating func heading() {
    add("study")
    text()
    maybe {
      $0.add("question")
      $0.text()
    }
    maybe {
      $0.add("uses")
      $0.list { $0.name() }
    }
  }

  private mutating func parameter() {
    add("parameter")
    name()
    add(":", "date")
    maybe {
      $0.add("=")
      $0.expression()
    }
  }

  private mutating func constant() {
    add("let")
    name()
    add("=")
    expression()
  }

  private mutating func element() {
    one(of: [
      { $0.name() }, { $0.text() }, { $0.add("7") }, { $0.add("1", "to", "10") },
    ])
  }

  private mutating func wordList() {
    add("list")
    name()
    add("=")
    list { $0.element() }
  }

  private mutating func codelist() {
    add("codelist")
    name()
    maybe { $0.add(":", $0.pick(["icd10", "snomedct"])) }
    one(of: [
      { builder in
        builder.add("=")
        builder.list { $0.text() }
      },
      { builder in
        builder.add("from")
        builder.text()
        for word in ["column", "category"] {
          builder.maybe {
            $0.add(word)
            $0.text()
          }
        }
      },
      { builder in
        builder.add("=")
        builder.codeSum()
      },
    ])
  }

  private mutating func codeSum() {
    codeTerm()
    for _ in 0..<below(9) {
      add(pick(["+", "-"]))
      codeTerm()
    }
    maybe {
      $0.add("where")
      $0.disjunction()
    }
  }

  private mutating func codeTerm() {
    one(of: [{ $0.name() }, { $0.name() }, { $0.parentheses { $0.codeSum() } }])
  }

  private mutating func parameters() {
    maybe { builder in
      builder.parentheses {
        $0.list { $0.add($0.pick(["d", "p"]), ":", $0.pick(["date", "codelist"])) }
      }
    }
  }

  private mutating func events() {
    add("events")
    name()
    parameters()
    add("=")
    source()
    maybe { $0.filters() }
    maybe {
      $0.add("sequenced", "by")
      $0.keys()
    }
  }

  private mutating func define() {
    add("define")
    name()
    parameters()
    add("=")
    expression()
  }

  private mutating func population() {
    add("population")
    name()
    parameters()
    for _ in 0..<(1 + below(4)) {
      add(pick(["include", "exclude"]))
      expression()
      maybe { $0.text() }
    }
  }

  private mutating func example() {
    add("example")
    text()
    for _ in 0..<below(3) {
      add("given", pick(["patients", "clinical_events"]))
      for _ in 0..<(1 + below(3)) {
        parentheses {
          $0.list {
            $0.path1(); $0.literal()
          }
        }
      }
    }
    add("expect")
    list { $0.expression() }
  }

  private mutating func path1() { add(pick(["date", "code", "count", "first", "year"])) }

  private mutating func template() {
    add("for", "each", "c", "in")
    list { $0.element() }
    statement()
  }
}

// Outputs.
extension FormattingSentences {
  private mutating func output(_ word: String) {
    add(word)
    name()
    add("of")
    source()
  }

  private mutating func intervals() {
    add("each")
    maybe { $0.add("3") }
    unit()
    one(of: [
      {
        $0.add("from"); $0.sum(); $0.add("to"); $0.sum()
      },
      {
        $0.add("for"); $0.duration(); $0.add("from"); $0.sum()
      },
    ])
  }

  private mutating func item() {
    expression()
    maybe {
      $0.add("as")
      $0.text()
    }
  }

  private mutating func grouping() {
    add("by")
    maybe { $0.add("each", "of") }
    list { $0.item() }
  }

  private mutating func totals() {
    add("totals")
    maybe {
      $0.add("over")
      $0.list { $0.name() }
    }
  }

  private mutating func show() {
    add("show")
    list { $0.statistic() }
  }

  private mutating func statistic() {
    one(of: [
      { $0.add("count") },
      {
        $0.add($0.pick(["percent", "sum", "mean", "sd", "median"])); $0.expression()
      },
      {
        $0.add("quantile", "0.9", "of"); $0.expression()
      },
      {
        $0.add("rate"); $0.expression(); $0.add("per", "1000")
      },
      { builder in
        builder.add("rate")
        builder.expression()
        builder.add("per", "{n}", "person_years", "over")
        builder.expression()
      },
      {
        $0.add("ratio"); $0.sum(); $0.add("to"); $0.sum()
      },
    ])
    maybe { builder in
      builder.add("standardised", "to", "\"esp2013\"", "by")
      builder.parentheses { $0.list { $0.item() } }
    }
    maybe { $0.add("with", "interval", "95", "%") }
    maybe {
      $0.add("as")
      $0.text()
    }
  }

  private mutating func table() {
    output("table")
    maybe { $0.intervals() }
    maybe { $0.grouping() }
    maybe { $0.totals() }
    show()
  }

  private mutating func deciles() {
    output("deciles")
    maybe { $0.intervals() }
    add("across")
    expression()
    show()
  }

  private mutating func summary() {
    output("summary")
    maybe { $0.grouping() }
    maybe { $0.totals() }
    add("show")
    list { $0.item() }
  }

  private mutating func histogram() {
    output("histogram")
    maybe { $0.grouping() }
    add("show")
    expression()
    add("from")
    sum()
    add("to")
    sum()
    add("every", "0.5")
  }

  private mutating func time() {
    add("from")
    expression()
    add("event")
    expression()
    for word in ["competing", "censor"] {
      maybe {
        $0.add(word)
        $0.expression()
      }
    }
  }

  private mutating func survival() {
    output("survival")
    maybe { $0.grouping() }
    time()
    add("every")
    duration()
    add("for")
    duration()
  }

  private mutating func family() {
    words += [["linear"], ["logistic"], ["poisson"], ["negative", "binomial"]][below(4)]
  }

  private mutating func terms() {
    list { builder in
      builder.one(of: [
        { $0.expression() },
        {
          $0.expression(); $0.add("reference"); $0.literal()
        },
        { builder in
          builder.add("interaction", "of")
          builder.parentheses {
            $0.expression(); $0.add(","); $0.expression()
          }
        },
      ])
    }
  }

  private mutating func model() {
    output("model")
    one(of: [
      { builder in
        builder.family()
        builder.expression()
        builder.add("on")
        builder.terms()
        builder.maybe {
          $0.add("offset")
          $0.expression()
        }
      },
      {
        $0.add("cox"); $0.time(); $0.add("on"); $0.terms()
      },
    ])
  }

  private mutating func trend() {
    add("trend")
    name()
    add("of")
    name()
    family()
    add("breaks")
    list { $0.literal() }
    maybe { $0.add("seasonal") }
  }
}

// Expressions.
extension FormattingSentences {
  private mutating func expression() {
    one(of: [
      { $0.alternative() }, { $0.alternative() }, { $0.alternative() },
      {
        $0.alternative(); $0.add("otherwise"); $0.alternative()
      },
      { $0.choice() },
    ])
  }

  private mutating func choice() {
    add("case")
    maybe { $0.alternative() }
    for _ in 0..<(1 + below(4)) {
      add("when")
      alternative()
      add("then")
      alternative()
    }
    maybe {
      $0.add("otherwise")
      $0.alternative()
    }
  }

  private mutating func alternative() {
    one(of: [{ $0.disjunction() }, { $0.disjunction() }, { $0.query() }])
  }

  private mutating func chain(_ signs: [String], _ link: (inout Self) -> Void) {
    link(&self)
    if isLong { return }
    for _ in 0..<[0, 0, 0, 0, 1, 2, 5][below(7)] {
      add(pick(signs))
      link(&self)
    }
  }

  private mutating func disjunction() { chain(["or"]) { $0.conjunction() } }

  private mutating func conjunction() { chain(["and"]) { $0.negation() } }

  private mutating func negation() {
    one(of: [
      { $0.comparison() }, { $0.comparison() }, { $0.comparison() },
      {
        $0.add("not"); $0.negation()
      },
    ])
  }

  private mutating func comparison() {
    one(of: [
      { $0.range() }, { $0.range() },
      {
        $0.range(); $0.add($0.pick(["=", "!=", "<", ">=", "contains"])); $0.range()
      },
      {
        $0.range(); $0.maybe { $0.add("not") }; $0.membership()
      },
      {
        $0.range(); $0.add("between"); $0.sum(); $0.add("and"); $0.sum()
      },
      {
        $0.range(); $0.add("not", "between"); $0.sum(); $0.add("and"); $0.sum()
      },
      {
        $0.range(); $0.add("is", $0.pick(["missing", "known"]))
      },
    ])
  }

  private mutating func membership() {
    add(pick(["in", "matches"]))
    one(of: [
      { $0.range() },
      { builder in builder.parentheses { $0.list({ $0.expression() }, from: 2) } },
      { builder in
        builder.parentheses {
          $0.path()
          $0.add("of")
          $0.source()
        }
      },
    ])
  }

  private mutating func range() {
    one(of: [
      { $0.sum() }, { $0.sum() },
      {
        $0.sum(); $0.add("to"); $0.sum()
      }, { $0.elapsed() },
    ])
  }

  private mutating func elapsed() {
    add(pick(["days", "years"]), "from")
    sum()
    add("to")
    sum()
  }

  private mutating func sum() { chain(["+", "-"]) { $0.product() } }

  private mutating func product() { chain(["*", "/", "div", "mod"]) { $0.unary() } }

  private mutating func unary() {
    one(of: [
      { $0.operand() }, { $0.operand() }, { $0.operand() },
      {
        $0.add("-"); $0.unary()
      },
      {
        $0.operand(); $0.add("categorised", "by"); $0.name()
      },
    ])
  }

  private mutating func operand() {
    one(of: [{ $0.primary() }, { $0.primary() }, { $0.primary() }, { $0.rowQuery() }])
  }

  private mutating func primary() {
    one(of: [
      { $0.name() }, { $0.literal() }, { $0.name() },
      { $0.path() },
      {
        $0.add("f"); $0.arguments()
      },
      { $0.add("now", "(", ")") },
      { $0.add($0.pick(["days", "weeks"]), "(", $0.pick(["1", "14", "n"]), ")") },
      { builder in builder.parentheses { $0.expression() } },
      {
        $0.parentheses { $0.query() }; $0.add(".", "year")
      },
      { builder in
        builder.add("bands", "of")
        builder.range()
        builder.add("at")
        builder.parentheses { $0.list { $0.expression() } }
        builder.maybe {
          $0.add("labelled")
          $0.parentheses { $0.list { $0.text() } }
        }
      },
      { builder in
        builder.add(builder.pick(["earliest", "count", "largest"]), "of")
        builder.arguments()
      },
    ])
  }

  private mutating func arguments() { parentheses { $0.list { $0.expression() } } }

  private mutating func literal() {
    one(of: [
      { $0.add($0.pick(["0", "42", "1.50", "2024-03-31", "2019-04", "true", "missing"])) },
      { $0.text() }, { $0.duration() },
    ])
  }
}

// Queries.
extension FormattingSentences {
  private mutating func source() {
    add(pick(["clinical_events", "medications", "event"]))
    maybe { $0.arguments() }
  }

  private mutating func selection() {
    one(of: [
      { $0.add($0.pick(["any", "count"])) },
      {
        $0.add("count", "distinct"); $0.column(); $0.add("of")
      },
      {
        $0.add($0.pick(["sum", "mean", "earliest"])); $0.column(); $0.add("of")
      },
    ])
  }

  private mutating func column() {
    one(of: [{ $0.path() }, { $0.parentheses { $0.expression() } }])
  }

  private mutating func pickedRow() {
    one(of: [
      { $0.add($0.pick(["first", "last"]), "row", "of") },
      { $0.add("row", $0.pick(["3", "{n}"]), "of") },
      {
        $0.path(); $0.add("of", $0.pick(["first", "last"]))
      },
      {
        $0.path(); $0.add("of", "row", "2", "of")
      },
    ])
  }

  private mutating func rowQuery() {
    one(of: [
      {
        $0.selection(); $0.source()
      },
      {
        $0.pickedRow(); $0.source()
      },
      {
        $0.add("count", "episodes", "of"); $0.source(); $0.add("gap"); $0.duration()
      },
    ])
  }

  private mutating func query() {
    one(of: [
      {
        $0.selection(); $0.source(); $0.filters()
      },
      {
        $0.pickedRow(); $0.source(); $0.maybe { $0.filters() }; $0.order()
      },
      { builder in
        builder.add("count", "episodes", "of")
        builder.source()
        builder.filters()
        builder.add("gap")
        builder.duration()
      },
    ])
  }

  private mutating func filters() {
    one(of: [
      {
        $0.add("where"); $0.disjunction()
      },
      {
        $0.add("where"); $0.disjunction(); $0.add("except", "where"); $0.disjunction()
      },
      {
        $0.add("except", "where"); $0.disjunction()
      },
    ])
  }

  private mutating func order() {
    add("by")
    keys()
    maybe { $0.add("including", "missing") }
  }

  private mutating func keys() {
    one(of: [
      { $0.key() },
      { builder in builder.parentheses { $0.list({ $0.key() }, from: 2) } },
    ])
  }

  private mutating func key() {
    one(of: [{ $0.sum() }, { $0.elapsed() }])
    maybe { $0.add("descending") }
  }
}
