public import CarrelCatalogue
internal import CarrelSandbox
public import CarrelValues

/// Loads the files of a data package into a database of records.
///
/// The database holds `carrel_meta`, `carrel_patients` with everybody who has a row, and one table
/// for each of the package's, whose rows carry their patient's number and their own position in
/// the files. Dates are numbers of days since 1970-01-01, booleans 0 and 1, codes without dots.
public struct RecordLoader: Sendable {
  let package: DataPackage
  let descriptor: [UInt8]
  let folder: String
  let identity: PatientIdentity
  let rules: LoadRules
  let date: CivilDate
  /// The program to start as the process that reads the files: this one, unless changed.
  public var program: String

  /// The number that `carrel_meta` states; raised when the layout changes.
  static let format = "1"

  /// A loader for one package.
  ///
  /// - Parameters:
  ///   - package: The package's description.
  ///   - descriptor: The bytes that the description was read from.
  ///   - folder: The folder of the description, which the paths of its files start from.
  ///   - identity: What stands for people.
  ///   - rules: What the package is held to.
  ///   - date: The day of the load.
  public init(
    _ package: DataPackage, descriptor: [UInt8], folder: String, identity: PatientIdentity,
    rules: LoadRules, date: CivilDate
  ) {
    self.package = package
    self.descriptor = descriptor
    self.folder = folder
    self.identity = identity
    self.rules = rules
    self.date = date
    program = ChildProcess.runningProgram
  }

  /// Makes the database: all of it, durable, or nothing.
  ///
  /// - Parameters:
  ///   - path: A file that does not exist yet.
  ///   - numbers: The numbers that people have from earlier loads; who has none yet gets one. They
  ///     are to be kept together with the database.
  ///   - progress: Told now and then how far the load is; the load stops where it says `false`.
  /// - Returns: What was loaded and left out.
  /// - Throws: ``LoadError``; the load has then made no file.
  public func load(
    into path: String, numbering numbers: inout PatientNumbers,
    progress: @escaping (LoadProgress) -> Bool = { _ in true }
  ) throws(LoadError) -> LoadReport {
    do {
      try checkPackage()
      let records = try RecordsDatabase(path: path)
      do {
        let run = try LoadRun(self, into: records, progress: progress)
        return try run.finish(by: &numbers)
      } catch {
        records.remove()
        throw error
      }
    } catch {
      throw LoadError(error)
    }
  }

  /// Makes a database that no other comes before or after.
  public func load(
    into path: String, progress: @escaping (LoadProgress) -> Bool = { _ in true }
  ) throws(LoadError) -> LoadReport {
    var numbers = PatientNumbers()
    return try load(into: path, numbering: &numbers, progress: progress)
  }

  private func checkPackage() throws(LoadError) {
    if rules.demandsInventedPeople, !package.schema.isSynthetic {
      throw .notSynthetic(package: package.schema.name)
    }
    let freeText = package.undeclaredFreeText
    if rules.refusesUndeclaredFreeText, !freeText.isEmpty { throw .undeclaredFreeText(freeText) }
  }
}
