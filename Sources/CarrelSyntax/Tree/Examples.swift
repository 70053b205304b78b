public import CarrelDiagnostics

/// A made-up patient and what must be so.
///
/// `"example" STRING ("given" NAME record+)* "expect" list(expr)`
public struct Example: Sendable {
  /// What it shows.
  public let title: Label
  /// The patient's rows.
  public let given: [GivenRows]
  /// What must be true, at least one.
  public let expectations: [Expression]
  /// Where the statement is written.
  public let span: SourceSpan
}

/// Rows of one table of an example's patient: `"given" NAME record+`.
public struct GivenRows: Sendable {
  /// The table.
  public let table: Name
  /// The rows, at least one.
  public let records: [Record]
  /// Where the clause is written.
  public let span: SourceSpan
}

/// One row of an example: `record = "(" list(word value) ")"`.
public struct Record: Sendable {
  /// The columns that are given, at least one; the rest are missing.
  public let fields: [Field]
  /// Where the row is written.
  public let span: SourceSpan

  /// One column of the row.
  public struct Field: Sendable {
    /// The column.
    public let name: Name
    /// Its value.
    public let value: Literal
  }
}

extension Example: StatementNode {
  var declaredName: Name? { nil }
}
