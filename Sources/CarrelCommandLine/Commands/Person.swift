import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel person add`: somebody on the roster of a site.
  static let addPerson = Command(
    words: ["person", "add"],
    summary: "put somebody on the roster of a site",
    usage: "ID --name NAME --organisation NAME --role ROLE --key FILE --site DIR",
    details: """
      The id is a pseudonym, which the public ledger shows; name and organisation stay inside. The \
      key is the public half that carrel key create printed. The ledger says that a key was added.
      """,
    operands: [.person],
    options: [
      .value("name", "NAME", "the person's name"),
      .value("organisation", "NAME", "the organisation that they answer to"),
      .value(
        "role", "ROLE", "what they may do", choices: ["researcher", "guardian", "custodian"],
        isRepeatable: true),
      .value("key", "FILE", "the file of their public key"), .site,
    ],
    examples: [
      "carrel person add g-07 --name Ann --organisation Northmoor "
        + "--role guardian --key g-07.pub"
    ]
  ) { (arguments, terminal) throws(Failure) in
    _ = try arguments.required("role", "ROLE", of: "person add")
    let entry = Roster.Entry(
      id: arguments["ID"] ?? "", name: try arguments.required("name", "NAME", of: "person add"),
      organisation: try arguments.required("organisation", "NAME", of: "person add"),
      roles: arguments.all("role"), keyPath: try arguments.required("key", "FILE", of: "person add")
    )
    try terminal.result(try Roster(of: arguments.place).add(entry))
    return .done
  }

  /// `carrel person remove`: somebody off the roster of a site.
  static let removePerson = Command(
    words: ["person", "remove"],
    summary: "take somebody off the roster of a site",
    usage: "ID --site DIR",
    details: "What they signed stays on record and counts no longer.",
    operands: [.person],
    options: [.site],
    examples: ["carrel person remove g-07 --site northmoor"]
  ) { (arguments, terminal) throws(Failure) in
    try terminal.result(try Roster(of: arguments.place).remove(arguments["ID"] ?? ""))
    return .done
  }

  /// `carrel person list`: the roster of a site.
  static let listPeople = Command(
    words: ["person", "list"],
    summary: "list who may do what at a site",
    usage: "--site DIR",
    details: "Lists everybody who is or was on the roster.",
    options: [.site, .json],
    examples: ["carrel person list --site northmoor"]
  ) { (arguments, terminal) throws(Failure) in
    let roster = try Roster(of: arguments.place)
    try terminal.result(arguments.has("json") ? try roster.json().text() : try roster.text())
    return .done
  }
}

extension Operand {
  fileprivate static let person = Operand(
    name: "ID", isRequired: true, meaning: "the person's id, such as g-07")
}
