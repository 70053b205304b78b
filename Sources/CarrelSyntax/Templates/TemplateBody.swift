internal import CarrelDiagnostics

/// What stands in a hole.
struct FilledHole: Hashable {
  let hole: String
  let word: TemplateWord

  init(_ hole: String, _ word: TemplateWord) {
    self.hole = hole
    self.word = word
  }
}

/// A statement with holes, and the members of its lists that are repeated for each word of a list.
struct TemplateBody {
  private let tokens: [Token]
  private let isTemplate: Bool
  /// By where they begin, outer ones before those inside them.
  private let repeated: [RepeatedMember]

  /// A member of a list that is repeated.
  fileprivate struct RepeatedMember {
    let range: Range<Int>
    let list: Name
    var words: [TemplateWord] = []
  }

  /// Finds the members that are repeated; `nil` after a mistake.
  ///
  /// - Parameters:
  ///   - tokens: The words of the statement.
  ///   - variables: The holes that `for each` fills.
  ///   - members: The members of its lists, inner ones before those around them.
  ///   - expander: What knows the lists and takes the mistakes.
  init?(
    _ tokens: [Token], variables: Set<String>, members: [Range<Int>],
    expander: inout TemplateExpander
  ) {
    var found: [Range<Int>: RepeatedMember] = [:]
    var isSound = true
    for (place, token) in tokens.enumerated() where token.kind == .word && token.hasHoles {
      for hole in token.holes where !variables.contains(hole) {
        let name = Name(hole, at: token.span)
        guard let range = Self.member(for: name, at: place, in: members, expander: &expander)
        else {
          isSound = false
          continue
        }
        if let other = found[range]?.list, other.text != hole {
          isSound = false
          expander.reportTwoLists(other, name)
        }
        found[range] = RepeatedMember(range: range, list: name)
      }
    }
    guard isSound else { return nil }
    self.tokens = tokens
    isTemplate = !variables.isEmpty
    var repeated: [RepeatedMember] = []
    for var member in found.values.sorted(by: RepeatedMember.isBefore) {
      guard let words = expander.words(of: member.list) else { return nil }
      member.words = words
      repeated.append(member)
    }
    self.repeated = repeated
  }

  private static func member(
    for name: Name, at place: Int, in members: [Range<Int>], expander: inout TemplateExpander
  ) -> Range<Int>? {
    guard expander.isKnownList(name) else { return nil }
    if let innermost = members.first(where: { $0.contains(place) }) { return innermost }
    expander.reportListOutsideList(name)
    return nil
  }

  /// How many members the repeated ones become.
  var repetitionCount: Int {
    repeated.reduce(0) { total, member in
      let around = repeated.filter { $0.range != member.range && $0.range.contains(member.range) }
      let factor = around.reduce(1) { $0.multipliedUpTo(.max, $1.words.count) }
      return total.addingUpTo(.max, factor.multipliedUpTo(.max, member.words.count))
    }
  }

  /// The words of the statement with every hole filled; `nil` after a mistake.
  func tokens(with filled: [FilledHole], reporting diagnostics: inout Diagnostics) -> [Token]? {
    var written: [Token] = []
    write(tokens.indices, repeated[...], filled, into: &written, reporting: &diagnostics)
    return written.contains(where: \.isSuspect) ? nil : written
  }

  private func write(
    _ range: Range<Int>, _ repeated: ArraySlice<RepeatedMember>, _ filled: [FilledHole],
    into written: inout [Token], reporting diagnostics: inout Diagnostics
  ) {
    var place = range.lowerBound
    var waiting = repeated
    while place < range.upperBound {
      guard let member = waiting.first, member.range.lowerBound == place else {
        written.append(
          tokens[place].filled(with: filled, isTemplate: isTemplate, reporting: &diagnostics))
        place += 1
        continue
      }
      let inner = waiting.dropFirst().prefix { member.range.contains($0.range) }
      for (number, word) in member.words.enumerated() {
        if number > 0 { written.append(Token(.mark, ",", at: tokens[place].span)) }
        write(
          member.range, inner, filled + [FilledHole(member.list.text, word)], into: &written,
          reporting: &diagnostics)
      }
      waiting = waiting.dropFirst(1 + inner.count)
      place = member.range.upperBound
    }
  }
}

extension TemplateBody.RepeatedMember {
  fileprivate static func isBefore(_ left: Self, _ right: Self) -> Bool {
    (left.range.lowerBound, -left.range.upperBound)
      < (right.range.lowerBound, -right.range.upperBound)
  }
}

extension TemplateExpander {
  /// Whether a hole names a list; says so where it names nothing.
  fileprivate mutating func isKnownList(_ name: Name) -> Bool {
    if lists.isList(name.text) { return true }
    if lists.isLost(name.text) { return false }
    diagnostics.report(.unknownHole(name.text, at: name.span))
    return false
  }

  /// The words of a list that is used in a hole; `nil` after a mistake.
  fileprivate mutating func words(of list: Name) -> [TemplateWord]? {
    guard let count = lists.count(ofList: list.text, reporting: &diagnostics) else { return nil }
    guard count <= TemplateLimits.repetitionsOfStatement else {
      diagnostics.report(
        Diagnostic(
          .tooManyRepetitions, "a statement is repeated at most 1000 times", at: list.span
        ).label("`\(list.text)` has more words").help("shorten the list"))
      return nil
    }
    return distinct(lists.words(ofList: list.text))
  }

  fileprivate mutating func reportListOutsideList(_ name: Name) {
    diagnostics.report(
      Diagnostic(.misplacedList, "`{\(name.text)}` stands for several words", at: name.span)
        .label("not in a list").help("repeat the statement: `for each word in \(name.text)`"))
  }

  fileprivate mutating func reportTwoLists(_ first: Name, _ second: Name) {
    diagnostics.report(
      Diagnostic(
        .misplacedList, "one member repeats for `{\(first.text)}` and for `{\(second.text)}`",
        at: second.span
      ).help("use one list in a member, and `for each` for the other"))
  }
}

extension Diagnostic {
  /// Says that nothing fills a hole.
  static func unknownHole(_ hole: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(.unknownHole, "nothing fills the hole `{\(hole)}`", at: span)
      .help("a hole names what stands after `for each`, or a `list`")
  }
}
