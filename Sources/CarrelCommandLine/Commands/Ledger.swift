import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel ledger show`: what a public log holds.
  static let showLedger = Command(
    words: ["ledger", "show"],
    summary: "list what the public ledger of a site holds",
    usage: "LEDGER",
    details: """
      Reads every entry, checks it against the signed tree, and prints a line for each.
      """,
    operands: [.ledger],
    options: [.json],
    examples: ["carrel ledger show northmoor"]
  ) { (arguments, terminal) throws(Failure) in
    let report = try LedgerReport(of: arguments["LEDGER"] ?? "")
    try terminal.result(arguments.has("json") ? report.json.text() : report.text)
    return .done
  }

  /// `carrel ledger prove`: a file that shows one entry, or the growth, offline.
  static let proveLedger = Command(
    words: ["ledger", "prove"],
    summary: "write the proof that an entry is in a ledger, or that a ledger only grew",
    usage: "LEDGER --entry N | --since N [--output FILE]",
    details: """
      A proof of an entry is a C2SP tlog-proof with the entry in it; carrel ledger verify checks it \
      without the ledger. A proof of growth is what a witness asks for before it cosigns.
      """,
    operands: [.ledger],
    options: [
      .value("entry", "N", "the number of the entry"),
      .value("since", "N", "how many entries the ledger had when the witness last saw it"),
      .value("output", "FILE", "the file to write; standard output if left out"),
    ],
    examples: ["carrel ledger prove northmoor --entry 1 --output loaded.tlog-proof"]
  ) { (arguments, terminal) throws(Failure) in
    let (path, bytes) = (arguments["LEDGER"] ?? "", try arguments.proof())
    if let file = arguments["output"] {
      try LedgerProofs.write(bytes, to: file)
      try terminal.result("\(file)   shows it without the ledger")
      terminal.next(
        arguments["entry"] == nil
          ? "hand it to a witness, who keeps the checkpoint in it"
          : "carrel ledger verify \(file) --key KEY; carrel ledger show \(path) --json prints KEY")
    } else {
      try terminal.result(String(decoding: bytes, as: UTF8.self).trimmedAtLineEnd)
    }
    return .done
  }

  /// `carrel ledger verify`: whether a log, or a proof from one, is what it was signed to be.
  static let verifyLedger = Command(
    words: ["ledger", "verify"],
    summary: "check a ledger, or a proof from one, offline",
    usage: "LEDGER [--key KEY] [--kept CHECKPOINT] [--witness KEY …] [--witnesses N]",
    details: """
      Checks every entry, every hash and every signature. A ledger that grew is told from one that \
      was rewritten by the checkpoint that somebody kept: keep a copy of the file `checkpoint`. A \
      ledger shown to some and another shown to others is told by the witnesses' cosignatures alone.
      """,
    operands: [.ledger],
    options: [
      .value("key", "KEY", "the ledger's key; the one that its first entry names if left out"),
      .value("kept", "CHECKPOINT", "a checkpoint kept before, from which it must have grown"),
      .value("witness", "KEY", "the key of a witness that counts", isRepeatable: true),
      .value("witnesses", "N", "how many of them must have cosigned; all if left out"),
      .json,
    ],
    examples: ["carrel ledger verify northmoor/ledger --kept checkpoint-of-may"]
  ) { (arguments, terminal) throws(Failure) in
    let witnesses = arguments.all("witness")
    let verification = try LedgerVerification(
      of: arguments["LEDGER"] ?? "",
      LedgerDemands(
        key: arguments["key"], kept: arguments["kept"], witnesses: witnesses,
        witnessesNeeded: try arguments.wholeNumber("witnesses") ?? witnesses.count))
    try terminal.result(arguments.has("json") ? verification.json.text() : verification.text)
    return .done
  }
}

extension Arguments {
  /// The bytes of the proof that is asked for.
  fileprivate func proof() throws(Failure) -> [UInt8] {
    let path = self["LEDGER"] ?? ""
    switch (try wholeNumber("entry"), try wholeNumber("since")) {
    case (let index?, nil): return try LedgerProofs.inclusion(of: index, in: path)
    case (nil, let size?): return try LedgerProofs.growth(since: size, of: path)
    default:
      throw Failure(
        "U019", "carrel ledger prove needs one of `--entry N` and `--since N`",
        help: "carrel ledger prove --help shows an example", status: .wrongCommandLine)
    }
  }
}

extension Operand {
  fileprivate static let ledger = Operand(
    name: "LEDGER", isRequired: true,
    meaning: "the folder of a ledger, or of its site; to verify, a proof from one too")
}
