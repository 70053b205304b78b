public import CarrelDiagnostics

/// Words to repeat over: `"list" NAME "=" list(element)`.
public struct ListDeclaration: Sendable {
  /// Its name.
  public let name: Name
  /// The elements, at least one.
  public let elements: [Element]
  /// Where the statement is written.
  public let span: SourceSpan
}

/// A statement to repeat: `"for" "each" NAME "in" list(element) statement`.
///
/// The statement is as written, holes and all. To expand it take its tokens from the file, see
/// ``StudyFile/tokens(in:)``.
public struct Template: Sendable {
  /// What stands in the holes.
  public let variable: Name
  /// What it stands for, in turn; the name of a list stands for its elements.
  public let elements: [Element]
  /// The statement that is repeated, which may be a template itself.
  public let statement: Statement
  /// Where the whole is written.
  public let span: SourceSpan
}

/// An element to repeat over: `element = NAME | STRING | INT | INT "to" INT`.
public enum Element: Sendable, Hashable {
  case name(Name)
  case text(Label)
  case integer(Int, SourceSpan)
  case integers(from: Int, to: Int, SourceSpan)
}

extension ListDeclaration: StatementNode {
  var declaredName: Name? { name }
}

extension Template: StatementNode {
  var declaredName: Name? { nil }
}
