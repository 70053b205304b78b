public import CarrelDiagnostics

extension StudyFile {
  /// A file in the canonical layout, or `nil` where it has mistakes, which are reported.
  ///
  /// Only the layout changes, and the wording of what can be said in two ways: `not x in y` becomes
  /// `x not in y`, `days(14)` becomes `14 days`, and a unit agrees with its number. Nothing is
  /// reordered and every comment stays beside its words. The layout of a canonical text is itself.
  public static func canonicalText(
    of source: SourceText, reporting diagnostics: inout Diagnostics
  ) -> String? {
    var file = parse(source, reporting: &diagnostics)
    guard !diagnostics.hasErrors else { return nil }
    var page = CanonicalPage(of: file)
    if !page.rewording.isEmpty {
      file = file.reworded(page.rewording)
      page = CanonicalPage(of: file)
    }
    let text = page.text
    guard text.utf8.count <= Lexer.longestFile else {
      diagnostics.report(.tooLongInLayout(at: source.span(0..<0)))
      return nil
    }
    // A study that came out changed would be worse than one that is not laid out at all.
    precondition(file.saysTheSame(as: text), "a layout changes no word and no comment")
    return text
  }

  /// The file with some of its words replaced by others of the language.
  private func reworded(_ edits: [LayoutBuilder.Edit]) -> StudyFile {
    var mistakes = Diagnostics()
    let file = Self.parse(source.replacing(edits), reporting: &mistakes)
    precondition(!mistakes.hasErrors, "canonical wording is of the language")
    return file
  }

  /// Whether a text holds the words and the comments of this file, and nothing else.
  private func saysTheSame(as text: String) -> Bool {
    var mistakes = Diagnostics()
    let (tokens, comments) = Lexer.read(
      SourceText(name: source.name, text: text), reporting: &mistakes)
    return tokens.elementsEqual(self.tokens) {
      $0.kind == $1.kind && $0.text.utf8.elementsEqual($1.text.utf8)
    }
      && comments.elementsEqual(self.comments) { $0.text.utf8.elementsEqual($1.text.utf8) }
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

extension Diagnostic {
  fileprivate static func tooLongInLayout(at span: SourceSpan) -> Diagnostic {
    Diagnostic(.tooLong, "in canonical layout the file would be longer than 1 MiB", at: span)
      .help("divide it into several studies")
  }
}
