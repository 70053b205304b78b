import CarrelPlan
import CarrelValues

/// Which values of a plan are as they were recorded, rather than made to say something of chosen
/// people.
///
/// Recorded are columns, picked or summed over rows that no other value of the patient chooses,
/// lengths of time between them, differences, values moved or scaled by constants, and any of these
/// within declared bounds. Everything else may be a count in disguise (`attacks`, K2).
struct RecordedValues {
  /// For each value of the plan, whether it is recorded, and whether it is a row picked so.
  private var values: [(isRecorded: Bool, isPick: Bool)] = []

  /// Looks at each value once, as values only mention earlier ones.
  init(of plan: Plan) {
    for value in plan.values {
      values.append((isRecorded(value.expression), isPick(value.expression)))
    }
  }

  /// Whether a measure is recorded; a number of rows, or a whole number of few levels, never is.
  func contains(_ measure: Measure) -> Bool {
    if measure.isCount { return false }
    if measure.type == .integer, let bounds = measure.bounds, bounds.width < 10 { return false }
    return isRecorded(measure.expression)
  }

  private func isRecorded(_ expression: Expression) -> Bool {
    switch expression {
    case .field: true
    case .value(let index): values[index].isRecorded
    case .rowColumn(_, _, let row): isPick(row)
    case .unary(.widen, let operand), .unary(.negate, let operand): isRecorded(operand)
    case .binary(let binary, let left, let right): isRecorded(binary, left, right)
    case .choice(let branches, otherwise: nil):
      branches.count == 1 && branches[0].isWithinBounds && isRecorded(branches[0].result)
    case .query(.sum(let rows, let operand)), .query(.mean(let rows, let operand)),
      .query(.extremum(_, let rows, let operand)):
      rows.isChosenByRowsAlone && operand.isColumn
    default: false
    }
  }

  private func isRecorded(
    _ binary: BinaryOperator, _ left: Expression, _ right: Expression
  ) -> Bool {
    switch binary {
    case .add, .multiply:
      (isRecorded(left) && right.isConstant) || (left.isConstant && isRecorded(right))
    case .divide: isRecorded(left) && right.isConstant
    case .subtract, .span:
      (isRecorded(left) || left.isConstant) && (isRecorded(right) || right.isConstant)
    default: false
    }
  }

  /// Whether a row is picked without regard to the patient's other values.
  private func isPick(_ row: Expression) -> Bool {
    switch row {
    case .value(let index): values[index].isPick
    case .query(.pick(let pick)):
      pick.rows.isChosenByRowsAlone && !pick.order.contains { $0.expression.mentionsPatient }
    default: false
    }
  }
}

extension Branch {
  /// Whether the result is kept if it lies between two constants, as `within` says.
  fileprivate var isWithinBounds: Bool {
    guard case .binary(.and, let lower, let upper) = condition,
      case .binary(.greaterOrEqual, result, let lowest) = lower,
      case .binary(.lessOrEqual, result, let highest) = upper
    else { return false }
    return lowest.isConstant && highest.isConstant
  }
}

extension RowSet {
  fileprivate var isChosenByRowsAlone: Bool {
    let parts = [condition, sequence?.condition] + (sequence?.order ?? []).map(\.expression)
    return !parts.contains { $0?.mentionsPatient == true }
  }
}

extension Expression {
  fileprivate var isConstant: Bool {
    if case .constant = self { true } else { false }
  }

  fileprivate var isColumn: Bool {
    switch self {
    case .column: true
    case .unary(.widen, let operand): operand.isColumn
    default: false
    }
  }

  /// Whether anything but the row at hand and constants takes part.
  fileprivate var mentionsPatient: Bool {
    switch self {
    case .constant, .column: false
    // What a row sees of the others is more than the row at hand.
    case .sequencePlace: true
    case .value, .field, .isPresent, .rowColumn, .query, .inValues: true
    // An interval may follow a date that is made to say something of chosen people.
    case .intervalStart, .intervalEnd: true
    case .unary(_, let operand), .inCodelist(let operand, _, _), .categorised(let operand, _),
      .band(let operand, _):
      operand.mentionsPatient
    case .binary(_, let left, let right): left.mentionsPatient || right.mentionsPatient
    case .choice(let branches, let otherwise):
      branches.contains { $0.condition.mentionsPatient || $0.result.mentionsPatient }
        || otherwise?.mentionsPatient == true
    case .oneOf(let first, let rest): ([first] + rest).contains { $0.mentionsPatient }
    case .extremum(_, let operands), .countOf(let operands):
      operands.contains { $0.mentionsPatient }
    case .makeDate(let year, let month, let day):
      [year, month, day].contains { $0.mentionsPatient }
    }
  }
}
