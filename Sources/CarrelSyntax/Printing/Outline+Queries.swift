extension Query {
  var outline: Outline {
    .list(selection.words + [source.outline] + clauses)
  }

  private var clauses: [Outline] {
    (filters?.outlines ?? []) + (order.map { [$0.outline] } ?? [])
  }
}

extension Query.Selection {
  fileprivate var words: [Outline] {
    switch self {
    case .any: [.word("any")]
    case .count: [.word("count")]
    case .countDistinct(let column): [.word("count-distinct"), column.outline]
    case .countEpisodes(let gap): [.word("count-episodes"), gap.outline]
    case .aggregate(let aggregate, let column): [.word(aggregate.rawValue), column.outline]
    case .values(let column): [.word("values"), column.outline]
    case .row(let pick): [.word("row"), pick.outline]
    case .column(let column, let pick): [.word("column"), column.outline, pick.outline]
    }
  }
}

extension Query.Pick {
  fileprivate var outline: Outline {
    switch self {
    case .first: .word("first")
    case .last: .word("last")
    case .number(let number): .word(number.word)
    }
  }
}

extension SourceReference {
  var outline: Outline {
    arguments.isEmpty
      ? name.outline : .node("call", [name.outline] + arguments.map(\.outline))
  }
}

extension Filters {
  var outlines: [Outline] {
    let parts = [condition.map { ("where", $0) }, exception.map { ("except", $0) }]
    return parts.compactMap(\.self).map { .node($0.0, [$0.1.outline]) }
  }
}

extension RowOrder {
  fileprivate var outline: Outline {
    .node("by", keys.map(\.outline) + (includesMissing ? [.word("including-missing")] : []))
  }
}

extension SortKey {
  var outline: Outline {
    isDescending ? .node("descending", [expression.outline]) : expression.outline
  }
}
