import CarrelWorkbench

extension Command {
  /// `carrel new`: a study that runs now, to be changed.
  static let new = Command(
    words: ["new"],
    summary: "make a folder with a study that runs now",
    usage: "NAME",
    details:
      "Makes a folder with a short study, a code list and an example. It must not exist yet.",
    operands: [Operand(name: "NAME", isRequired: true, meaning: "the folder to make")],
    examples: ["carrel new falls-review"]
  ) { (arguments, terminal) throws(Failure) in
    let folder = arguments["NAME"] ?? ""
    for line in try StarterStudy.make(in: folder) { try terminal.result(line) }
    terminal.next("cd \(folder) && carrel check")
    return .done
  }
}
