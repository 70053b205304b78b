import CarrelCatalogue
import CarrelChecker
import CarrelDiagnostics
import CarrelPlan
import CarrelSyntax
import CarrelValues
import Testing

/// Checks a study of the sample schema `core`.
///
/// - Parameters:
///   - text: The study; `uses core` is put before it unless it has a `study` of its own.
///   - settings: Values of parameters.
///   - files: Code list files by path.
///   - rules: What a site asks of the study; only its meaning where that is `nil`.
/// - Returns: What checking the study gives.
func check(
  _ text: String, setting settings: [String: String] = [:], files: [String: String] = [:],
  under rules: SafetyRules? = nil
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
  return checker.check(study, setting: settings, under: rules)
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

/// How what stands after `define x =` is computed: the values it refers to, a line each, then its
/// own expression.
func lowered(
  _ expression: String, with declarations: String = "", files: [String: String] = [:]
) throws -> String {
  let study = try checked("\(declarations)\ndefine x = \(expression)", files: files)
  let column = try #require(study.preview.last)
  let plan = study.patientPlan
  var values = plan.values.indices.map { "v\($0): \(plan.text(of: plan.values[$0].expression))" }
  if case .value(let index) = column.expression, index == plan.values.count - 1 {
    values[index] = plan.text(of: plan.values[index].expression)
  } else {
    values.append(plan.text(of: column.expression))
  }
  return values.joined(separator: "\n")
}

/// A study that groups by an expression, and the labels of its groups.
func levels(
  of expression: String, where criteria: String = "include true", with declarations: String = ""
) throws -> [String] {
  let study = try checked(
    """
    \(declarations)
    population everyone \(criteria)
    table groups of everyone by \(expression) as "x" show count
    """)
  guard case .table(let table)? = study.plan.outputs.first else { return [] }
  return table.groupings[0].levels.map(\.label)
}
