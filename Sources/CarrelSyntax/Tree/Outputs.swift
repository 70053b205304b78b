public import CarrelDiagnostics

/// The name of an output and its people: `header = NAME of source`.
public struct OutputHeader: Sendable {
  /// What the output is called.
  public let name: Name
  /// The population.
  public let population: SourceReference
}

/// How many remain after each criterion: `"flow" header`.
public struct Flow: Sendable {
  /// Its name and its people.
  public let header: OutputHeader
  /// Where the statement is written.
  public let span: SourceSpan
}

/// Statistics by group: `"table" header each? by? totals? "show" list(stat)`.
public struct Table: Sendable {
  /// Its name and its people.
  public let header: OutputHeader
  /// The intervals it repeats over.
  public let intervals: Intervals?
  /// The groups.
  public let grouping: Grouping?
  /// The margins.
  public let totals: Totals?
  /// What each group shows, at least one.
  public let statistics: [Statistic]
  /// Where the statement is written.
  public let span: SourceSpan
}

/// Percentiles across units: `"deciles" header each? "across" expr "show" list(stat)`.
public struct Deciles: Sendable {
  /// Its name and its people.
  public let header: OutputHeader
  /// The intervals it repeats over.
  public let intervals: Intervals?
  /// What tells the unit of a patient.
  public let unit: Expression
  /// What is compared between units, at least one.
  public let statistics: [Statistic]
  /// Where the statement is written.
  public let span: SourceSpan
}

/// A description of the people: `"summary" header by? totals? "show" list(item)`.
public struct Summary: Sendable {
  /// Its name and its people.
  public let header: OutputHeader
  /// The groups, in columns.
  public let grouping: Grouping?
  /// The margins.
  public let totals: Totals?
  /// The variables, in rows; at least one.
  public let items: [Item]
  /// Where the statement is written.
  public let span: SourceSpan
}

/// Counts in bins: `"histogram" header by? "show" expr "from" sum "to" sum "every" number`.
public struct Histogram: Sendable {
  /// Its name and its people.
  public let header: OutputHeader
  /// The groups.
  public let grouping: Grouping?
  /// The variable.
  public let value: Expression
  /// The start of the first bin.
  public let lower: Expression
  /// The end of the last bin.
  public let upper: Expression
  /// The width of a bin: an integer or a decimal.
  public let width: Literal
  /// Where the statement is written.
  public let span: SourceSpan
}

/// Time to an event: `"survival" header by? time "every" duration "for" duration`.
public struct Survival: Sendable {
  /// Its name and its people.
  public let header: OutputHeader
  /// The groups.
  public let grouping: Grouping?
  /// From when to what.
  public let time: TimeToEvent
  /// The distance of the grid.
  public let step: DurationLiteral
  /// The length of the grid.
  public let horizon: DurationLiteral
  /// Where the statement is written.
  public let span: SourceSpan
}

/// The coefficients of a regression.
///
/// `"model" header ( family expr "on" list(term) ("offset" expr)? | "cox" time "on" list(term) )`
public struct Model: Sendable {
  /// Its name and its people.
  public let header: OutputHeader
  /// What is modelled.
  public let outcome: Outcome
  /// What it is modelled on, at least one.
  public let terms: [ModelTerm]
  /// Where the statement is written.
  public let span: SourceSpan

  /// What a model explains.
  public enum Outcome: Sendable {
    /// A value of each patient, with the offset where there is one.
    case regression(ModelFamily, Expression, offset: Expression?)
    /// The time to an event.
    case cox(TimeToEvent)
  }
}

/// Breaks in a series: `"trend" NAME "of" NAME family "breaks" list(value) "seasonal"?`.
public struct Trend: Sendable {
  /// Its name.
  public let name: Name
  /// The table whose released figures it fits.
  public let table: Name
  /// The family.
  public let family: ModelFamily
  /// When the series may break, at least one.
  public let breaks: [Literal]
  /// Whether the season is a term.
  public let isSeasonal: Bool
  /// Where the statement is written.
  public let span: SourceSpan
}

extension Flow: StatementNode {
  var declaredName: Name? { header.name }
}
extension Table: StatementNode {
  var declaredName: Name? { header.name }
}
extension Deciles: StatementNode {
  var declaredName: Name? { header.name }
}
extension Summary: StatementNode {
  var declaredName: Name? { header.name }
}
extension Histogram: StatementNode {
  var declaredName: Name? { header.name }
}
extension Survival: StatementNode {
  var declaredName: Name? { header.name }
}
extension Model: StatementNode {
  var declaredName: Name? { header.name }
}
extension Trend: StatementNode {
  var declaredName: Name? { name }
}
