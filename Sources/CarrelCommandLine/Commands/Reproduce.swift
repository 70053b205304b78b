import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel reproduce`: whether a bundle's study gives the same bytes again.
  static let reproduce = Command(
    words: ["reproduce"],
    summary: "run a bundle's study again, and compare byte for byte",
    usage: "BUNDLE --site DIR [--json]",
    details: """
      Verifies the bundle, runs the study in it on the site's records, in the sandbox and under the \
      policy in the bundle, and compares everything that would leave. Only the names of files that \
      differ are told, never a figure. A site with records of people runs only what it released \
      itself, and only on the snapshot that the bundle was made from. The exit status is 0 where \
      every byte is the same, and 1 where one differs or the bundle does not verify.
      """,
    operands: [Operand(name: "BUNDLE", isRequired: true, meaning: "the archive, `NAME.zip`")],
    options: [
      .site, .value("seconds", "N", "how long it may take; 3600 if left out"),
      .value("memory", "MIB", "how much memory it may take, in MiB; 4096 if left out"), .json,
    ],
    examples: ["carrel reproduce asthma-review-heron-417.zip --site northmoor"]
  ) { (arguments, terminal) throws(Failure) in
    let report = try ReproductionReport(
      of: arguments["BUNDLE"] ?? "", at: arguments.place, within: try arguments.workerLimits())
    try terminal.result(arguments.has("json") ? report.json.text() : report.text)
    if !report.isSame, !arguments.has("json") {
      terminal.next("carrel verify checks the bundle without records")
    }
    return report.isSame ? .done : .foundSomethingWrong
  }
}
