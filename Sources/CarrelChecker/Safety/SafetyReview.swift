import CarrelCatalogue
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax

/// Judges what a study asks for by the rules of a site.
///
/// It works on the plan, in which every name, call and parameter has become what it stands for, so
/// that no rule can be evaded by giving something a name; where something is written is looked up
/// for the message.
final class SafetyReview {
  let rules: SafetyRules
  let plan: Plan
  let tables: [SchemaTable]
  let outputs: [ReviewedOutput]
  private let places: Places
  private var found: [Diagnostic] = []
  private var reported: Set<ReportKey> = []
  /// How many parts of the output at hand may still be looked at.
  private var partsLeft = SafetyRules.mostParts

  private struct ReportKey: Hashable {
    let code: DiagnosticCode
    let span: SourceSpan
  }

  init(
    rules: SafetyRules, plan: Plan, tables: [SchemaTable], outputs: [ReviewedOutput],
    places: Places
  ) {
    self.rules = rules
    self.plan = plan
    self.tables = tables
    self.outputs = outputs
    self.places = places
  }

  /// Everything of the study's outputs that the rules refuse.
  func diagnostics() -> [Diagnostic] {
    reviewSizes()
    reviewIntervals()
    reviewLooks()
    reviewParts()
    reviewWindowLengths()
    reviewQuantiles()
    return found
  }

  /// Reports a breach, once for each place.
  func report(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan,
    _ details: (Diagnostic) -> Diagnostic = { $0 }
  ) {
    guard reported.insert(ReportKey(code: code, span: span)).inserted else { return }
    found.append(details(Diagnostic(code, message, at: span, severity: rules.severity)))
  }

  /// Where an expression is written, if it is a place of its own.
  func place(of expression: Lowered.Expression, row: Int?) -> SourceSpan? {
    places[expression, row] ?? places[expression, nil]
  }

  /// Takes note that one more part is looked at; `false` where there were too many, which is an
  /// error of its own: what was not looked at is not safe.
  func mayLook(at span: SourceSpan) -> Bool {
    partsLeft -= 1
    if partsLeft > 0 { return true }
    guard partsLeft == 0 else { return false }
    report(
      .tooIntricate, "the study has too many ways to reach one figure to judge them all", at: span
    ) { $0.help("use fewer definitions that are built on each other more than once") }
    return false
  }

  /// Begins with another output; `false` where one before it was too intricate.
  func beginOutput() -> Bool {
    guard partsLeft > 0 else { return false }
    partsLeft = SafetyRules.mostParts
    return true
  }

  /// What a value of the plan is computed as, through references.
  func resolved(_ expression: Lowered.Expression) -> Lowered.Expression {
    var expression = expression
    while case .value(let index) = expression, plan.values.indices.contains(index) {
      expression = plan.values[index].expression
    }
    return expression
  }

  /// The column that an expression names, where it names one.
  func column(_ expression: Lowered.Expression, row: Int?) -> SchemaColumn? {
    switch expression {
    case .field(let table, let column), .rowColumn(let table, let column, _):
      tables[table].columns[column]
    case .column(let column): row.map { tables[$0].columns[column] }
    default: nil
    }
  }
}

/// Where the parts of a study are written that a rule may have to point at.
struct Places {
  private var spans: [Key: SourceSpan] = [:]

  private struct Key: Hashable {
    let expression: Lowered.Expression
    let row: Int?
  }

  /// Where an expression is first written, given the table whose row it is about.
  subscript(expression: Lowered.Expression, row: Int?) -> SourceSpan? {
    spans[Key(expression: expression, row: row)]
  }

  /// Notes where an expression is written, unless it was met before.
  mutating func note(_ expression: Lowered.Expression, row: Int?, at span: SourceSpan) {
    let key = Key(expression: expression, row: row)
    if spans[key] == nil { spans[key] = span }
  }
}

extension Checker {
  /// Notes where a value is written, if a rule may have to point at it.
  func notePlace(of typed: Typed, at expression: Written.Expression, in scope: Scope) {
    guard rules != nil, expression.span.source == study.file.source, typed.kind != .constant else {
      return
    }
    switch expression.kind {
    case .literal, .name, .query, .negative, .not: return
    case .binary(let binary, _, _) where binary == .and || binary == .or: return
    default:
      let row = typed.kind == .column ? scope.row?.index : nil
      places.note(typed.expression, row: row, at: expression.span)
    }
  }

  /// Judges the study by the rules of the site, if it is to be judged.
  func reviewSafety() {
    guard let rules else { return }
    let review = SafetyReview(
      rules: rules, plan: state.plan.plan, tables: tables, outputs: reviewedOutputs,
      places: places)
    for diagnostic in review.diagnostics() { report(diagnostic) }
    let text = TextReview(rules: rules, source: study.file.source, codes: codeSpans)
    for diagnostic in text.diagnostics() { report(diagnostic) }
    reviewApprovedData(rules)
    reviewCost(rules)
  }
}
