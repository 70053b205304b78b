/// A tree of words, written in parentheses: the debugging view of syntax.
///
/// A list that fits on its line is written there; of a longer one each member after the first few
/// words has a line of its own.
indirect enum Outline: Sendable {
  case word(String)
  case list([Outline])

  /// A list that begins with a word.
  static func node(_ word: String, _ members: [Outline] = []) -> Outline {
    .list([.word(word)] + members)
  }

  /// The outline on one line.
  var line: String {
    switch self {
    case .word(let word): word
    case .list(let members): "(" + members.map(\.line).joined(separator: " ") + ")"
    }
  }

  /// The outline in lines of at most 100 columns where that is possible.
  func lines(indent: Int = 0) -> [String] {
    let margin = String(repeating: " ", count: indent)
    let whole = line
    guard case .list(let members) = self, indent + whole.utf8.count > 100 else {
      return [margin + whole]
    }
    let words = members.prefix { member in
      if case .word = member { true } else { false }
    }
    var lines = [margin + "(" + words.map(\.line).joined(separator: " ")]
    for member in members.dropFirst(words.count) {
      lines += member.lines(indent: indent + (words.isEmpty ? 1 : 2))
    }
    if words.isEmpty, lines.count > 1 {
      // A list in front: its parenthesis follows the outer one.
      lines[1] = margin + "(" + lines[1].dropFirst(indent + 1)
      lines.removeFirst()
    }
    lines[lines.count - 1] += ")"
    return lines
  }
}
