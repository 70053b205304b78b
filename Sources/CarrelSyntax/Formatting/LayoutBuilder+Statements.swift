internal import CarrelDiagnostics

extension LayoutBuilder {
  /// The next statement with the lines of the templates around it.
  mutating func laidOut(_ statement: Statement) -> LaidOutStatement {
    guard case .forEach(let template) = statement else {
      return LaidOutStatement(
        templateLines: [], columns: columns(of: statement), run: statement.run,
        isBlock: statement.isBlock)
    }
    let line = Layout.spaced(
      words(4), .filled(members(template.elements) { $0.element($1) }))
    let repeated = laidOut(template.statement)
    return LaidOutStatement(
      templateLines: [line] + repeated.templateLines, columns: repeated.columns, run: nil,
      isBlock: true)
  }

  /// A statement as one layout, or several that stand in the columns of a run of like statements.
  private mutating func columns(of statement: Statement) -> [Layout] {
    switch statement {
    case .study(let node): [study(node)]
    case .parameter(let node): parameter(node)
    case .constant(let node): [words(2), value(node.value)]
    case .list(let node):
      [words(2), .spaced(next(), .filled(members(node.elements) { $0.element($1) }))]
    case .codelist(let node): codelist(node)
    case .events(let node): [heading(node.parameters), events(node)]
    case .define(let node): [heading(node.parameters), value(node.value)]
    case .population(let node): [population(node)]
    case .flow(let node): [header(node.header)]
    case .table(let node): [table(node)]
    case .deciles(let node): [deciles(node)]
    case .summary(let node): [summary(node)]
    case .histogram(let node): [histogram(node)]
    case .survival(let node): [survival(node)]
    case .model(let node): [model(node)]
    case .trend(let node): [trend(node)]
    case .example(let node): [example(node)]
    case .forEach: preconditionFailure("a template is laid out with its lines")
    }
  }

  private mutating func element(_ element: Element) -> Layout {
    if case .integers = element { words(3) } else { next() }
  }
}

extension Statement {
  /// What makes other statements like this one.
  fileprivate var run: LaidOutStatement.Run? {
    switch self {
    case .parameter: LaidOutStatement.Run(word: "parameter", hasParameters: false)
    case .constant: LaidOutStatement.Run(word: "let", hasParameters: false)
    case .list: LaidOutStatement.Run(word: "list", hasParameters: false)
    case .codelist: LaidOutStatement.Run(word: "codelist", hasParameters: false)
    case .events(let node):
      LaidOutStatement.Run(word: "events", hasParameters: !node.parameters.isEmpty)
    case .define(let node):
      LaidOutStatement.Run(word: "define", hasParameters: !node.parameters.isEmpty)
    default: nil
    }
  }

  fileprivate var isBlock: Bool {
    switch self {
    case .parameter, .constant, .list, .codelist, .events, .define, .flow: false
    default: true
    }
  }
}

// Declarations.
extension LayoutBuilder {
  private mutating func study(_ study: StudyHeading) -> Layout {
    let title = words(2)
    let longest = study.question == nil ? "uses" : "question"
    let column = LayoutPrinter.indent + longest.utf8.count + 1
    let question = study.question.map { _ in clause(at: column) { $0.next() } }
    guard !study.schemas.isEmpty else { return .sequence([title, question ?? .nothing]) }
    let uses = clause(at: column) { builder in
      .filled(builder.members(study.schemas) { builder, _ in builder.next() })
    }
    return .sequence([title, question ?? .nothing, uses])
  }

  private mutating func parameter(_ parameter: ParameterDeclaration) -> [Layout] {
    let heading = [words(2), words(2)]
    return heading + (parameter.initial.map { [value($0)] } ?? [])
  }

  /// `=` and a value, which moves to the next line where it does not fit beside its name.
  private mutating func value(_ value: Expression) -> Layout {
    let sign = next()
    let layout = expression(value)
    return .either(
      .spaced(sign, .aligned(layout)),
      .sequence([sign, .indented(LayoutPrinter.indent, .sequence([.newLine, .aligned(layout)]))]))
  }

  /// A declared name with its parameters, behind the word of the statement.
  mutating func heading(_ parameters: [FormalParameter]) -> Layout {
    let name = words(2)
    guard !parameters.isEmpty else { return name }
    return .sequence([name, parenthesised(parameters) { builder, _ in builder.words(3) }])
  }

  private mutating func events(_ events: EventsDeclaration) -> Layout {
    let sign = next()
    var parts = [source(events.source)] + filters(events.filters)
    if !events.sequence.isEmpty { parts.append(.spaced(words(2), keys(events.sequence))) }
    return .spaced(sign, .stacked(parts))
  }
}

// Code lists.
extension LayoutBuilder {
  private mutating func codelist(_ codelist: CodelistDeclaration) -> [Layout] {
    let heading = [words(2)] + (codelist.system.map { _ in [words(2)] } ?? [])
    switch codelist.contents {
    case .file(_, let column, let category):
      let clauses = 1 + [column, category].compactMap(\.self).count
      return heading + [.filled((0..<clauses).map { _ in words(2) })]
    case .codes(let codes):
      return heading + [.spaced(next(), .filled(members(codes) { builder, _ in builder.next() }))]
    case .sum(let sum): return heading + [.spaced(next(), codeSum(sum))]
    }
  }

  private mutating func codeSum(_ sum: CodeSum) -> Layout {
    var terms: [Layout] = []
    for term in sum.terms {
      let sign = terms.isEmpty ? nil : next()
      let operand = self.operand(term.operand)
      terms.append(sign.map { .spaced($0, operand) } ?? operand)
    }
    guard let condition = sum.condition else { return .filled(terms) }
    return .stacked([.filled(terms), .spaced(next(), expression(condition))])
  }

  private mutating func operand(_ operand: CodeSum.Operand) -> Layout {
    guard case .group(let sum) = operand else { return next() }
    return .sequence([next(), .aligned(codeSum(sum)), next()])
  }
}
