internal import CarrelDiagnostics

extension Parser {
  /// `"codelist" NAME (":" type)? ( "from" STRING … | "=" codes )`.
  mutating func codelist() throws(Abandoned) -> CodelistDeclaration {
    let start = index
    advance()
    let name = try declaredName("a code list")
    let system = acceptMark(":") ? try self.name("a coding system") : nil
    let contents = try codelistContents()
    return CodelistDeclaration(
      name: name, system: system, contents: contents, span: span(from: start))
  }

  private mutating func codelistContents() throws(Abandoned) -> CodelistDeclaration.Contents {
    if accept("from") {
      let path = try label("the path of a file in quotation marks")
      let column = accept("column") ? try label("the heading of a column") : nil
      let category = accept("category") ? try label("the heading of a column") : nil
      return .file(path: path, column: column, category: category)
    }
    guard acceptMark("=") else {
      throw failExpecting(
        "`from` and a file, or `=` and codes", help: suggestion(of: ["from"]) ?? usage)
    }
    guard current.kind == .text else { return .sum(try codeSum()) }
    return .codes(
      try list { (parser) throws(Abandoned) in try parser.label("a code in quotation marks") })
  }

  /// `codesum = codeterm (("+" | "-") codeterm)*` and `("where" condition)?`.
  private mutating func codeSum() throws(Abandoned) -> CodeSum {
    let start = index
    var terms = [CodeSum.Term(isSubtracted: false, operand: try codeOperand())]
    while isAtMark("+") || isAtMark("-") {
      let isSubtracted = isAtMark("-")
      advance()
      terms.append(CodeSum.Term(isSubtracted: isSubtracted, operand: try codeOperand()))
    }
    let condition = accept("where") ? try condition() : nil
    return CodeSum(terms: terms, condition: condition, span: span(from: start))
  }

  /// `codeterm = NAME | "(" codesum ("where" condition)? ")"`.
  private mutating func codeOperand() throws(Abandoned) -> CodeSum.Operand {
    guard isAtMark("(") else { return .name(try name("the name of a code list")) }
    return .group(
      try nested { (parser) throws(Abandoned) in
        parser.advance()
        let sum = try parser.codeSum()
        try parser.expectMark(")")
        return sum
      })
  }
}
