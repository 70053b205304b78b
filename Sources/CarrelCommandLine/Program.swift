import CarrelDiagnostics
import CarrelJSON
import CarrelWorkbench
import Glibc

/// The program `carrel`: finds the command, does it, and says what went wrong.
public enum Program {
  static let commands: [Command] = [
    .new, .check, .format, .explain, .test, .preview, .run, .explainPolicy, .testPolicy,
    .comparePolicies, .attack, .createSite, .exchangeKey, .load, .applyOptOuts, .status, .runs,
    .fetch, .withdraw,
    .review, .approve, .returnRun, .reject, .release, .addPerson, .removePerson, .listPeople,
    .proposeProject, .listProjects, .showProject, .approveProject, .audit, .showLedger,
    .proveLedger, .verifyLedger, .requestCosignature, .cosign, .acceptCosignature, .addWitness,
    .removeWitness, .listWitnesses, .verify, .reproduce, .createKey, .showKey, .languageServer,
  ]

  /// Does what the words of a command line ask for and gives the exit status.
  public static func main(_ words: [String]) -> Int32 {
    signal(SIGPIPE, SIG_IGN)
    if let status = Confinement.main(words) { return status }
    let terminal = Terminal(isPlain: words.contains("--plain"))
    do throws(Failure) {
      return try run(words, on: terminal).rawValue
    } catch {
      let command = commands.first { words.starts(with: $0.words) }
      terminal.report(
        error, asJSON: Arguments.askForJSON(words), command: command?.name ?? words.first ?? "")
      return error.status.rawValue
    }
  }

  private static func run(_ words: [String], on terminal: Terminal) throws(Failure) -> ExitStatus {
    switch words.first {
    case nil, "--help", "-h", "help":
      let asked = Array(words.dropFirst())
      try terminal.result(
        asked.isEmpty ? overview : try command(for: asked).help(columns: terminal.width))
      return .done
    case "--version":
      try terminal.result("carrel \(CarrelVersion.current)")
      return .done
    default:
      let command = try command(for: words)
      let arguments = try Arguments(words.dropFirst(command.words.count), of: command)
      if arguments.asksForHelp {
        try terminal.result(command.help(columns: terminal.width))
        return .done
      }
      return try command.run(arguments, terminal)
    }
  }

  private static func command(for words: [String]) throws(Failure) -> Command {
    if let command = commands.first(where: { words.starts(with: $0.words) }) { return command }
    let typed = words.first ?? ""
    let sameStart = commands.filter { $0.words.first == typed }
    if let command = sameStart.first {
      guard words.count > 1, !words[1].hasPrefix("-") else {
        throw Failure(
          "U011", "`carrel \(typed)` needs another word", help: "carrel \(command.name) --help",
          status: .wrongCommandLine)
      }
      throw Failure(
        "U010", "there is no command `\(typed) \(words[1])`",
        help: "did you mean `carrel \(command.name)`?", status: .wrongCommandLine)
    }
    let near = closest(to: typed, among: commands.map { $0.words[0] })
    throw Failure(
      "U010", "there is no command `\(typed)`",
      help: near.map { "did you mean `carrel \($0)`?" } ?? "carrel --help lists the commands",
      status: .wrongCommandLine)
  }

  private static var overview: String {
    let width = commands.map(\.name.count).max() ?? 0
    let rows = commands.map { "  \($0.name.padded(to: width))  \($0.summary)" }
    return """
      Carrel runs research studies where patient records are held; only checked aggregates come out.

        $ carrel new my-study && cd my-study
        $ carrel check && carrel test && carrel preview --rows 3

      usage: carrel COMMAND …

      \(rows.joined(separator: "\n"))

      carrel COMMAND --help explains one of them.
      exit status: 0 done, 1 something is wrong with the study, 2 with the command line, 3 refused,
      5 a file or disk failed, 70 a fault in Carrel, 130 interrupted with nothing half done
      """
  }
}

extension Terminal {
  /// Says what went wrong, as words on standard error or as one JSON object on standard output.
  func report(_ failure: Failure, asJSON: Bool, command: String) {
    // Where not even that can be written, the words are all that is left.
    if asJSON, (try? result(failure.json(command: command).text())) != nil { return }
    var lines = ["error[\(failure.code)]: \(failure.message)"]
    lines += failure.details.flatMap { $0.split(separator: "\n") }.map { "  \($0)" }
    if let help = failure.help { lines.append("   help: \(help)") }
    // A path or a word may hold anything, also what a terminal would obey.
    for line in lines { note(DisplayedText(line).text) }
  }
}

extension Failure {
  /// The shape that errors have on every command: that of a diagnostic without a place.
  func json(command: String) -> JSON {
    var error: [JSON.Member] = [
      .init("code", .string(code)), .init("severity", "error"), .init("message", .string(message)),
    ]
    if !details.isEmpty { error.append(.init("details", .array(details.map { .string($0) }))) }
    let fixes = help.map { JSON.object([.init("safe", false), .init("text", .string($0))]) }
    error.append(.init("fixes", .array(fixes.map { [$0] } ?? [])))
    return .object([
      .init("carrel", 1), .init("command", .string(command)), .init("ok", false),
      .init("diagnostics", .array([.object(error)])),
    ])
  }
}
