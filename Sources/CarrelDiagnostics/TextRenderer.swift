/// Writes diagnostics for a terminal: code and message, place, source line with carets, next step.
///
/// ```text
/// error[C214]: `patients.date_of_birth` cannot be a grouping
///   asthma.carrel:31:15
///    31 |   by     imd, patients.date_of_birth
///       |               ^^^^^^^^^^^^^^^^^^^^^^ date, one level per day
///    help: group by bands: `bands of age at (18, 40, 60, 80)`
///    note: carrel explain C214 says why
/// ```
public struct TextRenderer: Sendable {
  /// The widest piece of a source line that is shown; of a longer one, the part around the place.
  static let widestExcerpt = 120

  private let style: TextStyle

  /// Makes a renderer, which colours its text only when told to.
  public init(usesColour: Bool = false) {
    self.style = TextStyle(usesColour: usesColour)
  }

  /// All diagnostics in order, each followed by an empty line, and how many there are.
  ///
  /// Empty where nothing was reported.
  public func render(_ diagnostics: Diagnostics) -> String {
    guard !diagnostics.isEmpty else { return "" }
    return diagnostics.sorted.map { render($0) + "\n" }.joined() + summary(of: diagnostics) + "\n"
  }

  /// One diagnostic, each line ended by a line feed.
  public func render(_ diagnostic: Diagnostic) -> String {
    var lines = [heading(of: diagnostic)]
    lines += excerpt(diagnostic.span, label: diagnostic.label, role: .primary(diagnostic.severity))
    for related in diagnostic.related {
      let role = ExcerptRole.related(in: diagnostic.span.source)
      lines += excerpt(related.span, label: related.label, role: role)
    }
    if let help = diagnostic.help {
      lines.append("   \(style.strong("help:")) \(shown(help.text))")
    }
    var notes = diagnostic.notes
    if diagnostic.code.explanation != nil {
      notes.append("carrel explain \(diagnostic.code) says why")
    }
    lines += notes.map { "   \(style.strong("note:")) \(shown($0))" }
    return lines.map { $0 + "\n" }.joined()
  }

  /// How many errors and warnings there are, and in which file.
  public func summary(of diagnostics: Diagnostics) -> String {
    let all = diagnostics.sorted
    let counts = Diagnostic.Severity.allCases.compactMap { severity -> String? in
      let count = all.count { $0.severity == severity }
      return count == 0 ? nil : "\(count) \(severity.rawValue)\(count == 1 ? "" : "s")"
    }
    var names: [String] = []
    for diagnostic in all where names.last != diagnostic.span.source.name {
      names.append(diagnostic.span.source.name)
    }
    let place = names.count == 1 ? names[0] : "\(names.count) files"
    var line = "\(counts.joined(separator: " and ")) in \(shown(place))"
    if diagnostics.isFull { line += "; what follows the last of them was not looked at" }
    let fixable = all.count { $0.help?.fix?.isSafe == true }
    guard fixable > 0 else { return line }
    return line + ". \(fixable) \(fixable == 1 ? "has" : "have") a correction: carrel check --fix"
  }
}

extension TextRenderer {
  private func heading(of diagnostic: Diagnostic) -> String {
    let kind = style.colour(
      "\(diagnostic.severity.rawValue)[\(diagnostic.code)]", diagnostic.severity)
    return "\(kind): \(style.strong(shown(diagnostic.message)))"
  }

  /// Why a place is shown.
  private enum ExcerptRole {
    case primary(Diagnostic.Severity)
    case related(in: SourceText)
  }

  private func excerpt(_ span: SourceSpan, label: String?, role: ExcerptRole) -> [String] {
    let start = span.start
    let name = shown(span.source.name)
    var lines: [String] = []
    switch role {
    case .primary where span.isWholeFile: return ["  \(name)"]
    case .related(let source) where source == span.source: break
    case .primary, .related: lines = ["  \(name):\(start.line):\(start.column)"]
    }
    let excerpt = Excerpt(of: span, widest: Self.widestExcerpt)
    let number = String(start.line)
    let margin = String(repeating: " ", count: max(0, 5 - number.count))
    let gutter = String(repeating: " ", count: max(5, number.count))
    lines.append("\(margin)\(number) | \(excerpt.line)")
    let indent = String(repeating: " ", count: excerpt.indent)
    let words = label.map { " \(shown($0))" } ?? ""
    lines.append("\(gutter) | \(indent)\(underline(excerpt.width, words, role))")
    return lines
  }

  private func underline(_ width: Int, _ words: String, _ role: ExcerptRole) -> String {
    switch role {
    case .primary(let severity):
      style.colour(String(repeating: "^", count: width) + words, severity)
    case .related: style.dim(String(repeating: "-", count: width) + words)
    }
  }

  /// Text as it may be shown: a message can quote what a study holds.
  private func shown(_ text: String) -> String { DisplayedText(text).text }
}

extension SourceSpan {
  /// Whether the span is the empty one at the start, which stands for the file as a whole.
  fileprivate var isWholeFile: Bool { range.isEmpty && range.lowerBound == 0 }
}
