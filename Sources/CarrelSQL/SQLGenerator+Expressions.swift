internal import CarrelPlan
internal import CarrelValues

// Expressions. Where SQL means what the plan means, plain SQL; elsewhere a registered function.
extension SQLGenerator {
  /// The SQL of an expression for the patient `s`, and for the row at hand inside a row query.
  func fragment(of expression: Expression, in row: RowScope?) -> SQLFragment {
    switch expression {
    case .query, .field, .isPresent: once(expression) { makeFragment(of: expression, in: nil) }
    default: makeFragment(of: expression, in: row)
    }
  }

  private func makeFragment(of expression: Expression, in row: RowScope?) -> SQLFragment {
    switch expression {
    case .constant(let value, let type): parameter(value, type)
    case .value(let index): value(index)
    case .field(let table, let column): field(column, of: table)
    case .isPresent(let table): exists(RowSet(table: table))
    case .column(let column): rowColumn(column, in: row)
    case .sequencePlace(let place): self.place(place, in: row)
    case .rowColumn(_, let column, .sequencePlace(let place)):
      neighbour(column, at: place, in: row)
    case .intervalStart: IntervalCrossing.start
    case .intervalEnd: IntervalCrossing.end
    case .rowColumn(let table, let column, let pick):
      pickedColumn(column, of: table, row: fragment(of: pick, in: row))
    case .unary(let unary, let operand): self.unary(unary, fragment(of: operand, in: row), row)
    case .binary(let binary, let left, let right): self.binary(binary, left, right, row)
    case .choice(let branches, let otherwise): choice(branches, otherwise, row)
    case .oneOf(let subject, let members):
      combine(fragments(of: [subject] + members, in: row), .boolean, row) { texts in
        "(\(texts[0]) IN (\(texts.dropFirst().joined(separator: ", "))))"
      }
    case .inCodelist(let code, let codelist, let match):
      codelistCall(match.function, fragment(of: code, in: row), codelist, .boolean, row)
    case .categorised(let code, let codelist):
      codelistCall(.category, fragment(of: code, in: row), codelist, .text, row)
    case .band(let number, let cuts): band(fragment(of: number, in: row), cuts, row)
    case .extremum(let end, let operands):
      grouped(fragments(of: operands, in: row), row) { texts in
        (end == .smallest ? SQLFunction.least : .greatest).call(texts)
      }
    case .countOf(let conditions): countOf(fragments(of: conditions, in: row), row)
    case .makeDate(let year, let month, let day):
      combine(fragments(of: [year, month, day], in: row), .date, row) { texts in
        SQLFunction.makeDate.call(texts)
      }
    case .query(let query): answer(to: query)
    case .inValues(let subject, let set, let operand):
      isAmong(fragment(of: subject, in: row), set, operand, row)
    }
  }

  func fragments(of expressions: [Expression], in row: RowScope?) -> [SQLFragment] {
    expressions.map { fragment(of: $0, in: row) }
  }

  /// One fragment made of several, whose parts are first made columns where that is called for.
  func combine(
    _ parts: [SQLFragment], _ type: ScalarType, _ row: RowScope?, _ text: ([String]) -> String
  ) -> SQLFragment {
    let usesRow = parts.contains(where: \.usesRow)
    let parts = parts.map { part in
      let isOnceForAllRows = usesRow && part.usesPatient && !part.usesRow
      return isOnceForAllRows || part.depth >= dialect.nestingLimit ? column(for: part, row) : part
    }
    return SQLFragment(
      text: text(parts.map(\.text)), type: type, depth: 1 + (parts.map(\.depth).max() ?? 0),
      usesPatient: parts.contains(where: \.usesPatient), usesRow: usesRow,
      stage: parts.map(\.stage).max() ?? 0, rowStage: parts.map(\.rowStage).max() ?? 0)
  }

