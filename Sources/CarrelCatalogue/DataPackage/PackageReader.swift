internal import CarrelJSON

extension DataPackage {
  /// What reading a description gives: the package, unless it has mistakes, and all that was found.
  public struct Reading: Hashable, Sendable {
    /// The package; `nil` if any problem is an error.
    public let package: DataPackage?
    /// Every mistake and warning, in the order of the text.
    public let problems: [PackageProblem]
  }

  /// Reads the bytes of a `datapackage.json`.
  ///
  /// An unknown property is a warning. A missing name, a key to a field that is not there, a part
  /// of the standard that is not supported or a wrong value in one of Carrel's own properties is
  /// an error; all of them are found in one reading.
  ///
  /// - Parameters:
  ///   - bytes: The text of the description.
  ///   - reservedWords: What no table may be called, since a study could not write it as a name.
  /// - Returns: The package, unless it has mistakes, and all that was found.
  public static func read(_ bytes: [UInt8], reservedWords: Set<String>) -> Reading {
    let log = ProblemLog()
    do throws(JSONError) {
      let json = try JSON(parsing: bytes)
      let package = PackageReader(log: log, reservedWords: reservedWords).package(json)
      return Reading(package: log.hasErrors ? nil : package, problems: log.problems)
    } catch {
      log.error(
        .notJSON, at: "package", "not JSON at \(error.line):\(error.column): \(error.message)")
      return Reading(package: nil, problems: log.problems)
    }
  }

  /// The fields that a protected site refuses: open texts that nobody declared to be safe.
  public var undeclaredFreeText: [PackageProblem] {
    resources.flatMap { resource in
      resource.fields.filter(\.isUndeclaredFreeText).map { field in
        PackageProblem(
          code: .undeclaredFreeText, severity: .error, place: "\(resource.name).\(field.name)",
          message: "an open text may hold anything, names included",
          help:
            "declare `categories`, a `codingSystem` or a `pattern`, or `\"privacy\": \"free-text\"`"
        )
      }
    }
  }
}

/// Reads the description; every method reports what it finds and goes on.
struct PackageReader {
  let log: ProblemLog
  let reservedWords: Set<String>

  func package(_ json: JSON) -> DataPackage? {
    guard let object = ObjectScanner(json, "a data package", at: "package", log) else { return nil }
    object.pass(
      "$schema", "profile", "id", "description", "homepage", "version", "created", "keywords",
      "contributors", "licenses", "sources", "image")
    let name = studyName(object, "the package", "`uses`")
    let title = object.text("title")
    let isSynthetic = object.boolean("synthetic") ?? false
    let definitionsPath = object.text("definitions").flatMap { plainPath($0, at: "package") }
    let resources = resources(object)
    object.finish()
    checkTableNames(resources)
    checkPaths(resources)
    checkRegistration(resources)
    // After a mistake, a field that is not found is no second one.
    if !log.hasErrors { for resource in resources { checkForeignKeys(resource, resources) } }
    guard let name else { return nil }
    return DataPackage(
      schema: Schema(
        name: name, title: title, tables: resources.map(\.table), isSynthetic: isSynthetic,
        definitionsPath: definitionsPath),
      resources: resources)
  }

  private func resources(_ object: ObjectScanner) -> [Resource] {
    guard object.value("resources") != nil else {
      log.error(.missingProperty, at: "package", "`resources` is missing")
      return []
    }
    guard let elements = object.list("resources") else { return [] }
    let tables = elements.enumerated().filter { isTable($0.element, number: $0.offset + 1) }
    if tables.isEmpty {
      log.error(
        .missingProperty, at: "package", "there is no table",
        help: "a resource is a table with `\"type\": \"table\"` and a `schema`")
    }
    return tables.compactMap { resource($0.element, number: $0.offset + 1) }
  }

  /// Whether a resource is tabular; what else a package carries is left alone.
  private func isTable(_ json: JSON, number: Int) -> Bool {
    if json.members == nil || json["type"] != nil || json["schema"] != nil { return true }
    if json["profile"]?.string == "tabular-data-resource" { return true }
    log.warning(
      .unknownProperty, at: json["name"]?.string?.abbreviated ?? "resource \(number)",
      "this resource is not a table and is left out")
    return false
  }

  /// A `name` that a study can write.
  func studyName(_ object: ObjectScanner, _ what: String, _ use: String) -> String? {
    guard let name = object.requiredText("name") else { return nil }
    if reservedWords.contains(name) {
      log.error(
        .wrongName, at: object.place, "\(what) cannot be called `\(name)`",
        help: "`\(name)` is a reserved word of studies; \(use) needs another name")
      return nil
    }
    if name.isStudyName { return name }
    log.error(
      .wrongName, at: object.place, "\(what) cannot be called `\(name.abbreviated)`",
      help: "\(use) needs letters, digits and `_`, not beginning with a digit")
    return nil
  }

  /// A path that stays inside the package's folder.
  func plainPath(_ path: String, at place: String) -> String? {
    let names = path.split(separator: "/", omittingEmptySubsequences: false)
    let isPlain =
      !path.isEmpty && !path.contains("://") && !path.contains("\\")
      && !names.contains { $0.isEmpty || $0 == "." || $0 == ".." }
    if isPlain { return path }
    log.error(
      .wrongPath, at: place, "`\(path.abbreviated)` is not a path inside the package's folder",
      help: "write it relative to `datapackage.json`, without `..`, `.` or a URL")
    return nil
  }

  /// Tables and fields are kept in a database whose names do not tell case apart.
  private func checkTableNames(_ resources: [Resource]) {
    var seen: [String] = []
    for resource in resources {
      let plain = resource.name.lowercased()
      if seen.contains(plain) {
        log.error(
          .duplicateName, at: resource.name, "another table has this name",
          help: "names of tables must differ by more than case")
      }
      if plain.hasPrefix("sqlite_") || plain.hasPrefix("carrel_") {
        log.error(
          .wrongName, at: resource.name,
          "names beginning with `sqlite_` or `carrel_` are kept for storage")
      }
      seen.append(plain)
    }
  }

  /// A description alone, without any file, is a schema; some files and not others is a mistake.
  private func checkPaths(_ resources: [Resource]) {
    guard !log.hasErrors, resources.contains(where: { !$0.paths.isEmpty }) else { return }
    for resource in resources where resource.paths.isEmpty {
      log.error(.missingProperty, at: resource.name, "`path` is missing")
    }
  }

  /// People are registered in one place.
  private func checkRegistration(_ resources: [Resource]) {
    let places = resources.flatMap { resource in
      resource.fields.filter(\.isRegistration).map { "\(resource.name).\($0.name)" }
    }
    for place in places.dropFirst() {
      log.error(.wrongValue, at: place, "another field has `registration` already")
    }
  }

  private func checkForeignKeys(_ resource: Resource, _ resources: [Resource]) {
    for key in resource.foreignKeys {
      guard let target = resources.first(where: { $0.name == key.table }) else {
        log.error(
          .unknownField, at: resource.name,
          "a foreign key refers to a table `\(key.table.abbreviated)` that is not there")
        continue
      }
      for field in key.referencedFields where target.field(named: field) == nil {
        log.error(
          .unknownField, at: resource.name,
          "a foreign key refers to `\(key.table).\(field.abbreviated)`, which is not there")
      }
    }
  }
}
