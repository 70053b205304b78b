public import CarrelCatalogue
public import CarrelDiagnostics
public import CarrelSyntax

/// The stage between a syntax tree and a plan: names, types, and what may be released.
///
/// ```swift
/// let result = StudyChecker(schemas: [core], codelists: read).check(study, setting: ["index": "2024-03-31"])
/// ```
///
/// A study with an error has no plan. All mistakes are found in one go, in file order, and one
/// mistake never causes a second message. Checking reads no record, and no file but through
/// `codelists`.
public struct StudyChecker {
  private let schemas: [SchemaInUse]
  private let codelists: (CodelistRequest) -> CodelistReply

  /// A checker of studies that may use these schemas.
  ///
  /// - Parameters:
  ///   - schemas: What `uses` can name. A study that says nothing of `uses` uses the only one.
  ///   - codelists: Reads the code list of a file; asked once for each list of the study.
  public init(
    schemas: [SchemaInUse], codelists: @escaping (CodelistRequest) -> CodelistReply
  ) {
    self.schemas = schemas
    self.codelists = codelists
  }

  /// Checks a study.
  ///
  /// - Parameters:
  ///   - study: The study as parsed; mistakes that the parser found are the caller's to add, and
  ///     nothing is said of names whose declaration was lost to one.
  ///   - settings: Values of parameters by name, as text: `2024-03-31`, `90 days`.
  ///   - rules: What a site asks of the study besides that it makes sense; `nil` asks for that alone.
  /// - Returns: What is wrong with the study, and the checked study where nothing is.
  public func check(
    _ study: StudyFile, setting settings: [String: String] = [:], under rules: SafetyRules?
  ) -> CheckResult {
    let checker = Checker(
      study: study, schemas: schemas, settings: settings, rules: rules, codelists: codelists)
    return checker.check()
  }
}

/// A schema that a study may use, with the definitions that it brings.
public struct SchemaInUse {
  /// The tables.
  public let schema: Schema
  /// The schema's own `define`s and `events`, written in the language; parsed without mistakes.
  public let definitions: StudyFile?

  /// A schema and its definitions.
  public init(schema: Schema, definitions: StudyFile? = nil) {
    self.schema = schema
    self.definitions = definitions
  }
}

/// What checking a study gave.
public struct CheckResult {
  /// The study; `nil` where a diagnostic is an error.
  public let study: CheckedStudy?
  /// What is wrong, and what a reader should know.
  public let diagnostics: Diagnostics
  /// What the study's names stand for, mistakes or not.
  public let names: StudyNames
}
