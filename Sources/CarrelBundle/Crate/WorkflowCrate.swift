internal import CarrelJSON
internal import CarrelLedger

/// The metadata of a bundle's study by itself: a Workflow RO-Crate 1.0 over the folder `study/`.
///
/// The bundle's own metadata refers to the folder as the workflow that was run, and leaves it to this to
/// say which of the files is the study, in what language, and what it can be given.
/// Source: Workflow RO-Crate 1.0, which stands on RO-Crate 1.1.
struct WorkflowCrate {
  private let release: ReleaseStatement
  private let inputs: CrateInputs
  /// The study and its code lists, under the paths that the bundle has them by.
  private let files: [BundleFile]

  static let path = Crate.study + Crate.fileName
  private static let version = "https://w3id.org/ro/crate/1.1"
  private static let language = "#language"

  /// The metadata of the study among the files of a bundle.
  ///
  /// - Throws: ``BundleError/missingFile(path:)`` where the study is not among them.
  init(
    release: ReleaseStatement, inputs: CrateInputs, among files: [BundleFile]
  ) throws(BundleError) {
    self.release = release
    self.inputs = inputs
    self.files = files.filter { $0.path.hasPrefix(Crate.study) }
    let path = Self.studyPath(in: release)
    guard files.contains(where: { $0.path == path }) else { throw .missingFile(path: path) }
  }

  /// The path of the study's own file, which the bundle is named after.
  private static func studyPath(in release: ReleaseStatement) -> String {
    Crate.study + release.name.dropLast(release.alias.utf8.count + 1) + ".carrel"
  }

  /// The file, to be packed beside the study.
  var file: BundleFile { BundleFile(path: Self.path, bytes: json.bytes(.indented) + [0x0A]) }

  private var json: JSON {
    .object([
      .init("@context", .string(Self.version + "/context")),
      .init(
        "@graph", .array([descriptor, root] + things + inputs.formalParameters + fileEntities)),
    ])
  }

  private var descriptor: JSON {
    .entity(
      Crate.fileName, "CreativeWork", ("about", .reference("./")),
      ("conformsTo", .references([Self.version, Crate.workflowProfile])))
  }

  private var root: JSON {
    .entity(
      "./", "Dataset", ("name", .string(release.title)), ("description", .string(Crate.studyRole)),
      ("mainEntity", .reference(id(of: Self.studyPath(in: release)))),
      ("datePublished", .string(release.released.description)), ("license", .reference("#terms")),
      ("author", .reference("#researcher")),
      ("hasPart", .references(files.map { id(of: $0.path) })))
  }

  private var things: [JSON] {
    [
      .entity("#researcher", "Person", ("name", .string(release.project.authorName))),
      .entity(
        "#terms", "CreativeWork", ("name", .string("Terms of project \(release.project.id)")),
        ("description", "The study was released with its results for the purpose of the project")),
      .entity(Self.language, "ComputerLanguage", ("name", "Carrel")),
    ]
  }

  private var fileEntities: [JSON] {
    files.map { file in
      let isStudy = file.path == Self.studyPath(in: release)
      let types = isStudy ? ["File", "SoftwareSourceCode", "ComputationalWorkflow"] : ["File"]
      let more: [(String, JSON)] = [
        ("programmingLanguage", .reference(Self.language)),
        ("input", .references(inputs.parameterIDs)),
      ]
      return .entity(
        id(of: file.path), types: types, file.crateMembers + (isStudy ? more : []))
    }
  }

  private func id(of path: String) -> String {
    String(path.dropFirst(Crate.study.count)).inPercent
  }
}
