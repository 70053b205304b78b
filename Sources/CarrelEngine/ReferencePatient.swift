internal import CarrelPlan
internal import CarrelValues

/// One patient of a plan: the rows, and the plan's values computed from them in order.
struct ReferencePatient {
  let plan: Plan
  /// By table position in the plan, in stored order: a value for each column.
  let rows: [[[Value]]]
  /// The plan's values; while they are being computed, those before the one at hand.
  private(set) var values: [Value] = []
  /// The interval at hand, in a table with intervals.
  private(set) var interval: Interval?

  init(of rows: [[[Value]]], in plan: Plan) {
    self.plan = plan
    self.rows = rows
    for value in plan.values { values.append(self.value(of: value.expression)) }
  }

  /// The patient in an interval, with the values that depend on it, by their rising positions,
  /// computed anew.
  func during(_ interval: Interval, recomputing dependent: [Int]) -> ReferencePatient {
    var patient = self
    patient.interval = interval
    for index in dependent {
      patient.values[index] = patient.value(of: plan.values[index].expression)
    }
    return patient
  }

  /// The value of an expression for this patient, and for the row at hand inside a row query.
  func value(of expression: Expression, at row: RowAtHand? = nil) -> Value {
    switch expression {
    case .constant(let value, _): value
    case .value(let index): values[index]
    case .field(let table, let column): rows[table].first?[column] ?? .missing
    case .isPresent(let table): .boolean(!rows[table].isEmpty)
    case .column(let column): columnValue(column, of: row)
    case .sequencePlace(let place): self.place(place, of: row)
    case .intervalStart: .known(interval?.start)
    case .intervalEnd: .known(interval?.end)
    case .rowColumn(let table, let column, let pick):
      columnValue(column, ofRow: value(of: pick, at: row), in: table)
    case .unary(let unary, let operand): apply(unary, to: value(of: operand, at: row))
    case .binary(let binary, let left, let right):
      apply(binary, to: value(of: left, at: row), value(of: right, at: row))
    case .choice(let branches, let otherwise):
      choice(among: branches, otherwise: otherwise, at: row)
    case .oneOf(let subject, let members):
      isOne(of: members.map { value(of: $0, at: row) }, value(of: subject, at: row))
    case .inCodelist(let code, let codelist, let match):
      isMatch(value(of: code, at: row), plan.codelists[codelist], match)
    case .categorised(let code, let codelist):
      category(of: value(of: code, at: row), in: plan.codelists[codelist])
    case .band(let number, let cuts): band(of: value(of: number, at: row), among: cuts)
    case .extremum(let end, let operands):
      extremum(end, of: operands.map { value(of: $0, at: row) })
    case .countOf(let conditions):
      .integer(conditions.filter { value(of: $0, at: row).holds }.count)
    case .makeDate(let year, let month, let day):
      makeDate(value(of: year, at: row), value(of: month, at: row), value(of: day, at: row))
    case .query(let query): answer(to: query)
    case .inValues(let subject, let set, let operand):
      isOne(of: values(of: operand, over: set), orFalseAmongNone: value(of: subject, at: row))
    }
  }
}
