import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel status`: what can be shown of the Five Safes.
  static let status = Command(
    words: ["status"],
    summary: "show what keeps records safe, with the evidence",
    usage: "[--site DIR] [--sandbox]",
    details: """
      Prints a line of evidence for each of the Five Safes, of what this version can show; the exit \
      status is 1 if anything is other than it should be. With \
      `--sandbox`, processes lock themselves down as the one that reads records does, and then try \
      to break out: each line says what was tried and what happened, and the exit status is 1 if a \
      layer is missing or anything got out.
      """,
    options: [
      .site, .flag("sandbox", "try to break each layer of the sandbox"), .json,
    ],
    examples: ["carrel status --site demo", "carrel status --sandbox"]
  ) { (arguments, terminal) throws(Failure) in
    if arguments.has("sandbox") {
      let sandbox = try SandboxStatus()
      try terminal.result(arguments.has("json") ? sandbox.json.text() : sandbox.text)
      return sandbox.isWhole ? .done : .foundSomethingWrong
    }
    let status = try Status(
      of: .chosen(
        site: arguments["site"], folder: nil, environment: Terminal.environment("CARREL_SITE")))
    try terminal.result(arguments.has("json") ? status.json.text() : status.text)
    return status.isSafe ? .done : .foundSomethingWrong
  }
}
