import CarrelCatalogue
import CarrelPlan
import CarrelValues

/// A plan under construction, in which equal parts are made once.
///
/// Every table of the schema has its place from the beginning, in schema order; ``Plan/reduced()``
/// leaves out what a study's outputs do not read.
struct PlanBuilder {
  private(set) var plan: Plan
  private var valueIndices: [Lowered.Expression: Int] = [:]

  /// An empty plan over these tables.
  init(tables: [SchemaTable]) {
    plan = Plan(
      tables: tables.map { table in
        TableUse(
          name: table.name, hasOneRowPerPatient: table.rowsPerPatient == .one,
          columns: table.columns.map { ColumnUse(name: $0.name, type: $0.scalarType) })
      })
  }

  /// A reference to a value of each patient, which is added unless the plan has it.
  ///
  /// What is as short as a reference stays as it is. A name given later names a value that had
  /// none, so that a definition is recognised in the plan.
  mutating func share(
    _ expression: Lowered.Expression, type: ScalarType, name: String = ""
  ) -> Lowered.Expression {
    switch expression {
    case .constant, .field, .isPresent: return expression
    case .value(let index):
      rename(index, name)
      return expression
    default: break
    }
    if let index = valueIndices[expression] {
      rename(index, name)
      return .value(index)
    }
    plan.values.append(PatientValue(name: name, type: type, expression: expression))
    valueIndices[expression] = plan.values.count - 1
    return .value(plan.values.count - 1)
  }

  private mutating func rename(_ index: Int, _ name: String) {
    // A placeholder for a parameter is of no plan.
    guard plan.values.indices.contains(index), plan.values[index].name.isEmpty else { return }
    plan.values[index].name = name
  }

  /// Adds a code list and gives its position.
  mutating func add(_ codelist: CodelistUse) -> Int {
    plan.codelists.append(codelist)
    return plan.codelists.count - 1
  }

  /// Adds a population and gives its position.
  mutating func add(_ population: Lowered.Population) -> Int {
    plan.populations.append(population)
    return plan.populations.count - 1
  }

  /// Adds an output.
  mutating func add(_ output: Output) { plan.outputs.append(output) }
}
