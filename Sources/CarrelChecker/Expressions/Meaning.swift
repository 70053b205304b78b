import CarrelCatalogue
import CarrelPlan
import CarrelValues

/// What a piece of a study stands for: a single value, or one of the things values are made from.
///
/// Boxed, so that a study nested as deeply as it may be needs little of the stack.
indirect enum Meaning: Hashable {
  /// A number, a date, a code and the like.
  case value(Typed)
  /// Two days and all between them.
  case period(Period)
  /// A length of time.
  case duration(Duration)
  /// One row of a patient in a table.
  case row(Row)
  /// Some of a patient's rows of a table.
  case rows(Rows)
  /// The values that an expression takes over a patient's rows; only after `in`.
  case values(ValueSet)
  /// A code list, by its name.
  case codelist(String)

  /// What a diagnostic calls it, with its article.
  var description: String {
    switch self {
    case .value(let typed): typed.type.description
    case .period: "a period"
    case .duration: "a length of time"
    case .row(let row): "a row of `\(row.table.name)`"
    case .rows(let rows): "rows of `\(rows.table.name)`"
    case .values: "a set of values"
    case .codelist: "a code list"
    }
  }

  /// The single values it is made of, whose kinds are its own.
  var parts: [Typed] {
    switch self {
    case .value(let typed): [typed]
    case .period(let period): [period.start, period.end]
    case .duration(let duration): [duration.count]
    case .row(let row): [row.neighbour].compactMap(\.self)
    case .rows, .values, .codelist: []
    }
  }
}

/// The days from one to another, both included; empty where the end is before the start.
struct Period: Hashable {
  var start: Typed
  var end: Typed
}

/// A number of calendar units.
struct Duration: Hashable {
  /// An integer.
  var count: Typed
  var unit: CalendarUnit
}

/// One row of a patient in a table; without it every column is missing.
struct Row: Hashable {
  /// The table, by its position in the plan.
  var index: Int
  var table: SchemaTable
  /// What stands for the row: a picked one, or nothing where the table has one row per patient.
  var picked: Lowered.Expression?
  /// How large the query is that picked it.
  var size = 1
  /// How many queries it is inside of, where it is the neighbour of a row at hand.
  var neighbourDepth: Int?
}

extension Row {
  /// What stands for the row, where that is a neighbour of a row at hand.
  fileprivate var neighbour: Typed? {
    guard let picked, let neighbourDepth else { return nil }
    return Typed(expression: picked, type: .integer, kind: .column, rowDepth: neighbourDepth)
  }
}

/// Some of a patient's rows of a table.
struct Rows: Hashable {
  /// The table, by its position in the plan.
  var index: Int
  var table: SchemaTable
  /// Which rows; all of them without a condition.
  var condition: Typed?
  /// The order in which each row sees its place; the condition is that of a later filter.
  var sequence: Sequenced?

  /// The rows as the plan says them.
  var lowered: RowSet {
    RowSet(table: index, sequence: sequence?.lowered, condition: condition?.expression)
  }
  /// How large the conditions and the keys are.
  var size: Int { (condition?.size ?? 1).saturatingAdd(sequence?.size ?? 0) }

  /// Rows in an order.
  struct Sequenced: Hashable {
    /// Which rows are in the sequence; all of them without a condition.
    var condition: Typed?
    var order: [Lowered.SortKey]
    /// How large the condition and the keys are.
    var size: Int

    fileprivate var lowered: RowSequence {
      RowSequence(condition: condition?.expression, order: order)
    }
  }
}

/// The values of an expression over a patient's rows, missing ones left out.
struct ValueSet: Hashable {
  var rows: Rows
  /// What is taken of each row.
  var element: Typed
}
