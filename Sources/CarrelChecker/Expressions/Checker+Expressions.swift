import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

extension Checker {
  /// What an expression stands for.
  func meaning(of expression: Written.Expression, in scope: Scope) -> Meaning? {
    let meaning = deeper(at: expression.span) { self.innerMeaning(of: expression, in: scope) }
    if case .value(let typed)? = meaning { notePlace(of: typed, at: expression, in: scope) }
    return meaning
  }

  private func innerMeaning(of expression: Written.Expression, in scope: Scope) -> Meaning? {
    switch expression.kind {
    case .literal(let literal): meaning(of: literal)
    case .name(let name): meaning(of: name, in: scope)
    case .call(let name, let arguments):
      call(name, arguments, at: expression.span, in: scope)
    case .member(let operand, let name): member(name, of: operand, in: scope)
    case .query(let query): meaning(of: query, in: scope)
    case .binary(let binary, let left, let right):
      meaning(of: binary, left, right, in: scope)
    default: valueMeaning(of: expression, in: scope).map(Meaning.value)
    }
  }

  /// The value of an expression that can only be a single value.
  private func valueMeaning(of expression: Written.Expression, in scope: Scope) -> Typed? {
    switch expression.kind {
    case .negative(let operand): negative(operand, in: scope)
    case .not(let operand):
      condition(operand, for: "`not`", in: scope).map(\.negated)
    case .membership(let membership): self.membership(membership, in: scope)
    case .between(let between): self.between(between, in: scope)
    case .presence(let operand, let isKnown): presence(of: operand, isKnown, in: scope)
    case .elapsed(let unit, let start, let end):
      elapsed(unit, from: start, to: end, in: scope)
    case .categorised(let operand, let name): categorised(operand, by: name, in: scope)
    case .choice(let choice): self.choice(choice, in: scope)
    case .bands(let bands): self.bands(bands, at: expression.span, in: scope)
    case .combination(let combination, let operands):
      self.combination(combination, of: operands, in: scope)
    case .literal, .name, .call, .member, .query, .binary:
      preconditionFailure("handled above")
    }
  }

  /// A call of a function or of a definition with parameters.
  private func call(
    _ name: Name, _ arguments: [Written.Expression], at span: SourceSpan, in scope: Scope
  ) -> Meaning? {
    if let (key, statement) = declaration(of: name.text, in: scope) {
      return call(statement, key, name, arguments, at: span, in: scope)
    }
    if let function = Function(rawValue: name.text) {
      return self.function(function, arguments, at: span, in: scope)
    }
    if lostNames.mayDeclare(name.text) { return nil }
    let callable = (declared.statements + schemaDeclared.statements)
      .filter { !$0.parameters.isEmpty }.compactMap { $0.declaredName?.text }
    let mistake = Diagnostic(
      .unknownName, "there is no definition `\(name.text)` to call", at: name.span)
    return failure(
      closest(to: name.text, among: callable + Function.allCases.map(\.rawValue))
        .map { mistake.suggesting($0) }
        ?? mistake.help("declare it: `define \(name.text)(…) = …`"))
  }
}

// What stands after a dot.
extension Checker {
  private func member(
    _ name: Name, of operand: Written.Expression, in scope: Scope
  ) -> Meaning? {
    if case .name(let table) = operand.kind, let row = scope.row, row.table.name == table.text,
      row.table.column(named: table.text) == nil
    {
      return ownColumn(name, of: row, in: scope)
    }
    if case .name(let table) = operand.kind, isUnknown(table, in: scope) {
      return unknownTable(table)
    }
    guard let meaning = meaning(of: operand, in: scope) else { return nil }
    return member(name, of: meaning, operand)
  }

  /// `TABLE.column` for the row at hand.
  private func ownColumn(_ name: Name, of row: Scope.RowScope, in scope: Scope) -> Meaning? {
    guard let index = row.table.columns.firstIndex(named: name.text) else {
      return unknownColumn(name, of: row.table)
    }
    note(name, as: .column(row.table.columns[index], of: row.table))
    return .value(column(index, of: row, in: scope))
  }

