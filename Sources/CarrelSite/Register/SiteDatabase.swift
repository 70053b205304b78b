internal import CarrelFiles
internal import CarrelStore
internal import Glibc

/// The durable state of a site: its people, projects, runs, reviews and releases.
///
/// Each change is one transaction, on disk before the call returns: a crash at any moment leaves
/// the state before it or after it. Everything that must change together is in this one file, held
/// outputs and sealed submissions included.
public final class SiteDatabase {
  let database: Database
  /// The site whose state this is.
  public let site: Site

  static let fileName = "site.sqlite"
  /// How long a change waits for another process's to end.
  private static let waitMilliseconds = 5000

  /// Opens the state of a site.
  ///
  /// - Throws: ``SiteError``.
  public init(of site: Site) throws(SiteError) {
    let path = Path.join(site.path, Self.fileName)
    guard Files.exists(path) else { throw .file(FileError(.open, path, .notFound)) }
    try Site.checkPrivate(path)
    self.site = site
    do throws(StoreError) { database = try Self.opened(.readWrite(path: path)) } catch {
      throw .store(error)
    }
  }

  private static func opened(_ mode: Database.Mode) throws(StoreError) -> Database {
    let database = try Database(mode)
    // First of all: even finding out how the file is kept may have to wait for another process.
    try database.execute("PRAGMA busy_timeout = \(waitMilliseconds)")
    // A page of the log is synced with every commit, so that what was said to be done is done.
    try database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
    try database.execute("PRAGMA foreign_keys = ON")
    return database
  }

  /// Makes the file of a new site, empty of everything but its tables.
  static func create(in folder: String) throws(SiteError) {
    let path = Path.join(folder, fileName)
    do throws(StoreError) { try opened(.create(path: path)).execute(tables) } catch {
      throw .store(error)
    }
  }

  /// Runs the body as one transaction.
  ///
  /// - Throws: ``SiteError`` for the store's failures, and ``ReviewError`` for refusals.
  func change<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try database.transaction(body) } catch let error as StoreError {
      throw SiteError.store(error)
    }
  }

  /// The rows of a query, each read by the closure.
  func rows<Row>(
    _ text: String, _ values: [StoreValue] = [], _ read: (Statement) throws -> Row
  ) throws -> [Row] {
    do {
      let statement = try database.prepare(text)
      for (index, value) in values.enumerated() { try statement.bind(value, at: index + 1) }
      var rows: [Row] = []
      while try statement.step() { rows.append(try read(statement)) }
      return rows
    } catch let error as StoreError {
      throw SiteError.store(error)
    }
  }

  /// Runs one statement and says how many rows it changed.
  @discardableResult
  func run(_ text: String, _ values: [StoreValue]) throws(StoreError) -> Int {
    let statement = try database.prepare(text)
    for (index, value) in values.enumerated() { try statement.bind(value, at: index + 1) }
    try statement.run()
    return database.changedRowCount
  }
}
