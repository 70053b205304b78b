import CarrelPlan
import CarrelValues

/// Which values every member of a population is certain to have, from its criteria alone.
///
/// A grouping gets a level for those without a value unless that level must stay empty; to look at
/// the records and see whether it is empty would make the shape of a table say something about
/// them. So the checker proves it: `include age >= 18` holds only where `age` is known, which
/// needs a known date of birth, which needs a row of `patients`, and with that row comes every
/// column that the schema requires.
///
/// The rules are those by which databases turn outer joins into inner ones ("null rejection":
/// Galindo-Legaria and Rosenthal, ACM TODS 22 (1997) 43-74), for three-valued logic. Whatever they
/// cannot prove counts as possibly missing.
struct KnownValues {
  private let plan: Plan
  private let isRequired: (_ table: Int, _ column: Int) -> Bool
  private var facts = Facts.none
  private var holding: [Int: Facts] = [:]
  private var failing: [Int: Facts] = [:]
  private var rejected: [Int: Facts] = [:]
  private var known: [Int: Facts] = [:]
  private var decided: [Int: Bool] = [:]

  /// What the criteria of a population prove.
  ///
  /// - Parameters:
  ///   - population: Conditions on each patient; those who are kept satisfy all of them.
  ///   - plan: The plan whose values the conditions refer to.
  ///   - isRequired: Whether every row of a table has a value in a column.
  init(
    in population: Lowered.Population, of plan: Plan,
    isRequired: @escaping (_ table: Int, _ column: Int) -> Bool
  ) {
    self.plan = plan
    self.isRequired = isRequired
    for criterion in population.criteria {
      let proved =
        criterion.isExclusion ? notHolding(criterion.condition) : holding(criterion.condition)
      facts = facts.and(proved)
    }
  }

  /// Whether a value is known for every member.
  mutating func isKnown(_ expression: Lowered.Expression) -> Bool {
    if facts.isImpossible || facts.known.contains(expression) { return true }
    switch expression {
    case .constant(let value, _): return !value.isMissing
    case .value(let index): return isKnown(valueAt: index)
    case .field(let table, let column):
      return isRequired(table, column) && facts.known.contains(.isPresent(table: table))
    case .rowColumn(let table, let column, let row):
      return isRequired(table, column) && isKnown(row)
    // Those without an interval are in none of its groups.
    case .isPresent, .countOf, .unary(.isMissing, _), .intervalStart, .intervalEnd: return true
    case .unary(let unary, let operand): return unary.isTotal && isKnown(operand)
    case .binary(.otherwise, let left, let right): return isKnown(left) || isKnown(right)
    case .binary(let binary, let left, let right):
      return binary.isTotal && isKnown(left) && isKnown(right)
    case .choice(let branches, let otherwise): return isKnown(branches, otherwise: otherwise)
    case .oneOf(let operand, let members):
      return isKnown(operand) && members.allSatisfy { isKnown($0) }
    case .inCodelist(let operand, _, _), .band(let operand, _), .inValues(let operand, _, _):
      return isKnown(operand)
    case .extremum(_, let operands): return operands.contains { isKnown($0) }
    case .query(let query): return query.alwaysHasAnswer
    case .column, .sequencePlace, .categorised, .makeDate: return false
    }
  }

  private mutating func isKnown(valueAt index: Int) -> Bool {
    if let answer = decided[index] { return answer }
    let answer = isKnown(plan.values[index].expression)
    decided[index] = answer
    return answer
  }

  private mutating func isKnown(
    _ branches: [Lowered.Branch], otherwise: Lowered.Expression?
  ) -> Bool {
    guard let otherwise, isKnown(otherwise) else { return false }
    return branches.allSatisfy { branch in
      isKnown(branch.result) || holding(branch.condition).known.contains(branch.result)
    }
  }
}

/// What is certain about one patient: these values are known, and these rows are there.
private struct Facts {
  /// Expressions that have a value; a row's presence is its `isPresent`.
  var known: Set<Lowered.Expression>
  /// Whether there is no such patient, of whom everything is true.
  var isImpossible = false

  static let none = Facts(known: [])
  static let impossible = Facts(known: [], isImpossible: true)

  /// What is certain where both are so.
  func and(_ other: Facts) -> Facts {
    if isImpossible || other.isImpossible { return .impossible }
    return Facts(known: known.union(other.known))
  }

  /// What is certain where one of them is so.
  func or(_ other: Facts) -> Facts {
    if isImpossible { return other }
    if other.isImpossible { return self }
    return Facts(known: known.intersection(other.known))
  }
}

// What follows from the truth value of a condition.
extension KnownValues {
  /// What is certain where a condition is true.
  private mutating func holding(_ condition: Lowered.Expression) -> Facts {
    switch condition {
    case .constant(let value, _): return value.holds ? .none : .impossible
    case .value(let index):
      return remembered(index, in: \.holding) { $0.holding($1) }
    case .unary(.not, let operand): return failing(operand)
    case .unary(.isMissing, _): return .none
    case .binary(.and, let left, let right): return holding(left).and(holding(right))
    case .binary(.or, let left, let right): return holding(left).or(holding(right))
    case .binary(.otherwise, let left, let right): return holding(left).or(holding(right))
    case .isPresent: return Facts(known: [condition])
    case .inValues(let operand, _, _): return known(operand).and(known(condition))
    case .choice(let branches, let otherwise):
      var facts = otherwise.map { holding($0) } ?? .impossible
      for branch in branches {
        facts = facts.or(holding(branch.condition).and(holding(branch.result)))
      }
      return facts
    default: return known(condition)
    }
  }

