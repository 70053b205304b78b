import CarrelCatalogue
import CarrelFiles
public import CarrelJSON
import CarrelLedger
import CarrelPolicy
import CarrelRecords
import CarrelSandbox
import CarrelSite
import CarrelSyntax
import CarrelValues

/// Making a site, and loading records into it.
public enum SiteSetup {
  /// Makes a site of a kind that cannot be changed later.
  ///
  /// - Parameters:
  ///   - path: A folder that does not exist, or is empty; its last component names the site.
  ///   - kind: `synthetic` or `protected`.
  ///   - policy: The name of a disclosure policy; `exact` only for invented people.
  /// - Returns: What was made, for programs.
  /// - Throws: A ``Failure``; then nothing was made.
  public static func create(at path: String, kind: String, policy: String) throws(Failure) -> JSON {
    guard let siteKind = Site.Kind(rawValue: kind) else {
      throw Failure(
        "U004", "a site cannot be `\(kind)`", help: "write `synthetic` or `protected`",
        status: .wrongCommandLine)
    }
    try PolicyChoice.allow(
      try .read(try ShippedPolicy.source(named: policy)), atSiteOf: siteKind)
    do throws(SiteError) {
      _ = try Site.create(
        at: path, name: Path.lastComponent(of: path), kind: siteKind, policy: policy)
    } catch {
      throw Failure(error)
    }
    return .object([
      .init("carrel", 1), .init("command", "site create"), .init("ok", true),
      .init("site", .string(path)), .init("kind", .string(kind)), .init("policy", .string(policy)),
    ])
  }

  /// Loads a data package into a site: all of it, or nothing.
  ///
  /// - Parameters:
  ///   - package: The path of a `datapackage.json`, or of the folder that holds one.
  ///   - place: The site.
  ///   - progress: Is told the table at hand, the bytes read so far and in all.
  /// - Returns: What was loaded and left out.
  /// - Throws: A ``Failure`` whose details count and never quote; the site is then as it was.
  public static func load(
    _ package: String, into place: StudyPlace,
    progress: @escaping (_ table: String, _ bytesRead: Int, _ byteCount: Int) -> Void
  ) throws(Failure) -> LoadOutcome {
    guard case .site(let path) = place else {
      throw Failure(
        "U014", "carrel load needs a site", help: "write `--site DIR`", status: .wrongCommandLine)
    }
    Interruption.watch()
    do {
      let site = try Site.open(at: path)
      let folder = PackageFolder(at: package)
      let (descriptor, read) = try folder.read()
      var rules: LoadRules = site.kind == .synthetic ? .synthetic : .protected
      let policy = try PolicyChoice(nil, at: site).policy
      rules.layersThatMayBeAbsent = site.layersThatMayBeAbsent(under: policy)
      rules.refusedRowsPerMillion = policy.mostRefusedRowsPerMillion
      var new = try site.beginSnapshot(date: CivilDate.today.description)
      try SiteDatabase(of: site).finishPseudonymKeyExchange(clock: .now)
      let loader = RecordLoader(
        read, descriptor: descriptor, folder: folder.path,
        identity: .pseudonymised(keys: try site.pseudonymKeys()),
        rules: rules, date: .today)
      var numbers = try PatientNumbers(of: site)
      let report = try loader.load(into: new.recordsPath, numbering: &numbers) { now in
        progress(now.table, now.bytesRead, now.byteCount)
        return !Interruption.wasRequested
      }
      for (path, bytes) in try folder.schemaFiles(of: read, descriptor) {
        try new.keep(bytes, as: path)
      }
      try Interruption.check()
      _ = try new.publish(
        package: read.schema.name, digest: report.digest, patientNumbers: numbers.bytes)
      return LoadOutcome(
        report: report, package: read.schema.name, date: .today,
        canBeRunOn: site.kind == .synthetic)
    } catch let error as LoadError {
      throw Interruption.wasRequested ? .interrupted : Failure(error)
    } catch let error as SiteError {
      throw Failure(error)
    } catch let error as FileError {
      throw Failure(error, help: "name `datapackage.json` or the folder it is in")
    } catch let failure as Failure {
      throw failure
    } catch {
      preconditionFailure("a load fails in ways that are known")
    }
  }
}

extension PatientNumbers {
  /// The numbers that people have at a site.
  init(of site: Site) throws {
    guard let bytes = try site.patientNumbers() else {
      self.init()
      return
    }
    guard let numbers = PatientNumbers(bytes: bytes) else { throw SiteError.damagedState }
    self = numbers
  }
}

/// A folder with a data package, and what of it describes the records without holding any.
struct PackageFolder {
  let path: String
  private let descriptor: String

  /// The folder of a descriptor, which is a file whose name ends in `.json`, or the folder itself.
  init(at path: String) {
    let isDescriptor = path.hasSuffix(".json") && !Files.isFolder(path)
    self.path = isDescriptor ? Path.parent(of: path) : path
    descriptor = isDescriptor ? path : Path.join(path, "datapackage.json")
  }

  /// Reads the descriptor.
  func read() throws -> (descriptor: [UInt8], package: DataPackage) {
    let bytes = try Files.read(descriptor)
    let reading = DataPackage.read(bytes, reservedWords: Words.reserved)
    guard let package = reading.package else {
      throw Failure(package: descriptor, reading.problems)
    }
    return (bytes, package)
  }

  /// The files that a site keeps so that studies can be checked: the descriptor and definitions.
  func schemaFiles(
    of package: DataPackage, _ descriptor: [UInt8]
  ) throws(FileError) -> [(path: String, bytes: [UInt8])] {
    var files = [("datapackage.json", descriptor)]
    if let definitions = package.schema.definitionsPath {
      files.append((definitions, try Files.read(definitions, inside: path)))
    }
    return files
  }
}

extension Failure {
  /// A load that was refused or failed.
  init(_ error: LoadError) {
    switch error {
    case .interrupted: self = .interrupted
    case .format:
      self.init(
        error.code, "the files do not have the form that the package describes",
        details: error.description.split(separator: "\n").map(String.init),
        help: error.help, status: .worldFailed)
    case .tooManyRefused(let names, let report):
      let tables = report.tables.filter { names.contains($0.name) }
      self.init(
        error.code, error.description,
        details: tables.map { table in
          "\(table.name): \(table.refusedRowCount.grouped) of "
            + "\((table.rowCount + table.refusedRowCount).grouped) rows, "
            + "\(table.constraintsInWords)"
        }, help: error.help, status: .worldFailed)
    case .unconfined(let missing, let report):
      self.init(
        error.code, error.description,
        details: missing.map { "\($0.rawValue), \(report[$0])" }, help: error.help,
        status: .refused)
    default:
      self.init(
        error.code, error.description, help: error.help ?? "nothing was loaded; load it again",
        status: .worldFailed)
    }
  }
}
