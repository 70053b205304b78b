internal import CarrelDiagnostics

// Statements whose clauses stand on lines of their own.

extension LayoutBuilder {
  /// The column in which the contents of clauses begin: behind words of up to six letters.
  static let clauseColumn = LayoutPrinter.indent + 7

  /// A clause on a line of its own: its word, and its contents in a column.
  mutating func clause(
    at column: Int = clauseColumn, _ contents: (inout Self) -> Layout
  ) -> Layout {
    let word = next()
    return .sequence([.newLine, word, .column(column, atLeast: 1), .aligned(contents(&self))])
  }

  mutating func clause(_ value: Expression?) -> Layout {
    guard let value else { return .nothing }
    return clause { $0.expression(value) }
  }

  mutating func population(_ population: Population) -> Layout {
    let heading = self.heading(population.parameters)
    let criteria = population.criteria.map { criterion in
      let condition = Layout.spaced(next(), .aligned(expression(criterion.condition)))
      return LabelledCriterion(condition: condition, label: criterion.label.map { _ in next() })
    }
    let column = criteria.compactMap { $0.columnOfLabel(printed) }.max() ?? 0
    return .sequence([heading] + criteria.map { $0.layout(labelAt: column, printed) })
  }

  mutating func example(_ example: Example) -> Layout {
    let title = words(2)
    let longest = example.given.map(\.table.text.utf8.count).max() ?? 0
    let column = Self.clauseColumn + longest + 2
    let given = example.given.map { rows in
      clause { builder in
        let table = builder.next()
        let records = rows.records.map { builder.record($0) }
        let lines = Layout.aligned(.joined(records, by: .newLine))
        return .sequence([table, .column(column, atLeast: 2), lines])
      }
    }
    let expectations = clause { builder in
      .filled(builder.members(example.expectations) { $0.expression($1) })
    }
    return .sequence([title] + given + [expectations])
  }

  private mutating func record(_ record: Record) -> Layout {
    parenthesised(record.fields) { builder, field in
      .spaced(builder.next(), builder.literal(field.value))
    }
  }
}

/// A criterion with the words that its label is set beside.
private struct LabelledCriterion {
  /// `include` or `exclude` and the condition.
  let condition: Layout
  let label: Layout?

  /// The first column that its label may stand in, where both fit on one line.
  func columnOfLabel(_ printed: PrintedWords) -> Int? {
    guard let label, let labelWidth = Measure.width(of: label, printed, mayEndLine: true),
      let width = Measure.width(of: condition, printed)
    else { return nil }
    let column = LayoutPrinter.indent + width + 2
    return column + labelWidth <= LayoutPrinter.width ? column : nil
  }

  /// The line of the criterion; a label that does not fit on it stands below the condition.
  func layout(labelAt column: Int, _ printed: PrintedWords) -> Layout {
    guard let label else { return .sequence([.newLine, condition]) }
    if columnOfLabel(printed) != nil {
      let width = Measure.width(of: label, printed, mayEndLine: true) ?? 0
      let target = column + width <= LayoutPrinter.width ? column : 0
      return .sequence([.newLine, condition, .column(target, atLeast: 2), label])
    }
    let below = Layout.sequence([.newLine, .column(0, atLeast: 0), label])
    return .sequence([.newLine, condition, .indented("include ".utf8.count, below)])
  }
}
