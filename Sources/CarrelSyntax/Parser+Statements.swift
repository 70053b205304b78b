internal import CarrelDiagnostics

extension Parser {
  /// `study-file = statement*`.
  mutating func statements() -> [Statement] {
    var statements: [Statement] = []
    while current.kind != .end, !diagnostics.isFull {
      nesting = 0
      bareQueries = []
      leavesOrder = false
      do {
        statements.append(try statement())
        // The statement is read and its name known, whatever follows it.
        progress.name = nil
        try expectEndOfStatement()
      } catch {
        if let name = progress.name { unreadNames.append(name) }
        recover()
      }
    }
    return statements
  }

  mutating func statement() throws(Abandoned) -> Statement {
    progress = StatementProgress(word: current.text)
    guard isAtStatement || isAt("for") else { throw failExpectingStatement() }
    switch current.text {
    case "study": return .study(try study())
    case "parameter": return .parameter(try parameter())
    case "let": return .constant(try constant())
    case "list": return .list(try listDeclaration())
    case "codelist": return .codelist(try codelist())
    case "events": return .events(try events())
    case "define": return .define(try definition())
    case "population": return .population(try population())
    case "example": return .example(try example())
    case "for": return .forEach(try template())
    default: return try output()
    }
  }

  private mutating func failExpectingStatement() -> Abandoned {
    current.kind == .word && isOnNewLine ? leftover() : failExpecting("a statement")
  }
}

extension Parser {
  /// `"study" STRING ("question" STRING)? ("uses" list(NAME))?`.
  private mutating func study() throws(Abandoned) -> StudyHeading {
    let start = index
    advance()
    let title = try label("the study's title in quotation marks")
    let question = accept("question") ? try label("the question in quotation marks") : nil
    let schemas =
      accept("uses")
      ? try list { (parser) throws(Abandoned) in try parser.name("the name of a schema") } : []
    return StudyHeading(title: title, question: question, schemas: schemas, span: span(from: start))
  }

  /// `"parameter" NAME ":" type ("=" expr)?`.
  private mutating func parameter() throws(Abandoned) -> ParameterDeclaration {
    let start = index
    advance()
    let name = try declaredName("a parameter")
    try expectMark(":")
    let type = try self.name("a type")
    let initial = acceptMark("=") ? try expression() : nil
    return ParameterDeclaration(name: name, type: type, initial: initial, span: span(from: start))
  }

  /// `"let" NAME "=" expr`.
  private mutating func constant() throws(Abandoned) -> ConstantDeclaration {
    let start = index
    advance()
    let name = try declaredName("a constant")
    try expectMark("=")
    let value = try expression()
    return ConstantDeclaration(name: name, value: value, span: span(from: start))
  }

  /// `"events" NAME params? "=" source filters? ("sequenced" "by" keys)?`.
  private mutating func events() throws(Abandoned) -> EventsDeclaration {
    let start = index
    advance()
    let name = try declaredName("a set of events")
    let parameters = try formalParameters()
    try expectMark("=")
    let source = try sourceReference("the name of a table")
    let filters = try filters()
    var sequence: [SortKey] = []
    if accept("sequenced") {
      try expect("by")
      sequence = try sortKeys()
    }
    return EventsDeclaration(
      name: name, parameters: parameters, source: source, filters: filters, sequence: sequence,
      span: span(from: start))
  }

  /// `"define" NAME params? "=" expr`.
  private mutating func definition() throws(Abandoned) -> Definition {
    let start = index
    advance()
    let name = try declaredName("a definition")
    let parameters = try formalParameters()
    try expectMark("=")
    let value = try expression()
    return Definition(name: name, parameters: parameters, value: value, span: span(from: start))
  }
}

extension Parser {
  /// `"population" NAME params? ( ("include" | "exclude") expr STRING? )+`.
  ///
  /// `include` and `exclude` are reserved, so that a criterion with a mistake does not hide the
  /// mistakes of the next.
  private mutating func population() throws(Abandoned) -> Population {
    let start = index
    advance()
    let name = try declaredName("a population")
    let parameters = try formalParameters()
    var criteria: [Criterion] = []
    var failure: Abandoned?
    guard isAt("include") || isAt("exclude") else { throw failExpectingCriterion() }
    while isAt("include") || isAt("exclude") {
      progress.isDoubtful = false
      do {
        criteria.append(try criterion())
      } catch {
        failure = error
        recover(at: ["include", "exclude"])
      }
    }
    if let failure { throw failure }
    return Population(
      name: name, parameters: parameters, criteria: criteria, span: span(from: start))
  }

  private mutating func failExpectingCriterion() -> Abandoned {
    failExpecting(
      "`include` or `exclude`", help: suggestion(of: ["include", "exclude"]) ?? usage)
  }

  private mutating func criterion() throws(Abandoned) -> Criterion {
    let start = index
    let isExclusion = isAt("exclude")
    advance()
    let condition = try expression()
    let label = current.kind == .text ? try label("a label") : nil
    if !isAt("include"), !isAt("exclude") { try expectEndOfStatement() }
    return Criterion(
      isExclusion: isExclusion, condition: condition, label: label, span: span(from: start))
  }
}

extension Parser {
  /// A name that is used; any word but a reserved one.
  mutating func name(_ role: String) throws(Abandoned) -> Name {
    guard current.isName else {
      if current.kind == .word, !isOnNewLine { throw abandon(reservedAsName(role)) }
      throw failExpecting(role)
    }
    defer { advance() }
    return Name(current.text, at: current.span)
  }

  private func reservedAsName(_ role: String) -> Diagnostic {
    Diagnostic(
      .reservedWord, "expected \(role), found the reserved word `\(current.text)`",
      at: current.span
    )
    .help("a name is any word that is not reserved")
  }

  /// The name that a statement or a parameter declares.
  ///
  /// A reserved word is taken for the name that was meant; what follows may be the rest of
  /// something else, so that nothing more is said about the statement.
  mutating func declaredName(_ role: String, isStatement: Bool = true) throws(Abandoned) -> Name {
    guard current.kind == .word, !isOnNewLine || current.isName else {
      throw failExpecting("the name of \(role)", help: usage)
    }
    let name = Name(current.text, at: current.span)
    if isStatement { progress.name = name }
    if !current.isName {
      report(
        Diagnostic(
          .reservedWord, "`\(name.text)` is a reserved word and cannot name \(role)", at: name.span
        )
        .help("choose another name, such as `\(name.text)_value`"))
      progress.isDoubtful = true
    } else if Words.undeclarable.contains(name.text) {
      report(
        Diagnostic(
          .contextualWord, "`\(name.text)` has a meaning of its own and cannot name \(role)",
          at: name.span
        )
        .help("choose another name, such as `\(name.text)_value`"))
    }
    advance()
    return name
  }

  /// `params = "(" list(NAME ":" (type | "codelist")) ")"`, or nothing.
  mutating func formalParameters() throws(Abandoned) -> [FormalParameter] {
    guard isAtMark("(") else { return [] }
    return try parenthesisedList { (parser) throws(Abandoned) in
      let name = try parser.declaredName("a parameter", isStatement: false)
      try parser.expectMark(":")
      if parser.isAt("codelist") {
        defer { parser.advance() }
        return FormalParameter(name: name, type: Name("codelist", at: parser.current.span))
      }
      return FormalParameter(name: name, type: try parser.name("a type"))
    }
  }

  /// A text that is not a value.
  mutating func label(_ role: String) throws(Abandoned) -> Label {
    guard current.kind == .text else { throw failExpecting(role) }
    defer { advance() }
    return Label(text: current.text, span: current.span)
  }
}
