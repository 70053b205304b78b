import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax

// Rows in an order that lets each see the one before and the one after.
extension Checker {
  /// Some rows in the order of keys.
  func sequenced(
    _ rows: Rows, by keys: [Written.SortKey], _ first: Written.SortKey, in scope: Scope
  ) -> Rows? {
    guard rows.sequence == nil else {
      return failure(
        Diagnostic(
          .sequencedTwice, "these rows are in a sequence already", at: first.expression.span
        ).help("put them in order once, where they are named last"))
    }
    let inner = scope.entering(rows)
    let typed = keys.map { key($0, in: inner) }
    let known = typed.compactMap(\.self)
    guard known.count == typed.count else { return nil }
    let order = zip(known, keys).map {
      Lowered.SortKey($0.expression, isDescending: $1.isDescending)
    }
    var sequenced = rows
    sequenced.condition = nil
    sequenced.sequence = Rows.Sequenced(
      condition: rows.condition, order: order,
      size: known.reduce(rows.size) { $0.saturatingAdd($1.size) })
    return sequenced
  }

  /// What `previous`, `next` and `position` mean for a row in a sequence.
  func sequencePlace(named name: Name, in scope: Scope) -> Meaning? {
    guard let row = scope.row, row.isSequenced,
      let place = SequencePlace(rawValue: name.text)
    else { return nil }
    switch place {
    case .position:
      return .value(
        Typed(
          expression: .sequencePlace(.position), type: .integer, kind: .column,
          rowDepth: scope.rowDepth, range: DeclaredRange(isCount: true)))
    case .previous, .next:
      return .row(
        Row(
          index: row.index, table: row.table, picked: .sequencePlace(place),
          neighbourDepth: scope.rowDepth))
    }
  }
}
