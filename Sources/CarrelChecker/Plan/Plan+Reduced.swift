import CarrelPlan

extension Plan {
  /// The plan of the outputs alone: without tables, code lists and values that none of them reads.
  ///
  /// A table keeps all its columns, since picks break ties by them; those that the outputs
  /// themselves read are marked as mentioned.
  func reduced() -> Plan {
    let used = UsedParts(of: self)
    let tables = used.tables.sorted()
    let codelists = used.codelists.sorted()
    let valueIndices = used.values.sorted()
    let references = PlanReferences(
      table: Self.position(in: tables), value: Self.position(in: valueIndices),
      codelist: Self.position(in: codelists))
    return Plan(
      tables: tables.map { self.tables[$0].mentioning(used.columns[$0] ?? []) },
      codelists: codelists.map { self.codelists[$0] },
      values: valueIndices.map { values[$0].rewritten(by: references) },
      populations: populations.map(references.population),
      outputs: outputs.map(references.output))
  }

  private static func position(in kept: [Int]) -> (Int) -> Int {
    let positions = Dictionary(uniqueKeysWithValues: kept.enumerated().map { ($1, $0) })
    return { old in
      guard let new = positions[old] else { preconditionFailure("what is read is kept") }
      return new
    }
  }
}

/// The positions of all that the outputs of a plan read.
private final class UsedParts {
  private(set) var tables: Set<Int> = []
  private(set) var columns: [Int: Set<Int>] = [:]
  private(set) var codelists: Set<Int> = []
  private(set) var values: Set<Int> = []

  init(of plan: Plan) {
    let references = PlanReferences(
      table: { self.note($0, in: \.tables) }, value: { self.note($0, in: \.values) },
      codelist: { self.note($0, in: \.codelists) },
      onColumn: { self.columns[$0, default: []].insert($1) })
    _ = plan.populations.map(references.population)
    _ = plan.outputs.map(references.output)
    // A value mentions only values before it, so one pass from the last to the first is enough.
    for index in plan.values.indices.reversed() where values.contains(index) {
      _ = references.expression(plan.values[index].expression)
    }
  }

  private func note(
    _ index: Int, in parts: ReferenceWritableKeyPath<UsedParts, Set<Int>>
  ) -> Int {
    self[keyPath: parts].insert(index)
    return index
  }
}

extension TableUse {
  fileprivate func mentioning(_ mentioned: Set<Int>) -> TableUse {
    var copy = self
    for index in copy.columns.indices {
      copy.columns[index].isMentioned = mentioned.contains(index)
    }
    return copy
  }
}

extension PatientValue {
  fileprivate func rewritten(by references: PlanReferences) -> PatientValue {
    var copy = self
    copy.expression = references.expression(expression)
    return copy
  }
}
