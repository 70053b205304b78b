import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel witness add`: somebody outside who watches the log of a site.
  static let addWitness = Command(
    words: ["witness", "add"],
    summary: "put somebody outside on the list of those who watch a site's ledger",
    usage: "NAME --key FILE --site DIR",
    details: """
      A witness cosigns the ledger after seeing that it only grew. A site with records of people \
      needs two before it releases anything; they belong to other organisations and hold keys of \
      their own, which carrel key create makes. The text of the key that is printed is what \
      carrel verify --witness takes: publish it.
      """,
    operands: [.witness],
    options: [.value("key", "FILE", "the file of their public key"), .site],
    examples: ["carrel witness add college.example --key college.pub --site northmoor"]
  ) { (arguments, terminal) throws(Failure) in
    let desk = try WitnessDesk(of: arguments.place, for: "witness")
    try terminal.result(
      try desk.add(
        arguments["NAME"] ?? "", keyPath: try arguments.required("key", "FILE", of: "witness add"))
    )
    return .done
  }

  /// `carrel witness remove`: somebody off that list.
  static let removeWitness = Command(
    words: ["witness", "remove"],
    summary: "take a witness off the list of a site",
    usage: "NAME --site DIR",
    details: "What they cosigned stays in the bundles that were made with it.",
    operands: [.witness],
    options: [.site],
    examples: ["carrel witness remove college.example --site northmoor"]
  ) { (arguments, terminal) throws(Failure) in
    try terminal.result(
      try WitnessDesk(of: arguments.place, for: "witness").remove(arguments["NAME"] ?? ""))
    return .done
  }

  /// `carrel witness list`: who watches the log of a site.
  static let listWitnesses = Command(
    words: ["witness", "list"],
    summary: "list who watches the ledger of a site",
    usage: "--site DIR",
    details: "Lists everybody who is or was a witness, with their keys.",
    options: [.site, .json],
    examples: ["carrel witness list --site northmoor"]
  ) { (arguments, terminal) throws(Failure) in
    let desk = try WitnessDesk(of: arguments.place, for: "witness")
    try terminal.result(arguments.has("json") ? try desk.json().text() : try desk.text())
    return .done
  }

  /// `carrel ledger request`: what a witness is to cosign.
  static let requestCosignature = Command(
    words: ["ledger", "request"],
    summary: "write what a witness is to cosign",
    usage: "NAME --site DIR --output FILE [--since N]",
    details: """
      The file shows the ledger as it is now, and that it only grew since the witness last cosigned \
      it. It goes to the witness by post, mail or stick, and holds nothing secret.
      """,
    operands: [.witness],
    options: [
      .site, .value("output", "FILE", "the file to write"),
      .value("since", "N", "how many entries the witness says to have seen, if that is another"),
    ],
    examples: ["carrel ledger request college.example --site northmoor --output for-college"]
  ) { (arguments, terminal) throws(Failure) in
    let file = try arguments.required("output", "FILE", of: "ledger request")
    let request = try WitnessDesk(of: arguments.place, for: "ledger request").request(
      to: arguments["NAME"] ?? "", since: try arguments.wholeNumber("since"))
    try LedgerProofs.write(request.bytes, to: file)
    try terminal.result("\(file)   for \(arguments["NAME"] ?? "")")
    terminal.next(
      "carrel ledger cosign \(file) --name \(arguments["NAME"] ?? "") --key KEY "
        + "--log \(request.log)")
    return .done
  }

  /// `carrel ledger cosign`: a witness's word that a log only grew.
  static let cosign = Command(
    words: ["ledger", "cosign"],
    summary: "cosign a ledger, as its witness, where it only grew",
    usage: "REQUEST --name NAME --key FILE --log KEY --output FILE",
    details: """
      Done by the witness, away from the site. What was seen is kept in KEYFILE.seen, beside the key, \
      and a ledger that did not grow from it is not cosigned: entries were taken away or changed.
      """,
    operands: [
      Operand(name: "REQUEST", isRequired: true, meaning: "the file that the site handed over")
    ],
    options: [
      .value("name", "NAME", "the witness's name, as the site lists it"),
      .key("of the witness"), .passphrase,
      .value("log", "KEY", "the key of the site's ledger, as the site publishes it"),
      .value("output", "FILE", "the file to hand back"),
    ],
    examples: [
      "carrel ledger cosign ask --name college.example --key w.pem --log KEY --output line"
    ]
  ) { (arguments, terminal) throws(Failure) in
    let file = try arguments.required("output", "FILE", of: "ledger cosign")
    let seat = WitnessSeat(
      name: try arguments.required("name", "NAME", of: "ledger cosign"),
      key: try arguments.key(of: "ledger cosign"))
    let line = try seat.cosignature(
      for: arguments["REQUEST"] ?? "",
      log: try arguments.required("log", "KEY", of: "ledger cosign"), to: file)
    try terminal.result("\(file)   \(line)")
    terminal.next("hand it back to the site: carrel ledger accept \(file)")
    return .done
  }

  /// `carrel ledger accept`: a cosignature back at the site.
  static let acceptCosignature = Command(
    words: ["ledger", "accept"],
    summary: "take in the cosignature that a witness handed back",
    usage: "FILE --site DIR",
    details: """
      Accepted is only what a witness on the site's list signed of a ledger that was given to one. \
      Releases that enough of them have seen can be fetched from then on.
      """,
    operands: [Operand(name: "FILE", isRequired: true, meaning: "what the witness handed back")],
    options: [.site],
    examples: ["carrel ledger accept from-college --site northmoor"]
  ) { (arguments, terminal) throws(Failure) in
    let desk = try WitnessDesk(of: arguments.place, for: "ledger accept")
    try terminal.result(try desk.add(cosignaturesIn: arguments["FILE"] ?? ""))
    return .done
  }
}

extension Operand {
  fileprivate static let witness = Operand(
    name: "NAME", isRequired: true, meaning: "the witness's name, without spaces")
}
