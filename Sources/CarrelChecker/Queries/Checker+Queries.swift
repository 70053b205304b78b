import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

// Questions about a patient's rows.
extension Checker {
  /// What a query stands for: a value of the patient, a row, or a set of values.
  func meaning(of query: Query, in scope: Scope) -> Meaning? {
    guard let source = rows(query.source, in: scope) else { return nil }
    let narrowed = rows(source, narrowedBy: query.filters, in: scope)
    // Even where the filters have a mistake the rest is looked at, as a question about all rows.
    let answer = self.answer(to: query, over: narrowed ?? source, in: scope)
    return narrowed == nil ? nil : answer
  }

  private func answer(to query: Query, over rows: Rows, in scope: Scope) -> Meaning? {
    let inner = scope.entering(rows)
    switch query.selection {
    case .any: return .value(self.query(.any(rows.lowered), .boolean, rows))
    case .count:
      return .value(self.query(.count(rows.lowered), .integer, rows).counting)
    case .countDistinct(let column): return countDistinct(column, rows, in: inner)
    case .countEpisodes(let gap): return countEpisodes(gap, rows, at: query.span)
    case .aggregate(let aggregate, let column):
      return self.aggregate(aggregate, column, rows, in: inner).map(Meaning.value)
    case .values(let column):
      return value(of: column, for: "`of`", in: inner)
        .map { .values(ValueSet(rows: rows, element: $0)) }
    case .row(let pick):
      return self.pick(pick, rows, order: query.order, in: inner, at: query.span)
        .map(Meaning.row)
    case .column(let path, let pick):
      guard let row = self.pick(pick, rows, order: query.order, in: inner, at: query.span) else {
        return nil
      }
      return column(path, of: row)
    }
  }

  /// The answer of a query, which the plan holds once.
  private func query(
    _ query: RowQuery, _ type: ValueType, _ rows: Rows, element: Typed? = nil
  ) -> Typed {
    let size = rows.size.saturatingAdd(element?.size ?? 0).saturatingAdd(1)
    return Typed(
      expression: state.plan.share(.query(query), type: type.storage), type: type,
      kind: .patient, size: size)
  }

  private func countDistinct(
    _ column: Written.Expression, _ rows: Rows, in inner: Scope
  ) -> Meaning? {
    guard let element = value(of: column, for: "`count distinct`", in: inner) else { return nil }
    if element.type == .decimal {
      return failure(
        Diagnostic(.wrongType, "decimals are not counted as equal or different", at: column.span)
          .label("a decimal").help("make it whole first: `(round(\(excerpt(column.span))))`"))
    }
    return .value(
      query(
        .countDistinct(rows.lowered, of: element.expression), .integer, rows, element: element
      ).counting)
  }

  private func countEpisodes(
    _ gap: DurationLiteral, _ rows: Rows, at span: SourceSpan
  ) -> Meaning? {
    guard let date = rows.table.date, let index = rows.table.columns.firstIndex(of: date) else {
      return failure(
        Diagnostic(
          .noDateOfTable, "`\(rows.table.name)` has no date of its own to tell episodes by",
          at: span
        ).help("use a table whose declared order has a date"))
    }
    guard let duration = duration(gap), let days = days(of: duration, gap) else { return nil }
    return .value(
      query(
        .countEpisodes(rows.lowered, date: .column(index), gapDays: days), .integer, rows
      ).counting)
  }

  private func days(of duration: Duration, _ gap: DurationLiteral) -> Int? {
    guard case .integer(let count)? = duration.count.constant else { return nil }
    switch duration.unit {
    case .days: return count
    case .weeks: return Arithmetic.multiply(count, 7)
    case .months, .years:
      return failure(
        Diagnostic(.wrongType, "the gap between episodes is in days or weeks", at: gap.span)
          .label("months and years differ in length").help("write days, as in `gap 30 days`"))
    }
  }

  private func aggregate(
    _ aggregate: Query.Aggregate, _ column: Written.Expression, _ rows: Rows, in inner: Scope
  ) -> Typed? {
    let purpose = "`\(aggregate.rawValue)`"
    guard let element = self.element(of: aggregate, column, purpose, in: inner) else { return nil }
    let lowered = element.expression
    switch aggregate {
    case .sum:
      return query(.sum(rows.lowered, of: lowered), element.type, rows, element: element)
    case .mean:
      return query(.mean(rows.lowered, of: lowered), .decimal, rows, element: element)
        .bounded(element.range.bounds)
    case .smallest, .earliest:
      return query(
        .extremum(.smallest, rows.lowered, of: lowered), element.type, rows, element: element
      ).with(element.range)
    case .largest, .latest:
      return query(
        .extremum(.largest, rows.lowered, of: lowered), element.type, rows, element: element
      ).with(element.range)
    }
  }

