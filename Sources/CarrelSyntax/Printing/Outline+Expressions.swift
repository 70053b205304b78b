internal import CarrelDiagnostics

extension Expression {
  var outline: Outline {
    switch kind {
    case .literal(let literal): literal.outline
    case .name(let name): name.outline
    case .call(let name, let arguments):
      .node("call", [name.outline] + arguments.map(\.outline))
    case .member(let operand, let name): .node(".", [operand.outline, name.outline])
    case .negative(let operand): .node("-", [operand.outline])
    case .not(let operand): .node("not", [operand.outline])
    case .binary(let sign, let left, let right):
      .node(sign.rawValue, [left.outline, right.outline])
    case .membership(let membership): membership.outline
    case .between(let between): between.outline
    case .presence(let operand, let isKnown):
      .node(isKnown ? "is-known" : "is-missing", [operand.outline])
    case .elapsed(let unit, let first, let last):
      .node("\(unit.rawValue)s", [first.outline, last.outline])
    case .categorised(let operand, let codelist):
      .node("categorised", [operand.outline, codelist.outline])
    case .choice(let choice): choice.outline
    case .bands(let bands): bands.outline
    case .combination(let combination, let members):
      .node("\(combination.rawValue)-of", members.map(\.outline))
    case .query(let query): query.outline
    }
  }
}

extension Name {
  var outline: Outline { .word(text) }
}

extension Label {
  var outline: Outline { .word("\"\(text)\"") }
}

extension Literal {
  var outline: Outline {
    switch kind {
    case .integer(let value): .word("\(value)")
    case .decimal(let value): .word("\(value)")
    case .text(let text): .word("\"\(text)\"")
    case .date, .month: .word(span.text)
    case .duration(let duration): duration.outline
    case .boolean(let value): .word("\(value)")
    case .missing: .word("missing")
    }
  }
}

extension IntegerTerm {
  var word: String {
    switch self {
    case .value(let value): "\(value)"
    case .hole(let name): name.text
    }
  }
}

extension DurationLiteral {
  var outline: Outline { .node(unit.rawValue, [.word(count.word)]) }
}

extension Membership {
  fileprivate var outline: Outline {
    .node((isNegated ? "not-" : "") + relation.rawValue, ([operand] + members).map(\.outline))
  }
}

extension Between {
  fileprivate var outline: Outline {
    .node(isNegated ? "not-between" : "between", [operand, lower, upper].map(\.outline))
  }
}

extension Choice {
  fileprivate var outline: Outline {
    let branches = branches.map { branch in
      Outline.node("when", [branch.condition.outline, branch.result.outline])
    }
    return .node(
      "case",
      [subject?.outline].compactMap(\.self) + branches
        + [otherwise.map { .node("otherwise", [$0.outline]) }].compactMap(\.self))
  }
}

extension Bands {
  fileprivate var outline: Outline {
    .node(
      "bands",
      [operand.outline, .node("at", cuts.map(\.outline))]
        + [labels.map { .node("labelled", $0.map(\.outline)) }].compactMap(\.self))
  }
}
