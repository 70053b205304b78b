import CarrelDiagnostics

/// What the language has and this version does not run, each refused by its name.
enum Refusal {
  case outputs, sequences, standardisation

  fileprivate var code: DiagnosticCode {
    switch self {
    case .outputs: .outputNotRun
    case .sequences: .sequencesNotRun
    case .standardisation: .standardisationNotRun
    }
  }

  /// What can be written instead.
  fileprivate var step: String {
    switch self {
    case .outputs: "show the numbers in a `table`"
    case .sequences: "pick rows by their order: `first row of …`, `row 2 of … by date`"
    case .standardisation: "show the figures by group, without standardising them"
    }
  }
}

extension Checker {
  /// Refuses something by its name: `` `survival` is ``.
  func refuse<Result>(_ refusal: Refusal, _ name: String, at span: SourceSpan) -> Result? {
    failure(
      Diagnostic(refusal.code, "\(name) not executed yet", at: span).help(refusal.step))
  }
}
