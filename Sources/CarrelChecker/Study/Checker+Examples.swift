import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues

extension Checker {
  /// An example as the plan says it; `nil` where it has a mistake.
  func example(_ example: Example) -> ExamplePlan? {
    var rows: [[[Value]]] = tables.map { _ in [] }
    var isWhole = true
    for given in example.given {
      guard let (table, records) = self.records(given) else {
        isWhole = false
        continue
      }
      rows[table] += records
      if tables[table].rowsPerPatient == .one, rows[table].count > 1 {
        report(
          Diagnostic(
            .tooManyRows, "a patient has at most one row in `\(tables[table].name)`",
            at: given.span
          ).help("write one example for each"))
        isWhole = false
      }
    }
    let expectations = example.expectations.map(expectation)
    guard isWhole, expectations.allSatisfy({ $0 != nil }) else { return nil }
    return ExamplePlan(
      title: example.title.text, rows: rows, expectations: expectations.compactMap(\.self))
  }

  private func records(_ given: GivenRows) -> (table: Int, records: [[Value]])? {
    guard let index = tables.firstIndex(named: given.table.text) else {
      return unknownTable(given.table)
    }
    let records = given.records.map { record($0, of: tables[index]) }
    let known = records.compactMap(\.self)
    return known.count == records.count ? (index, known) : nil
  }

  private func record(_ record: Record, of table: SchemaTable) -> [Value]? {
    var values: [Value] = table.columns.map { _ in .missing }
    var given: Set<Int> = []
    var isWhole = true
    for field in record.fields {
      guard let index: Int = column(field.name, of: table),
        let value = value(field.value, of: table.columns[index])
      else {
        isWhole = false
        continue
      }
      if !given.insert(index).inserted {
        report(
          Diagnostic(
            .declaredTwice, "`\(field.name.text)` is given twice", at: field.name.span
          ).help("write each column once"))
        isWhole = false
      }
      values[index] = value
    }
    return isWhole ? values : nil
  }

  private func column(_ name: Name, of table: SchemaTable) -> Int? {
    table.columns.firstIndex(named: name.text) ?? unknownColumn(name, of: table)
  }

  /// A literal as a value of a column.
  private func value(_ literal: Literal, of column: SchemaColumn) -> Value? {
    guard let meaning = meaning(of: literal) else { return nil }
    let type = ValueType(column.type)
    let expression = Written.Expression(.literal(literal), at: literal.span)
    guard case .value(let typed) = meaning else {
      return mismatch(
        meaning, expected: type.description, for: "`\(column.name)`", at: expression)
    }
    // A field of several codes holds whatever text is written, as it would be loaded.
    if case .codes = type, case .text(let text)? = typed.constant { return .text(text) }
    let anchor = Typed(
      expression: .constant(.missing, type.storage), type: type, kind: .constant,
      range: DeclaredRange(of: column))
    let name = Met(typed: anchor, span: literal.span)
    switch fit(typed, to: type, meeting: name, at: literal.span) {
    case .fits(let fitted): return fitted.constant
    case .reported: return nil
    case .differs:
      return mismatch(
        meaning, expected: type.description, for: "`\(column.name)`", at: expression)
    }
  }
}

// What must be true.
extension Checker {
  private func expectation(_ expression: Written.Expression) -> Expectation? {
    guard let condition = condition(expression, for: "`expect`", in: Scope()) else { return nil }
    let (subject, expected) = expected(of: expression)
    let column = subject.flatMap { previewColumn(named: words($0.span), $0) }
    return Expectation(
      text: words(expression.span), line: expression.span.start.line,
      condition: shared(condition).expression, subject: column, expected: expected)
  }

  /// What an expectation looks at and what it should be, so that a failure can show what it is.
  private func expected(
    of expression: Written.Expression
  ) -> (subject: Written.Expression?, expected: String) {
    switch expression.kind {
    case .not(let operand): (operand, "false")
    case .presence(let operand, let isKnown): (operand, isKnown ? "known" : "missing")
    case .binary(.equal, let left, let right):
      isConstant(right) ? (left, constantText(right)) : (expression, "true")
    default: (expression, "true")
    }
  }

  private func isConstant(_ expression: Written.Expression) -> Bool {
    guard case .value(let typed)? = meaning(of: expression, in: Scope()) else { return false }
    return typed.constant != nil
  }

  private func constantText(_ expression: Written.Expression) -> String {
    guard case .value(let typed)? = meaning(of: expression, in: Scope()) else { return "true" }
    return typed.constant?.plainText ?? "true"
  }

  /// A value of each patient as a column, a band with its labels; `nil` where it is no value.
  func previewColumn(named name: String, _ expression: Written.Expression) -> PreviewColumn? {
    guard case .value(let typed)? = meaning(of: expression, in: Scope()) else { return nil }
    return previewColumn(named: name, typed)
  }

  /// A value of each patient as a column, a band with its labels.
  func previewColumn(named name: String, _ typed: Typed) -> PreviewColumn {
    let levels: [Level] =
      if case .bands(let labels) = typed.type {
        Level.bands(labels)
      } else {
        []
      }
    return PreviewColumn(name: name, expression: shared(typed).expression, levels: levels)
  }
}
