internal import CarrelDiagnostics

/// Lays the statements of a file out, word for word.
///
/// The tree says where words belong together; each word is taken from the tokens, in order, so that
/// nothing can be lost, added or moved. What is written in another way than the canonical one is
/// noted in ``rewording`` and laid out as it stands.
struct LayoutBuilder {
  let tokens: [Token]
  let printed: PrintedWords
  /// The next token.
  var index = 0
  /// The changes that make the wording canonical.
  var rewording: [Edit] = []

  /// A change of the bytes of a file.
  struct Edit {
    let range: Range<Int>
    let replacement: String
  }

  init(_ file: StudyFile, _ printed: PrintedWords) {
    tokens = file.tokens
    self.printed = printed
  }
}

extension LayoutBuilder {
  /// The next token, whatever it is.
  mutating func next() -> Layout {
    defer { index += 1 }
    return .token(index)
  }

  /// The next tokens with spaces between.
  mutating func words(_ count: Int) -> Layout {
    .joined((0..<count).map { _ in next() }, by: .space)
  }

  /// The tokens up to a place, with spaces between and behind.
  mutating func words(before span: SourceSpan) -> Layout {
    var parts: [Layout] = []
    while tokens[index].span.range.lowerBound < span.range.lowerBound { parts += [next(), .space] }
    return .sequence(parts)
  }

  /// Several with commas between; the comma stands with what it follows.
  mutating func members<Member>(
    _ members: [Member], _ layout: (inout Self, Member) -> Layout
  ) -> [Layout] {
    members.indices.map { place in
      let member = layout(&self, members[place])
      return place + 1 < members.count ? .sequence([member, next()]) : member
    }
  }

  /// Several in parentheses, as many on a line as fit.
  mutating func parenthesised<Member>(
    _ members: [Member], _ layout: (inout Self, Member) -> Layout
  ) -> Layout {
    .sequence([next(), .filled(self.members(members, layout)), next()])
  }

  func isAt(_ word: String) -> Bool { tokens[index].isWord(word) }

  func isAtMark(_ mark: String) -> Bool { tokens[index].isMark(mark) }
}

// What tokens alone say.
extension LayoutBuilder {
  /// A length of time; its unit is canonical where it agrees with the number.
  mutating func duration(_ duration: DurationLiteral) -> Layout {
    var parts: [Layout] = []
    while tokens[index].span.range.upperBound < duration.span.range.upperBound {
      parts += [next(), .space]
    }
    if case .value(let count) = duration.count {
      reword(index, as: Self.unit(duration.unit, count: count))
    }
    return .sequence(parts + [next()])
  }

  /// How a unit is written behind a number.
  static func unit(_ unit: TimeUnit, count: Int) -> String {
    count == 1 ? unit.rawValue : unit.rawValue + "s"
  }

  /// Notes that a token should be another.
  mutating func reword(_ index: Int, as text: String) {
    let token = tokens[index]
    if token.text != text {
      rewording.append(Edit(range: token.span.range, replacement: text))
    }
  }
}
