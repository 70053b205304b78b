/// A piece of a study made by the grammar: its words, and the tree they were made as.
///
/// A name that an operand or a source is called is marked, so that the one ambiguity of the
/// grammar can be seen: a name that begins queries just before a clause word.
struct Sentence {
  var words: [String]
  var tree: String

  init(_ words: [String], _ tree: String) {
    self.words = words
    self.tree = tree
  }

  /// The words as a file holds them.
  var text: String { words.map { $0.replacing("\u{1}", with: "") }.joined(separator: " ") }

  /// Whether a name that begins queries stands before a word that could be a name, so that the two
  /// would be read as a query.
  var isAmbiguous: Bool {
    zip(words, words.dropFirst()).contains { word, next in
      guard word.hasPrefix("\u{1}") else { return false }
      let isBeforeName =
        Self.heads.contains(String(word.dropFirst())) && Self.clauseWords.contains(next)
      return isBeforeName || word == "\u{1}bands" && next == "of"
    }
  }

  private static let heads: Set<String> = [
    "any", "count", "sum", "mean", "smallest", "largest", "earliest", "latest", "first", "last",
  ]
  private static let clauseWords: Set<String> = [
    "gap", "event", "competing", "censor", "reference", "offset", "standardised", "labelled",
    "seasonal", "breaks", "linear", "logistic", "poisson", "negative", "cox", "person_years",
  ]
}
