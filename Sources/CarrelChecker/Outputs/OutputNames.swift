import CarrelDiagnostics
import CarrelSyntax

/// What the columns of an output are called.
///
/// By `as`; else a name by itself, a call by its callee, a dotted name by its last word, a
/// statistic by its word and its item. Anything else needs `as`.
enum OutputNames {
  /// The name of an item; `nil` where it needs `as`.
  static func name(of item: Written.Expression, as label: Label?) -> String? {
    if let label { return fileName(label.text) }
    switch item.kind {
    case .name(let name), .call(let name, _), .member(_, let name): return name.text
    default: return nil
    }
  }

  /// A text as a name in files: lower case, other characters `_`.
  static func fileName(_ text: String) -> String {
    let characters = text.lowercased().unicodeScalars.map { scalar -> Character in
      switch scalar {
      case "a"..."z", "0"..."9": Character(scalar)
      default: "_"
      }
    }
    let name = String(characters)
    // "Aged 18 (or over)" is `aged_18_or_over`: runs of `_` say no more than one.
    return name.split(separator: "_").joined(separator: "_")
  }
}