  /// What a word after a dot takes of something.
  func member(_ name: Name, of meaning: Meaning, _ operand: Written.Expression) -> Meaning? {
    switch (meaning, name.text) {
    case (.row(let row), _): return column(named: name, of: row).map(Meaning.value)
    case (.period(let period), "start"): return .value(period.start)
    case (.period(let period), "end"): return .value(period.end)
    case (.value(let typed), _) where typed.type == .date:
      if let part = Self.part(name.text, of: typed) { return .value(part) }
    case (.rows(let rows), _):
      if rows.table.column(named: name.text) == nil { return unknownColumn(name, of: rows.table) }
      return failure(
        Diagnostic(
          .rowsNotValue, "`\(excerpt(operand.span))` has any number of rows for each patient",
          at: operand.span
        ).label("which row is meant?")
          .help("ask for one row: `\(name.text) of last \(excerpt(operand.span))`"))
    default: break
    }
    return unknownMember(name, of: meaning)
  }

  private func unknownMember(_ name: Name, of meaning: Meaning) -> Meaning? {
    let known: [String] =
      switch meaning {
      case .period: ["start", "end"]
      case .value(let typed) where typed.type == .date: Self.dateParts.keys.sorted()
      default: []
      }
    let mistake = Diagnostic(
      .unknownMember, "\(meaning.description) has no `.\(name.text)`", at: name.span)
    if let close = closest(to: name.text, among: known) {
      return failure(mistake.suggesting(close))
    }
    return failure(
      mistake.help(
        known.isEmpty ? "only dates, periods and rows have parts" : "it has \(list(known))"))
  }

  private static let dateParts: [String: Lowered.UnaryOperator] = [
    "year": .year, "month": .month, "day": .day, "first_of_month": .firstOfMonth,
    "first_of_year": .firstOfYear,
  ]

  private static func part(_ name: String, of date: Typed) -> Typed? {
    guard let part = dateParts[name] else { return nil }
    let type: ValueType = part.resultType(of: .date) == .integer ? .integer : .date
    let typed = Typed(.unary(part, date.expression), type, from: [date])
    return typed.bounded(part.bounds(of: date.range.bounds))
  }

  /// Whether a name before a dot means nothing, not even something that was lost.
  private func isUnknown(_ name: Name, in scope: Scope) -> Bool {
    TimeUnit(rawValue: name.text) == nil
      && scope.row?.table.column(named: name.text) == nil
      && scope.parameters[name.text] == nil && declaration(of: name.text, in: scope) == nil
      && tables.firstIndex(named: name.text) == nil && !lostNames.mayDeclare(name.text)
      && !tables.contains { $0.column(named: name.text) != nil }
  }
}

extension Lowered.UnaryOperator {
  /// The range of a part of a date, given the range of the dates.
  fileprivate func bounds(of dates: Bounds?) -> Bounds? {
    let days = dates.map { [$0.lowest, $0.highest].map(CivilDate.init(clampingDayNumber:)) }
    switch self {
    case .month: return Bounds(lowest: 1, highest: 12)
    case .day: return Bounds(lowest: 1, highest: 31)
    case .year:
      return days.map { Bounds(lowest: Double($0[0].year), highest: Double($0[1].year)) }
    case .firstOfMonth:
      return days.map {
        Bounds(
          lowest: Double($0[0].firstOfMonth.dayNumber),
          highest: Double($0[1].firstOfMonth.dayNumber))
      }
    case .firstOfYear:
      return days.map {
        Bounds(
          lowest: Double($0[0].firstOfYear.dayNumber), highest: Double($0[1].firstOfYear.dayNumber))
      }
    default: return nil
    }
  }
}

extension CivilDate {
  /// The day with this number, or the nearest one that can be represented.
  init(clampingDayNumber number: Double) {
    let clamped = min(max(number, Double(Self.first.dayNumber)), Double(Self.last.dayNumber))
    self = CivilDate(dayNumber: Int(clamped)) ?? .first
  }
}

extension Typed {
  /// Its three-valued negation.
  var negated: Typed { Typed(.unary(.not, expression), .boolean, from: [self]) }
}
