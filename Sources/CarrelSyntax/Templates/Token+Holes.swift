internal import CarrelDiagnostics

extension Token {
  /// Whether the word or text has a hole.
  var hasHoles: Bool { text.utf8.contains(UInt8(ascii: "{")) && !holes.isEmpty }

  /// The names in the holes of the word or text, in order.
  var holes: [String] {
    parts.compactMap { part in
      if case .hole(let name) = part { name } else { nil }
    }
  }

  private enum Part {
    case written(Substring)
    case hole(String)
  }

  /// The text divided at its `HOLE = "{" NAME "}"`; braces around anything else are text.
  private var parts: [Part] {
    var parts: [Part] = []
    var rest = text[...]
    var written = rest.startIndex
    while let open = rest[written...].firstIndex(of: "{") {
      guard let close = rest[open...].firstIndex(of: "}") else { break }
      let name = rest[rest.index(after: open)..<close]
      if name.isTemplateName {
        if rest.startIndex < open { parts.append(.written(rest[..<open])) }
        parts.append(.hole(String(name)))
        rest = rest[rest.index(after: close)...]
        written = rest.startIndex
      } else {
        written = rest.index(after: open)
      }
    }
    if !rest.isEmpty { parts.append(.written(rest)) }
    return parts
  }

  /// The token with its holes filled, and where that is said.
  ///
  /// After a mistake, which is reported, the token is suspect.
  func filled(
    with filled: [FilledHole], isTemplate: Bool, reporting diagnostics: inout Diagnostics
  ) -> Token {
    let span = SourceSpan(
      source: self.span.source, range: self.span.range,
      substitutions: filled.map { Substitution(of: $0.hole, by: $0.word.text) })
    guard kind == .word || kind == .text, hasHoles else {
      return Token(kind, text, at: span, isSuspect: isSuspect)
    }
    var result = ""
    for part in parts {
      switch part {
      case .written(let written): result += written
      case .hole(let hole):
        if let word = filled.last(where: { $0.hole == hole })?.word {
          result += word.text
        } else if kind == .text, !isTemplate {
          result += "{\(hole)}"
        } else {
          diagnostics.report(.unknownHole(hole, at: span))
          return Token(kind, text, at: span, isSuspect: true)
        }
      }
    }
    guard kind == .word else { return Token(kind, result, at: span) }
    return word(result, filled, at: span, reporting: &diagnostics)
  }

  /// A word that came of filling holes: a name, or the integer that a hole by itself stands for.
  private func word(
    _ result: String, _ filled: [FilledHole], at span: SourceSpan,
    reporting diagnostics: inout Diagnostics
  ) -> Token {
    if isHole, let hole = holes.first,
      filled.last(where: { $0.hole == hole })?.word.isInteger == true
    {
      return Token(.integer, result, at: span)
    }
    let mistake: String? =
      if !result[...].isTemplateName {
        "`\(result.prefix(40))` is no name"
      } else if Words.reserved.contains(result) {
        "the reserved word `\(result)` is no name"
      } else {
        nil
      }
    guard let mistake else { return Token(.word, result, at: span) }
    diagnostics.report(
      Diagnostic(.wrongElement, mistake, at: span)
        .help("names are letters a to z, digits and `_`, and begin with no digit"))
    return Token(.word, text, at: span, isSuspect: true)
  }
}

extension Substring {
  /// Whether this is a name without holes.
  fileprivate var isTemplateName: Bool {
    utf8.first?.isNameStart == true && utf8.allSatisfy { $0.isNameStart || $0.isDigit }
  }
}
