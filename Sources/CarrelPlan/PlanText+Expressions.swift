internal import CarrelValues

extension Plan {
  /// An expression as a person reads it, close to the language where the language has words for it.
  ///
  /// - Parameters:
  ///   - expression: A computation on a patient, or on a row of `table`.
  ///   - table: The table whose row is at hand, needed where the expression names its columns.
  /// - Returns: One line.
  public func text(of expression: Expression, inRowsOf table: Int? = nil) -> String {
    let text = { (part: Expression) in self.text(ofPart: part, inRowsOf: table) }
    return switch expression {
    case .constant(let value, _): value.quotedText
    case .value(let index): "v\(index)"
    case .field(let table, let column): "\(tables[table].name).\(name(column, of: table))"
    case .isPresent(let table): "\(tables[table].name) is known"
    case .column(let column): name(column, of: table)
    case .sequencePlace(let place): place.rawValue
    case .intervalStart: "interval.start"
    case .intervalEnd: "interval.end"
    case .rowColumn(let table, let column, let row): "\(text(row)).\(name(column, of: table))"
    case .unary(let unary, let operand): unary.text(of: text(operand))
    case .binary(let binary, let left, let right): binary.text(of: text(left), text(right))
    case .choice(let branches, let otherwise):
      "case" + branches.map { " when \(text($0.condition)) then \(text($0.result))" }.joined()
        + (otherwise.map { " otherwise \(text($0))" } ?? "")
    case .oneOf(let subject, let members): "\(text(subject)) in \(list(members.map(text)))"
    case .inCodelist(let code, let codelist, let match):
      "\(text(code)) \(match.verb) \(codelists[codelist].name)"
    case .categorised(let code, let codelist):
      "\(text(code)) categorised by \(codelists[codelist].name)"
    case .band(let number, let cuts): "bands of \(text(number)) at \(list(cuts.map(\.quotedText)))"
    case .extremum(let end, let operands): "\(end.rawValue) of \(list(operands.map(text)))"
    case .countOf(let conditions): "count of \(list(conditions.map(text)))"
    case .makeDate(let year, let month, let day): "date\(list([year, month, day].map(text)))"
    case .query(let query): self.text(of: query)
    case .inValues(let subject, let rows, let operand):
      "\(text(subject)) in (\(self.text(of: operand, rows)))"
    }
  }

  /// The text of a part of an expression, in parentheses unless nothing could take it apart.
  private func text(ofPart part: Expression, inRowsOf table: Int?) -> String {
    let text = text(of: part, inRowsOf: table)
    return switch part {
    case .constant, .value, .field, .column, .sequencePlace, .rowColumn, .makeDate,
      .intervalStart, .intervalEnd:
      text
    default: "(\(text))"
    }
  }

  private func text(of query: RowQuery) -> String {
    switch query {
    case .any(let rows): "any \(text(of: rows))"
    case .count(let rows): "count \(text(of: rows))"
    case .countDistinct(let rows, let operand): "count distinct \(text(of: operand, rows))"
    case .countEpisodes(let rows, let date, let gapDays):
      "count episodes of \(text(of: date, rows)) gap \(gapDays) days"
    case .sum(let rows, let operand): "sum \(text(of: operand, rows))"
    case .mean(let rows, let operand): "mean \(text(of: operand, rows))"
    case .extremum(let end, let rows, let operand): "\(end.rawValue) \(text(of: operand, rows))"
    case .pick(let pick): text(of: pick)
    }
  }

  private func text(of pick: Pick) -> String {
    let keys = keys(pick.order, pick.rows.table)
    let position =
      switch pick.position {
      case .first: "first row"
      case .last: "last row"
      case .nth(let number): "row \(number)"
      }
    return "\(position) of \(text(of: pick.rows)) by \(list(keys))"
      + (pick.includesMissing ? " including missing" : "")
  }

  private func keys(_ order: [SortKey], _ table: Int) -> [String] {
    order.map { key in
      text(ofPart: key.expression, inRowsOf: table) + (key.isDescending ? " descending" : "")
    }
  }

  private func text(of operand: Expression, _ rows: RowSet) -> String {
    "\(text(ofPart: operand, inRowsOf: rows.table)) of \(text(of: rows))"
  }

  private func text(of rows: RowSet) -> String {
    let filter = { (condition: Expression?) in
      condition.map { " where \(self.text(of: $0, inRowsOf: rows.table))" } ?? ""
    }
    let table = tables[rows.table].name
    guard let sequence = rows.sequence else { return table + filter(rows.condition) }
    let order = list(keys(sequence.order, rows.table))
    return "(\(table)\(filter(sequence.condition)) sequenced by \(order))\(filter(rows.condition))"
  }

  private func name(_ column: Int, of table: Int?) -> String {
    guard let table else { preconditionFailure("a column is of the row at hand") }
    return tables[table].columns[column].name
  }

  private func list(_ parts: [String]) -> String { "(\(parts.joined(separator: ", ")))" }
}

extension UnaryOperator {
  fileprivate func text(of operand: String) -> String {
    switch self {
    case .not: "not \(operand)"
    case .isMissing: "\(operand) is missing"
    case .negate: "- \(operand)"
    case .absolute: "absolute \(operand)"
    case .widen: "decimal \(operand)"
    case .asInteger: "integer \(operand)"
    case .floor: "floor \(operand)"
    case .round: "round \(operand)"
    case .squareRoot: "sqrt \(operand)"
    case .logarithm: "log \(operand)"
    case .exponential: "exp \(operand)"
    case .year: "\(operand).year"
    case .month: "\(operand).month"
    case .day: "\(operand).day"
    case .firstOfMonth: "\(operand).first_of_month"
    case .firstOfYear: "\(operand).first_of_year"
    }
  }
}

extension BinaryOperator {
  fileprivate func text(of left: String, _ right: String) -> String {
    switch self {
    case .move(let unit): "\(left) + \(right) \(unit)"
    case .span(let unit): "\(unit) from \(left) to \(right)"
    default: "\(left) \(symbol) \(right)"
    }
  }

  private var symbol: String {
    switch self {
    case .and: "and"
    case .or: "or"
    case .equal: "="
    case .notEqual: "!="
    case .less: "<"
    case .lessOrEqual: "<="
    case .greater: ">"
    case .greaterOrEqual: ">="
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .floorDivide: "div"
    case .modulo: "mod"
    case .power: "to the power of"
    case .contains: "contains"
    case .hasPrefix: "begins with"
    case .anyCodeHasPrefix: "has a code that begins with"
    case .otherwise: "otherwise"
    case .move, .span: preconditionFailure("written round its operands")
    }
  }
}

extension CodeMatch {
  fileprivate var verb: String {
    switch self {
    case .equal: "in"
    case .prefix: "begins with one in"
    case .anyPrefix: "has a code that begins with one in"
    }
  }
}

extension Value {
  /// The value as a study would write it, texts between quote marks.
  fileprivate var quotedText: String {
    if case .text(let text) = self { "\"\(text)\"" } else { plainText }
  }
}
