import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelValues

// Practices and other units, and places below region (`attacks`, K3 and K14).
extension SafetyReview {
  /// A unit is not a group, nor a number to be added up.
  func reviewReleased(_ part: Part) {
    guard let column = named(by: part.expression, row: part.row) else { return }
    if part.role == .measure || column.isUnit {
      report(
        .releasedUnit, "`\(column.name)` names \(column.subject), and no figure is of one of them",
        at: part.span
      ) {
        $0.help(
          column.isUnit
            ? "show how practices differ with `deciles … across \(column.name)`"
            : "group by region")
      }
    }
  }

  /// A unit or a place is held against others of the records, never against a literal.
  func reviewNamedPlace(_ part: Part) {
    guard let column = heldAgainstLiteral(part) else { return }
    report(
      .namedPlace, "this picks \(column.subject) by name", at: part.span
    ) {
      $0.label("`\(column.name)`")
        .help(
          column.isUnit
            ? "hold it against another column, as in `practice in (practice of …)`"
            : "pick regions, or a measure of the place such as deprivation")
    }
  }

  private func heldAgainstLiteral(_ part: Part) -> SchemaColumn? {
    let column = { self.named(by: $0, row: part.row) }
    switch part.expression {
    case .binary(let binary, let left, let right) where binary.isComparison || binary.isTextTest:
      if isLiteral(right) { return column(left) }
      return isLiteral(left) ? column(right) : nil
    case .oneOf(let operand, let members):
      return members.contains(where: isLiteral) ? column(operand) : nil
    case .inCodelist(let operand, _, _), .categorised(let operand, _), .band(let operand, _):
      return column(operand)
    case .inValues(let operand, let rows, let element) where isLiteral(operand):
      return named(by: element, row: rows.table)
    default: return nil
    }
  }

  private func isLiteral(_ expression: Lowered.Expression) -> Bool {
    var literals = LiteralValues(plan: plan, interval: nil)
    return literals.value(of: expression) != nil
  }

  /// The unit or the place that a value is, or is worked out from; `nil` for any other value.
  ///
  /// Values are looked at once each: of those built on each other twice there are ever so many ways.
  private func named(by expression: Lowered.Expression, row: Int?) -> SchemaColumn? {
    var seen: Set<Int> = []
    var pending = [(expression: expression, row: row)]
    while let (expression, row) = pending.popLast() {
      if let column = column(expression, row: row) {
        if column.isUnit || column.privacy == .placeLevel { return column }
      } else if case .value(let index) = expression {
        guard plan.values.indices.contains(index), seen.insert(index).inserted else { continue }
        pending.append((plan.values[index].expression, nil))
      } else {
        pending += workedOutFrom(expression, row: row).reversed()
      }
    }
    return nil
  }

  /// What a value is worked out from so that it still names what those name.
  ///
  /// Whether two of them are the same, and how many there are, names none.
  private func workedOutFrom(
    _ expression: Lowered.Expression, row: Int?
  ) -> [(expression: Lowered.Expression, row: Int?)] {
    let parts: [Lowered.Expression]
    switch expression {
    case .query(.sum(let rows, let operand)), .query(.mean(let rows, let operand)),
      .query(.extremum(_, let rows, let operand)):
      return [(operand, rows.table)]
    case .unary(.isMissing, _): return []
    case .unary(_, let operand): parts = [operand]
    case .binary(let binary, let left, let right):
      parts = binary.isComparison || binary.isTextTest ? [] : [left, right]
    case .choice(let branches, let otherwise):
      parts = branches.map(\.result) + (otherwise.map { [$0] } ?? [])
    case .extremum(_, let operands): parts = operands
    case .band(let operand, _), .categorised(let operand, _): parts = [operand]
    default: parts = []
    }
    return parts.map { ($0, row) }
  }
}

extension SchemaColumn {
  /// What a name in the column is of.
  fileprivate var subject: String { isUnit ? "a practice or another unit" : "a place below region" }
}

extension Lowered.BinaryOperator {
  /// Whether it looks for one text in another.
  var isTextTest: Bool {
    switch self {
    case .contains, .hasPrefix, .anyCodeHasPrefix: true
    default: false
    }
  }
}
