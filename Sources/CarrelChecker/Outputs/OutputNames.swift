import CarrelDiagnostics
import CarrelSyntax

/// What the columns of an output are called.
///
/// By `as`; else a name by itself, a call by its callee, a dotted name by its last word, a
/// statistic by its word and its item; of a question, such as `visits > 2`, the item is what it
/// asks about. Anything else needs `as`.
enum OutputNames {
  /// The name of an item; `nil` where it needs `as`.
  static func name(of item: Written.Expression, as label: Label?) -> String? {
    if let label { return fileName(label.text) }
    switch item.kind {
    case .name(let name), .call(let name, _), .member(_, let name): return name.text
    default: return nil
    }
  }

  /// The name of what a statistic is about; `nil` where it needs `as`.
  static func subject(of item: Written.Expression) -> String? {
    switch item.kind {
    case .presence(let operand, _), .not(let operand): subject(of: operand)
    case .membership(let membership): subject(of: membership.operand)
    case .between(let between): subject(of: between.operand)
    case .binary(let binary, let left, _) where binary.isComparison: subject(of: left)
    default: name(of: item, as: nil)
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

extension Written.BinaryOperator {
  fileprivate var isComparison: Bool {
    switch self {
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .contains: true
    default: false
    }
  }
}
