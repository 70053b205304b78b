import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel runs`: where a researcher's runs stand.
  static let runs = Command(
    words: ["runs"],
    summary: "list the runs of a site, and where they stand",
    usage: "[NAME] --site DIR [--key KEY] [--resume]",
    details: """
      A run is in review from its submission until its outcome is told. With a researcher's key only \
      their own are listed. `--resume` computes what was submitted and cut off before it was held.
      """,
    operands: [Operand(name: "NAME", isRequired: false, meaning: "the only run to list")],
    options: [
      .site, .key("of the researcher who asks"), .passphrase,
      .flag("resume", "compute what waits for it, and list nothing"),
      .value("seconds", "N", "how long each may take; 3600 if left out"),
      .value("memory", "MIB", "how much memory each may take, in MiB; 4096 if left out"), .json,
    ],
    examples: ["carrel runs --site northmoor --key me.pem"]
  ) { (arguments, terminal) throws(Failure) in
    if arguments.has("resume") {
      try Computation(at: arguments.place, within: try arguments.workerLimits()).completeAll()
      return .done
    }
    let desk = try RunDesk(of: arguments.place)
    let (name, key) = (arguments["NAME"], arguments.keyIfAny)
    try terminal.result(
      arguments.has("json") ? try desk.json(name, for: key).text() : try desk.text(name, for: key))
    return .done
  }

  /// `carrel withdraw`: a run taken back by its author.
  static let withdraw = Command(
    words: ["withdraw"],
    summary: "take back a run that has not been released",
    usage: "NAME --key KEY --site DIR",
    details: "Only its author can, and a release is never undone.",
    operands: [.runName],
    options: [.site, .key("of the run's author"), .passphrase],
    examples: ["carrel withdraw heron-417 --key me.pem --site northmoor"]
  ) { (arguments, terminal) throws(Failure) in
    let key = try arguments.key(of: "withdraw")
    try terminal.result(
      try RunDesk(of: arguments.place, for: "withdraw").withdraw(arguments["NAME"] ?? "", with: key)
    )
    return .done
  }

  /// `carrel fetch`: what was released of a run.
  static let fetch = Command(
    words: ["fetch"],
    summary: "bring back what was released of a run, as a bundle",
    usage: "NAME --key KEY --site DIR [--output FILE] [--extract DIR]",
    details: """
      Writes one archive, named after the study and the run: the outputs, the report, the study and \
      the policy that made them, who approved, and the proof that the public ledger has the release. \
      carrel verify checks it with nothing else at hand. From a site with records of people nothing \
      is handed out before two outside witnesses have cosigned a ledger that has the release.
      """,
    operands: [.runName],
    options: [
      .site, .key("of the run's author"), .passphrase,
      .value("output", "FILE", "the archive to make; it must not exist"),
      .value("extract", "DIR", "a folder to make as well, with the files in the archive"),
    ],
    examples: ["carrel fetch heron-417 --key me.pem --site northmoor"]
  ) { (arguments, terminal) throws(Failure) in
    let desk = try RunDesk(of: arguments.place, for: "fetch")
    let fetched = try desk.fetch(
      arguments["NAME"] ?? "", with: try arguments.key(of: "fetch"),
      to: .init(archive: arguments["output"], folder: arguments["extract"]))
    try terminal.result(fetched.text)
    terminal.next(fetched.next)
    return .done
  }
}

extension Operand {
  fileprivate static let runName = Operand(
    name: "NAME", isRequired: true, meaning: "the run, such as heron-417")
}
