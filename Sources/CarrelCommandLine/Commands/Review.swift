import CarrelWorkbench

extension Command {
  /// `carrel review`: what guardians look at.
  static let review = Command(
    words: ["review"],
    summary: "list what waits for guardians, or show what would leave of a run",
    usage: "[NAME] [OUTPUT] --site DIR [--key KEY] [--html] [--output FILE]",
    details: """
      The packet is made from the study: what it does, what would leave, why each mark is there, \
      every text that somebody typed, and what only a person can judge. It stays inside the site and \
      holds no hidden value. With a guardian's key only what they may decide on is shown.
      """,
    operands: [
      Operand(name: "NAME", isRequired: false, meaning: "the run, such as heron-417"),
      Operand(name: "OUTPUT", isRequired: false, meaning: "one output of it"),
    ],
    options: [
      .site, .key("of the guardian who looks"), .passphrase,
      .flag("html", "write the packet as a page, into the site's folder `held`"),
      .value("output", "FILE", "where to write the page"),
    ],
    examples: ["carrel review --site northmoor", "carrel review heron-417 --html --site northmoor"]
  ) { (arguments, terminal) throws(Failure) in
    let desk = try ReviewDesk(of: arguments.place)
    guard let name = arguments["NAME"] else {
      try terminal.result(try desk.text(for: arguments.keyIfAny))
      return .done
    }
    if arguments.has("html") || arguments["output"] != nil {
      try terminal.result(
        try desk.writePage(of: name, to: arguments["output"], for: arguments.keyIfAny))
    } else {
      try terminal.result(
        try desk.packet(of: name, output: arguments["OUTPUT"], for: arguments.keyIfAny))
    }
    terminal.next("carrel approve | return | reject \(name)")
    return .done
  }

  /// `carrel approve`: a guardian's approval.
  static let approve = decision(
    .approve, summary: "sign, as a guardian, that a run may leave",
    details: "Signs every byte that would leave; one changed byte voids it.")

  /// `carrel return`: a guardian's request for a change.
  static let returnRun = decision(
    .return, summary: "sign, as a guardian, that a run needs a change",
    details: "The researcher can send the study again, as the next round of the same run.")

  /// `carrel reject`: a guardian's refusal.
  static let reject = decision(
    .reject, summary: "sign, as a guardian, that a run may not leave",
    details: "The run ends.")

  private static func decision(
    _ word: ReviewDesk.DecisionWord, summary: String, details: String
  ) -> Command {
    Command(
      words: [word.rawValue],
      summary: summary,
      usage: "NAME --key KEY --reason TEXT --site DIR [--message TEXT] [--digest DIGITS]",
      details: details
        + """
         The reason stays inside the site. The message is all that the researcher sees, when every \
        guardian has decided: one of purpose, labels, broader, codelists, again and talk, or words \
        that hold no figure.
        """,
      operands: [Operand(name: "NAME", isRequired: true, meaning: "the run, such as heron-417")],
      options: [
        .site, .key("of the guardian"), .passphrase, .digest,
        .value("reason", "TEXT", "why, for those inside the site"),
      ]
        + (word == .approve
          ? [] : [.value("message", "TEXT", "what the researcher is told")]),
      examples: [
        "carrel \(word.rawValue) heron-417 --reason Within --key g-07.pem --site northmoor"
      ]
    ) { (arguments, terminal) throws(Failure) in
      let said = ReviewDesk.Word(
        word, reason: try arguments.required("reason", "TEXT", of: word.rawValue),
        message: arguments["message"])
      let answer = try ReviewDesk(of: arguments.place).decide(
        on: arguments["NAME"] ?? "", said, with: try arguments.key(of: word.rawValue)
      ) { (about, digest) throws(Failure) in try terminal.digest(about, arguments) }
      try terminal.result(answer)
      return .done
    }
  }

  /// `carrel release`: what guardians approved, by the custodian.
  static let release = Command(
    words: ["release"],
    summary: "release what guardians approved, and tell every outcome",
    usage: "[NAME] --site DIR",
    details: """
      Checks every signature again against the roster as it is now, reads what would leave once more \
      and holds it against them, enters the release in the public ledger, and only then lets it be \
      fetched. What was returned or rejected is told at the same time, so a site that releases at \
      fixed times tells everything at fixed times.
      """,
    operands: [
      Operand(name: "NAME", isRequired: false, meaning: "the only run; all of them if left out")
    ],
    options: [.site],
    examples: ["carrel release --site northmoor"]
  ) { (arguments, terminal) throws(Failure) in
    let told = try RunDesk(of: arguments.place, for: "release").release(arguments["NAME"])
    try terminal.result(told.text)
    return told.isComplete ? .done : .foundSomethingWrong
  }
}
