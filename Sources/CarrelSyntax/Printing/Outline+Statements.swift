extension Statement {
  var outline: Outline {
    switch self {
    case .study(let node): node.outline
    case .parameter(let node): node.outline
    case .constant(let node): .node("let", [node.name.outline, node.value.outline])
    case .list(let node): .node("list", [node.name.outline] + node.elements.map(\.outline))
    case .codelist(let node): node.outline
    case .events(let node): node.outline
    case .define(let node):
      .node("define", node.parameters.heading(node.name) + [node.value.outline])
    case .population(let node):
      .node("population", node.parameters.heading(node.name) + node.criteria.map(\.outline))
    case .flow(let node): .node("flow", node.header.outlines)
    case .table(let node): node.outline
    case .deciles(let node): node.outline
    case .summary(let node): node.outline
    case .histogram(let node): node.outline
    case .survival(let node): node.outline
    case .model(let node): node.outline
    case .trend(let node): node.outline
    case .example(let node): node.outline
    case .forEach(let node): node.outline
    }
  }
}

extension Outline {
  /// A clause, or nothing where it is not written.
  static func clause(_ word: String, _ member: Outline?) -> [Outline] {
    member.map { [.node(word, [$0])] } ?? []
  }
}

extension StudyHeading {
  fileprivate var outline: Outline {
    let uses: [Outline] = schemas.isEmpty ? [] : [.node("uses", schemas.map(\.outline))]
    return .node("study", [title.outline] + Outline.clause("question", question?.outline) + uses)
  }
}

extension ParameterDeclaration {
  fileprivate var outline: Outline {
    .node(
      "parameter",
      [name.outline, .node(":", [type.outline])] + [initial?.outline].compactMap(\.self))
  }
}

extension CodelistDeclaration {
  fileprivate var outline: Outline {
    .node("codelist", [name.outline] + Outline.clause(":", system?.outline) + contents.outlines)
  }
}

extension CodelistDeclaration.Contents {
  fileprivate var outlines: [Outline] {
    switch self {
    case .file(let path, let column, let category):
      [.node("from", [path.outline])] + Outline.clause("column", column?.outline)
        + Outline.clause("category", category?.outline)
    case .codes(let codes): [.node("codes", codes.map(\.outline))]
    case .sum(let sum): [sum.outline]
    }
  }
}

extension CodeSum {
  fileprivate var outline: Outline {
    let members = terms.map { term in
      term.isSubtracted ? .node("-", [term.operand.outline]) : term.operand.outline
    }
    return .node("sum", members + Outline.clause("where", condition?.outline))
  }
}

extension CodeSum.Operand {
  fileprivate var outline: Outline {
    switch self {
    case .name(let name): name.outline
    case .group(let sum): sum.outline
    }
  }
}

extension EventsDeclaration {
  fileprivate var outline: Outline {
    let sequenced: [Outline] =
      sequence.isEmpty ? [] : [.node("sequenced", sequence.map(\.outline))]
    return .node(
      "events",
      parameters.heading(name) + [source.outline] + (filters?.outlines ?? []) + sequenced)
  }
}

extension [FormalParameter] {
  /// A declared name with its parameters, where it has any.
  fileprivate func heading(_ name: Name) -> [Outline] {
    let parameters = map { Outline.node(":", [$0.name.outline, $0.type.outline]) }
    return [name.outline] + (isEmpty ? [] : [.list(parameters)])
  }
}

extension Criterion {
  fileprivate var outline: Outline {
    .node(
      isExclusion ? "exclude" : "include",
      [condition.outline] + [label?.outline].compactMap(\.self))
  }
}

extension Example {
  fileprivate var outline: Outline {
    .node(
      "example",
      [title.outline] + given.map(\.outline) + [.node("expect", expectations.map(\.outline))])
  }
}

extension GivenRows {
  fileprivate var outline: Outline {
    .node(
      "given",
      [table.outline]
        + records.map { record in
          .list(record.fields.map { .list([$0.name.outline, $0.value.outline]) })
        })
  }
}

extension Template {
  fileprivate var outline: Outline {
    .node(
      "for-each", [variable.outline, .list(elements.map(\.outline)), statement.outline])
  }
}

extension Element {
  var outline: Outline {
    switch self {
    case .name(let name): name.outline
    case .text(let text): text.outline
    case .integer(let value, _): .word("\(value)")
    case .integers(let first, let last, _): .node("to", [.word("\(first)"), .word("\(last)")])
    }
  }
}
