extension String {
  /// A name of a study as a person says it: spaces for underscores.
  var spoken: String { split(separator: "_").joined(separator: " ") }

  /// A spoken name with what it is given: `age on` takes it as it is, `tests` needs an "of".
  func joined(with arguments: [String]) -> String {
    let leading = ["on", "in", "by", "at", "to", "before", "after", "until", "since"]
    let last = split(separator: " ").last.map(String.init) ?? ""
    let link = leading.contains(last) ? "" : "of "
    return "\(self) \(link)\(arguments.joined(separator: ", "))"
  }
}

extension [String] {
  /// The texts as a list in a sentence: `a, b and c`.
  var listed: String {
    guard let last, count > 1 else { return first ?? "" }
    return "\(dropLast().joined(separator: ", ")) and \(last)"
  }
}
