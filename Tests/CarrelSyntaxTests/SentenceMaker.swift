import TestSupport

/// Makes random sentences of the grammar, full of columns called what queries begin with.
///
/// Each function makes one production as `grammar.md` has it, and the tree that
/// ``TreePrinter`` gives of it, so that the parser is compared with the grammar and not with
/// itself.
struct SentenceMaker {
  var generator: SeededGenerator
  /// How many more levels may be made.
  var budget = 0

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
  }

  mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

  mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[number(0...choices.count - 1)]
  }

  /// One to a few of something.
  mutating func some(
    _ most: Int, _ make: (inout SentenceMaker) -> Sentence
  ) -> [Sentence] {
    (0..<number(1...most)).map { _ in make(&self) }
  }

  static let names = [
    "a", "b", "age", "date", "code", "index", "has_x", "count", "first", "last", "year", "event",
    "row", "sum", "any", "mean", "earliest", "month", "rate", "gap", "category", "bands",
  ]

  /// A name where an operand or a source stands.
  mutating func name() -> Sentence {
    let name = pick(Self.names)
    return Sentence(["\u{1}" + name], name)
  }

  /// A name that is declared.
  mutating func newName() -> String { pick(["x", "y2", "has_a", "_z", "T"]) }

  mutating func text() -> String { pick(["\"x\"", "\"a # b\"", "\"\"", "\"é\""]) }
}

/// Trees of several pieces.
func trees(_ sentences: [Sentence]) -> String { sentences.map(\.tree).joined(separator: " ") }

/// Pieces with commas between.
func commas(_ sentences: [Sentence]) -> [String] {
  Array(sentences.map(\.words).joined(separator: [","]))
}

/// Pieces with commas between, in parentheses.
func parentheses(_ sentences: [Sentence]) -> [String] { ["("] + commas(sentences) + [")"] }

extension SentenceMaker {
  /// `expr = case | alt ("otherwise" alt)*`.
  mutating func expression() -> Sentence {
    budget -= 1
    defer { budget += 1 }
    if budget > 0, chance(8) { return choice() }
    return chain(["otherwise"], 10) { $0.alternative() }
  }

  /// Operands with operators of one level between, grouped from the left.
  private mutating func chain(
    _ operators: [String], _ percent: Int, _ operand: (inout SentenceMaker) -> Sentence
  ) -> Sentence {
    var left = operand(&self)
    while budget > 0, chance(percent) {
      let sign = pick(operators)
      let right = operand(&self)
      left = Sentence(
        left.words + [sign] + right.words, "(\(sign) \(left.tree) \(right.tree))")
    }
    return left
  }

  /// `case = "case" alt? ("when" alt "then" alt)+ ("otherwise" alt)?`.
  private mutating func choice() -> Sentence {
    var words = ["case"]
    var trees = "(case"
    if chance(40) {
      let subject = alternative()
      words += subject.words
      trees += " " + subject.tree
    }
    for _ in 0..<number(1...2) {
      let (condition, result) = (alternative(), alternative())
      words += ["when"] + condition.words + ["then"] + result.words
      trees += " (when \(condition.tree) \(result.tree))"
    }
    if chance(50) {
      let otherwise = alternative()
      words += ["otherwise"] + otherwise.words
      trees += " (otherwise \(otherwise.tree))"
    }
    return Sentence(words, trees + ")")
  }

  /// `alt = query | or`.
  private mutating func alternative() -> Sentence {
    budget > 0 && chance(15) ? query() : disjunction(hasQueries: true)
  }

  /// `condition = or`, without queries unless in parentheses.
  mutating func condition() -> Sentence {
    budget -= 1
    defer { budget += 1 }
    return disjunction(hasQueries: false)
  }

  private mutating func disjunction(hasQueries: Bool) -> Sentence {
    chain(["or"], 10) { $0.chain(["and"], 12) { $0.negation(hasQueries) } }
  }

  private mutating func negation(_ hasQueries: Bool) -> Sentence {
    guard chance(10) else { return comparison(hasQueries) }
    let operand = negation(hasQueries)
    return Sentence(["not"] + operand.words, "(not \(operand.tree))")
  }

  /// `comparison`.
  private mutating func comparison(_ hasQueries: Bool) -> Sentence {
    let left = range(hasQueries)
    guard chance(40) else { return left }
    let negated = chance(30)
    let not = negated ? ["not"] : []
    let prefix = negated ? "not-" : ""
    switch number(1...5) {
    case 1:
      let (low, high) = (sum(hasQueries), sum(hasQueries))
      return Sentence(
        left.words + not + ["between"] + low.words + ["and"] + high.words,
        "(\(prefix)between \(left.tree) \(low.tree) \(high.tree))")
    case 2:
      let relation = pick(["in", "matches"])
      let members = budget > 0 && chance(50) ? [expression()] + some(2) { $0.expression() } : []
      let set = members.isEmpty ? range(hasQueries) : Sentence(parentheses(members), trees(members))
      return Sentence(
        left.words + not + [relation] + set.words, "(\(prefix)\(relation) \(left.tree) \(set.tree))"
      )
    case 3:
      let presence = pick(["missing", "known"])
      return Sentence(left.words + ["is", presence], "(is-\(presence) \(left.tree))")
    default:
      let sign = pick(["=", "!=", "<", "<=", ">", ">=", "contains"])
      let right = range(hasQueries)
      return Sentence(left.words + [sign] + right.words, "(\(sign) \(left.tree) \(right.tree))")
    }
  }

