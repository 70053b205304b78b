import CarrelWorkbench

extension Command {
  /// `carrel explain`: a study, or the code of a diagnostic, in plain English.
  static let explain = Command(
    words: ["explain"],
    summary: "say in plain English what a study does, or what a diagnostic means",
    usage: "[STUDY | CODE] [--plan | --sql | --tokens | --tree]",
    details: """
      Says what is read, who is counted and what is released, for someone who never programmed. \
      The options show what each stage of the program makes of the study.
      """,
    operands: [
      Operand(
        name: "STUDY", isRequired: false,
        meaning: "the study's file, or a code such as C214; study.carrel here if left out")
    ],
    options: [
      .site, .set,
      .flag("plan", "the plan that an engine receives"),
      .flag("sql", "the SQL that it becomes, with its parameters"),
      .flag("tokens", "the words of the study"),
      .flag("tree", "the syntax tree"),
    ],
    examples: ["carrel explain asthma-review.carrel", "carrel explain C214"]
  ) { (arguments, terminal) throws(Failure) in
    if let code = arguments["STUDY"], let page = try CodePage.text(for: code) {
      try terminal.result(page)
      return .done
    }
    let stages = ["plan", "sql", "tokens", "tree"].filter(arguments.has)
    guard stages.count < 2 else {
      throw Failure(
        "U013", "`--\(stages[0])` and `--\(stages[1])` are two answers", help: "keep one of them",
        status: .wrongCommandLine)
    }
    let study = try OpenedStudy(arguments.studyRequest())
    if arguments.has("tokens") {
      try terminal.result(study.tokensText)
      return .done
    }
    if arguments.has("tree") {
      try terminal.result(study.treeText)
      return .done
    }
    guard let ready = try terminal.passed(study, asJSON: false, command: "explain") else {
      return .foundSomethingWrong
    }
    if arguments.has("plan") {
      try terminal.result(ready.planText)
    } else if arguments.has("sql") {
      try terminal.result(ready.sqlText)
    } else {
      try terminal.result(Explanation(of: ready).text(width: terminal.width))
    }
    return .done
  }
}
