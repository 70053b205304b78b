internal import CarrelPlan
internal import CarrelValues

/// Writes one statement for one output of a plan.
///
/// Patient values become columns of stages, common table expressions that each add columns to the
/// one before and have a row for each patient, called `s`. A stage computes what needs only earlier
/// stages, so that a value is computed once however often it is used. What nests too deeply for the
/// database's parser, and whatever depends on the patient alone inside a row query, is made a
/// column of a stage too.
final class SQLGenerator {
  let plan: Plan
  let dialect: SQLDialect
  private var parameters: [Value] = []
  private var parameterNumbers: [Value: Int] = [:]
  private(set) var columns: [StageColumn] = []
  /// The column that each text became, so that equal parts are computed once.
  private var columnsByText: [String: SQLFragment] = [:]
  private var fragmentsByValue: [Int: SQLFragment] = [:]
  private var fragmentsByExpression: [Expression: SQLFragment] = [:]
  private var lastNumber = 0
  /// The conditions of membership, each with the stage after which it is asked; later stages have
  /// only those who satisfy it.
  private(set) var memberships: [(condition: String, stage: Int)] = []
  /// What makes a row for each patient and interval out of a row for each patient.
  private(set) var crossing: IntervalCrossing?

  init(plan: Plan, dialect: SQLDialect) {
    self.plan = plan
    self.dialect = dialect
  }

  /// A number that no other name of the statement has.
  func nextNumber() -> Int {
    lastNumber += 1
    return lastNumber
  }

  /// The parameter for a constant; equal constants share one.
  func parameter(_ value: Value, _ type: ScalarType) -> SQLFragment {
    let number = parameterNumbers[value] ?? parameters.count + 1
    if number > parameters.count {
      parameters.append(value)
      parameterNumbers[value] = number
    }
    return SQLFragment(text: dialect.placeholder(number), type: type)
  }

  /// A plan's value, computed by a stage unless it is a column or a constant anyway.
  ///
  /// Those that it needs come first, so that the stack is as deep as one expression, however long
  /// the chain of values.
  func value(_ index: Int) -> SQLFragment {
    if let known = fragmentsByValue[index] { return known }
    for needed in unwrittenValues(for: index) {
      fragmentsByValue[needed] = patientColumn(
        for: fragment(of: plan.values[needed].expression, in: nil), named: "v\(needed)")
    }
    guard let fragment = fragmentsByValue[index] else {
      preconditionFailure("a value is among those that it needs")
    }
    return fragment
  }

  /// A value and those before it that it needs and that have no fragment yet, in the plan's order.
  private func unwrittenValues(for index: Int) -> [Int] {
    var found: Set<Int> = [index]
    var pending = [plan.values[index].expression]
    while let expression = pending.popLast() {
      if case .value(let needed) = expression {
        guard fragmentsByValue[needed] == nil, found.insert(needed).inserted else { continue }
        pending.append(plan.values[needed].expression)
      } else {
        pending += expression.parts
      }
    }
    return found.sorted()
  }

  /// The fragment of an expression of the patient alone, made when it is first met.
  func once(_ expression: Expression, _ make: () -> SQLFragment) -> SQLFragment {
    if let known = fragmentsByExpression[expression] { return known }
    let fragment = make()
    fragmentsByExpression[expression] = fragment
    return fragment
  }

  /// A column of a stage that holds what a fragment computes for each patient.
  func patientColumn(for fragment: SQLFragment, named name: String? = nil) -> SQLFragment {
    precondition(!fragment.usesRow, "a patient's value does not depend on a row")
    if fragment.isSimple { return fragment }
    if var known = columnsByText[fragment.text] {
      // A boolean and the integer that it becomes are the same text.
      known.type = fragment.type
      return known
    }
    let settled = memberships.map(\.stage).filter {
      IntervalCrossing.isAfter($0) == IntervalCrossing.isAfter(fragment.stage)
    }
    let stage = max(fragment.stage, settled.max() ?? 0) + 1
    let name = name ?? "x\(nextNumber())"
    columns.append(StageColumn(name: name, text: fragment.text, stage: stage))
    let column = SQLFragment(
      text: "s.\(name)", type: fragment.type, usesPatient: true, stage: stage)
    columnsByText[fragment.text] = column
    return column
  }

  /// Leaves out whoever does not satisfy a condition, from every stage that is begun after this.
  ///
  /// There is at most one condition on patients and one on patients in intervals.
  func keepOnly(_ condition: SQLFragment) {
    memberships.append((condition.text, condition.stage))
  }

  /// Whether the statement is about patients in intervals.
  var hasIntervals: Bool { crossing != nil }

  /// Makes a row for each patient and interval, after everything that depends on the patient alone.
  func cross(with crossing: IntervalCrossing) {
    precondition(self.crossing == nil, "a statement has one series of intervals")
    self.crossing = crossing
  }
}

extension SQLGenerator {
  /// The finished statement.
  func statement(with expressions: [String], _ body: String) -> SQLStatement {
    let prefix = expressions.isEmpty ? "" : "WITH " + expressions.joined(separator: ",\n") + "\n"
    return SQLStatement(text: prefix + body, parameters: parameters)
  }
}
