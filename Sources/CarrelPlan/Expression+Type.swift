public import CarrelValues

extension Plan {
  /// The type of an expression of this plan.
  ///
  /// - Parameters:
  ///   - expression: A computation on a patient, or on a row of `table`.
  ///   - table: The table whose row is at hand, needed where the expression names its columns.
  /// - Returns: How its value is stored.
  public func type(of expression: Expression, inRowsOf table: Int? = nil) -> ScalarType {
    switch expression {
    case .constant(_, let type): type
    case .value(let index): values[index].type
    case .field(let table, let column), .rowColumn(let table, let column, _):
      tables[table].columns[column].type
    case .column(let column): columnType(column, inRowsOf: table)
    case .unary(let unary, let operand): unary.resultType(of: type(of: operand, inRowsOf: table))
    case .binary(let binary, let left, _):
      binary.resultType(of: type(of: left, inRowsOf: table))
    case .choice(let branches, let otherwise):
      if let result = branches.first?.result ?? otherwise {
        type(of: result, inRowsOf: table)
      } else {
        preconditionFailure("a choice has a result")
      }
    case .isPresent, .oneOf, .inCodelist, .inValues: .boolean
    case .categorised: .text
    case .band, .countOf, .sequencePlace: .integer
    case .extremum(_, let operands): type(of: operands[0], inRowsOf: table)
    case .makeDate, .intervalStart, .intervalEnd: .date
    case .query(let query): type(of: query)
    }
  }

  private func columnType(_ column: Int, inRowsOf table: Int?) -> ScalarType {
    guard let table else { preconditionFailure("a column is of the row at hand") }
    return tables[table].columns[column].type
  }

  private func type(of query: RowQuery) -> ScalarType {
    switch query {
    case .any: .boolean
    case .count, .countDistinct, .countEpisodes, .pick: .integer
    case .mean: .decimal
    case .sum(let rows, let operand), .extremum(_, let rows, let operand):
      type(of: operand, inRowsOf: rows.table)
    }
  }
}

extension UnaryOperator {
  /// The type of the result for an operand of a type.
  public func resultType(of operand: ScalarType) -> ScalarType {
    switch self {
    case .not, .isMissing: .boolean
    case .negate, .absolute: operand
    case .widen, .squareRoot, .logarithm, .exponential: .decimal
    case .asInteger, .floor, .round, .year, .month, .day: .integer
    case .firstOfMonth, .firstOfYear: .date
    }
  }
}

extension BinaryOperator {
  /// The type of the result for a left operand of a type.
  public func resultType(of left: ScalarType) -> ScalarType {
    switch self {
    case .and, .or, .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains,
      .hasPrefix, .anyCodeHasPrefix:
      .boolean
    case .add, .subtract, .multiply, .otherwise: left
    case .divide, .power: .decimal
    case .floorDivide, .modulo, .span: .integer
    case .move: .date
    }
  }
}
