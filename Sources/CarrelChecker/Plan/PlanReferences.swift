import CarrelPlan

/// A walk through the expressions of a plan that may change what they refer to.
///
/// Tables, values and code lists are referred to by position, so that leaving some out means
/// numbering the rest anew.
struct PlanReferences {
  /// The new position of a table.
  var table: (Int) -> Int = { $0 }
  /// The new position of a value.
  var value: (Int) -> Int = { $0 }
  /// The new position of a code list.
  var codelist: (Int) -> Int = { $0 }
  /// Told of every column that is read, by the old positions of its table and its own.
  var onColumn: (Int, Int) -> Void = { _, _ in }

  /// The expression with new references; `row` is the table of the row at hand, if there is one.
  func expression(
    _ expression: Lowered.Expression, row: Int? = nil
  ) -> Lowered.Expression {
    let walk = { self.expression($0, row: row) }
    switch expression {
    case .constant, .intervalStart, .intervalEnd: return expression
    case .value(let index): return .value(value(index))
    case .field(let table, let column):
      onColumn(table, column)
      return .field(table: self.table(table), column: column)
    case .isPresent(let table): return .isPresent(table: self.table(table))
    case .column(let column):
      if let row { onColumn(row, column) }
      return expression
    case .rowColumn(let table, let column, let picked):
      onColumn(table, column)
      return .rowColumn(table: self.table(table), column: column, row: walk(picked))
    case .unary(let unary, let operand): return .unary(unary, walk(operand))
    case .binary(let binary, let left, let right):
      return .binary(binary, walk(left), walk(right))
    case .choice(let branches, let otherwise):
      return .choice(
        branches.map { Lowered.Branch(when: walk($0.condition), then: walk($0.result)) },
        otherwise: otherwise.map(walk))
    case .oneOf(let operand, let members): return .oneOf(walk(operand), members.map(walk))
    case .inCodelist(let operand, let codelist, let match):
      return .inCodelist(walk(operand), codelist: self.codelist(codelist), match)
    case .categorised(let operand, let codelist):
      return .categorised(walk(operand), codelist: self.codelist(codelist))
    case .band(let operand, let cuts): return .band(walk(operand), cuts: cuts)
    case .extremum(let extremum, let operands):
      return .extremum(extremum, operands.map(walk))
    case .countOf(let conditions): return .countOf(conditions.map(walk))
    case .makeDate(let year, let month, let day):
      return .makeDate(year: walk(year), month: walk(month), day: walk(day))
    case .query(let query): return .query(self.query(query))
    case .inValues(let operand, let rows, let element):
      return .inValues(
        walk(operand), rows: self.rows(rows), of: self.expression(element, row: rows.table))
    }
  }

  private func query(_ query: RowQuery) -> RowQuery {
    let rows = self.rows(query.rows)
    let walk = { self.expression($0, row: query.rows.table) }
    switch query {
    case .any: return .any(rows)
    case .count: return .count(rows)
    case .countDistinct(_, let element): return .countDistinct(rows, of: walk(element))
    case .countEpisodes(_, let date, let gap):
      return .countEpisodes(rows, date: walk(date), gapDays: gap)
    case .sum(_, let element): return .sum(rows, of: walk(element))
    case .mean(_, let element): return .mean(rows, of: walk(element))
    case .extremum(let extremum, _, let element):
      return .extremum(extremum, rows, of: walk(element))
    case .pick(var pick):
      pick.rows = rows
      for index in pick.order.indices {
        pick.order[index].expression = walk(pick.order[index].expression)
      }
      return .pick(pick)
    }
  }

  private func rows(_ rows: RowSet) -> RowSet {
    RowSet(
      table: table(rows.table),
      condition: rows.condition.map { expression($0, row: rows.table) })
  }

  /// The population with new references.
  func population(_ population: Lowered.Population) -> Lowered.Population {
    var copy = population
    for index in copy.criteria.indices {
      copy.criteria[index].condition = expression(copy.criteria[index].condition)
    }
    return copy
  }

  /// The output with new references; its population keeps its position.
  func output(_ output: Output) -> Output {
    switch output {
    case .flow: return output
    case .table(let table): return .table(self.table(table))
    case .summary(var summary):
      summary.table = table(summary.table)
      return .summary(summary)
    case .histogram(var histogram):
      histogram.table = table(histogram.table)
      return .histogram(histogram)
    case .deciles(var deciles):
      deciles.intervals = deciles.intervals.map(intervals)
      deciles.unit = expression(deciles.unit)
      deciles.statistics = deciles.statistics.map(statistic)
      return .deciles(deciles)
    }
  }

  private func table(_ table: TableOutput) -> TableOutput {
    var copy = table
    copy.intervals = table.intervals.map(intervals)
    for index in table.groupings.indices {
      copy.groupings[index].expression = expression(table.groupings[index].expression)
    }
    copy.statistics = table.statistics.map(statistic)
    return copy
  }

  private func intervals(_ intervals: Lowered.Intervals) -> Lowered.Intervals {
    guard case .followUp(let start, let count) = intervals.extent else { return intervals }
    var copy = intervals
    copy.extent = .followUp(from: expression(start), count: count)
    return copy
  }

  private func statistic(_ statistic: Lowered.Statistic) -> Lowered.Statistic {
    var copy = statistic
    copy.kind = kind(statistic.kind)
    return copy
  }

  private func kind(_ kind: Lowered.Statistic.Kind) -> Lowered.Statistic.Kind {
    if case .percent(let condition) = kind { return .percent(expression(condition)) }
    return kind.mapMeasures(measure)
  }

  private func measure(_ measure: Measure) -> Measure {
    var copy = measure
    copy.expression = expression(measure.expression)
    return copy
  }
}
