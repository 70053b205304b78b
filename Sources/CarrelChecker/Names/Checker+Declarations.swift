import CarrelDiagnostics
import CarrelSyntax

extension Checker {
  /// Takes down what the study and its schemas declare.
  func collectDeclarations() {
    for file in schemas.compactMap(\.definitions) {
      let expanded = file.expandingTemplates(reporting: &diagnostics)
      for statement in expanded.statements { _ = schemaDeclared.add(statement) }
    }
    for statement in study.statements {
      if let name = statement.declaredName { checkName(name, of: statement) }
      if let earlier = declared.add(statement) { reportTwice(statement, earlier) }
    }
    for statement in study.statements { checkParameters(of: statement) }
    checkNumbers()
  }

  /// A parameter means what it stands for alone, so its name is no other's.
  private func checkParameters(of statement: Statement) {
    var names: [String: Name] = [:]
    for parameter in statement.parameters {
      let name = parameter.name
      if let first = names[name.text] ?? declared[name.text]?.declaredName {
        report(
          Diagnostic(.declaredTwice, "`\(name.text)` is declared twice", at: name.span)
            .related(first.span, "first declared here")
            .help("give the parameter another name"))
      }
      names[name.text] = name
    }
  }

  private func reportTwice(_ statement: Statement, _ earlier: Statement) {
    guard let name = statement.declaredName, let first = earlier.declaredName else { return }
    report(
      Diagnostic(.declaredTwice, "`\(name.text)` is declared twice", at: name.span)
        .related(first.span, "first declared here")
        .help("give one of them another name"))
  }

  /// A declared name must not already mean something where it could be used.
  private func checkName(_ name: Name, of statement: Statement) {
    let taken: String? =
      if Function(rawValue: name.text) != nil {
        "a function of the language"
      } else if tables.firstIndex(named: name.text) != nil {
        "a table of the schema"
      } else {
        nil
      }
    guard let taken else { return }
    report(
      Diagnostic(.takenName, "`\(name.text)` cannot be declared", at: name.span)
        .label(taken).help("give \(statement.description) another name"))
  }

  private func checkNumbers() {
    let all = declared.statements
    check(all, atMost: Limits.declarations, "declarations")
    let codelists = all.filter { if case .codelist = $0 { true } else { false } }
    check(codelists, atMost: Limits.codelists, "code lists")
  }

  private func check(_ statements: [Statement], atMost limit: Int, _ what: String) {
    guard statements.count > limit, let name = statements[limit].declaredName else { return }
    report(
      Diagnostic(
        .tooManyDeclarations, "a study has at most \(limit) \(what)", at: name.span
      ).label("number \(limit + 1) of \(statements.count)").help("split the study"))
  }
}
