import CarrelCatalogue
import CarrelChecker
import CarrelDiagnostics
import CarrelFiles
import CarrelSite
import CarrelSyntax

/// The schema of a place: a data package without its rows, and the definitions it brings.
package struct SchemaFolder: Sendable {
  /// What a study may name.
  let inUse: SchemaInUse

  /// Reads the schema of a place, and no record; where there is no place, the schema `core`.
  package init(of place: StudyPlace) throws(Failure) {
    switch place {
    case .nowhere: try self.init(ShippedSchema.core.file)
    case .folder(let folder): try self.init(in: folder)
    case .site(let path): try self.init(in: Site.live(at: path).snapshot.schemaFolder)
    }
  }

  /// The schemas that a study may use at a place, none of which is read in vain: those of the
  /// program that it names, or all of them for the message where it names none.
  static func all(of place: StudyPlace, for study: StudyFile) throws(Failure) -> [SchemaFolder] {
    guard case .nowhere = place else { return [try SchemaFolder(of: place)] }
    let named = study.schemasNamed.isEmpty ? [ShippedSchema.core.rawValue] : study.schemasNamed
    let known = ShippedSchema.allCases.filter { named.contains($0.rawValue) }
    return try (known.isEmpty ? ShippedSchema.allCases : known).map { schema throws(Failure) in
      try SchemaFolder(schema.file)
    }
  }

  /// Reads the schema of a folder that holds a data package.
  init(in folder: String) throws(Failure) {
    try self.init { path throws(Failure) in
      do throws(FileError) {
        return SourceText(
          name: Path.join(folder, path), bytes: try Files.read(path, inside: folder))
      } catch {
        throw Failure(error, help: "name a folder that holds `datapackage.json`")
      }
    }
  }

  private static let descriptorPath = "datapackage.json"

  /// Reads a package through whatever gives its files.
  private init(_ file: (String) throws(Failure) -> SourceText) throws(Failure) {
    let descriptor = try file(Self.descriptorPath)
    let reading = DataPackage.read(descriptor.bytes, reservedWords: Words.reserved)
    guard let schema = reading.package?.schema else {
      throw Failure(package: descriptor.name, reading.problems)
    }
    var definitions: StudyFile?
    if let path = schema.definitionsPath {
      definitions = try Self.definitions(in: try file(path))
    }
    inUse = SchemaInUse(schema: schema, definitions: definitions)
  }

  private static func definitions(in source: SourceText) throws(Failure) -> StudyFile {
    var mistakes = Diagnostics()
    let file = StudyFile.parse(source, reporting: &mistakes)
    guard !mistakes.hasErrors else {
      throw Failure(
        "S115", "the definitions of the schema have mistakes",
        details: mistakes.sorted.map(TextRenderer().render), help: "correct `\(source.name)`",
        status: .worldFailed)
    }
    return file
  }
}

/// The schemas that every copy of the program carries.
private enum ShippedSchema: String, CaseIterable {
  case core, tpp

  /// Gives the files of its package.
  func file(_ path: String) -> SourceText {
    let isDefinitions = path == "\(rawValue).carrel"
    let bytes =
      switch self {
      case .core: isDefinitions ? PackageResources.core_carrel : PackageResources.datapackage_json
      case .tpp: isDefinitions ? PackageResources.tpp_carrel : PackageResources.tpp_json
      }
    return SourceText(name: path, bytes: bytes)
  }
}

extension StudyFile {
  /// The names after `uses`.
  fileprivate var schemasNamed: [String] {
    statements.flatMap { statement -> [String] in
      if case .study(let heading) = statement { heading.schemas.map(\.text) } else { [] }
    }
  }
}

extension Failure {
  /// A data package whose description has mistakes.
  init(package path: String, _ problems: [PackageProblem]) {
    let errors = problems.filter { $0.severity == .error }
    self.init(
      errors.first?.code.rawValue ?? "S101", "`\(path)` is not a data package that can be used",
      details: errors.map { "[\($0.code.rawValue)] \($0.place): \($0.message)" },
      help: errors.lazy.compactMap(\.help).first ?? "correct the description of the package",
      status: .worldFailed)
  }
}

extension Site {
  /// A site and its live snapshot.
  static func live(at path: String) throws(Failure) -> (site: Site, snapshot: Snapshot) {
    do throws(SiteError) {
      let site = try Site.open(at: path)
      return (site, try site.snapshot())
    } catch {
      throw Failure(error)
    }
  }
}