  /// What is certain where a condition is false.
  private mutating func failing(_ condition: Lowered.Expression) -> Facts {
    switch condition {
    case .constant(let value, _): return value == .boolean(false) ? .none : .impossible
    case .value(let index):
      return remembered(index, in: \.failing) { $0.failing($1) }
    case .unary(.not, let operand): return holding(operand)
    case .unary(.isMissing, let operand): return known(operand)
    case .binary(.and, let left, let right): return failing(left).or(failing(right))
    case .binary(.or, let left, let right): return failing(left).and(failing(right))
    case .binary(.otherwise, let left, .constant(.boolean(false), _)): return notHolding(left)
    case .binary(.otherwise, let left, let right): return failing(left).or(failing(right))
    case .isPresent, .choice: return .none
    default: return known(condition)
    }
  }

  /// What is certain where a condition is false or missing.
  private mutating func notHolding(_ condition: Lowered.Expression) -> Facts {
    switch condition {
    case .constant(let value, _): return value.holds ? .impossible : .none
    case .value(let index):
      return remembered(index, in: \.rejected) { $0.notHolding($1) }
    case .unary(.isMissing, let operand): return known(operand)
    case .binary(.or, let left, let right): return notHolding(left).and(notHolding(right))
    case .binary(.and, let left, let right): return notHolding(left).or(notHolding(right))
    case .unary(.not, let operand) where operand.isPresenceTest: return holding(operand)
    default: return .none
    }
  }

  /// What is certain where an expression has a value.
  private mutating func known(_ expression: Lowered.Expression) -> Facts {
    let itself = Facts(known: [expression])
    switch expression {
    case .value(let index):
      return remembered(index, in: \.known) { $0.known($1) }.and(itself)
    case .field(let table, _): return itself.and(Facts(known: [.isPresent(table: table)]))
    case .rowColumn(_, _, let row): return known(row).and(itself)
    case .unary(.isMissing, _), .binary(.and, _, _), .binary(.or, _, _): return itself
    case .unary(_, let operand), .band(let operand, _), .categorised(let operand, _),
      .inCodelist(let operand, _, _), .oneOf(let operand, _):
      return known(operand).and(itself)
    case .binary(.otherwise, let left, let right):
      return known(left).or(known(right)).and(itself)
    case .binary(_, let left, let right): return known(left).and(known(right)).and(itself)
    case .makeDate(let year, let month, let day):
      return known(year).and(known(month)).and(known(day)).and(itself)
    case .extremum(_, let operands):
      var facts = Facts.impossible
      for operand in operands { facts = facts.or(known(operand)) }
      return facts.and(itself)
    case .choice(let branches, let otherwise):
      var facts = otherwise.map { known($0) } ?? .impossible
      for branch in branches {
        facts = facts.or(holding(branch.condition).and(known(branch.result)))
      }
      return facts.and(itself)
    case .constant(let value, _): return value.isMissing ? .impossible : itself
    case .column, .sequencePlace, .isPresent, .countOf, .query, .inValues, .intervalStart,
      .intervalEnd:
      return itself
    }
  }

  /// The facts about a value of the plan, found once.
  private mutating func remembered(
    _ index: Int, in memory: WritableKeyPath<KnownValues, [Int: Facts]>,
    _ find: (inout KnownValues, Lowered.Expression) -> Facts
  ) -> Facts {
    if let facts = self[keyPath: memory][index] { return facts }
    let facts = find(&self, plan.values[index].expression)
    self[keyPath: memory][index] = facts
    return facts
  }
}

extension Lowered.Expression {
  /// Whether it asks if something is missing, and so always has an answer.
  fileprivate var isPresenceTest: Bool {
    switch self {
    case .unary(.isMissing, _), .isPresent: true
    case .unary(.not, let operand): operand.isPresenceTest
    default: false
    }
  }
}

extension Lowered.UnaryOperator {
  /// Whether every known operand gives a known result.
  fileprivate var isTotal: Bool {
    switch self {
    case .not, .isMissing, .widen, .asInteger, .year, .month, .day, .firstOfMonth, .firstOfYear:
      true
    case .negate, .absolute, .floor, .round, .squareRoot, .logarithm, .exponential: false
    }
  }
}

extension Lowered.BinaryOperator {
  /// Whether known operands always give a known result.
  fileprivate var isTotal: Bool {
    switch self {
    case .and, .or, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains,
      .hasPrefix, .anyCodeHasPrefix, .otherwise, .span:
      true
    case .add, .subtract, .multiply, .divide, .floorDivide, .modulo, .power, .move: false
    }
  }
}

extension RowQuery {
  /// Whether it has an answer also without rows.
  fileprivate var alwaysHasAnswer: Bool {
    switch self {
    case .any, .count, .countDistinct, .countEpisodes: true
    case .sum, .mean, .extremum, .pick: false
    }
  }
}
