import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel site create`: a site, protected or synthetic for good.
  static let createSite = Command(
    words: ["site", "create"],
    summary: "make a site, where records are held",
    usage: "DIR --kind synthetic|protected [--policy NAME]",
    details: """
      A synthetic site holds invented people and allows previews. A protected site holds people, and \
      nothing about one of them can leave it. The kind cannot be changed later.
      """,
    operands: [Operand(name: "DIR", isRequired: true, meaning: "the folder to make")],
    options: [
      .value("kind", "KIND", "who is in the records", choices: ["synthetic", "protected"]),
      .value("policy", "NAME", "the disclosure policy; opensafely if left out"),
      .json,
    ],
    examples: ["carrel site create demo --kind synthetic"]
  ) { (arguments, terminal) throws(Failure) in
    let folder = (arguments["DIR"] ?? "").withoutSlashAtEnd
    let kind = try arguments.required("kind", "synthetic", of: "site create")
    let made = try SiteSetup.create(
      at: folder, kind: kind, policy: arguments["policy"] ?? "opensafely")
    if arguments.has("json") {
      try terminal.result(made.text())
    } else {
      try terminal.result("\(folder)/   \(kind); the kind is signed and cannot be changed")
      terminal.next("carrel load DATAPACKAGE --site \(folder)")
    }
    return .done
  }

  /// `carrel load`: records into a site, all or nothing.
  static let load = Command(
    words: ["load"],
    summary: "load a data package into a site",
    usage: "DATAPACKAGE --site DIR",
    details: """
      Reads a Frictionless Data Package in a process that is confined and has no key, checks every \
      value against it, replaces each identifier by a pseudonym, and makes the records of the site \
      anew: all of them or none. Rows that break a constraint are left out and counted, never quoted.
      """,
    operands: [
      Operand(
        name: "DATAPACKAGE", isRequired: true, meaning: "datapackage.json, or the folder it is in")
    ],
    options: [.site, .json],
    examples: ["carrel load SampleData --site demo"]
  ) { (arguments, terminal) throws(Failure) in
    let progress = Progress(usesUnicode: terminal.usesUnicode)
    defer { progress.finish() }
    let report = try SiteSetup.load(
      arguments["DATAPACKAGE"] ?? "",
      into: .chosen(
        site: arguments["site"], folder: nil, environment: Terminal.environment("CARREL_SITE"))
    ) { table, bytesDone, bytesTotal in
      progress.update(table, done: bytesDone >> 10, of: bytesTotal >> 10, unit: "KiB")
    }
    progress.finish()
    if arguments.has("json") {
      try terminal.result(report.json.text())
    } else {
      try terminal.result(report.text)
      terminal.next(
        report.canBeRunOn
          ? "carrel run STUDY\(arguments.siteWords)"
          : "carrel optouts apply LIST --kind KIND\(arguments.siteWords)")
    }
    return .done
  }
}

extension Arguments {
  /// The site as it was named here, to be named again in the next command.
  fileprivate var siteWords: String { self["site"].map { " --site \($0)" } ?? "" }
}

extension String {
  /// A path without the slashes at its end, which a shell's completion leaves there.
  fileprivate var withoutSlashAtEnd: String {
    var path = self
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }
}
