internal import CarrelDiagnostics

/// The tokens of a file as they are printed, by their place, with the comments beside them.
struct PrintedWords: Sendable {
  let texts: [String]
  /// The columns that each takes.
  let widths: [Int]
  var comments: CommentPlaces

  init(of file: StudyFile) {
    texts = file.tokens.map(\.span.text)
    widths = texts.map { DisplayedText($0).width }
    comments = CommentPlaces(in: file)
  }
}
