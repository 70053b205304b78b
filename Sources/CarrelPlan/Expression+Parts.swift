extension Expression {
  /// The expressions that this one is directly made of, those about rows among them.
  public var parts: [Expression] {
    switch self {
    case .query(let query): query.parts
    case .inValues(let subject, let rows, let operand):
      [subject, operand] + rows.parts
    default: ownParts
    }
  }

  /// The expressions that this one is directly made of and that are of the same row or patient.
  public var ownParts: [Expression] {
    switch self {
    case .constant, .value, .field, .isPresent, .column, .sequencePlace, .intervalStart,
      .intervalEnd, .query:
      []
    case .rowColumn(_, _, let row): [row]
    case .unary(_, let operand): [operand]
    case .binary(_, let left, let right): [left, right]
    case .choice(let branches, let otherwise):
      branches.flatMap { [$0.condition, $0.result] } + (otherwise.map { [$0] } ?? [])
    case .oneOf(let subject, let members): [subject] + members
    case .inCodelist(let code, _, _), .categorised(let code, _), .band(let code, _): [code]
    case .extremum(_, let operands), .countOf(let operands): operands
    case .makeDate(let year, let month, let day): [year, month, day]
    case .inValues(let subject, _, _): [subject]
    }
  }
}

extension RowQuery {
  /// The expressions about rows that the question is made of.
  fileprivate var parts: [Expression] {
    let operands: [Expression] =
      switch self {
      case .any, .count: []
      case .countDistinct(_, let operand), .countEpisodes(_, let operand, _),
        .sum(_, let operand), .mean(_, let operand), .extremum(_, _, let operand):
        [operand]
      case .pick(let pick): pick.order.map(\.expression)
      }
    return operands + rows.parts
  }
}

extension RowSet {
  /// The expressions about rows that decide which they are and in what order.
  public var parts: [Expression] {
    let sequence = sequence.map { $0.order.map(\.expression) + ($0.condition.map { [$0] } ?? []) }
    return (sequence ?? []) + (condition.map { [$0] } ?? [])
  }
}
