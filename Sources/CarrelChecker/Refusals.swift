import CarrelDiagnostics

/// What the language has and this version does not run, each refused by its name.
enum Refusal {
  case survival, models, trends, standardisation

  fileprivate var code: DiagnosticCode {
    switch self {
    case .survival, .models, .trends: .outputNotRun
    case .standardisation: .standardisationNotRun
    }
  }

  /// What can be written instead.
  fileprivate var step: String {
    switch self {
    case .survival: "show who had the event by a day: `table … show percent DATE <= …`"
    case .models: "show the outcome by its terms: `table … by … show percent …` or `mean …`"
    case .trends: "leave the trend out: its table is released without it"
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
