import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

extension Checker {
  /// What a name stands for: a column of the table at hand, a parameter, a declared name, one of
  /// the schema's definitions, or a table, in this order.
  func meaning(of name: Name, in scope: Scope) -> Meaning? {
    if let row = scope.row, let index = row.table.columns.firstIndex(named: name.text) {
      warnIfHiding(name, in: scope)
      note(name, as: .column(row.table.columns[index], of: row.table))
      return .value(column(index, of: row, in: scope))
    }
    if let binding = scope.parameters[name.text] {
      note(name, as: .parameter)
      return meaning(of: binding, named: name.text, in: scope)
    }
    if let interval = scope.interval, interval.unit.rawValue == name.text {
      return .period(interval.period)
    }
    if let (key, statement) = declaration(of: name.text, in: scope) {
      note(name, as: .declared(statement))
      return meaning(of: statement, key, usedAs: name, in: scope)
    }
    if let index = tables.firstIndex(named: name.text) {
      note(name, as: .table(tables[index]))
      return meaning(ofTableAt: index)
    }
    return unknown(name, in: scope)
  }

  /// The statement that declares a name, as seen from a scope.
  func declaration(of name: String, in scope: Scope) -> (DeclarationKey, Statement)? {
    if scope.origin == .study, let statement = declared[name] {
      return (DeclarationKey(origin: .study, name: name), statement)
    }
    return schemaDeclared[name].map { (DeclarationKey(origin: .schema, name: name), $0) }
  }

  /// A table by its name: its row where a patient has at most one, else its rows.
  private func meaning(ofTableAt index: Int) -> Meaning {
    let table = tables[index]
    return table.rowsPerPatient == .one
      ? .row(Row(index: index, table: table)) : .rows(Rows(index: index, table: table))
  }

  /// An argument, unless it is a column of a row that cannot be seen from inside another query.
  private func meaning(
    of binding: Scope.Binding, named name: String, in scope: Scope
  ) -> Meaning? {
    guard let meaning = binding.meaning else { return nil }
    let isOuter = meaning.parts.contains { $0.kind == .column && $0.rowDepth != scope.rowDepth }
    if isOuter {
      return failure(
        Diagnostic(
          .outerColumn,
          "a column of one query cannot be used inside another", at: binding.span
        ).label("`\(name)` is used inside a query of its own")
          .help("name a value of the patient with `define` first, and give that"))
    }
    return meaning
  }

  /// Says which of two meanings of a name a query takes.
  private func warnIfHiding(_ name: Name, in scope: Scope) {
    guard let row = scope.row else { return }
    let hidden: String? =
      if let binding = scope.parameters[name.text] {
        binding.meaning.map { _ in "the parameter" }
      } else if scope.interval?.unit.rawValue == name.text {
        "the interval"
      } else {
        declaration(of: name.text, in: scope)
          .flatMap { $0.1.isOutput ? nil : "\($0.1.description) of the same name" }
      }
    guard let hidden else { return }
    report(
      Diagnostic(
        .hiddenName, "`\(name.text)` is the column of `\(row.table.name)` here, not \(hidden)",
        at: name.span, severity: .warning
      ).help(
        "write `\(row.table.name).\(name.text)` for the column, or give the other another name"))
  }
}

// Columns.
extension Checker {
  /// A column of the row at hand.
  func column(_ index: Int, of row: Scope.RowScope, in scope: Scope) -> Typed {
    let column = row.table.columns[index]
    return Typed(
      expression: .column(index), type: ValueType(column.type), kind: .column,
      rowDepth: scope.rowDepth, range: DeclaredRange(of: column))
  }

  /// A column of one row of a patient.
  func column(named name: Name, of row: Row) -> Typed? {
    guard let index = row.table.columns.firstIndex(named: name.text) else {
      return unknownColumn(name, of: row.table)
    }
    let column = row.table.columns[index]
    note(name, as: .column(column, of: row.table))
    let expression: Lowered.Expression =
      if let picked = row.picked {
        .rowColumn(table: row.index, column: index, row: picked)
      } else {
        .field(table: row.index, column: index)
      }
    return Typed(
      expression: expression, type: ValueType(column.type), kind: .patient,
      size: row.size.saturatingAdd(1), range: DeclaredRange(of: column))
  }

