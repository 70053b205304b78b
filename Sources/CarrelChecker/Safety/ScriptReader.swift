/// Tells which alphabets the letters of words belong to, looking each letter up once.
struct ScriptReader {
  private var known: [Unicode.Scalar: String?] = [:]
  /// What a letter of each script matches; the last two are shared by all scripts.
  private lazy var patterns: [(name: String, pattern: Regex<AnyRegexOutput>)] =
    (Self.names + Self.shared).map { name in
      guard let pattern = try? Regex("\\p{Script=\(name)}") else {
        preconditionFailure("every script of the table is known")
      }
      return (name, pattern)
    }

  /// The scripts that Unicode recommends for names, and two whose letters look like theirs; those
  /// that are met most come first.
  ///
  /// Source: Unicode Standard Annex 31, table 5.
  private static let names = [
    "Latin", "Han", "Hangul", "Cyrillic", "Greek", "Arabic", "Devanagari", "Hiragana", "Katakana",
    "Armenian", "Bengali", "Bopomofo", "Cherokee", "Coptic", "Ethiopic", "Georgian", "Gujarati",
    "Gurmukhi", "Hebrew", "Kannada", "Khmer", "Lao", "Malayalam", "Myanmar", "Oriya", "Sinhala",
    "Tamil", "Telugu", "Thaana", "Thai", "Tibetan",
  ]
  private static let shared = ["Common", "Inherited"]

  /// Scripts that are written together (Unicode Technical Standard 39, section 5.2).
  private static let together: [Set<String>] = [
    ["Han", "Hiragana", "Katakana"], ["Han", "Hangul"], ["Han", "Bopomofo"],
  ]

  /// The scripts of the letters of a word, each once and by name; one alone where they are written
  /// together.
  mutating func scripts(of word: [Unicode.Scalar]) -> [String] {
    var found: Set<String> = []
    for scalar in word where scalar.properties.isAlphabetic {
      if let script = script(of: scalar) { found.insert(script) }
    }
    let areTogether = Self.together.contains { found.isSubset(of: $0) }
    return areTogether ? Array(found.sorted().prefix(1)) : found.sorted()
  }

  /// The script of a letter; `nil` for one that all scripts share.
  private mutating func script(of letter: Unicode.Scalar) -> String? {
    if letter.isASCII { return "Latin" }
    if let script = known[letter] { return script }
    let text = String(Character(letter))
    let name = patterns.first { text.contains($0.pattern) }?.name ?? "another script"
    let script = Self.shared.contains(name) ? nil : name
    known[letter] = .some(script)
    return script
  }
}
