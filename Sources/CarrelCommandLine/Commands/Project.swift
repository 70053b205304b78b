import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel project propose`: a project for guardians to decide on.
  static let proposeProject = Command(
    words: ["project", "propose"],
    summary: "propose a project to the guardians of a site",
    usage: "FILE --site DIR",
    details: """
      The file is JSON and says all there is to decide: title, summary, public benefit, \
      organisation, legal basis, researchers, tables and columns, disclosure policy, first and last \
      day. The policy is held fast by its digest, and hides whatever the site's own policy hides.
      """,
    operands: [Operand(name: "FILE", isRequired: true, meaning: "the project's file")],
    options: [.site],
    examples: ["carrel project propose P-014.json --site northmoor"]
  ) { (arguments, terminal) throws(Failure) in
    try terminal.result(try ProjectDesk(of: arguments.place).propose(arguments["FILE"] ?? ""))
    terminal.next("carrel project show ID", "carrel project approve ID --key KEY")
    return .done
  }

  /// `carrel project list`: where every project stands.
  static let listProjects = Command(
    words: ["project", "list"],
    summary: "list the projects of a site",
    usage: "--site DIR",
    details: "Lists every project with where it stands today.",
    options: [.site, .json],
    examples: ["carrel project list --site northmoor"]
  ) { (arguments, terminal) throws(Failure) in
    let desk = try ProjectDesk(of: arguments.place)
    try terminal.result(arguments.has("json") ? try desk.json().text() : try desk.text())
    return .done
  }

  /// `carrel project show`: what guardians sign of a project.
  static let showProject = Command(
    words: ["project", "show"],
    summary: "show a project, and the digest that guardians sign",
    usage: "ID --site DIR",
    details: "Prints exactly the text that an approval is of.",
    operands: [.project],
    options: [.site],
    examples: ["carrel project show P-014 --site northmoor"]
  ) { (arguments, terminal) throws(Failure) in
    try terminal.result(try ProjectDesk(of: arguments.place).text(of: arguments["ID"] ?? ""))
    return .done
  }

  /// `carrel project approve`: a guardian's signed approval.
  static let approveProject = Command(
    words: ["project", "approve"],
    summary: "sign the approval of a project as a guardian",
    usage: "ID --key KEY --site DIR [--reason TEXT] [--digest DIGITS]",
    details: """
      Signs the project to the last byte of its text. A project is approved when enough independent \
      guardians have signed.
      """,
    operands: [.project],
    options: [
      .site, .key("of the guardian"), .passphrase, .digest,
      .value("reason", "TEXT", "why, for those inside the site"),
    ],
    examples: ["carrel project approve P-014 --key g-07.pem --site northmoor"]
  ) { (arguments, terminal) throws(Failure) in
    let desk = try ProjectDesk(of: arguments.place)
    let said = try desk.approve(
      arguments["ID"] ?? "", reason: arguments["reason"] ?? "",
      with: try arguments.key(of: "project approve")
    ) { (about, digest) throws(Failure) in try terminal.digest(about, arguments) }
    try terminal.result(said)
    return .done
  }
}

extension Operand {
  fileprivate static let project = Operand(
    name: "ID", isRequired: true, meaning: "the project, such as P-014")
}

extension Option {
  static let digest = Option.value(
    "digest", "DIGITS", "the first four or more digits of the digest, instead of typing them")
}

extension Terminal {
  /// Shows what is about to be signed, and takes the beginning of its digest.
  ///
  /// Typing it makes a signature deliberate, which a yes or no is not.
  func digest(_ about: [String], _ arguments: Arguments) throws(Failure) -> String {
    for line in about { note(line) }
    if let given = arguments["digest"] { return given }
    guard let typed = answer(to: "Type the first four characters to sign: ") else {
      throw Failure(
        "U023", "nobody is there to type the digest",
        help: "write `--digest` with its first digits",
        status: .wrongCommandLine)
    }
    return typed
  }
}
