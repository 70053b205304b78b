import CarrelPlan
import CarrelValues

/// Values that a study writes down, however it computes them: literals, parameters and, inside an
/// output with intervals, the ends of one interval.
struct LiteralValues {
  let plan: Plan
  /// The interval whose ends count; `nil` where no interval is the same for everyone.
  let interval: Interval?
  private var known: [Int: Value?] = [:]

  init(plan: Plan, interval: Interval?) {
    self.plan = plan
    self.interval = interval
  }

  /// The value; `nil` where it depends on the patient.
  mutating func value(of expression: Lowered.Expression) -> Value? {
    switch expression {
    case .constant(let value, _): return value.isMissing ? nil : value
    case .intervalStart: return interval.map { .date($0.start) }
    case .intervalEnd: return interval.map { .date($0.end) }
    case .value(let index):
      if let value = known[index] { return value }
      let value =
        plan.values.indices.contains(index) ? self.value(of: plan.values[index].expression) : nil
      known[index] = .some(value)
      return value
    case .unary(let unary, let operand):
      return self.value(of: operand).map { unary.applied(to: $0) }
    case .binary(let binary, let left, let right):
      guard let left = self.value(of: left), let right = self.value(of: right) else { return nil }
      return binary.applied(to: left, right)
    default: return nil
    }
  }

  /// The value as a number, or the number of a day.
  mutating func number(of expression: Lowered.Expression) -> Double? {
    value(of: expression)?.orderedNumber
  }
}
