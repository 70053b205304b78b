import CarrelDiagnostics
import CarrelJSON
import CarrelWorkbench

extension Operand {
  /// The study that a command works on.
  static let study = Operand(
    name: "STUDY", isRequired: false, meaning: "the study's file; study.carrel here if left out")
}

extension Option {
  static let site = Option.value(
    "site", "DIR", "the site; CARREL_SITE, or the current folder, if left out")
  static let set = Option.value(
    "set", "NAME=VALUE", "the value of a parameter of the study", isRepeatable: true)
  static let engine = Option.value(
    "engine", "NAME", "what computes", choices: EngineChoice.allCases.map(\.rawValue))
  static let json = Option.flag("json", "one JSON object on standard output, for programs")
}

extension Arguments {
  /// What the command line says of the study to open.
  func studyRequest() throws(Failure) -> StudyRequest {
    var settings: [String: String] = [:]
    for setting in all("set") {
      guard let equals = setting.firstIndex(of: "=") else {
        throw Failure(
          "U012", "`--set` takes a name and a value", help: "write `--set index=2024-03-31`, say",
          status: .wrongCommandLine)
      }
      let name = String(setting[..<equals])
      guard settings[name] == nil else {
        throw Failure(
          "U005", "the parameter `\(name)` is set twice", help: "keep one of them",
          status: .wrongCommandLine)
      }
      settings[name] = String(setting[setting.index(after: equals)...])
    }
    return StudyRequest(
      path: self["STUDY"] ?? "study.carrel",
      place: .chosen(
        site: self["site"], folder: self["data"], environment: Terminal.environment("CARREL_SITE")),
      settings: settings, policy: self["policy"], isForProtectedSite: has("protected"))
  }

  /// The same for each of several studies, or of those in folders.
  func studyRequests() throws(Failure) -> [StudyRequest] {
    let first = try studyRequest()
    let paths = all("STUDY")
    guard !paths.isEmpty else { return [first] }
    return try StudyLayout.studies(at: paths).map { path in
      var request = first
      request.path = path
      return request
    }
  }

  /// The engine that is asked for, SQL unless said otherwise.
  var engine: EngineChoice { self["engine"].flatMap(EngineChoice.init) ?? .sql }
}

extension Terminal {
  /// The study that was opened, if it may go on: its mistakes are printed, or its warnings.
  func passed(
    _ study: OpenedStudy, asJSON: Bool, command: String
  ) throws(Failure) -> ReadyStudy? {
    if study.ready == nil, asJSON {
      try result(CheckReport.json(of: study.diagnostics, command: command).text())
    } else if !asJSON, !study.diagnostics.isEmpty {
      note(renderer.render(study.diagnostics).trimmedAtLineEnd)
    }
    return study.ready
  }

  /// Draws diagnostics as this terminal can show them.
  var renderer: TextRenderer { TextRenderer(usesColour: usesColour) }
}
