import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel run`: runs a study at a site and releases what its policy allows.
  static let run = Command(
    words: ["run"],
    summary: "run a study at a site: at once on invented people, or for a project",
    usage: "[STUDY] --site DIR [--project ID --key KEY] [--set NAME=VALUE] [--output DIR]",
    details: """
      The records are read in a process of their own, and only aggregates come back; the site's \
      disclosure policy decides what of them is shown. `--output` writes a folder with every output \
      as CSV and JSON. With `--project` the study is sealed and submitted instead: guardians review \
      what would leave, and nothing is told of it before. A protected site runs no other way.
      """,
    operands: [.study],
    options: [
      .site, .set,
      .value("output", "DIR", "a folder to make for the outputs; it must not exist"),
      .value("policy", "NAME", "another disclosure policy, on a synthetic site only"),
      .value("show", "NAME", "print only this output"),
      .value("project", "ID", "the project that the study is submitted for"),
      .value("again", "NAME", "the returned run that this is the next round of"),
      .key("of the researcher who submits it"), .passphrase,
      .value("seconds", "N", "how long the run may take; 3600 if left out"),
      .value("memory", "MIB", "how much memory it may take, in MiB; 4096 if left out"),
      .engine, .json,
    ],
    examples: [
      "carrel run asthma-review.carrel --site demo --output out/asthma",
      "carrel run asthma-review.carrel --site northmoor --project P-014 --key me.pem",
    ]
  ) { (arguments, terminal) throws(Failure) in
    let asJSON = arguments.has("json")
    if arguments["project"] != nil { return try submit(arguments, terminal) }
    let study = try OpenedStudy(arguments.studyRequest())
    guard let ready = try terminal.passed(study, asJSON: asJSON, command: "run") else {
      return .foundSomethingWrong
    }
    let run = try Run(
      of: ready,
      as: RunRequest(
        engine: arguments.engine, limits: try arguments.workerLimits(), policy: arguments["policy"],
        shownOutput: arguments["show"],
        outputFolder: arguments["output"]))
    let written = try run.write()
    if asJSON {
      try terminal.result(run.json.text())
    } else {
      try terminal.result(run.text(on: terminal.page))
      if let written { terminal.note("outputs  \(written)") }
    }
    return .done
  }
}

extension Command {
  /// Submits a study for a project.
  private static func submit(
    _ arguments: Arguments, _ terminal: Terminal
  ) throws(Failure) -> ExitStatus {
    let asJSON = arguments.has("json")
    for option in ["output", "policy", "show", "engine"] where arguments.has(option) {
      throw Failure(
        "U022", "`--\(option)` has no meaning for a run that guardians review",
        help: "leave it out; carrel fetch brings what is released", status: .wrongCommandLine)
    }
    let request = try arguments.studyRequest()
    let study = try OpenedStudy(request)
    guard let ready = try terminal.passed(study, asJSON: asJSON, command: "run") else {
      return .foundSomethingWrong
    }
    let submission = try Submission(
      of: ready, settings: request.settings,
      on: .init(
        project: try arguments.required("project", "ID", of: "run"),
        key: try arguments.key(of: "run"), earlierRun: arguments["again"]))
    if asJSON {
      try terminal.result(submission.json.text())
    } else {
      try terminal.result(submission.text)
      terminal.next(submission.next)
    }
    submission.startComputing()
    return .done
  }
}

extension Arguments {
  /// What the process that reads the records is bounded to.
  func workerLimits() throws(Failure) -> WorkerLimits {
    var limits = WorkerLimits()
    if let seconds = try wholeNumber("seconds", in: 1...604_800) { limits.seconds = seconds }
    if let mebibytes = try wholeNumber("memory", in: 64...1_048_576) {
      limits.memoryBytes = mebibytes << 20
    }
    return limits
  }
}

extension Terminal {
  /// What released tables are drawn on here.
  fileprivate var page: Page {
    Page(
      columns: isInteractive ? width : nil, usesColour: usesColour, usesUnicode: usesUnicode,
      isPlain: isPlain)
  }
}
