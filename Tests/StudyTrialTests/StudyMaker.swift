import TestSupport

/// Makes random studies over `core`: well-formed, and of the right types more often than not.
///
/// A made study may still have mistakes, such as a grouping without bounds; what matters is that many
/// have none and reach the plan, which random words never would.
struct StudyMaker {
  var generator: SeededGenerator
  /// The definitions made so far, by what they give.
  var declared: [(name: String, type: Kind)] = []
  var populations: [String] = []
  private var count = 0

  init(seed: Int) { generator = SeededGenerator(seed: UInt64(truncatingIfNeeded: seed)) }

  /// What an expression gives.
  enum Kind: CaseIterable {
    case boolean, integer, decimal, date, sex, snomed
  }

  mutating func number(_ range: ClosedRange<Int>) -> Int {
    Int.random(in: range, using: &generator)
  }

  mutating func chance(_ percent: Int) -> Bool { number(1...100) <= percent }

  mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
    choices[number(0...choices.count - 1)]
  }

  mutating func newName(_ stem: String) -> String {
    count += 1
    return "\(stem)_\(count)"
  }

  /// A study of a few statements.
  mutating func study() -> String {
    var statements = ["study \"Made\" uses core", "let index = 2024-03-31"]
    statements.append("codelist asthma : snomedct = \"195967001\", \"304527002\"")
    statements.append("codelist heart : icd10 = \"I21\", \"I22\"")
    for _ in 0..<number(1...6) { statements.append(declaration()) }
    for _ in 0..<number(1...2) { statements.append(population()) }
    for _ in 0..<number(0...3) { statements.append(output()) }
    if chance(30) { statements.append(example()) }
    return statements.joined(separator: chance(50) ? "\n" : "  ")
  }

  private mutating func declaration() -> String {
    switch number(1...10) {
    case 1: return template()
    case 2: return rows()
    default:
      let kind = pick(Kind.allCases)
      let name = newName("v")
      let text = "define \(name) = \(whole(kind))"
      declared.append((name, kind))
      return text
    }
  }

  /// What may stand after `define x =`, where nothing needs parentheses.
  private mutating func whole(_ kind: Kind) -> String {
    switch number(1...10) {
    case 1...3: query(kind)
    case 4: choice(kind)
    case 5: "\(operand(kind, 2)) otherwise \(operand(kind, 1))"
    default: operand(kind, 3)
    }
  }

  private mutating func template() -> String {
    let name = newName("t")
    let kind = pick([Kind.boolean, .integer])
    let list = newName("list")
    return """
      list \(list) = a, b, "c"
      for each w in \(list) define \(name)_{w} = \(operand(kind, 1))
      define \(name)_all = count of (\(name)_{\(list)}\(kind == .integer ? " > 1" : ""))
      """
  }

  private mutating func rows() -> String {
    let table = pick(Table.all)
    let text = "events \(newName("e")) = \(table.name) where \(condition(on: table, 2))"
    return chance(30) ? text + " except where \(condition(on: table, 1))" : text
  }

  private mutating func population() -> String {
    var text = "population \(newName("p"))"
    for _ in 0..<number(1...3) {
      let label = chance(50) ? "  \"Label \(number(1...9))\"" : ""
      text += " \(pick(["include", "exclude"])) \(operand(.boolean, 2))\(label)"
    }
    populations.append(String(text.split(separator: " ")[1]))
    return text
  }

  private mutating func example() -> String {
    """
    example "made"
      given patients (date_of_birth 1970-01-31, sex "female")
      given clinical_events (date 2024-02-29, numeric_value \(number(-3...300)))
                            (snomedct_code "195967001")
      expect \(operand(.boolean, 2)), \(operand(.integer, 1)) = \(number(0...9))
    """
  }
}

extension StudyMaker {
  /// `case` with results of a kind.
  mutating func choice(_ kind: Kind) -> String {
    let branches = (0..<number(1...2)).map { _ in
      "when \(operand(.boolean, 1)) then \(operand(kind, 1))"
    }
    let otherwise = chance(50) ? " otherwise \(operand(kind, 1))" : ""
    return "case \(branches.joined(separator: " "))\(otherwise)"
  }

