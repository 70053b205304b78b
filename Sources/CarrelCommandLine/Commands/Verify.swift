import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel verify`: whether a bundle is what a site released.
  static let verify = Command(
    words: ["verify"],
    summary: "check a released bundle, offline, without the site or a secret",
    usage: "BUNDLE [--key KEY] [--witness KEY …]",
    details: """
      Checks who signed, that every byte is what was signed, that the release is in the site's \
      public ledger, that disclosure was checked, and that every figure is one that the stated \
      policy can give. The bundle is read in memory and nothing is unpacked. Without --key and \
      --witness the keys are those that the bundle names, which shows that it is of one piece and \
      not whose it is.
      """,
    operands: [Operand(name: "BUNDLE", isRequired: true, meaning: "the archive, `NAME.zip`")],
    options: [
      .value("key", "KEY", "the key of the site's ledger, as the site publishes it"),
      .value("witness", "KEY", "the key of a witness that counts", isRepeatable: true), .json,
    ],
    examples: ["carrel verify asthma-review-heron-417.zip"]
  ) { (arguments, terminal) throws(Failure) in
    let report = try BundleReport(
      of: arguments["BUNDLE"] ?? "", key: arguments["key"], witnesses: arguments.all("witness"))
    try terminal.result(arguments.has("json") ? report.json.text() : report.text)
    return report.isRight ? .done : .foundSomethingWrong
  }
}
