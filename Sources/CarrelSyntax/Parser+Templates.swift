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
    try expect("each")
    let variable = try declaredName("what stands in the holes", isStatement: false)
    try expect("in")
    let elements = try list { (parser) throws(Abandoned) in try parser.element() }
    guard isAtStatement else {
      throw failExpecting("the statement to repeat", help: suggestion(of: Words.statements))
    }
    let statement = try nested { (parser) throws(Abandoned) in try parser.statement() }
    return Template(
      variable: variable, elements: elements, statement: statement, span: span(from: start))
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
