internal import CarrelDiagnostics

extension Parser {
  /// `"example" STRING ("given" NAME record+)* "expect" list(expr)`.
  mutating func example() throws(Abandoned) -> Example {
    let start = index
    advance()
    let title = try label("what the example shows, in quotation marks")
    var given: [GivenRows] = []
    while isAt("given") { given.append(try givenRows()) }
    try expectClause("expect")
    let expectations = try list { (parser) throws(Abandoned) in try parser.expression() }
    return Example(
      title: title, given: given, expectations: expectations, span: span(from: start))
  }

  private mutating func givenRows() throws(Abandoned) -> GivenRows {
    let start = index
    advance()
    let table = try name("the name of a table")
    guard isAtMark("(") else {
      throw failExpecting("a row in parentheses", help: "a row is written `(COLUMN VALUE, …)`")
    }
    var records: [Record] = []
    while isAtMark("(") { records.append(try record()) }
    return GivenRows(table: table, records: records, span: span(from: start))
  }

  /// `record = "(" list(word value) ")"`.
  private mutating func record() throws(Abandoned) -> Record {
    let start = index
    let fields = try parenthesisedList { (parser) throws(Abandoned) in
      let name = try parser.columnName()
      return Record.Field(name: name, value: try parser.signedValue())
    }
    return Record(fields: fields, span: span(from: start))
  }

  /// A column before its value, where a reserved word can be nothing else.
  private mutating func columnName() throws(Abandoned) -> Name {
    guard current.kind == .word, !current.isName, peek(1).beginsValue else {
      return try name("the name of a column")
    }
    defer { advance() }
    return Name(current.text, at: current.span)
  }
}

extension Token {
  /// Whether a value outside expressions can begin here, other than by a word.
  fileprivate var beginsValue: Bool {
    switch kind {
    case .integer, .decimal, .text, .date, .month: true
    case .mark: isMark("-")
    case .word, .end: false
    }
  }
}
