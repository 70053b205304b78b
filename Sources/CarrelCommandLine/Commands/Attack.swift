import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel attack`: plays the known attacks under a policy.
  static let attack = Command(
    words: ["attack"],
    summary: "play the known attacks on invented people under a disclosure policy",
    usage: "[ATTACK...] [--policy POLICY] [--json]",
    details: """
      Plays each attack through the disclosure gate and the guard across releases, as a site would \
      meet it, and says what was measured: what is stopped, and what the policy leaves open. It \
      fails if an attack gets through that the policy promises to stop.
      """,
    operands: [
      Operand(
        name: "ATTACK", isRequired: false, isRepeatable: true,
        meaning: "the number of an attack, as in A1; every attack if none is named")
    ],
    options: [
      .value(
        "policy", "POLICY", "a policy that the program carries, or its file (default: opensafely)"),
      .json,
    ],
    examples: ["carrel attack", "carrel attack A1 C1 --policy ons"]
  ) { (arguments, terminal) throws(Failure) in
    let report = try AttackReport(
      arguments.all("ATTACK"), under: arguments["policy"] ?? "opensafely")
    try terminal.result(
      arguments.has("json") ? report.json.text() : report.text(width: terminal.width))
    return report.keepsPromises ? .done : .foundSomethingWrong
  }
}
