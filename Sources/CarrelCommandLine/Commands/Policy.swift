import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel policy explain`: what a disclosure policy says, in plain English.
  static let explainPolicy = Command(
    words: ["policy", "explain"],
    summary: "say in plain English what a disclosure policy hides and rounds",
    usage: "POLICY",
    details: """
      Says for each kind of figure what becomes of it, and for each small count how it is shown.
      """,
    operands: [.policy],
    options: [.json],
    examples: ["carrel policy explain opensafely"]
  ) { (arguments, terminal) throws(Failure) in
    let explanation = try PolicyExplanation(of: arguments["POLICY"] ?? "")
    try terminal.result(
      arguments.has("json")
        ? explanation.json.text() : explanation.text(width: terminal.width))
    return .done
  }

  /// `carrel policy test`: runs the examples that a policy contains.
  static let testPolicy = Command(
    words: ["policy", "test"],
    summary: "run the examples in a disclosure policy",
    usage: "POLICY",
    details: "Each `example` of a policy says what must become of a count.",
    operands: [.policy],
    options: [.json],
    examples: ["carrel policy test Policies/opensafely.policy"]
  ) { (arguments, terminal) throws(Failure) in
    let test = try PolicyTest(of: arguments["POLICY"] ?? "")
    try terminal.result(arguments.has("json") ? test.json.text() : test.text)
    return test.allPassed ? .done : .foundSomethingWrong
  }

  /// `carrel policy diff`: which kinds of figure change between two policies.
  static let comparePolicies = Command(
    words: ["policy", "diff"],
    summary: "say which kinds of figure change between two disclosure policies",
    usage: "POLICY OTHER",
    details: """
      Says for each kind of figure which policy keeps more back. One policy is at least as strict \
      as another where its readers can rule out no number that the other's readers cannot.
      """,
    operands: [
      .policy, Operand(name: "OTHER", isRequired: true, meaning: "the policy to hold against it"),
    ],
    options: [.json],
    examples: ["carrel policy diff opensafely omop"]
  ) { (arguments, terminal) throws(Failure) in
    let difference = try PolicyDifference(
      between: arguments["POLICY"] ?? "", and: arguments["OTHER"] ?? "")
    try terminal.result(arguments.has("json") ? difference.json.text() : difference.text)
    return .done
  }
}

extension Operand {
  fileprivate static let policy = Operand(
    name: "POLICY", isRequired: true,
    meaning: "a policy that the program carries, or the path of a file that ends in .policy")
}
