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

  /// `record = "(" list(NAME literal) ")"`.
  private mutating func record() throws(Abandoned) -> Record {
    let start = index
    let fields = try parenthesisedList { (parser) throws(Abandoned) in
      let name = try parser.name("the name of a column")
      return Record.Field(name: name, value: try parser.literal())
    }
    return Record(fields: fields, span: span(from: start))
  }
}