  /// A column that holds what a fragment computes: the row's where it depends on the row.
  func column(for part: SQLFragment, _ row: RowScope?) -> SQLFragment {
    guard part.usesRow, let row else { return patientColumn(for: part) }
    return rowColumn(for: part, in: row)
  }

  /// Combines any number of operands of an associative operator, in groups where there are many.
  private func grouped(
    _ parts: [SQLFragment], _ row: RowScope?, _ text: ([String]) -> String
  ) -> SQLFragment {
    var parts = parts
    while parts.count > dialect.operandLimit {
      parts = stride(from: 0, to: parts.count, by: dialect.operandLimit).map { start in
        let end = min(start + dialect.operandLimit, parts.count)
        return joined(parts[start..<end], row, text)
      }
    }
    return joined(parts[...], row, text)
  }

  private func joined(
    _ parts: ArraySlice<SQLFragment>, _ row: RowScope?, _ text: ([String]) -> String
  ) -> SQLFragment {
    let first = parts[parts.startIndex]
    return parts.count == 1 ? first : combine(Array(parts), first.type, row, text)
  }
}

extension SQLGenerator {
  private func unary(
    _ unary: UnaryOperator, _ operand: SQLFragment, _ row: RowScope?
  ) -> SQLFragment {
    let isInteger = operand.type == .integer
    return combine([operand], unary.resultType(of: operand.type), row) { texts in
      let text = texts[0]
      return switch unary {
      case .not: "(NOT \(text))"
      case .isMissing: "(\(text) IS NULL)"
      case .negate: isInteger ? SQLFunction.integerNegate.call(text) : "(- \(text))"
      case .absolute: isInteger ? SQLFunction.integerAbsolute.call(text) : "abs(\(text))"
      case .widen: "CAST(\(text) AS REAL)"
      // A boolean is stored as the integer it becomes.
      case .asInteger: text
      case .floor: SQLFunction.floor.call(text)
      case .round: SQLFunction.round.call(text)
      case .squareRoot: SQLFunction.squareRoot.call(text)
      case .logarithm: SQLFunction.logarithm.call(text)
      case .exponential: SQLFunction.exponential.call(text)
      case .year: SQLFunction.year.call(text)
      case .month: SQLFunction.month.call(text)
      case .day: SQLFunction.day.call(text)
      case .firstOfMonth: SQLFunction.firstOfMonth.call(text)
      case .firstOfYear: SQLFunction.firstOfYear.call(text)
      }
    }
  }

  private func binary(
    _ binary: BinaryOperator, _ left: Expression, _ right: Expression, _ row: RowScope?
  ) -> SQLFragment {
    if let separator = binary.associativeSeparator {
      let operands = fragments(of: binary.chain(left, right), in: row)
      return grouped(operands, row) { "(\($0.joined(separator: separator)))" }
    }
    if binary == .otherwise {
      let operands = fragments(of: binary.chain(left, right), in: row)
      return grouped(operands, row) { "COALESCE(\($0.joined(separator: ", ")))" }
    }
    let (left, right) = (fragment(of: left, in: row), fragment(of: right, in: row))
    return combine([left, right], binary.resultType(of: left.type), row) { texts in
      binary.text(texts[0], texts[1], isInteger: left.type == .integer)
    }
  }

  private func choice(
    _ branches: [Branch], _ otherwise: Expression?, _ row: RowScope?
  ) -> SQLFragment {
    let results = fragments(of: branches.map(\.result) + (otherwise.map { [$0] } ?? []), in: row)
    let conditions = fragments(of: branches.map(\.condition), in: row)
    guard let type = results.first?.type else { preconditionFailure("a choice has a result") }
    if branches.isEmpty { return results[0] }
    return combine(conditions + results, type, row) { texts in
      let results = texts.dropFirst(conditions.count)
      let arms = zip(texts, results).prefix(conditions.count).map { " WHEN \($0) THEN \($1)" }
      let rest = otherwise == nil ? "" : " ELSE \(results[results.endIndex - 1])"
      return "CASE\(arms.joined())\(rest) END"
    }
  }

