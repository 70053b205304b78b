import CarrelPlan
import CarrelValues

/// Expressions with their windows taken out: those that differ only in a window have one shape.
struct WindowShapes {
  let plan: Plan
  /// The interval whose ends count.
  var interval: Interval? {
    didSet { if interval != oldValue { values = [:] } }
  }
  private var numbers: [Outline: Int] = [:]
  private var values: [Int: Shape] = [:]

  /// A shape, by number, and the lengths of the windows in it, in order.
  struct Shape {
    let number: Int
    let lengths: [WindowLength]
  }

  /// What an expression is, with a number for each part.
  private enum Outline: Hashable {
    case leaf(Lowered.Expression)
    case node(String, [Int])
  }

  init(plan: Plan) { self.plan = plan }

  /// The shape of several conditions together.
  mutating func shape(ofAll conditions: [Lowered.Expression]) -> Shape {
    node("all", conditions.map { shape(of: $0) })
  }

  mutating func shape(of expression: Lowered.Expression) -> Shape {
    if case .value(let index) = expression, plan.values.indices.contains(index) {
      if let known = values[index] { return known }
      let shape = self.shape(of: plan.values[index].expression)
      values[index] = shape
      return shape
    }
    if case .binary(.and, _, _) = expression { return shape(ofTerms: expression.terms) }
    guard let (kind, parts) = expression.kindAndParts else {
      return Shape(number: number(of: .leaf(expression)), lengths: [])
    }
    return node(kind, parts.map { shape(of: $0) })
  }

  private mutating func node(_ kind: String, _ parts: [Shape]) -> Shape {
    Shape(
      number: number(of: .node(kind, parts.map(\.number))), lengths: parts.flatMap(\.lengths))
  }

  private mutating func number(of outline: Outline) -> Int {
    if let known = numbers[outline] { return known }
    numbers[outline] = numbers.count
    return numbers.count - 1
  }
}

// Windows.
extension WindowShapes {
  /// The two ends of a window on something, as far as they were met.
  private struct Ends {
    let subject: Lowered.Expression
    var first: Lowered.Expression?
    var last: Lowered.Expression?
    var isOpenAtFirst = false
    var isOpenAtLast = false
  }

  /// The shape of terms that all hold, those that are ends of one window taken out in pairs.
  private mutating func shape(ofTerms terms: [Lowered.Expression]) -> Shape {
    var literals = LiteralValues(plan: plan, interval: interval)
    var all: [Ends] = []
    var others: [Lowered.Expression] = []
    for term in terms {
      guard let (subject, end, comparison) = literals.end(of: term) else {
        others.append(term)
        continue
      }
      let known = all.firstIndex { $0.subject == subject }
      var ends = known.map { all[$0] } ?? Ends(subject: subject)
      switch comparison {
      case .greaterOrEqual, .greater:
        if ends.first != nil { others.append(term) }
        ends.first = ends.first ?? end
        ends.isOpenAtFirst = comparison == .greater
      default:
        if ends.last != nil { others.append(term) }
        ends.last = ends.last ?? end
        ends.isOpenAtLast = comparison == .less
      }
      if let known { all[known] = ends } else { all.append(ends) }
    }
    let windows = all.map { window($0, &literals) }
    let parts = others.map { shape(of: $0) }
    return node("and", windows + parts)
  }

  /// The shape of one window, or of one end of time alone.
  private mutating func window(_ ends: Ends, _ literals: inout LiteralValues) -> Shape {
    let subject = shape(of: ends.subject)
    guard let first = ends.first, let last = ends.last else {
      return node(ends.first == nil ? "until" : "since", [subject])
    }
    let length = literals.length(
      from: first, to: last, isOpen: ends.isOpenAtFirst != ends.isOpenAtLast)
    return Shape(
      number: number(of: .node("window", [subject.number])),
      lengths: subject.lengths + (length.map { [$0] } ?? []))
  }
}

extension LiteralValues {
  /// What a comparison says of a date, where the other side is a literal day.
  fileprivate mutating func end(
    of term: Lowered.Expression
  ) -> (subject: Lowered.Expression, end: Lowered.Expression, Lowered.BinaryOperator)? {
    guard case .binary(let comparison, let left, let right) = term, comparison.isOrder else {
      return nil
    }
    if case .date? = value(of: right), value(of: left) == nil { return (left, right, comparison) }
    if case .date? = value(of: left), value(of: right) == nil, let mirrored = comparison.mirrored {
      return (right, left, mirrored)
    }
    return nil
  }

