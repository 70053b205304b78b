public import CarrelDiagnostics

/// A question about the rows of a set: `query` and `rowquery`, which differ only in having clauses.
public struct Query: Sendable {
  /// What is asked.
  public let selection: Selection
  /// The rows it is asked about.
  public let source: SourceReference
  /// Which of the rows count, where the query narrows them.
  public let filters: Filters?
  /// The order of a pick, where it is not the table's own.
  public let order: RowOrder?
  /// Where the query is written.
  public let span: SourceSpan

  /// Whether it has a `where`, an `except where` or a `by` of its own.
  public var hasClauses: Bool { filters != nil || order != nil }

  /// What a query asks about its rows.
  public indirect enum Selection: Sendable {
    /// `"any"`: whether there is a row.
    case any
    /// `"count"`: how many rows there are.
    case count
    /// `"count" "distinct" column "of"`: how many different values.
    case countDistinct(Expression)
    /// `"count" "episodes" "of" … "gap" duration`: how many runs of rows.
    case countEpisodes(gap: DurationLiteral)
    /// `("sum" | "mean" | …) column "of"`: one number or date from all rows.
    case aggregate(Aggregate, Expression)
    /// `path "of"`: the set of values, for the right of `in`.
    case values(Expression)
    /// `("first" | "last") "row" "of"` and `"row" integer "of"`: one row.
    case row(Pick)
    /// `path "of" ("first" | "last" | "row" integer "of")`: a column of one row.
    case column(Expression, of: Pick)
  }

  /// What sums up a column.
  public enum Aggregate: String, Sendable, Hashable, CaseIterable {
    case sum
    case mean
    case smallest
    case largest
    case earliest
    case latest
  }

  /// Which row is picked.
  public enum Pick: Sendable, Hashable {
    case first
    case last
    /// The row with this number, from 1.
    case number(IntegerTerm)
  }
}

/// Which rows count.
///
/// `"where" condition ("except" "where" condition)? | "except" "where" condition`
public struct Filters: Sendable {
  /// The condition after `where`.
  public let condition: Expression?
  /// The condition after `except where`; at least one of the two is there.
  public let exception: Expression?
}

/// The order of a pick: `"by" keys ("including" "missing")?`.
public struct RowOrder: Sendable {
  /// The keys, at least one.
  public let keys: [SortKey]
  /// Whether rows whose first key is missing are kept.
  public let includesMissing: Bool
}

/// One key of an order: `(sum | span) "descending"?`.
public struct SortKey: Sendable {
  /// What the rows are ordered by.
  public let expression: Expression
  /// Whether the greatest comes first.
  public let isDescending: Bool
}

extension Query {
  /// The expressions directly inside, in the order written.
  public var children: [Expression] {
    [selection.column].compactMap(\.self) + source.arguments
      + [filters?.condition, filters?.exception].compactMap(\.self)
      + (order?.keys.map(\.expression) ?? [])
  }
}

extension Query.Selection {
  /// The column that is read, where the question is about one.
  public var column: Expression? {
    switch self {
    case .any, .count, .countEpisodes, .row: nil
    case .countDistinct(let column), .aggregate(_, let column), .values(let column),
      .column(let column, _):
      column
    }
  }
}
