import CarrelDiagnostics

/// What the code of a diagnostic means.
public enum CodePage {
  /// The page of a code such as `C214`; `nil` where the text has not the form of a code.
  ///
  /// - Throws: A ``Failure`` where it has, and there is no such code.
  public static func text(for code: String) throws(Failure) -> String? {
    guard isCode(code) else { return nil }
    guard let code = DiagnosticCode(rawValue: code.uppercased()) else {
      throw Failure(
        "U016", "no mistake in a study has the code `\(code)`",
        help: "write a code as carrel check prints it, such as C214", status: .wrongCommandLine)
    }
    return code.page
  }

  /// Whether a text is a letter and three digits.
  private static func isCode(_ text: String) -> Bool {
    let letters = Array(text.utf8)
    return letters.count == 4 && letters[1...].allSatisfy { (0x30...0x39).contains($0) }
      && (0x41...0x5A).contains(letters[0] & ~0x20)
  }
}
