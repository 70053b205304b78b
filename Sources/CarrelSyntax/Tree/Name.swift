public import CarrelDiagnostics

/// A name as written: `NAME = ( letter | "_" | HOLE ) ( letter | digit | "_" | HOLE )*`.
public struct Name: Sendable, Hashable {
  /// The name; holes stand as written, as in `has_{condition}`.
  public let text: String
  /// Where it is written.
  public let span: SourceSpan

  /// Makes a name.
  public init(_ text: String, at span: SourceSpan) {
    self.text = text
    self.span = span
  }

  /// Whether the name has a hole, and so is known only once its template is expanded.
  public var hasHoles: Bool { text.utf8.contains(UInt8(ascii: "{")) }

  /// Whether the name is one hole and nothing else, and so may stand for an integer.
  var isHole: Bool {
    text.utf8.first == UInt8(ascii: "{")
      && text.utf8.firstIndex(of: UInt8(ascii: "}")) == text.utf8.indices.last
  }
}

/// A text in quotation marks that is a label, a path or a title rather than a value.
public struct Label: Sendable, Hashable {
  /// What stands between the quotation marks; inside a template, with holes as written.
  public let text: String
  /// Where it is written, quotation marks included.
  public let span: SourceSpan
}

/// What an output, a query or another set of rows is taken from.
///
/// `source = NAME ("(" list(expr) ")")?`
///
/// The name is that of a table, of `events`, or in the header of an output of a population.
public struct SourceReference: Sendable {
  /// The name.
  public let name: Name
  /// The arguments, empty where there are no parentheses.
  public let arguments: [Expression]
  /// The name and its arguments.
  public let span: SourceSpan
}
