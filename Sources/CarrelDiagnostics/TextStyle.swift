/// The colours of a terminal, or none.
///
/// Colour adds nothing that a word does not say.
struct TextStyle {
  let usesColour: Bool

  func strong(_ text: String) -> String { wrap(text, in: "1") }

  func dim(_ text: String) -> String { wrap(text, in: "2") }

  func colour(_ text: String, _ severity: Diagnostic.Severity) -> String {
    switch severity {
    case .error: wrap(text, in: "1;31")
    case .warning: wrap(text, in: "1;33")
    }
  }

  private func wrap(_ text: String, in code: String) -> String {
    usesColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}