  private func band(_ number: SQLFragment, _ cuts: [Value], _ row: RowScope?) -> SQLFragment {
    let number = number.isSimple ? number : column(for: number, row)
    let cuts = cuts.map { parameter($0, number.type) }
    return combine([number] + cuts, .integer, row) { texts in
      let arms = texts.dropFirst().enumerated().map { " WHEN \(texts[0]) < \($1) THEN \($0)" }
      return "CASE\(arms.joined()) WHEN \(texts[0]) IS NOT NULL THEN \(cuts.count) END"
    }
  }

  private func countOf(_ conditions: [SQLFragment], _ row: RowScope?) -> SQLFragment {
    if conditions.isEmpty { return parameter(.integer(0), .integer) }
    let counts = conditions.map { condition in
      combine([condition], .integer, row) { "COALESCE(\($0[0]), 0)" }
    }
    return grouped(counts, row) { "(\($0.joined(separator: " + ")))" }
  }

  private func codelistCall(
    _ function: SQLFunction, _ code: SQLFragment, _ codelist: Int, _ type: ScalarType,
    _ row: RowScope?
  ) -> SQLFragment {
    let handle = parameter(.integer(codelist), .integer)
    return combine([code, handle], type, row) { function.call($0) }
  }
}

extension BinaryOperator {
  /// What parts the operands of an operator that may be written without parentheses in a row.
  fileprivate var associativeSeparator: String? {
    switch self {
    case .and: " AND "
    case .or: " OR "
    default: nil
    }
  }

  /// The operands of a run of this operator, in order.
  fileprivate func chain(_ left: Expression, _ right: Expression) -> [Expression] {
    var reversed: [Expression] = []
    var pending = [left, right]
    while let next = pending.popLast() {
      if case .binary(self, let left, let right) = next {
        pending += [left, right]
      } else {
        reversed.append(next)
      }
    }
    return reversed.reversed()
  }

  /// The SQL of an operator whose operands both have to be known.
  fileprivate func text(_ left: String, _ right: String, isInteger: Bool) -> String {
    switch self {
    case .equal: "(\(left) = \(right))"
    case .notEqual: "(\(left) <> \(right))"
    case .less: "(\(left) < \(right))"
    case .lessOrEqual: "(\(left) <= \(right))"
    case .greater: "(\(left) > \(right))"
    case .greaterOrEqual: "(\(left) >= \(right))"
    // Days are numbers within a few million, which no difference of them leaves.
    case .span(.days): "(\(right) - \(left))"
    default: function(isInteger: isInteger).call(left, right)
    }
  }

  private func function(isInteger: Bool) -> SQLFunction {
    switch self {
    case .add: isInteger ? .integerAdd : .decimalAdd
    case .subtract: isInteger ? .integerSubtract : .decimalSubtract
    case .multiply: isInteger ? .integerMultiply : .decimalMultiply
    case .divide: .divide
    case .floorDivide: .floorDivide
    case .modulo: .modulo
    case .power: .power
    case .contains: .contains
    case .hasPrefix: .hasPrefix
    case .anyCodeHasPrefix: .anyCodeHasPrefix
    case .move(let unit): .move(unit)
    case .span(.weeks): .spanWeeks
    case .span(.months): .spanMonths
    case .span(.years): .spanYears
    case .and, .or, .otherwise, .equal, .notEqual, .less, .lessOrEqual, .greater,
      .greaterOrEqual, .span(.days):
      preconditionFailure("an operator that SQL has")
    }
  }
}

extension CodeMatch {
  fileprivate var function: SQLFunction {
    switch self {
    case .equal: .inCodelist
    case .prefix: .prefixInCodelist
    case .anyPrefix: .anyPrefixInCodelist
    }
  }
}
