public import CarrelDiagnostics

/// What a study is: `"study" STRING ("question" STRING)? ("uses" list(NAME))?`.
public struct StudyHeading: Sendable {
  /// The title.
  public let title: Label
  /// The question it answers.
  public let question: Label?
  /// The schemas whose tables it names; empty without `uses`.
  public let schemas: [Name]
  /// Where the statement is written.
  public let span: SourceSpan
}

/// A value the caller may set: `"parameter" NAME ":" type ("=" expr)?`.
public struct ParameterDeclaration: Sendable {
  /// Its name.
  public let name: Name
  /// Its type.
  public let type: Name
  /// What it is unless set.
  public let initial: Expression?
  /// Where the statement is written.
  public let span: SourceSpan
}

/// A value known before any record is read: `"let" NAME "=" expr`.
public struct ConstantDeclaration: Sendable {
  /// Its name.
  public let name: Name
  /// Its value.
  public let value: Expression
  /// Where the statement is written.
  public let span: SourceSpan
}

/// A set of rows: `"events" NAME params? "=" source filters? ("sequenced" "by" keys)?`.
public struct EventsDeclaration: Sendable {
  /// Its name.
  public let name: Name
  /// Its parameters; empty without parentheses.
  public let parameters: [FormalParameter]
  /// The table, or other events, it narrows.
  public let source: SourceReference
  /// Which rows count.
  public let filters: Filters?
  /// The keys after `sequenced by`; empty without.
  public let sequence: [SortKey]
  /// Where the statement is written.
  public let span: SourceSpan
}

/// A value of each patient: `"define" NAME params? "=" expr`.
public struct Definition: Sendable {
  /// Its name.
  public let name: Name
  /// Its parameters; empty without parentheses.
  public let parameters: [FormalParameter]
  /// Its value.
  public let value: Expression
  /// Where the statement is written.
  public let span: SourceSpan
}

/// A parameter of a definition, of events or of a population: `NAME ":" (type | "codelist")`.
public struct FormalParameter: Sendable, Hashable {
  /// Its name.
  public let name: Name
  /// Its type, which may be the word `codelist`.
  public let type: Name
}

/// The people an output is about.
///
/// `"population" NAME params? ( ("include" | "exclude") expr STRING? )+`
public struct Population: Sendable {
  /// Its name.
  public let name: Name
  /// Its parameters; empty without parentheses.
  public let parameters: [FormalParameter]
  /// The criteria in order, at least one.
  public let criteria: [Criterion]
  /// Where the statement is written.
  public let span: SourceSpan
}

/// One criterion of a population: `("include" | "exclude") expr STRING?`.
public struct Criterion: Sendable {
  /// Whether those for whom it holds are left out.
  public let isExclusion: Bool
  /// The condition.
  public let condition: Expression
  /// What the flow calls it.
  public let label: Label?
  /// Where it is written.
  public let span: SourceSpan
}

extension StudyHeading: StatementNode {
  var declaredName: Name? { nil }
}
extension ParameterDeclaration: StatementNode {
  var declaredName: Name? { name }
}
extension ConstantDeclaration: StatementNode {
  var declaredName: Name? { name }
}
extension EventsDeclaration: StatementNode {
  var declaredName: Name? { name }
}
extension Definition: StatementNode {
  var declaredName: Name? { name }
}
extension Population: StatementNode {
  var declaredName: Name? { name }
}
