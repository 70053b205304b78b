import CarrelDiagnostics
import CarrelJSON
import CarrelSyntax
import CarrelWorkbench

/// Everything that is done with a study before its records are read, on a text that may be anything.
///
/// Whatever the text is, nothing may stop the program, and what it says must be fit to show; a study
/// without mistakes can also be laid out, explained and tried.
package struct StudyTrial: Sendable {
  private let request: StudyRequest
  private let schema: SchemaFolder

  /// Trials of studies that would lie in a folder, whose code lists they may name.
  package init(inFolder folder: String) throws {
    request = StudyRequest(path: "\(folder)/trial.carrel", place: .nowhere)
    schema = try SchemaFolder(of: .nowhere)
  }

  /// What is wrong with how a text was dealt with; empty where all is well.
  package func complaints(about bytes: [UInt8]) -> [String] {
    let source = SourceText(name: "trial.carrel", bytes: bytes)
    let opened = opened(source)
    var complaints = sayings(of: opened, bytes.count)
    complaints += layout(of: source, opened)
    if let ready = opened.ready { complaints += uses(of: ready) }
    return complaints
  }

  /// Whether a text is a study without mistakes.
  package func accepts(_ bytes: [UInt8]) -> Bool {
    opened(SourceText(name: "trial.carrel", bytes: bytes)).ready != nil
  }

  private func opened(_ source: SourceText) -> OpenedStudy {
    do {
      return try OpenedStudy(request, reading: source, in: schema)
    } catch {
      preconditionFailure("a place without a site has its rules")
    }
  }

  /// What is said of the text points into it and can be shown.
  private func sayings(of opened: OpenedStudy, _ length: Int) -> [String] {
    var complaints: [String] = []
    for diagnostic in opened.diagnostics.sorted
    where diagnostic.span.source.name == "trial.carrel"
      && diagnostic.span.range.upperBound > length
    {
      complaints.append("\(diagnostic.code) points behind the text")
    }
    complaints += unfit(TextRenderer().render(opened.diagnostics), "messages")
    complaints += unfit(CheckReport.json(of: [CheckReport(of: opened)]).text(), "messages as JSON")
    if opened.ready == nil, !opened.diagnostics.hasErrors {
      complaints.append("refused without an error")
    }
    return complaints
  }

  /// The layout exists where the text can be parsed, is its own layout, and means the same.
  private func layout(of source: SourceText, _ opened: OpenedStudy) -> [String] {
    var diagnostics = Diagnostics()
    guard let text = StudyFile.canonicalText(of: source, reporting: &diagnostics) else {
      return diagnostics.hasErrors ? [] : ["no layout and no reason"]
    }
    let laidOut = SourceText(name: "trial.carrel", text: text)
    var complaints: [String] = []
    if StudyFile.canonicalText(of: laidOut, reporting: &diagnostics) != text {
      complaints.append("the layout of a layout is another")
    }
    let reopened = self.opened(laidOut)
    if opened.diagnostics.sorted.map(\.code) != reopened.diagnostics.sorted.map(\.code) {
      complaints.append("the layout has other mistakes")
    }
    return complaints
  }

  /// A study without mistakes can be explained to people and to those who build the program, and its
  /// examples can be tried.
  private func uses(of study: ReadyStudy) -> [String] {
    unfit(Explanation(of: study).text(width: 80), "the explanation")
      + unfit(study.planText, "the plan") + unfit(study.sqlText, "the SQL")
      + unfit(ExampleReport(of: study).text, "the report on examples")
  }

  /// A text for people has no character that a terminal would obey.
  private func unfit(_ text: String, _ what: String) -> [String] {
    text.unicodeScalars.contains { $0.value == 0x1B || $0.value == 0x202E }
      ? ["\(what): a character that a terminal obeys"] : []
  }
}
