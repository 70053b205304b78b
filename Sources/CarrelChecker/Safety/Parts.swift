import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan

/// One part of what reaches an output.
struct Part {
  let expression: Lowered.Expression
  /// The table whose row it is about, inside a query.
  let row: Int?
  /// The way by which it reaches the output.
  let role: Channel.Role
  /// Where it is written, or else what it is a part of.
  let span: SourceSpan

  /// Whether it sorts patients, rather than measuring them.
  var sorts: Bool { role != .measure && role != .start }
}

// Rules about single parts, whatever is around them.
extension SafetyReview {
  func reviewParts() {
    var seen: Set<SeenValue> = []
    for reviewed in outputs {
      for channel in reviewed.criteria + reviewed.channels {
        let part = Part(
          expression: channel.expression, row: nil, role: channel.role, span: channel.span)
        if channel.role == .grouping || channel.role == .measure { reviewReleased(part) }
        walk(part, &seen)
      }
    }
  }

  /// A value that was looked at for one way of reaching an output.
  private struct SeenValue: Hashable {
    let index: Int
    let sorts: Bool
  }

  private func walk(_ part: Part, _ seen: inout Set<SeenValue>) {
    let span = place(of: part.expression, row: part.row) ?? part.span
    let part = Part(expression: part.expression, row: part.row, role: part.role, span: span)
    if case .value(let index) = part.expression, plan.values.indices.contains(index) {
      if seen.insert(SeenValue(index: index, sorts: part.sorts)).inserted {
        walk(part.made(of: plan.values[index].expression, row: nil), &seen)
      }
      return
    }
    reviewNamedPlace(part)
    reviewHashing(part)
    reviewExponent(part)
    for inner in part.inner { walk(inner, &seen) }
  }
}

extension Part {
  /// A part of this one.
  func made(of expression: Lowered.Expression, row: Int?) -> Part {
    Part(expression: expression, row: row, role: role, span: span)
  }

  /// The parts that it is directly made of.
  ///
  /// Whom a number is of sorts patients, even where the number measures them.
  fileprivate var inner: [Part] {
    switch expression {
    case .query(let query):
      query.operands.map { made(of: $0, row: query.rows.table) } + condition(of: query.rows)
    case .inValues(let subject, let rows, let element):
      [made(of: subject, row: row), made(of: element, row: rows.table)] + condition(of: rows)
    case .choice(let branches, otherwise: nil)
    where branches.count == 1 && branches[0].ends != nil:
      // What `within` keeps is the value itself.
      [made(of: branches[0].result, row: row)]
    case .choice(let branches, let otherwise):
      branches.flatMap { [sorting($0.condition, row: row), made(of: $0.result, row: row)] }
        + (otherwise.map { [made(of: $0, row: row)] } ?? [])
    default: expression.ownParts.map { made(of: $0, row: row) }
    }
  }

  private func condition(of rows: RowSet) -> [Part] {
    rows.parts.map { sorting($0, row: rows.table) }
  }

  private func sorting(_ condition: Lowered.Expression, row: Int?) -> Part {
    Part(expression: condition, row: row, role: role == .measure ? .condition : role, span: span)
  }
}

extension RowQuery {
  /// What is taken of each row, or what rows are ordered by.
  var operands: [Lowered.Expression] {
    switch self {
    case .any, .count: []
    case .countDistinct(_, let operand), .countEpisodes(_, let operand, _), .sum(_, let operand),
      .mean(_, let operand), .extremum(_, _, let operand):
      [operand]
    case .pick(let pick): pick.order.map(\.expression)
    }
  }
}
