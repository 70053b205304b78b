internal import CarrelDiagnostics

extension LayoutBuilder {
  /// A query; where it does not fit on a line its clauses stand below its first word.
  mutating func query(_ query: Query) -> Layout {
    var parts = [.spaced(selection(query), source(query.source))] + filters(query.filters)
    if case .countEpisodes(let gap) = query.selection {
      parts.append(.spaced(next(), duration(gap)))
    }
    if let order = query.order { parts.append(self.order(order)) }
    return parts.count == 1 ? parts[0] : .stacked(parts)
  }

  /// What stands before the name of the rows, without the space behind.
  private mutating func selection(_ query: Query) -> Layout {
    var parts: [Layout] = []
    if let column = query.selection.column {
      parts.append(words(before: column.span))
      parts += [expression(column), .space]
    }
    while tokens[index + 1].span.range.lowerBound < query.source.span.range.lowerBound {
      parts += [next(), .space]
    }
    return .sequence(parts + [next()])
  }

  /// `NAME ("(" list(expr) ")")?`.
  mutating func source(_ source: SourceReference) -> Layout {
    let name = next()
    guard !source.arguments.isEmpty else { return name }
    return .sequence([name, parenthesised(source.arguments)])
  }

  /// The conditions of a query, which stand on one line if they fit, or nothing.
  mutating func filters(_ filters: Filters?) -> [Layout] {
    guard let filters else { return [] }
    var parts: [Layout] = []
    if let condition = filters.condition { parts.append(.spaced(next(), expression(condition))) }
    if let exception = filters.exception { parts.append(.spaced(words(2), expression(exception))) }
    return [.stacked(parts)]
  }

  private mutating func order(_ order: RowOrder) -> Layout {
    let keys = Layout.spaced(next(), self.keys(order.keys))
    return order.includesMissing ? .spaced(keys, words(2)) : keys
  }

  /// `key | "(" key "," list(key) ")"`.
  mutating func keys(_ keys: [SortKey]) -> Layout {
    keys.count == 1 ? key(keys[0]) : parenthesised(keys) { $0.key($1) }
  }

  private mutating func key(_ key: SortKey) -> Layout {
    let value = expression(key.expression)
    return key.isDescending ? .spaced(value, next()) : value
  }
}
