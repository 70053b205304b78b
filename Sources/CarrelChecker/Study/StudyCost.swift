import CarrelPlan

/// A bound on what a study costs, known before any record is read.
public struct StudyCost: Hashable, Sendable {
  /// The most questions about the rows of one patient, those for each interval counted apart.
  public let questionCount: Int
  /// The tables whose rows they are about.
  public let tableCount: Int

  /// The cost of a plan that has only what its outputs read.
  init(of plan: Plan) {
    var counter = QuestionCounter(
      intervalCount: plan.outputs.reduce(0) { sum, output in
        sum + (output.table?.intervals?.count ?? 0)
      })
    for value in plan.values { counter.countValue(value.expression) }
    for population in plan.populations {
      for criterion in population.criteria { counter.count(criterion.condition) }
    }
    for table in plan.outputs.compactMap(\.table) {
      for grouping in table.groupings { counter.count(grouping.expression) }
      for operand in table.statistics.flatMap(\.kind.operands) { counter.count(operand) }
    }
    questionCount = counter.total
    tableCount = plan.tables.count { !$0.hasOneRowPerPatient }
  }
}

/// Counts questions about rows, once for each interval where they depend on it.
private struct QuestionCounter {
  let intervalCount: Int
  private(set) var total = 0
  /// For each value of the plan so far, whether it depends on the interval.
  private var followsInterval: [Bool] = []

  init(intervalCount: Int) { self.intervalCount = intervalCount }

  /// Counts those of the next value of the plan.
  mutating func countValue(_ expression: Lowered.Expression) {
    count(expression)
    followsInterval.append(dependsOnInterval(expression))
  }

  mutating func count(_ expression: Lowered.Expression) {
    switch expression {
    case .query, .inValues:
      total = total.saturatingAdd(dependsOnInterval(expression) ? max(1, intervalCount) : 1)
    default: break
    }
    for part in expression.parts { count(part) }
  }

  private func dependsOnInterval(_ expression: Lowered.Expression) -> Bool {
    switch expression {
    case .intervalStart, .intervalEnd: true
    case .value(let index): followsInterval.indices.contains(index) && followsInterval[index]
    default: expression.parts.contains(where: dependsOnInterval)
    }
  }
}