  /// `range = sum ("to" sum)? | span`.
  private mutating func range(_ hasQueries: Bool) -> Sentence {
    if chance(6) { return span(hasQueries) }
    let left = sum(hasQueries)
    guard chance(8) else { return left }
    let right = sum(hasQueries)
    return Sentence(left.words + ["to"] + right.words, "(to \(left.tree) \(right.tree))")
  }

  /// `span`.
  mutating func span(_ hasQueries: Bool) -> Sentence {
    let unit = pick(["days", "weeks", "months", "years"])
    let (first, last) = (sum(hasQueries), sum(hasQueries))
    return Sentence(
      [unit, "from"] + first.words + ["to"] + last.words, "(\(unit) \(first.tree) \(last.tree))")
  }

  /// `sum = product (("+" | "-") product)*`.
  mutating func sum(_ hasQueries: Bool) -> Sentence {
    chain(["+", "-"], 12) { maker in
      maker.chain(["*", "/", "div", "mod"], 8) { $0.unary(hasQueries) }
    }
  }

  private mutating func unary(_ hasQueries: Bool) -> Sentence {
    if chance(6) {
      let operand = unary(hasQueries)
      return Sentence(["-"] + operand.words, "(- \(operand.tree))")
    }
    let isQuery = hasQueries && budget > 0 && chance(12)
    let operand = isQuery ? rowQuery() : primary(hasQueries)
    guard chance(6) else { return operand }
    return Sentence(
      operand.words + ["categorised", "by", "groups"], "(categorised \(operand.tree) groups)")
  }
}

extension SentenceMaker {
  private mutating func primary(_ hasQueries: Bool) -> Sentence {
    guard budget > 0 else { return chance(50) ? name() : literal() }
    switch number(1...20) {
    case 1...6: return name()
    case 7...10: return literal()
    case 11:
      let name = pick(["f", "count", "first", "days", "any"])
      let arguments = chance(20) ? [] : some(2) { $0.expression() }
      let list = arguments.isEmpty ? "" : " " + trees(arguments)
      return Sentence(["\u{1}" + name] + parentheses(arguments), "(call \(name)\(list))")
    case 12...14:
      let inner = expression()
      return Sentence(["("] + inner.words + [")"], inner.tree)
    case 15...17:
      let (inner, member) = (primary(hasQueries), pick(["year", "from", "model", "count", "is"]))
      return Sentence(inner.words + [".", member], "(. \(inner.tree) \(member))")
    case 18: return bands(hasQueries)
    default:
      let word = pick(["earliest", "latest", "smallest", "largest", "count"])
      let members = some(3) { $0.expression() }
      return Sentence([word, "of"] + parentheses(members), "(\(word)-of \(trees(members)))")
    }
  }

  private mutating func bands(_ hasQueries: Bool) -> Sentence {
    let operand = range(hasQueries)
    let cuts = some(3) { $0.expression() }
    var words = ["bands", "of"] + operand.words + ["at"] + parentheses(cuts)
    var tree = "(bands \(operand.tree) (at \(trees(cuts)))"
    if chance(40) {
      let labels = some(3) { maker in
        let text = maker.text()
        return Sentence([text], text)
      }
      words += ["labelled"] + parentheses(labels)
      tree += " (labelled \(trees(labels)))"
    }
    return Sentence(words, tree + ")")
  }

  mutating func literal() -> Sentence {
    let simple = pick([
      "0", "42", "1.5", "\"female\"", "2024-03-31", "2019-04", "true", "false", "missing",
    ])
    return chance(20) ? duration() : Sentence([simple], simple)
  }

  mutating func duration() -> Sentence {
    let (count, unit) = (
      pick(["1", "30", "{n}"]), pick(["day", "week", "month", "quarter", "year"])
    )
    let plural = chance(50) ? "s" : ""
    return Sentence([count, unit + plural], "(\(unit) \(count))")
  }

  /// A value outside expressions, where a number may have a sign.
  mutating func value() -> Sentence {
    guard chance(20) else { return literal() }
    let number = pick(["0", "42", "1.5"])
    return Sentence(["-", number], number == "0" ? "0" : "-\(number)")
  }
}
