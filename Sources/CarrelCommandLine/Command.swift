import CarrelWorkbench

/// A verb of the program: what it takes, how it is explained, and what it does.
struct Command: Sendable {
  /// The words that call it: `["site", "create"]`.
  let words: [String]
  /// One line for the list of commands.
  let summary: String
  /// What follows the words on the command line, as help shows it.
  let usage: String
  /// A paragraph of help.
  let details: String
  /// What may stand without a dash, in order.
  var operands: [Operand] = []
  /// What may stand with dashes.
  var options: [Option] = []
  /// Command lines that work, shown by help.
  let examples: [String]
  /// Does the work; what it throws is printed by the program.
  let run: @Sendable (Arguments, Terminal) throws(Failure) -> ExitStatus

  /// The words as typed.
  var name: String { words.joined(separator: " ") }
}

/// A word that stands without dashes on a command line.
struct Operand: Sendable {
  let name: String
  let isRequired: Bool
  /// Whether it may stand more than once; only the last operand of a command may.
  var isRepeatable = false
  let meaning: String
}

/// A word with dashes, with or without a value.
struct Option: Sendable {
  /// The name without dashes.
  let name: String
  /// What the value is called in help; `nil` for a flag.
  let value: String?
  /// The only values there are, where they are few.
  var choices: [String] = []
  let meaning: String
  /// Whether it may be given more than once.
  var isRepeatable = false

  /// A flag.
  static func flag(_ name: String, _ meaning: String) -> Option {
    Option(name: name, value: nil, meaning: meaning)
  }

  /// An option with a value.
  static func value(
    _ name: String, _ value: String, _ meaning: String, choices: [String] = [],
    isRepeatable: Bool = false
  ) -> Option {
    Option(
      name: name, value: value, choices: choices, meaning: meaning, isRepeatable: isRepeatable)
  }
}

extension Command {
  /// What `--help` prints: an example first, then what may be given.
  ///
  /// - Parameter columns: How wide the paragraph may be.
  /// - Returns: The lines.
  func help(columns: Int) -> String {
    var lines = ["\(summary)", ""]
    lines += examples.map { "  $ \($0)" }
    lines += ["", "usage: carrel \(name)\(usage.isEmpty ? "" : " " + usage)", ""]
    lines.append(details.wrapped(to: min(columns, 100)))
    let rows =
      operands.map { ($0.name, $0.meaning) }
      + (options + Option.common).map { ($0.label, $0.fullMeaning) }
    let width = rows.map(\.0.count).max() ?? 0
    lines.append("")
    lines += rows.map { "  \($0.0.padded(to: width))  \($0.1)" }
    return lines.joined(separator: "\n")
  }
}

extension Option {
  /// The options of every command.
  static let common: [Option] = [
    .flag("plain", "no colour, rules or columns: for screen readers and logs"),
    .flag("help", "show this"),
  ]

  fileprivate var label: String { "--\(name)\(value.map { " \($0)" } ?? "")" }

  fileprivate var fullMeaning: String {
    choices.isEmpty ? meaning : "\(meaning): \(choices.joined(separator: ", "))"
  }
}

extension String {
  /// The text with spaces after it up to a width in characters.
  func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