  /// How long a window is: as written where one end is the other moved, else in months where it
  /// is a whole number of them, else in days.
  fileprivate mutating func length(
    from first: Lowered.Expression, to last: Lowered.Expression, isOpen: Bool
  ) -> WindowLength? {
    if let written = written(first, last) { return written }
    guard case .date(let start)? = value(of: first), case .date(let end)? = value(of: last),
      start <= end
    else { return nil }
    // Both ends are part of a window, so the month of January is one month long.
    if let after = isOpen ? end : end.adding(1, .days) {
      let months = CivilDate.span(.months, from: start, to: after)
      if months > 0, start.adding(months, .months) == after {
        return WindowLength(count: months, unit: .months)
      }
    }
    return WindowLength(count: end.dayNumber - start.dayNumber, unit: .days)
  }

  private mutating func written(
    _ first: Lowered.Expression, _ last: Lowered.Expression
  ) -> WindowLength? {
    for (moved, end, sign) in [(first, last, -1), (last, first, 1)] {
      // `end - 1 year + 1 day to end` is a year as well.
      guard case .binary(.move(let unit), let base, let count) = withoutDay(moved),
        base == end, case .integer(let count)? = value(of: count)
      else { continue }
      let length = WindowLength(count: sign * count, unit: unit)
      return unit == .years ? WindowLength(count: sign * count * 12, unit: .months) : length
    }
    return nil
  }

  private mutating func withoutDay(_ date: Lowered.Expression) -> Lowered.Expression {
    guard case .binary(.move(.days), let inner, let count) = date,
      case .binary(.move, _, _) = inner, case .integer(let days)? = value(of: count),
      abs(days) == 1
    else { return date }
    return inner
  }
}

extension Lowered.BinaryOperator {
  /// Whether it says which of two comes first.
  fileprivate var isOrder: Bool { isComparison && self != .equal && self != .notEqual }
}

extension Lowered.Expression {
  /// The terms that all hold where a condition holds.
  fileprivate var terms: [Lowered.Expression] {
    if case .binary(.and, let left, let right) = self { left.terms + right.terms } else { [self] }
  }

  /// What an expression does and the parts it does it with; `nil` where it has none.
  fileprivate var kindAndParts: (String, [Lowered.Expression])? {
    switch self {
    case .constant, .value, .field, .isPresent, .column, .intervalStart, .intervalEnd: nil
    case .sequencePlace(let place): ("place \(place)", [])
    case .rowColumn(let table, let column, _): ("column \(table) \(column)", ownParts)
    case .unary(let unary, _): (unary.rawValue, ownParts)
    case .binary(let binary, _, _): ("\(binary)", ownParts)
    case .choice(let branches, _): ("choice of \(branches.count)", ownParts)
    case .oneOf: ("one of", ownParts)
    case .inCodelist(_, let codelist, let match): ("\(match) \(codelist)", ownParts)
    case .categorised(_, let codelist): ("categorised \(codelist)", ownParts)
    case .band(_, let cuts): ("band \(cuts)", ownParts)
    case .extremum(let extremum, _): (extremum.rawValue, ownParts)
    case .countOf: ("count of", ownParts)
    case .makeDate: ("date", ownParts)
    case .query(let query): (query.kind, query.operands + query.rows.parts)
    case .inValues(let subject, let rows, let element):
      ("in values \(rows.table)", [subject, element] + rows.parts)
    }
  }
}

extension RowQuery {
  /// What is asked, of which table.
  fileprivate var kind: String {
    let word =
      switch self {
      case .any: "any"
      case .count: "count"
      case .countDistinct: "count distinct"
      case .countEpisodes(_, _, let gap): "episodes \(gap)"
      case .sum: "sum"
      case .mean: "mean"
      case .extremum(let extremum, _, _): extremum.rawValue
      case .pick(let pick):
        "\(pick.position) \(pick.includesMissing) \(pick.order.map(\.isDescending))"
      }
    return "\(word) \(rows.table)"
  }
}
