import CarrelDiagnostics
import CarrelSyntax

/// Names that a file was about to declare where it went wrong.
///
/// A statement with a mistake is missing from the tree, and of a template with one only the
/// pattern of its names is known. A use of such a name is no mistake of its own, so nothing is said
/// of it.
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
    names.contains(name) || patterns.contains { Self.matches(name, $0) }
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
  ///
  /// Follows all the places where the parts so far may end at once, so that a name full of holes
  /// takes no longer than its length times that of what it is held against.
  private static func matches(_ name: String, _ parts: [String]) -> Bool {
    let letters = Array(name.utf8)
    guard let first = parts.first, name.utf8.starts(with: first.utf8) else { return false }
    var ends: Set<Int> = [first.utf8.count]
    for part in parts.dropFirst() {
      guard let earliest = ends.min() else { return false }
      let starts = letters.indices.dropFirst(earliest + 1) + [letters.count]
      ends = Set(
        starts.filter { $0 > earliest && letters[$0...].starts(with: part.utf8) }
          .map { $0 + part.utf8.count })
    }
    return ends.contains(letters.count)
  }
}
