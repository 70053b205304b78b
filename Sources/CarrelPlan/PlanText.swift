import CarrelValues

extension Plan {
  /// The plan as text, a line for each value, criterion and statistic; for people, never parsed.
  ///
  /// ```text
  /// value #0 age: years from patients.date_of_birth to 2024-03-31
  /// population adults
  ///   include (#0 >= 18)  "Aged 18 or over"
  /// table ages of adults
  ///   show count
  /// ```
  public var text: String {
    var lines = values.indices.map { index in
      let name = values[index].name
      return "value #\(index)\(name.isEmpty ? "" : " \(name)"): \(text(of: values[index].expression))"
    }
    for population in populations { lines += self.lines(of: population) }
    for output in outputs { lines += self.lines(of: output) }
    return lines.map { $0 + "\n" }.joined()
  }

  private func lines(of population: Population) -> [String] {
    ["population \(population.name)"]
      + population.criteria.map { criterion in
        let word = criterion.isExclusion ? "exclude" : "include"
        return "  \(word) \(text(of: criterion.condition))  \"\(criterion.label)\""
      }
  }

  private func lines(of output: Output) -> [String] {
    switch output {
    case .flow(let flow): ["flow \(flow.name) of \(populations[flow.population].name)"]
    case .table(let table):
      ["table \(table.name) of \(populations[table.population].name)"]
        + table.groupings.map { grouping in
          let levels = grouping.levels.map(\.label).joined(separator: " | ")
          return "  by \(grouping.name): \(text(of: grouping.expression)) in \(levels)"
        }
        + table.breakdowns.map { breakdown in
          let names = breakdown.groupings.map { table.groupings[$0].name }
          let groups = names.isEmpty ? "everyone" : names.joined(separator: ", ")
          return "  \(breakdown.isTotal ? "total" : "group") \(groups)"
        }
        + table.statistics.map { "  show \($0.name): \(text(of: $0.kind))" }
    }
  }

  private func text(of statistic: Statistic.Kind) -> String {
    switch statistic {
    case .count: "count"
    case .percent(let condition): "percent \(text(of: condition))"
    case .sum(let measure): "sum \(text(of: measure))"
    case .mean(let measure): "mean \(text(of: measure))"
    }
  }

  private func text(of measure: Measure) -> String {
    let bounds = measure.bounds.map { "from \($0.lowest) to \($0.highest)" } ?? "without bounds"
    return "\(text(of: measure.expression)) \(bounds)\(measure.isCount ? ", a count" : "")"
  }
}

extension Plan {
  /// An expression of this plan as text.
  ///
  /// - Parameters:
  ///   - expression: A computation on a patient, or on a row of `table`.
  ///   - table: The table whose row is at hand, needed where the expression names its columns.
  public func text(of expression: Expression, inRowsOf table: Int? = nil) -> String {
    let text = { self.text(of: $0, inRowsOf: table) }
    let list = { (expressions: [Expression]) in expressions.map(text).joined(separator: ", ") }
    switch expression {
    case .constant(.text(let constant), _): return "\"\(constant)\""
    case .constant(let constant, _): return constant.plainText
    case .value(let index): return "#\(index)"
    case .field(let table, let column): return "\(tables[table].name).\(name(column, of: table))"
    case .isPresent(let table): return "\(tables[table].name) is known"
    case .column(let column): return table.map { name(column, of: $0) } ?? "column \(column)"
    case .rowColumn(let table, let column, let row):
      return "\(text(row)).\(name(column, of: table))"
    case .unary(let unary, let operand): return "\(unary.rawValue)(\(text(operand)))"
    case .binary(.span(let unit), let start, let end):
      return "\(unit.rawValue) from \(text(start)) to \(text(end))"
    case .binary(let binary, let left, let right):
      return "(\(text(left)) \(binary.word) \(text(right)))"
    case .choice(let branches, let otherwise):
      let cases = branches.map { "when \(text($0.condition)) then \(text($0.result))" }
      return (["case"] + cases + (otherwise.map { ["otherwise \(text($0))"] } ?? []))
        .joined(separator: " ")
    case .oneOf(let operand, let members): return "\(text(operand)) in (\(list(members)))"
    case .inCodelist(let operand, let codelist, let match):
      return "\(text(operand)) \(match.word) \(codelists[codelist].name)"
    case .categorised(let operand, let codelist):
      return "\(text(operand)) categorised by \(codelists[codelist].name)"
    case .band(let operand, let cuts):
      return "band of \(text(operand)) at (\(cuts.map(\.plainText).joined(separator: ", ")))"
    case .extremum(let extremum, let operands):
      return "\(extremum.rawValue) of (\(list(operands)))"
    case .countOf(let conditions): return "count of (\(list(conditions)))"
    case .makeDate(let year, let month, let day): return "date(\(list([year, month, day])))"
    case .query(let query): return self.text(of: query)
    case .inValues(let operand, let rows, let element):
      return "\(text(operand)) in (\(self.text(of: element, inRowsOf: rows.table)) of \(self.text(of: rows)))"
    }
  }

  private func name(_ column: Int, of table: Int) -> String { tables[table].columns[column].name }

  private func text(of rows: RowSet) -> String {
    let condition = rows.condition.map { " where \(text(of: $0, inRowsOf: rows.table))" } ?? ""
    return tables[rows.table].name + condition
  }

  private func text(of query: RowQuery) -> String {
    let rows = text(of: query.rows)
    let element = { (expression: Expression) in
      self.text(of: expression, inRowsOf: query.rows.table)
    }
    switch query {
    case .any: return "any \(rows)"
    case .count: return "count \(rows)"
    case .countDistinct(_, let column): return "count distinct \(element(column)) of \(rows)"
    case .countEpisodes(_, _, let gap): return "count episodes of \(rows) gap \(gap) days"
    case .sum(_, let column): return "sum \(element(column)) of \(rows)"
    case .mean(_, let column): return "mean \(element(column)) of \(rows)"
    case .extremum(let extremum, _, let column):
      return "\(extremum.rawValue) \(element(column)) of \(rows)"
    case .pick(let pick):
      let keys = pick.order.map { element($0.expression) + ($0.isDescending ? " descending" : "") }
      let missing = pick.includesMissing ? " including missing" : ""
      return "\(pick.position.word) of \(rows) by (\(keys.joined(separator: ", ")))\(missing)"
    }
  }
}

extension BinaryOperator {
  /// The operator as the language writes it, or nearly so.
  fileprivate var word: String {
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
    case .move(let unit): "moved in \(unit.rawValue) by"
    case .span(let unit): "\(unit.rawValue) to"
    }
  }
}

extension CodeMatch {
  fileprivate var word: String {
    switch self {
    case .equal: "in"
    case .prefix: "begins with one of"
    case .anyPrefix: "has a code that begins with one of"
    }
  }
}

extension Pick.Position {
  fileprivate var word: String {
    switch self {
    case .first: "first row"
    case .last: "last row"
    case .nth(let number): "row \(number)"
    }
  }
}
