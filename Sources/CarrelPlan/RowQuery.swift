/// A question about a patient's rows of one table, with one answer for each patient.
public indirect enum RowQuery: Hashable, Sendable, Codable {
  /// Whether there is any row; never missing (boolean).
  case any(RowSet)
  /// How many rows there are; never missing (integer).
  case count(RowSet)
  /// How many different values an expression takes, missing ones ignored; never missing (integer).
  case countDistinct(RowSet, of: Expression)
  /// How many runs of rows there are, a new one beginning after more than `gapDays` days since the
  /// row before in order of the date; rows without a date are ignored; never missing (integer).
  case countEpisodes(RowSet, date: Expression, gapDays: Int)
  /// The sum of a number, missing values ignored; missing when none is left or it overflows.
  ///
  /// The sum is exact before it is rounded once, so that no order of rows can change it.
  case sum(RowSet, of: Expression)
  /// The exact sum divided by the number of values, rounded once (decimal); missing when there is
  /// none, and in range also where the sum is not.
  case mean(RowSet, of: Expression)
  /// The least or greatest value of an ordered type, missing values ignored; missing when none is
  /// left.
  case extremum(Extremum, RowSet, of: Expression)
  /// One row, picked by order: an integer that stands for the row, missing when there is none.
  ///
  /// It may be passed to ``Expression/rowColumn(table:column:row:)`` and tested for missing, and
  /// nothing else.
  case pick(Pick)

  /// The rows asked about.
  public var rows: RowSet {
    switch self {
    case .any(let rows), .count(let rows), .countDistinct(let rows, _),
      .countEpisodes(let rows, _, _), .sum(let rows, _), .mean(let rows, _),
      .extremum(_, let rows, _):
      rows
    case .pick(let pick): pick.rows
    }
  }
}

/// Some of a patient's rows of one table.
public struct RowSet: Hashable, Sendable, Codable {
  /// The table, by its position in ``Plan/tables``.
  public var table: Int
  /// The order that lets each row see its place; `nil` where no row sees another.
  public var sequence: RowSequence?
  /// Which rows: those for which this boolean holds; all of them without one.
  ///
  /// Rows for which it does not hold keep their place in the sequence.
  public var condition: Expression?

  /// The rows of a table, or of a sequence of them, for which a condition holds.
  public init(table: Int, sequence: RowSequence? = nil, condition: Expression? = nil) {
    self.table = table
    self.sequence = sequence
    self.condition = condition
  }
}

/// Rows in an order, each of which sees the one before, the one after and its own number.
///
/// Rows are ordered as for a ``Pick``. A row whose first key is missing has no place in the order:
/// it stays among the rows, but sees no other, has no number and is nobody's neighbour.
public struct RowSequence: Hashable, Sendable, Codable {
  /// Which rows are in the sequence; all of the table without a condition, which sees no place.
  public var condition: Expression?
  /// The keys, most important first; never empty, and none sees a place.
  public var order: [SortKey]

  /// A sequence of the rows for which a condition holds.
  public init(condition: Expression? = nil, order: [SortKey]) {
    precondition(!order.isEmpty, "a sequence has a key")
    self.condition = condition
    self.order = order
  }
}

/// One row chosen from an ordered set.
///
/// Rows are ordered by the keys, then by every column of the table in schema order, then by stored
/// order. Missing is smaller than every value. A row whose first key is missing is skipped unless
/// `includesMissing`. `last` is the same order from the other end, every key and tie reversed.
public struct Pick: Hashable, Sendable, Codable {
  /// The rows to choose from.
  public var rows: RowSet
  /// The keys, most important first; never empty.
  public var order: [SortKey]
  /// Which row of the order.
  public var position: Position
  /// Whether rows whose first key is missing take part.
  public var includesMissing: Bool

  /// A pick by these keys.
  public init(rows: RowSet, order: [SortKey], position: Position, includesMissing: Bool = false) {
    precondition(!order.isEmpty, "a pick has a key")
    self.rows = rows
    self.order = order
    self.position = position
    self.includesMissing = includesMissing
  }

  /// A place in an order.
  public enum Position: Hashable, Sendable, Codable {
    case first, last
    /// The row at this place, counted from 1; there is none before the first.
    case nth(Int)
  }
}

/// A key that rows are ordered by.
public struct SortKey: Hashable, Sendable, Codable {
  /// A value of the row, of an ordered type.
  public var expression: Expression
  /// Whether greater values come first, and missing last.
  public var isDescending: Bool

  /// A key, ascending unless said otherwise.
  public init(_ expression: Expression, isDescending: Bool = false) {
    self.expression = expression
    self.isDescending = isDescending
  }
}
