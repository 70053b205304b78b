import CarrelCatalogue
import CarrelChecker
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import Testing

/// Checks a study of the sample schema `core`.
///
/// - Parameters:
///   - text: The study; `uses core` is put before it unless it has a `study` of its own.
///   - settings: Values of parameters.
///   - files: Code list files by path.
func check(
  _ text: String, setting settings: [String: String] = [:], files: [String: String] = [:]
) -> CheckResult {
  var diagnostics = Diagnostics()
  let study = StudyFile.parse(
    SourceText(name: "study.carrel", text: text), reporting: &diagnostics)
  #expect(diagnostics.isEmpty, "\(TextRenderer().render(diagnostics))")
  let definitions = StudyFile.parse(
    SourceText(name: "core.carrel", text: SampleSchemas.coreDefinitions),
    reporting: &diagnostics)
  #expect(diagnostics.isEmpty, "\(TextRenderer().render(diagnostics))")
  let checker = StudyChecker(
    schemas: [SchemaInUse(schema: SampleSchemas.core, definitions: definitions)],
    codelists: { request in
      guard let file = files[request.path] else {
        return .unreadable(reason: "there is no such file", help: "put it beside the study")
      }
      return .read(
        CodelistFile.read(
          Array(file.utf8), column: request.column, category: request.category))
    })
  return checker.check(study, setting: settings)
}

/// What is said of a study, as text.
func mistakes(
  in text: String, setting settings: [String: String] = [:], files: [String: String] = [:]
) -> String {
  TextRenderer().render(check(text, setting: settings, files: files).diagnostics)
}

/// A study without errors.
func checked(
  _ text: String, setting settings: [String: String] = [:], files: [String: String] = [:]
) throws -> CheckedStudy {
  let result = check(text, setting: settings, files: files)
  return try #require(result.study, "\(TextRenderer().render(result.diagnostics))")
}
