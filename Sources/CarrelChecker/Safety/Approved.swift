import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax

// Data that the project was not approved for.
extension Checker {
  /// Refuses tables and columns outside the approved ones, wherever the study names them.
  func reviewApprovedData(_ rules: SafetyRules) {
    guard let approved = rules.approved else { return }
    let plan = state.plan.plan.reduced()
    for table in plan.tables {
      let columns = table.columns.filter(\.isMentioned).map(\.name)
      if !approved.allows(table.name) {
        report(
          notApproved("the table `\(table.name)`", at: place(of: table.name, nil), rules))
        continue
      }
      for column in columns where !approved.allows(column, of: table.name) {
        report(
          notApproved(
            "`\(table.name).\(column)`", at: place(of: table.name, column), rules))
      }
    }
  }

  private func notApproved(
    _ what: String, at span: SourceSpan, _ rules: SafetyRules
  ) -> Diagnostic {
    Diagnostic(
      .notApproved, "the project is not approved to use \(what)", at: span,
      severity: rules.severity
    ).help("leave it out, or ask for it in the project's application")
  }

  /// Where the study first names a table or a column, or the whole study where only a definition
  /// of the schema does.
  private func place(of table: String, _ column: String?) -> SourceSpan {
    let spans = noted.uses.filter { use in
      switch use.value {
      case .table(let named): column == nil && named.name == table
      case .column(let named, let home):
        home.name == table && (column == nil || named.name == column)
      case .declared, .parameter: false
      }
    }.keys
    return spans.min { $0.range.lowerBound < $1.range.lowerBound }
      ?? study.file.source.span(0..<0)
  }
}
