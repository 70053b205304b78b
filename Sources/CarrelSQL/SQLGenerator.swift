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
  private var columns: [StageColumn] = []
  /// The column that each text became, so that equal parts are computed once.
  private var columnsByText: [String: SQLFragment] = [:]
  private var fragmentsByValue: [Int: SQLFragment] = [:]
  private var fragmentsByExpression: [Expression: SQLFragment] = [:]
  private var lastNumber = 0
  /// The condition of membership and the stage after which it is asked; later stages have members
  /// only.
  private var membership: (condition: String, stage: Int)?

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
  func value(_ index: Int) -> SQLFragment {
    if let known = fragmentsByValue[index] { return known }
    let fragment = patientColumn(
      for: fragment(of: plan.values[index].expression, in: nil), named: "v\(index)")
    fragmentsByValue[index] = fragment
    return fragment
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
    if let known = columnsByText[fragment.text] { return known }
    let stage = max(fragment.stage, membership?.stage ?? 0) + 1
    let name = name ?? "x\(nextNumber())"
    columns.append(StageColumn(name: name, text: fragment.text, stage: stage))
    let column = SQLFragment(
      text: "s.\(name)", type: fragment.type, usesPatient: true, stage: stage)
    columnsByText[fragment.text] = column
    return column
  }

  /// Leaves patients who do not satisfy a condition out of every stage that is begun after this.
  func keepOnly(_ condition: SQLFragment) {
    precondition(membership == nil, "a statement is about one population")
    membership = (condition.text, condition.stage)
  }
}

extension SQLGenerator {
  /// The stages up to one that a fragment of `lastStage` may be selected from, and that selection.
  ///
  /// - Parameters:
  ///   - selected: The columns to select for each patient, who is called `s`.
  ///   - order: What to order by, if anything.
  /// - Returns: The stages as they follow `WITH`, and the selection.
  func selection(_ selected: [String], order: String = "") -> (stages: [String], select: String) {
    var stages: [String] = []
    var source = "carrel_patients"
    let lastStage = columns.map(\.stage).max() ?? 0
    for stage in 1..<lastStage + 1 {
      let added = columns.filter { $0.stage == stage }.map { "\($0.text) AS \($0.name)" }
      let kept = stage == 1 ? "s.patient" : "s.*"
      stages.append(
        "carrel_stage_\(stage) AS MATERIALIZED (\n  SELECT "
          + ([kept] + added).joined(separator: ",\n    ")
          + "\n  FROM \(source) AS s\(membershipClause(before: stage)))")
      source = "carrel_stage_\(stage)"
    }
    let select =
      "SELECT \(selected.joined(separator: ",\n    "))\n  FROM \(source) AS s"
      + membershipClause(before: lastStage + 1) + order
    return (stages, select)
  }

  private func membershipClause(before stage: Int) -> String {
    guard let membership, membership.stage == stage - 1 else { return "" }
    return "\n  WHERE \(membership.condition)"
  }

  /// The finished statement.
  func statement(with expressions: [String], _ body: String) -> SQLStatement {
    let prefix = expressions.isEmpty ? "" : "WITH " + expressions.joined(separator: ",\n") + "\n"
    return SQLStatement(text: prefix + body, parameters: parameters)
  }
}