  /// What an aggregate takes of each row.
  private func element(
    of aggregate: Query.Aggregate, _ column: Written.Expression, _ purpose: String,
    in inner: Scope
  ) -> Typed? {
    switch aggregate {
    case .sum, .mean: return number(column, for: purpose, in: inner)
    case .earliest, .latest: return date(column, for: purpose, in: inner)
    case .smallest, .largest:
      guard let element = value(of: column, for: purpose, in: inner) else { return nil }
      if element.type.isNumber || element.type == .text { return element }
      let word = aggregate == .smallest ? "earliest" : "latest"
      let diagnostic = Diagnostic(
        .wrongType, "\(purpose) needs numbers or texts, not \(element.type.description)",
        at: column.span
      ).label(element.type.description)
      return failure(
        diagnostic.help(
          element.type == .date
            ? "use `\(word)` for dates" : "pick a row by a key: `first row of … by …`"))
    }
  }
}

// Picked rows.
extension Checker {
  private func pick(
    _ pick: Query.Pick, _ rows: Rows, order: RowOrder?, in inner: Scope, at span: SourceSpan
  ) -> Row? {
    guard let position = position(of: pick, at: span),
      let keys = keys(order, rows, in: inner, at: span)
    else { return nil }
    let lowered = Pick(
      rows: rows.lowered, order: keys.map(\.key), position: position,
      includesMissing: order?.includesMissing ?? false)
    let size = keys.reduce(rows.size.saturatingAdd(1)) { $0.saturatingAdd($1.size) }
    return Row(
      index: rows.index, table: rows.table,
      picked: state.plan.share(.query(.pick(lowered)), type: .integer), size: size)
  }

  private func position(of pick: Query.Pick, at span: SourceSpan) -> CarrelPlan.Pick.Position? {
    switch pick {
    case .first: return .first
    case .last: return .last
    case .number(.value(let number)) where number > 0: return .nth(number)
    case .number(.value):
      return failure(
        Diagnostic(.rowNumber, "rows are counted from 1", at: span).help("write `row 1 of …`"))
    case .number(.hole): preconditionFailure("holes are filled before a study is checked")
    }
  }

  private func keys(
    _ order: RowOrder?, _ rows: Rows, in inner: Scope, at span: SourceSpan
  ) -> [(key: Lowered.SortKey, size: Int)]? {
    guard let order else {
      if let sequence = rows.sequence { return sequence.order.map { (key: $0, size: 1) } }
      return declaredOrder(of: rows.table, at: span)
    }
    let keys = order.keys.map { key in
      self.key(key, in: inner).map {
        (key: Lowered.SortKey($0.expression, isDescending: key.isDescending), size: $0.size)
      }
    }
    let known = keys.compactMap(\.self)
    return known.count == keys.count ? known : nil
  }

  private func declaredOrder(
    of table: SchemaTable, at span: SourceSpan
  ) -> [(key: Lowered.SortKey, size: Int)]? {
    let columns = table.orderedBy.compactMap { table.columns.firstIndex(named: $0) }
    if !columns.isEmpty { return columns.map { (key: Lowered.SortKey(.column($0)), size: 1) } }
    let dates = table.columns.filter { $0.type == .date }.map(\.name)
    return failure(
      Diagnostic(
        .pickWithoutOrder, "`\(table.name)` has no order of its own to pick a row by", at: span
      ).help("say the order, as in `by \(dates.first ?? table.columns.first?.name ?? "…")`"))
  }

  func key(_ key: Written.SortKey, in inner: Scope) -> Typed? {
    guard let typed = value(of: key.expression, for: "`by`", in: inner) else { return nil }
    if typed.type.isOrdered || typed.type == .boolean { return typed }
    return failure(
      Diagnostic(
        .withoutOrder, "`by` needs an order, and \(typed.type.description) has none",
        at: key.expression.span
      ).label(typed.type.description).help("order by a number, a date, a text or a boolean"))
  }

  /// The column, or a part of it, that a path names in a picked row.
  private func column(_ path: Written.Expression, of row: Row) -> Meaning? {
    switch path.kind {
    case .name(let name): return column(named: name, of: row).map(Meaning.value)
    case .member(let operand, let name):
      if case .name(let table) = operand.kind, table.text == row.table.name,
        row.table.column(named: table.text) == nil
      {
        return column(named: name, of: row).map(Meaning.value)
      }
      return column(operand, of: row).flatMap { member(name, of: $0, operand) }
    default:
      preconditionFailure("the parser reads a path before `of first`")
    }
  }
}

extension Typed {
  /// The same number as a count: it has no greatest value until `within` gives it one.
  fileprivate var counting: Typed { with(DeclaredRange(isCount: true)) }
}
