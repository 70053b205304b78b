import Testing

/// A study with a mistake, and all that is said of it.
struct Mistake: CustomTestStringConvertible, Sendable {
  let rule: String
  let study: String
  let message: String

  init(_ rule: String, _ study: String, says message: String) {
    self.rule = rule
    self.study = study
    self.message = message
  }

  var testDescription: String { rule }

  /// The messages without the count that ends them, and without the notes on where to read more.
  var found: String {
    var lines = mistakes(in: study).split(separator: "\n", omittingEmptySubsequences: false)
    lines.removeAll { $0.hasPrefix("   note: ") }
    return lines.dropLast(3).joined(separator: "\n")
  }
}