  /// An expression of a patient that can stand anywhere between operators.
  mutating func operand(_ kind: Kind, _ depth: Int) -> String {
    let names = declared.filter { $0.type == kind }.map(\.name)
    if !names.isEmpty, chance(30) { return pick(names) }
    guard depth > 0 else { return leaf(kind) }
    if chance(15) { return "(\(query(kind)))" }
    if chance(8) { return "(\(choice(kind)))" }
    if chance(8) { return "(\(operand(kind, depth - 1)) otherwise \(operand(kind, depth - 1)))" }
    return combined(kind, depth - 1) { $0.operand($1, $2) }
  }

  private mutating func leaf(_ kind: Kind) -> String {
    switch kind {
    case .boolean:
      pick(["true", "false", "registered_on(index)", "ons_deaths is known", "alive_on(index)"])
    case .integer:
      pick(["age_on(index)", "0", "7", "address_on(index).imd_quintile", "12345678901"])
    case .decimal: pick(["1.5", "0.0", "within(2.5, 0, 10)", "sqrt(2)"])
    case .date: pick(["index", "patients.date_of_birth", "2024-02-29", "ons_deaths.date"])
    case .sex: pick(["patients.sex", "\"female\""])
    case .snomed: pick(["(snomedct_code of last clinical_events)", "missing"])
    }
  }

  /// An expression of a kind made of others, wherever they come from.
  mutating func combined(
    _ kind: Kind, _ depth: Int, _ part: (inout StudyMaker, Kind, Int) -> String
  ) -> String {
    switch kind {
    case .boolean: return test(depth, part)
    case .integer:
      let (a, b) = (part(&self, .integer, depth), part(&self, .integer, depth))
      let (c, d) = (part(&self, .date, depth), part(&self, .date, depth))
      return pick([
        "(\(a) \(pick(["+", "-", "*", "div", "mod"])) \(b))", "absolute(\(a))", "(- \(a))",
        "(\(pick(["days", "weeks", "months", "years"])) from \(c) to \(d))", "\(c).year",
        "smallest of (\(a), \(b))", "floor(\(part(&self, .decimal, depth)))",
        "count of (\(part(&self, .boolean, depth)))",
      ])
    case .decimal:
      let (x, a) = (part(&self, .decimal, depth), part(&self, .integer, depth))
      return pick([
        "(\(x) \(pick(["+", "-", "*", "/"])) \(a))", "(\(a) / \(a))", "exp(\(x))", "log(\(x))",
        "power(\(x), \(a))", "largest of (\(x), \(x))", "within(\(x), -5, 5.5)",
      ])
    case .date:
      let (d, a) = (part(&self, .date, depth), part(&self, .integer, depth))
      return pick([
        "(\(d) \(pick(["+", "-"])) \(number(0...40)) \(pick(["days", "months", "year", "week"])))",
        "(\(d) + months(\(a)))", "\(d).first_of_month", "date(\(a), 2, 29)",
        "latest of (\(d), \(d))", "(\(d) to index).start",
      ])
    case .sex, .snomed: return part(&self, kind, depth)
    }
  }

  private mutating func test(
    _ depth: Int, _ part: (inout StudyMaker, Kind, Int) -> String
  ) -> String {
    let kind = pick(Kind.allCases)
    let (a, b) = (part(&self, kind, depth), part(&self, kind, depth))
    let (p, q) = (part(&self, .boolean, depth), part(&self, .boolean, depth))
    let (d, n) = (part(&self, .date, depth), part(&self, .integer, depth))
    return pick([
      "(\(p) and \(q))", "(\(p) or \(q))", "(not \(p))", "(\(a) = \(b))", "(\(a) != \(b))",
      "(\(n) \(pick(["<", "<=", ">", ">="])) \(n))", "(\(a) is \(pick(["missing", "known"])))",
      "(\(d) \(pick(["in 2024-02", "not in 2024-02", "in index - 1 year to index"])))",
      "(\(n) between 1 and \(n))", "(\(n) in (1, 2, \(n)))",
      "(\(part(&self, .snomed, depth)) in asthma)",
    ])
  }
}
