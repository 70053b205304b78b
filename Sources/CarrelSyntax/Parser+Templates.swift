internal import CarrelDiagnostics

extension Parser {
  /// `"list" NAME "=" list(element)`.
  mutating func listDeclaration() throws(Abandoned) -> ListDeclaration {
    let start = index
    advance()
    let name = try declaredName("a list")
    try expectMark("=")
    let elements = try list { (parser) throws(Abandoned) in try parser.element() }
    return ListDeclaration(name: name, elements: elements, span: span(from: start))
  }

  /// `"for" "each" NAME "in" list(element) statement`.
  mutating func template() throws(Abandoned) -> Template {
    let start = index
    advance()
    try expect("each", help: usage)
    let variable = try declaredName("what stands in the holes", isStatement: false)
    try expect("in", help: usage)
    let elements = try list { (parser) throws(Abandoned) in try parser.element() }
    guard isAtStatement else {
      throw failExpecting("the statement to repeat", help: suggestion(of: Words.statements))
    }
    let statement = try repeatedStatement()
    return Template(
      variable: variable, elements: elements, statement: statement, span: span(from: start))
  }

  /// The statement of a template, one level deeper.
  ///
  /// Past the limit the templates that follow belong to the same mistake, and are passed over.
  private mutating func repeatedStatement() throws(Abandoned) -> Statement {
    do {
      return try nested { (parser) throws(Abandoned) in try parser.statement() }
    } catch {
      while nesting == Self.maximumNesting, isAtStatement, isAt("for") {
        advance()
        recover()
      }
      throw error
    }
  }

  /// `element = NAME | STRING | INT | INT "to" INT`.
  private mutating func element() throws(Abandoned) -> Element {
    switch current.kind {
    case .text: return .text(try label("a text"))
    case .integer:
      let start = index
      let first = try integer()
      guard accept("to") else { return .integer(first, span(from: start)) }
      guard current.kind == .integer else { throw failExpecting("a whole number") }
      return .integers(from: first, to: try integer(), span(from: start))
    default: return .name(try name("a word, a text or a whole number"))
    }
  }
}