  /// Reports that a table has no such column.
  func unknownColumn<Result>(_ name: Name, of table: SchemaTable) -> Result? {
    let names = table.columns.map(\.name)
    let mistake = Diagnostic(
      .unknownColumn, "`\(table.name)` has no column `\(name.text)`", at: name.span)
    if let close = closest(to: name.text, among: names) {
      return failure(mistake.suggesting(close))
    }
    return failure(mistake.help("its columns are \(list(names))"))
  }
}

// Names that mean nothing.
extension Checker {
  /// Reports a name that means nothing where it stands, unless its declaration was lost.
  private func unknown(_ name: Name, in scope: Scope) -> Meaning? {
    if lostNames.mayDeclare(name.text) { return nil }
    if let outer = scope.outerTables.last(where: { $0.column(named: name.text) != nil }) {
      return failure(
        Diagnostic(
          .outerColumn, "`\(name.text)` is a column of `\(outer.name)`, which cannot be seen here",
          at: name.span
        ).label("inside a query over `\(scope.row?.table.name ?? "")`")
          .help("name a value of the patient with `define` first, and use that here"))
    }
    if let homes = homes(ofColumn: name.text) { return bareColumn(name, in: homes) }
    if TimeUnit(rawValue: name.text) != nil {
      let other = scope.interval.map { $0.unit.rawValue }
      return failure(
        Diagnostic(
          .unknownName, "`\(name.text)` is an interval only in an output with `each \(name.text)`",
          at: name.span
        ).help(
          other.map { "the interval here is called `\($0)`" }
            ?? "give a definition the interval as an argument, `(p : period)`, or name a period, "
            + "as in `2024-01-01 to 2024-12-31`"))
    }
    let mistake = Diagnostic(
      .unknownName, "there is nothing called `\(name.text)`", at: name.span)
    if let close = closest(to: name.text, among: names(in: scope)) {
      return failure(mistake.suggesting(close))
    }
    return failure(mistake.help("declare it: `define \(name.text) = …`"))
  }

  /// The tables that have a column, `nil` without one.
  private func homes(ofColumn name: String) -> [SchemaTable]? {
    let homes = tables.filter { $0.column(named: name) != nil }
    return homes.isEmpty ? nil : homes
  }

  private func bareColumn(_ name: Name, in homes: [SchemaTable]) -> Meaning? {
    let mistake = Diagnostic(
      .bareColumn, "`\(name.text)` is a column of \(list(homes.map(\.name)))", at: name.span
    ).label("which row is meant?")
    if let single = homes.first(where: { $0.rowsPerPatient == .one }) {
      let dotted = "\(single.name).\(name.text)"
      return failure(
        mistake.help(
          "write `\(dotted)`",
          fix: Diagnostic.Fix(replacing: name.span, with: dotted, isSafe: homes.count == 1)))
    }
    return failure(mistake.help("ask for one row: `\(name.text) of last \(homes[0].name)`"))
  }

  /// Every name that could stand in a scope, for suggestions.
  private func names(in scope: Scope) -> [String] {
    var names = scope.parameters.keys.sorted() + schemaDeclared.names + tables.map(\.name)
    if scope.origin == .study { names += declared.names }
    if let interval = scope.interval { names.append(interval.unit.rawValue) }
    return names + (scope.row?.table.columns.map(\.name) ?? [])
  }
}

extension DeclaredRange {
  /// The range that the schema declares for a column.
  init(of column: SchemaColumn) {
    if column.type == .integer { levels = column.levels }
    isPlace = column.privacy == .placeLevel
    isUnit = column.isUnit
    if let low = column.minimum?.orderedNumber, let high = column.maximum?.orderedNumber,
      low <= high
    {
      bounds = Bounds(lowest: low, highest: high)
    } else if let numbers = levels?.compactMap(\.value.orderedNumber), let low = numbers.min(),
      let high = numbers.max()
    {
      bounds = Bounds(lowest: low, highest: high)
    }
  }
}

extension [SchemaColumn] {
  /// The position of the column with this name.
  func firstIndex(named name: String) -> Int? { firstIndex { $0.name == name } }
}

extension [SchemaTable] {
  /// The position of the table with this name.
  func firstIndex(named name: String) -> Int? { firstIndex { $0.name == name } }
}
