import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel optouts apply`: people's objections, before any study sees the records.
  static let applyOptOuts = Command(
    words: ["optouts", "apply"],
    summary: "leave out whoever objects to the use of their records",
    usage: "LIST --kind KIND --site DIR",
    details: """
      The list has one identifier a line, as the records had it when they were loaded. With `type-1` \
      whoever is named is left out; with `national` whoever is not, as in the list that the National \
      Data Opt-out service gives back. Where the records are of people, nothing is run before a list \
      has been applied, nor once it is more than 7 days old; a load asks for it anew. The public \
      ledger says that opt-outs were applied, and nothing says how many.
      """,
    operands: [Operand(name: "LIST", isRequired: true, meaning: "the file of the list")],
    options: [
      .value("kind", "KIND", "what it means to be on it", choices: ["type-1", "national"]), .site,
    ],
    examples: ["carrel optouts apply type-1.txt --kind type-1 --site northmoor"]
  ) { (arguments, terminal) throws(Failure) in
    try terminal.result(
      try OptOuts.apply(
        arguments["LIST"] ?? "", kind: try arguments.required("kind", "KIND", of: "optouts apply"),
        at: arguments.place))
    return .done
  }
}
