import CarrelDiagnostics

/// What the code of a diagnostic means.
public enum CodePage {
  /// The page of a code such as `C214`; `nil` where the text is no code of the catalogue.
  public static func text(for code: String) -> String? {
    guard let code = DiagnosticCode(rawValue: code.uppercased()) else { return nil }
    let heading = "\(code.rawValue): \(code.title)"
    return code.explanation.map { "\(heading)\n\n\($0)" } ?? heading
  }
}
