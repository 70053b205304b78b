import CarrelDiagnostics
import CarrelSyntax

/// Names that a file was about to declare where it went wrong.
///
/// A statement with a mistake is missing from the tree, and of a template with one only the
/// pattern of its names is known. A use of such a name is no mistake of its own, so nothing is said of it.
struct LostNames {
  private var names: Set<String> = []
  private var patterns: [[String]] = []

  /// Finds the names of a study.
  init(in study: ExpandedStudy) {
    for name in study.unreadNames { add(name) }
  }

  private mutating func add(_ name: Name) {
    if name.hasHoles {
      patterns.append(Self.literalParts(of: name.text))
    } else {
      names.insert(name.text)
    }
  }

  /// Whether the name may be one of them.
  func mayDeclare(_ name: String) -> Bool {
    names.contains(name) || patterns.contains { Self.matches(name[...], $0[...]) }
  }

  /// What stands between the holes of `{drug}_items`: nothing, then `_items`.
  private static func literalParts(of name: String) -> [String] {
    var parts = [""]
    var isInHole = false
    for character in name {
      switch character {
      case "{": isInHole = true
      case "}":
        isInHole = false
        parts.append("")
      default: if !isInHole { parts[parts.count - 1].append(character) }
      }
    }
    return parts
  }

  /// Whether a name is these parts with at least one character in each hole between them.
  private static func matches(_ name: Substring, _ parts: ArraySlice<String>) -> Bool {
    guard let first = parts.first, name.hasPrefix(first) else { return false }
    let rest = name.dropFirst(first.count)
    if parts.count == 1 { return rest.isEmpty }
    return rest.indices.contains { matches(rest[rest.index(after: $0)...], parts.dropFirst()) }
  }
}
