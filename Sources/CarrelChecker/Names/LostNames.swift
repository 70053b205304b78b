import CarrelDiagnostics
import CarrelSyntax

/// Names that a file was about to declare where it went wrong, or where its templates will.
///
/// A statement with a mistake is missing from the tree, and one inside a template has its name
/// only after expansion. A use of such a name is no mistake of its own, so nothing is said of it.
struct LostNames {
  private var names: Set<String> = []
  private var patterns: [[Substring]] = []

  /// Finds the names of a file.
  init(in file: StudyFile) {
    for (word, name) in zip(file.tokens, file.tokens.dropFirst())
    where word.kind == .word && name.kind == .word && Self.declaringWords.contains(word.text) {
      if name.text.utf8.contains(UInt8(ascii: "{")) {
        patterns.append(Self.literalParts(of: name.text))
      } else {
        names.insert(name.text)
      }
    }
  }

  private static let declaringWords: Set<String> = [
    "parameter", "let", "list", "codelist", "events", "define", "population", "flow", "table",
    "summary", "deciles", "survival", "model", "trend", "histogram",
  ]

  /// Whether the name may be one of them.
  func mayDeclare(_ name: String) -> Bool {
    names.contains(name) || patterns.contains { Self.matches(name[...], $0) }
  }

  /// What stands between the holes of `{drug}_items`: nothing, then `_items`.
  private static func literalParts(of name: String) -> [Substring] {
    var parts: [Substring] = [""]
    var isInHole = false
    for index in name.indices {
      switch name[index] {
      case "{": isInHole = true
      case "}":
        isInHole = false
        parts.append("")
      default: if !isInHole { parts[parts.count - 1] += String(name[index]) }
      }
    }
    return parts
  }

  private static func matches(_ name: Substring, _ parts: [Substring]) -> Bool {
    guard let first = parts.first, name.hasPrefix(first) else { return false }
    let rest = name.dropFirst(first.count)
    if parts.count == 1 { return rest.isEmpty }
    let remaining = Array(parts.dropFirst())
    // A hole stands for at least one character.
    return rest.indices.contains { matches(rest[rest.index(after: $0)...], remaining) }
  }
}
