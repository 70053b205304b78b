import CarrelDiagnostics

/// What the language has and this version does not run, each refused by its name.
enum Refusal {
  case templates, outputs, statistics, sequences, codelistSums, standardisation
  case confidenceIntervals

  fileprivate var code: DiagnosticCode {
    switch self {
    case .templates: .templatesNotRun
    case .outputs: .outputNotRun
    case .statistics: .statisticNotRun
    case .sequences: .sequencesNotRun
    case .codelistSums: .codelistSumsNotRun
    case .standardisation: .standardisationNotRun
    case .confidenceIntervals: .confidenceIntervalsNotRun
    }
  }

  /// What can be written instead.
  fileprivate var step: String {
    switch self {
    case .templates: "write the statements out, one for each word"
    case .outputs: "show the numbers in a `table`"
    case .statistics: "show `count`, `percent`, `sum` or `mean`"
    case .sequences: "pick rows by their order: `first row of …`, `row 2 of … by date`"
    case .codelistSums: "keep the combined list in a file of its own"
    case .standardisation: "show the figures by group, without standardising them"
    case .confidenceIntervals: "leave the interval out"
    }
  }
}

extension Checker {
  /// Refuses something by its name: `` `survival` is ``, `templates are`.
  func refuse<Result>(_ refusal: Refusal, _ name: String, at span: SourceSpan) -> Result? {
    failure(
      Diagnostic(refusal.code, "\(name) not executed yet", at: span).help(refusal.step))
  }
}
