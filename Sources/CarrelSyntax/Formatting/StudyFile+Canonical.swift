public import CarrelDiagnostics

extension StudyFile {
  /// A file in the canonical layout, or `nil` where it has mistakes, which are reported.
  ///
  /// Only the layout changes, and the wording of two things that can be said in two ways:
  /// `not x in y` becomes `x not in y`, and `days(14)` becomes `14 days`. Nothing is reordered and
  /// every comment stays beside its words. The layout of a canonical text is that text.
  public static func canonicalText(
    of source: SourceText, reporting diagnostics: inout Diagnostics
  ) -> String? {
    let file = parse(source, reporting: &diagnostics)
    guard !diagnostics.hasErrors else { return nil }
    let page = CanonicalPage(of: file)
    guard !page.rewording.isEmpty else { return checked(page.text, against: file) }
    var mistakes = Diagnostics()
    let reworded = parse(source.replacing(page.rewording), reporting: &mistakes)
    precondition(!mistakes.hasErrors, "canonical wording is of the language")
    return checked(CanonicalPage(of: reworded).text, against: reworded)
  }

  /// A text that holds the words and the comments of a file, and nothing else.
  ///
  /// A study that comes out changed would be worse than one that is not laid out at all.
  private static func checked(_ text: String, against file: StudyFile) -> String {
    var mistakes = Diagnostics()
    let (tokens, comments) = Lexer.read(
      SourceText(name: file.source.name, text: text), reporting: &mistakes)
    precondition(
      tokens.elementsEqual(file.tokens) { $0.kind == $1.kind && $0.text.utf8.elementsEqual($1.text.utf8) },
      "a layout changes no word")
    precondition(
      comments.elementsEqual(file.comments) { $0.text.utf8.elementsEqual($1.text.utf8) },
      "a layout changes no comment")
    return text
  }
}

extension SourceText {
  /// The source with some of its bytes replaced; no two of the edits overlap.
  fileprivate func replacing(_ edits: [LayoutBuilder.Edit]) -> SourceText {
    var edited: [UInt8] = []
    var place = 0
    for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      edited += bytes[place..<edit.range.lowerBound] + edit.replacement.utf8
      place = edit.range.upperBound
    }
    return SourceText(name: name, bytes: edited + bytes[place...])
  }
}
