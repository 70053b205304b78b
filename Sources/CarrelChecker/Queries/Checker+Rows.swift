import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

// Sets of rows: tables, `events` and what narrows them.
extension Checker {
  /// The rows that an `events` statement names.
  func rows(of events: EventsDeclaration, in scope: Scope) -> Rows? {
    let rows = self.rows(events.source, in: scope)
    let narrowed = rows.flatMap { self.rows($0, narrowedBy: events.filters, in: scope) }
    guard let first = events.sequence.first else { return narrowed }
    return narrowed.flatMap { sequenced($0, by: events.sequence, first, in: scope) }
  }

  /// The rows that a source names: of a table, or of `events`.
  func rows(_ source: SourceReference, in scope: Scope) -> Rows? {
    let name = source.name
    guard let meaning = sourceMeaning(source, in: scope) else { return nil }
    switch meaning {
    case .rows(let rows): return rows
    case .row(let row) where row.picked == nil: return singleRow(row.table, at: name)
    default:
      return failure(
        Diagnostic(
          .wrongKindOfName, "a query needs rows, and `\(name.text)` is \(meaning.description)",
          at: source.span
        ).label(meaning.description).help("name a table or `events`"))
    }
  }

  private func sourceMeaning(_ source: SourceReference, in scope: Scope) -> Meaning? {
    let name = source.name
    if !source.arguments.isEmpty, let (key, statement) = declaration(of: name.text, in: scope) {
      return call(statement, key, name, source.arguments, at: source.span, in: scope)
    }
    // Columns have no rows, so a source looks past those of the table at hand.
    var outside = scope
    outside.row = nil
    outside.outerRows = []
    let isKnown =
      scope.parameters[name.text] != nil || declaration(of: name.text, in: scope) != nil
      || tables.firstIndex(named: name.text) != nil
    return isKnown ? meaning(of: name, in: outside) : unknownTable(name)
  }

  /// Reports that there is no such table, unless its declaration was lost.
  func unknownTable<Result>(_ name: Name) -> Result? {
    if lostNames.mayDeclare(name.text) { return nil }
    let events = (declared.statements + schemaDeclared.statements).filter {
      if case .events = $0 { true } else { false }
    }
    let names = tables.map(\.name) + events.compactMap { $0.declaredName?.text }
    let mistake = Diagnostic(
      .unknownTable, "there is no table `\(name.text)`", at: name.span
    ).label(schemasLabel)
    if let help = ForeignWords.pick(for: name.text) { return failure(mistake.help(help)) }
    if let close = closest(to: name.text, among: names) {
      return failure(mistake.suggesting(close))
    }
    return failure(
      mistake.help(names.isEmpty ? "say which schema the study `uses`" : "there are \(list(names))")
    )
  }

  private var schemasLabel: String {
    switch schemas.count {
    case 0: "the study uses no schema"
    case 1: "not in schema `\(schemas[0].schema.name)`"
    default: "not in schemas \(list(schemas.map(\.schema.name)))"
    }
  }

  private func singleRow(_ table: SchemaTable, at name: Name) -> Rows? {
    let column = table.columns.first?.name ?? "…"
    return failure(
      Diagnostic(
        .singleRowTable, "`\(table.name)` has at most one row for each patient", at: name.span
      ).label("no query is needed")
        .help("write `\(table.name).\(column)` for a column, `\(table.name) is known` for the row"))
  }

  /// Some rows, narrowed: what was there, and what `where` and `except where` add.
  func rows(_ rows: Rows, narrowedBy filters: Filters?, in scope: Scope) -> Rows? {
    guard let filters else { return rows }
    let inner = scope.entering(rows)
    let kept = filters.condition.map { condition($0, for: "`where`", in: inner) }
    let left = filters.exception.map { condition($0, for: "`except where`", in: inner) }
    var narrowed = rows
    if let kept {
      guard let kept else { return nil }
      narrowed.condition = narrowed.condition.and(kept)
    }
    if let left {
      guard let left else { return nil }
      narrowed.condition = narrowed.condition.and(left.doesNotHold)
    }
    return narrowed
  }
}

extension Typed {
  /// Whether a condition is false or missing.
  fileprivate var doesNotHold: Typed {
    Typed(
      .binary(.otherwise, expression, .constant(.boolean(false), .boolean)), .boolean,
      from: [self]
    ).negated
  }
}

extension Typed? {
  /// Both conditions; the other alone where there is none.
  fileprivate func and(_ other: Typed) -> Typed {
    map {
      Typed(.binary(.and, $0.expression, other.expression), .boolean, from: [$0, other])
    } ?? other
  }
}
