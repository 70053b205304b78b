import CarrelDiagnostics
import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel check`: everything that is wrong with a study, or what it reads and releases.
  static let check = Command(
    words: ["check"],
    summary: "say everything that is wrong with a study, or what it reads and releases",
    usage: "[STUDY...] [--site DIR] [--protected] [--format text|json|sarif] [--fix]",
    details: """
      Reads the study, its code lists and the schema, never a record. Every mistake is shown in one \
      go; the exit status is 1 if there is any. What a protected site refuses is a warning where \
      the people are invented, and an error with --protected. Without a site the policy is \
      opensafely.
      """,
    operands: [
      Operand(
        name: "STUDY", isRequired: false, isRepeatable: true,
        meaning: "files, or folders of `.carrel` files; study.carrel here if left out")
    ],
    options: [
      .site, .set,
      .value("format", "FORMAT", "how to print", choices: ["text", "json", "sarif"]),
      .json,
      .value("policy", "NAME", "judge by another disclosure policy"),
      .flag("protected", "judge as a site does whose people are real"),
      .flag("strict", "warnings count as mistakes"),
      .flag("fix", "apply the corrections that cannot change what the study means"),
    ],
    examples: [
      "carrel check", "carrel check asthma-review.carrel --protected",
      "carrel check studies --format sarif",
    ]
  ) { (arguments, terminal) throws(Failure) in
    let reports = try arguments.studyRequests().map { request throws(Failure) in
      var study = try OpenedStudy(request)
      if arguments.has("fix"), try study.applySafeFixes() { study = try OpenedStudy(request) }
      return CheckReport(of: study)
    }
    let hasFailed = reports.contains { $0.hasFailed(countingWarnings: arguments.has("strict")) }
    switch arguments.has("json") ? "json" : arguments["format"] {
    case "json": try terminal.result(CheckReport.json(of: reports).text())
    case "sarif":
      try terminal.result(CheckReport.sarif(of: reports, version: CarrelVersion.current).text())
    default:
      for report in reports {
        let mistakes = terminal.renderer.render(report.diagnostics)
        try terminal.result((mistakes + report.summary).trimmedAtLineEnd)
      }
      if !hasFailed { terminal.next("carrel test, then carrel preview") }
    }
    return hasFailed ? .foundSomethingWrong : .done
  }
}
