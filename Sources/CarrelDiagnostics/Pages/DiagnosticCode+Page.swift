extension DiagnosticCode {
  /// What the code means, with examples that are run as tests.
  public var lesson: Lesson {
    let all = [
      Lesson.ofText, Lesson.ofNames, Lesson.ofValues, Lesson.ofOutputs, Lesson.ofFigures,
      Lesson.ofSafety, Lesson.ofPolicies,
    ]
    guard let lesson = all.lazy.compactMap({ $0(self) }).first else {
      preconditionFailure("every code has a lesson")
    }
    return lesson
  }

  /// The page that `carrel explain` prints and that stands in `docs/diagnostics`, in Markdown.
  public var page: String {
    let lesson = self.lesson
    var parts = ["# \(rawValue): \(title)", lesson.meaning.wrapped]
    if let explanation { parts.append(explanation) }
    if isRuleOfSites {
      parts.append(
        "An error on a protected site and with `carrel check --protected`, else a warning.")
    }
    if let codelist = lesson.codelist {
      parts += ["In `\(Lesson.codelistPath)`:", codelist.indented]
    }
    if let wrong = lesson.wrong, let right = lesson.right {
      parts += [Self.heading("Wrong", lesson.wrongSetting), wrong.indented]
      parts += [Self.heading("Right", lesson.rightSetting), right.indented]
    }
    return parts.joined(separator: "\n\n")
  }

  private static func heading(_ word: String, _ setting: String?) -> String {
    setting.map { "\(word), with `--set \($0)`:" } ?? "\(word):"
  }

  /// The page that lists all codes, in Markdown.
  public static var index: String {
    let rows = allCases.map { "| [\($0.rawValue)](\($0.rawValue).md) | \($0.title) |" }
    return
      (["# What can be wrong with a study or a policy", "", "| code | about |", "|---|---|"]
      + rows).joined(separator: "\n")
  }
}

extension String {
  /// The lines as a block of code.
  fileprivate var indented: String {
    split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n").trimmedAtEnd
  }

  private var trimmedAtEnd: String {
    var text = self
    while text.last == "\n" { text.removeLast() }
    return text
  }

  /// The words on lines of at most 100 characters.
  fileprivate var wrapped: String {
    var lines = [""]
    for word in split(separator: " ") {
      let line = lines[lines.count - 1]
      if !line.isEmpty, line.count + 1 + word.count > 100 {
        lines.append(String(word))
      } else {
        lines[lines.count - 1] = line.isEmpty ? String(word) : "\(line) \(word)"
      }
    }
    return lines.joined(separator: "\n")
  }
}
