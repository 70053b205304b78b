public import CarrelDiagnostics

/// A set of codes: `"codelist" NAME (":" type)? ( "from" STRING … | "=" codes )`.
public struct CodelistDeclaration: Sendable {
  /// Its name.
  public let name: Name
  /// Its coding system, where it is given.
  public let system: Name?
  /// Where the codes come from.
  public let contents: Contents
  /// Where the statement is written.
  public let span: SourceSpan

  /// Where the codes of a list come from.
  public enum Contents: Sendable {
    /// `"from" STRING ("column" STRING)? ("category" STRING)?`.
    case file(path: Label, column: Label?, category: Label?)
    /// `"=" list(STRING)`.
    case codes([Label])
    /// `"=" codesum ("where" condition)?`.
    case sum(CodeSum)
  }
}

/// Code lists added and taken away: `codeterm (("+" | "-") codeterm)*`, with its condition.
public struct CodeSum: Sendable {
  /// The terms, at least one.
  public let terms: [Term]
  /// The condition after `where`, which applies to the whole sum.
  public let condition: Expression?
  /// Where the sum is written.
  public let span: SourceSpan

  /// One code list of a sum.
  public struct Term: Sendable {
    /// Whether its codes are taken away.
    public let isSubtracted: Bool
    /// The list.
    public let operand: Operand
  }

  /// What is added or taken away: `codeterm = NAME | "(" codesum ("where" condition)? ")"`.
  public indirect enum Operand: Sendable {
    case name(Name)
    case group(CodeSum)
  }
}

extension CodelistDeclaration: StatementNode {
  var declaredName: Name? { name }
}
