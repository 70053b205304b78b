import CarrelDiagnostics
import CarrelWorkbench

/// What stood on the command line after a command's words, held against what the command takes.
struct Arguments: Sendable {
  private var operands: [String: String] = [:]
  private var values: [String: [String]] = [:]

  /// Whether help was asked for; then nothing else was checked.
  private(set) var asksForHelp = false

  /// Reads the words that follow a command's own.
  ///
  /// - Throws: A usage failure naming the word, with the nearest option where one is close.
  init(_ words: some Sequence<String>, of command: Command) throws(Failure) {
    var rest = Array(words)
    if rest.prefix(while: { $0 != "--" }).contains(where: { ["--help", "-h"].contains($0) }) {
      asksForHelp = true
      return
    }
    var bare: [String] = []
    while !rest.isEmpty {
      let word = rest.removeFirst()
      if word == "--" {
        bare += rest
        break
      } else if word.hasPrefix("-") && word != "-" {
        try readOption(word, &rest, of: command)
      } else {
        bare.append(word)
      }
    }
    try assign(bare, of: command)
  }

  private mutating func readOption(
    _ word: String, _ rest: inout [String], of command: Command
  ) throws(Failure) {
    let parts = word.drop { $0 == "-" }.split(
      separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = parts.first.map(String.init) ?? ""
    let known = command.options + Option.common
    guard word.hasPrefix("--"), let option = known.first(where: { $0.name == name }) else {
      throw Self.unknownOption(word, name, among: known.map(\.name), of: command)
    }
    guard let placeholder = option.value else {
      guard parts.count == 1 else {
        throw Failure(
          "U002", "`--\(name)` takes no value", help: "write `--\(name)` alone",
          status: .wrongCommandLine)
      }
      values[name] = []
      return
    }
    let value = parts.count == 2 ? String(parts[1]) : rest.first.flatMap(Self.value)
    guard let value, !value.isEmpty else {
      throw Failure(
        "U003", "`--\(name)` needs a value", help: "write `--\(name) \(placeholder)`",
        status: .wrongCommandLine)
    }
    if parts.count == 1 { rest.removeFirst() }
    try store(value, for: option)
  }

  private mutating func store(_ value: String, for option: Option) throws(Failure) {
    guard option.choices.isEmpty || option.choices.contains(value) else {
      throw Failure(
        "U004", "`--\(option.name)` cannot be `\(value)`",
        help: "write one of \(option.choices.joined(separator: ", "))", status: .wrongCommandLine)
    }
    guard option.isRepeatable || values[option.name] == nil else {
      throw Failure(
        "U005", "`--\(option.name)` is given twice", help: "keep one of them",
        status: .wrongCommandLine)
    }
    values[option.name, default: []].append(value)
  }

  private mutating func assign(_ bare: [String], of command: Command) throws(Failure) {
    if let last = command.operands.last, last.isRepeatable {
      values[last.name] = Array(bare.dropFirst(command.operands.count - 1))
    } else if bare.count > command.operands.count {
      throw Failure(
        "U006", "`\(bare[command.operands.count])` is one word too many for carrel \(command.name)",
        help: "carrel \(command.name) --help says what it takes", status: .wrongCommandLine)
    }
    for (operand, word) in zip(command.operands, bare) { operands[operand.name] = word }
    let lacking = command.operands.first {
      operands[$0.name].map(\.isEmpty) ?? $0.isRequired
    }
    if let lacking {
      throw Failure(
        "U007", "carrel \(command.name) needs \(lacking.name): \(lacking.meaning)",
        help: command.examples.first, status: .wrongCommandLine)
    }
  }

  /// A word as the value of the option before it, unless it is an option itself.
  private static func value(_ word: String) -> String? { word.hasPrefix("--") ? nil : word }

  private static func unknownOption(
    _ word: String, _ name: String, among known: [String], of command: Command
  ) -> Failure {
    let near = closest(to: name, among: known)
    let typed = word.split(separator: "=", omittingEmptySubsequences: false)[0]
    return Failure(
      "U001", "carrel \(command.name) has no option `\(typed)`",
      help: near.map { "did you mean `--\($0)`?" }
        ?? "carrel \(command.name) --help lists the options",
      status: .wrongCommandLine)
  }
}

extension Arguments {
  /// Whether the words of a command line ask for JSON, also where they are wrong otherwise.
  static func askForJSON(_ words: [String]) -> Bool {
    words.contains("--json") || words.contains("--format=json")
      || zip(words, words.dropFirst()).contains { $0 == "--format" && $1 == "json" }
  }

  /// Whether a flag was given.
  func has(_ flag: String) -> Bool { values[flag] != nil }

  /// The value of an option, or of an operand by its name in help.
  subscript(name: String) -> String? { values[name]?.last ?? operands[name] }

  /// Every value of an option that may be repeated, in order.
  func all(_ name: String) -> [String] { values[name] ?? [] }

  /// The value of an option that the command cannot do without.
  func required(_ name: String, _ value: String, of command: String) throws(Failure) -> String {
    if let given = self[name] { return given }
    throw Failure(
      "U008", "carrel \(command) needs `--\(name) \(value)`",
      help: "carrel \(command) --help shows an example", status: .wrongCommandLine)
  }

  /// A whole number of a range given to an option.
  func wholeNumber(_ name: String, in range: ClosedRange<Int>) throws(Failure) -> Int? {
    guard let number = try wholeNumber(name) else { return nil }
    guard range.contains(number) else {
      throw Failure(
        "U009", "`--\(name)` takes a number from \(range.lowerBound) to \(range.upperBound)",
        help: "write `--\(name) \(range.lowerBound)`, say", status: .wrongCommandLine)
    }
    return number
  }

  /// A whole number given to an option, which must not be negative.
  func wholeNumber(_ name: String) throws(Failure) -> Int? {
    guard let text = self[name] else { return nil }
    guard let number = Int(text), number >= 0 else {
      throw Failure(
        "U009", "`--\(name)` takes a whole number", help: "write `--\(name) 20`, say",
        status: .wrongCommandLine)
    }
    return number
  }
}
