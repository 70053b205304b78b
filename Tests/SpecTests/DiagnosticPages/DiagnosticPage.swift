import Foundation

/// A page of `docs/diagnostics`, read back from its Markdown: what it shows as wrong and as right.
struct DiagnosticPage: Sendable {
  /// The code that it is about.
  let code: String
  /// What it shows, in the order of the page.
  let examples: [Example]

  /// A file as the page shows it.
  struct Example: Sendable {
    /// Whether it is said to be right.
    let isRight: Bool
    /// The file.
    let text: String
    /// The file of codes that it asks for, by path and text.
    let codelist: (path: String, text: String)?
    /// What a parameter is set to, where the page says so.
    let setting: String?
  }

  init(code: String, markdown: String) {
    self.code = code
    let lines = markdown.split(separator: "\n", omittingEmptySubsequences: false)[...]
    var rest = lines
    var found: [Example] = []
    var codelist: (path: String, text: String)?
    while let line = rest.popFirst() {
      if let match = line.wholeMatch(of: /In `(.+)`:/) {
        codelist = (String(match.1), Self.block(of: &rest) + "\n")
      } else if let match = line.wholeMatch(of: /(Wrong|Right)(?:, with `--set (.+)`)?:/) {
        found.append(
          Example(
            isRight: match.1 == "Right", text: Self.block(of: &rest) + "\n", codelist: codelist,
            setting: match.2.map(String.init)))
      }
    }
    examples = found
  }

  /// The indented lines that follow, without their indent.
  private static func block(of rest: inout ArraySlice<Substring>) -> String {
    while rest.first == "" { rest.removeFirst() }
    var lines: [Substring] = []
    while let line = rest.first, line.isEmpty || line.hasPrefix("    ") {
      lines.append(line.dropFirst(4))
      rest.removeFirst()
    }
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n")
  }
}
