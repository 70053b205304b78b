import CarrelJSON
import CarrelWorkbench

extension Command {
  /// `carrel test`: runs the examples of a study on the people they invent.
  static let test = Command(
    words: ["test"],
    summary: "run the examples in a study",
    usage: "[STUDY]",
    details: """
      Each `example` invents one person and says what must be true of them. No record is read, so \
      what was found can be shown in full.
      """,
    operands: [.study],
    options: [.site, .set, .json],
    examples: ["carrel test"]
  ) { (arguments, terminal) throws(Failure) in
    let asJSON = arguments.has("json")
    let study = try OpenedStudy(arguments.studyRequest())
    guard let ready = try terminal.passed(study, asJSON: asJSON, command: "test") else {
      return .foundSomethingWrong
    }
    let report = ExampleReport(of: ready)
    try terminal.result(asJSON ? report.json.text() : report.text)
    return report.allPassed ? .done : .foundSomethingWrong
  }
}
