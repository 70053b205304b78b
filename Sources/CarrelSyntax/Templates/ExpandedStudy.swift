public import CarrelDiagnostics

/// A file of the language with its templates written out: what is checked.
///
/// Words stand where they are written: a diagnostic about a repeated word points at the template,
/// and the span of the word says for which elements it was written out.
public struct ExpandedStudy: Sendable {
  /// The file as written.
  public let file: StudyFile
  /// The statements without templates and holes, in order; those of a template one after another.
  public let statements: [Statement]
  /// The names declared by statements with a mistake, which are not among ``statements``; one with
  /// holes stands for every name that it could become.
  public let unreadNames: [Name]
}

extension StudyFile {
  /// Writes the templates out, reporting every mistake in them.
  ///
  /// `for each` repeats its statement, and a member of a list that names a `list` in a hole is
  /// repeated in place. Repetitions are counted before any is made. A template with a mistake is
  /// left out.
  public func expandingTemplates(reporting diagnostics: inout Diagnostics) -> ExpandedStudy {
    var expander = TemplateExpander(self)
    for statement in statements { expander.expand(statement) }
    diagnostics.report(contentsOf: expander.diagnostics)
    return ExpandedStudy(
      file: self, statements: expander.statements, unreadNames: expander.unreadNames)
  }
}

/// How much templates may write out, so that a short study cannot become a long one.
enum TemplateLimits {
  /// Repetitions that come of one statement as written.
  static let repetitionsOfStatement = 1_000
  /// Repetitions that come of a study.
  static let repetitionsOfStudy = 10_000
  /// Bytes written out, as many as a file may have.
  static let writtenBytes = Lexer.longestFile
  /// Lists made from lists.
  static let listDepth = 64
}
