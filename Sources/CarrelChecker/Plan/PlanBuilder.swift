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
  /// The values that have the name of a call, which the name of a definition may replace.
  private var namedByCall: Set<Int> = []

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
  /// What is as short as a reference stays as it is. The value is named after the first definition
  /// that it is the value of, or after a call where there is no such definition.
  mutating func share(
    _ expression: Lowered.Expression, type: ScalarType, name: ValueName = .none
  ) -> Lowered.Expression {
    switch expression {
    case .constant, .field, .isPresent, .intervalStart, .intervalEnd: return expression
    case .value(let index):
      self.name(index, name)
      return expression
    default: break
    }
    let index: Int
    if let known = valueIndices[expression] {
      index = known
    } else {
      index = plan.values.count
      plan.values.append(PatientValue(name: "", type: type, expression: expression))
      valueIndices[expression] = index
    }
    self.name(index, name)
    return .value(index)
  }

  private mutating func name(_ index: Int, _ name: ValueName) {
    // What stands for a parameter is in no plan.
    guard plan.values.indices.contains(index) else { return }
    let hasName = !plan.values[index].name.isEmpty
    switch name {
    case .definition(let name) where !hasName || namedByCall.contains(index):
      plan.values[index].name = name
      namedByCall.remove(index)
    case .call(let name) where !hasName:
      plan.values[index].name = name
      namedByCall.insert(index)
    case .definition, .call, .none: break
    }
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

/// What a value of the plan is called, for those who read one.
enum ValueName {
  /// It is a shared part of something.
  case none
  /// It is the value of a definition.
  case definition(String)
  /// It is what a definition with parameters means for some arguments.
  case call(String)
}
