import CarrelCatalogue
import CarrelChecker
public import CarrelDiagnostics
import CarrelFiles
import CarrelSyntax

/// A study that has been read and checked against its schema: ready to use, or with mistakes.
public struct OpenedStudy {
  /// The path that was asked for.
  public let path: String
  /// Every mistake and warning.
  public let diagnostics: Diagnostics
  /// The study, where it has no mistake.
  public let ready: ReadyStudy?
  /// The study as parsed, whether or not it has mistakes.
  let file: StudyFile
  /// What it was judged by.
  let rules: SafetyRules
  /// What its names stand for, whether or not it has mistakes.
  let names: StudyNames

  /// Reads a study, the schema of its place and its code lists, and checks it.
  ///
  /// No record is read.
  ///
  /// - Throws: A ``Failure`` where a file of the world fails; mistakes in the study are not thrown.
  public init(_ request: StudyRequest) throws(Failure) {
    try self.init(request, reading: try Self.source(at: request.path))
  }

  /// The same of a text that may not be saved yet.
  ///
  /// - Parameters:
  ///   - request: Which study is meant, and where.
  ///   - source: Its text.
  ///   - codelists: Its code lists; those in the study's folder if left out.
  /// - Throws: A ``Failure`` where a file of the world fails.
  init(
    _ request: StudyRequest, reading source: SourceText, codelists: CodelistFiles? = nil
  ) throws(Failure) {
    try self.init(request, reading: source, codelists: codelists, in: nil)
  }

  /// The same where the schema of the place has been read already.
  package init(
    _ request: StudyRequest, reading source: SourceText, in schema: SchemaFolder
  ) throws(Failure) {
    try self.init(request, reading: source, codelists: nil, in: schema)
  }

  private init(
    _ request: StudyRequest, reading source: SourceText, codelists: CodelistFiles?,
    in schema: SchemaFolder?
  ) throws(Failure) {
    let rules = try SafetyRules(of: request)
    let codelists = codelists ?? CodelistFiles(inFolderOf: request.path)
    var found = Diagnostics()
    let file = StudyFile.parse(source, reporting: &found)
    let schemas =
      if let schema { [schema] } else { try SchemaFolder.all(of: request.place, for: file) }
    let result = StudyChecker(schemas: schemas.map(\.inUse), codelists: codelists.reply(to:))
      .check(file, setting: request.settings, under: rules)
    found.report(contentsOf: result.diagnostics)
    path = request.path
    diagnostics = found
    self.file = file
    self.rules = rules
    names = result.names
    guard !found.hasErrors, let checked = result.study, let schema = schemas.first else {
      ready = nil
      return
    }
    ready = ReadyStudy(
      checked: checked, file: file, place: request.place, schema: schema,
      codelistFiles: codelists.read)
  }

  private static func source(at path: String) throws(Failure) -> SourceText {
    do throws(FileError) {
      return SourceText(
        name: path, bytes: try Files.read(path, limitBytes: Files.studyLimitBytes))
    } catch {
      let help: String? =
        switch error.reason {
        case .notFound: "carrel new NAME makes a study to start from"
        case .notAFile: "name the study's file, which ends in `.carrel`"
        default: nil
        }
      throw Failure(error, help: help)
    }
  }
}

/// A checked study with everything that its use needs.
public struct ReadyStudy {
  /// The plan and what else checking found out.
  let checked: CheckedStudy
  /// The study as parsed.
  let file: StudyFile
  /// Where its schema came from, and its records if there are any.
  let place: StudyPlace
  /// The schema, and where its package is.
  let schema: SchemaFolder
  /// The code list files that were read, by their path in the study.
  let codelistFiles: [CodelistFiles.File]
}
