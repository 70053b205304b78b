import CarrelWorkbench

extension Command {
  /// `carrel preview`: one line for each invented patient.
  static let preview = Command(
    words: ["preview"],
    summary: "show what a study makes of each person, on synthetic people only",
    usage: "[STUDY] [--data DIR | --site DIR] [--rows N] [--format table|csv|jsonl]",
    details: """
      One line for each person, with every definition of the study. A protected site has no rows to \
      preview. Without a site or a folder, the people of SampleData are used.
      """,
    operands: [.study],
    options: [
      .value("data", "DIR", "a folder that holds a data package, read directly"),
      .site, .set, .engine,
      .value("rows", "N", "how many people to show; all if left out"),
      .value("format", "FORMAT", "how to print", choices: ["table", "csv", "jsonl"]),
    ],
    examples: [
      "carrel preview --rows 3", "carrel preview study.carrel --data extract --format jsonl",
    ]
  ) { (arguments, terminal) throws(Failure) in
    guard arguments["data"] == nil || arguments["site"] == nil else {
      throw Failure(
        "U013", "`--data` and `--site` are two places", help: "keep one of them",
        status: .wrongCommandLine)
    }
    let rows = try arguments.wholeNumber("rows")
    let study = try OpenedStudy(arguments.studyRequest().onSampleDataIfNowhere())
    guard let ready = try terminal.passed(study, asJSON: false, command: "preview") else {
      return .foundSomethingWrong
    }
    let preview = try Preview(of: ready, engine: arguments.engine, rows: rows)
    switch arguments["format"] {
    case "jsonl": if !preview.jsonLines.isEmpty { try terminal.result(preview.jsonLines) }
    case "csv": try terminal.result(preview.csv)
    default:
      terminal.note("synthetic people only; a protected site has no rows to preview")
      try terminal.result(terminal.isPlain ? preview.linesByName : preview.table)
    }
    return .done
  }
}
