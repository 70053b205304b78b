internal import CarrelDiagnostics

/// The comments of a file by the tokens they stand beside.
struct CommentPlaces: Sendable {
  /// The comments on lines of their own before a token, by its place.
  private(set) var before: [Int: [Comment]] = [:]
  /// The comment behind a token on its line, by its place.
  private(set) var behind: [Int: Comment] = [:]

  /// Finds the place of every comment of a file.
  init(in file: StudyFile) {
    var index = 0
    for comment in file.comments {
      let start = comment.span.range.lowerBound
      while file.tokens[index].kind != .end, file.tokens[index].span.range.lowerBound < start {
        index += 1
      }
      if index > 0, !comment.isOnLineOfItsOwn(after: file.tokens[index - 1]) {
        behind[index - 1] = comment
      } else {
        before[index, default: []].append(comment)
      }
    }
  }

  /// Takes the comments before a token away, for whoever prints them.
  mutating func removeBefore(_ index: Int) -> [Comment] { before.removeValue(forKey: index) ?? [] }

  /// Whether a comment stands between the first and the last of these tokens.
  func areBetween(_ first: Int, _ last: Int) -> Bool {
    (first..<last).contains { behind[$0] != nil || before[$0 + 1] != nil }
  }
}

extension Comment {
  /// Whether the token before it stands on an earlier line.
  fileprivate func isOnLineOfItsOwn(after token: Token) -> Bool {
    span.source.hasLineBreak(between: token.span, and: span)
  }

  /// The comment without the spaces at its end.
  var text: String {
    let bytes = span.source.bytes[span.range]
    let end = bytes.lastIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
    return String(decoding: bytes[...(end ?? bytes.startIndex)], as: UTF8.self)
  }

  /// Whether something stands before it on its line, if only a space.
  var isIndented: Bool {
    let start = span.range.lowerBound
    return start > span.source.startOfText && span.source.bytes[start - 1] != UInt8(ascii: "\n")
  }
}

extension SourceText {
  /// How many lines end between two places.
  func lineBreaks(_ first: SourceSpan, _ second: SourceSpan) -> Int {
    bytes[first.range.upperBound..<second.range.lowerBound].count { $0 == UInt8(ascii: "\n") }
  }
}
