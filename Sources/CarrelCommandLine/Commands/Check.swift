import CarrelDiagnostics
import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel check`: everything that is wrong with a study, or what it reads and releases.
  static let check = Command(
    words: ["check"],
    summary: "say everything that is wrong with a study, or what it reads and releases",
    usage: "[STUDY] [--site DIR] [--format text|json] [--fix]",
    details: """
      Reads the study, its code lists and the schema, never a record. Every mistake is shown in one \
      go; the exit status is 1 if there is any.
      """,
    operands: [.study],
    options: [
      .site, .set,
      .value("format", "FORMAT", "how to print", choices: ["text", "json"]),
      .json,
      .flag("strict", "warnings count as mistakes"),
      .flag("fix", "apply the corrections that cannot change what the study means"),
    ],
    examples: ["carrel check", "carrel check asthma-review.carrel --format json"]
  ) { (arguments, terminal) throws(Failure) in
    let request = try arguments.studyRequest()
    var study = try OpenedStudy(request)
    if arguments.has("fix"), try study.applySafeFixes() { study = try OpenedStudy(request) }
    let report = CheckReport(of: study)
    let failed = study.ready == nil || (arguments.has("strict") && !study.diagnostics.isEmpty)
    if arguments.has("json") || arguments["format"] == "json" {
      try terminal.result(report.json.text())
    } else {
      let mistakes = terminal.renderer.render(study.diagnostics)
      try terminal.result((mistakes + report.summary).trimmedAtLineEnd)
      if !failed { terminal.next("carrel test, then carrel preview") }
    }
    return failed ? .foundSomethingWrong : .done
  }
}
