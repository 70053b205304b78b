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
  private let path: String

  static let fileName = "site.sqlite"
  /// How long a change waits for another process's to end.
  private static let waitMilliseconds = 5000

  /// Opens the state of a site.
  ///
  /// - Throws: ``SiteError``.
  public convenience init(of site: Site) throws(SiteError) {
    let path = Path.join(site.path, Self.fileName)
    guard Files.exists(path) else { throw .file(FileError(.open, path, .notFound)) }
    try Site.checkPrivate(path)
    try self.init(.readWrite(path: path), at: path)
  }

  private init(_ mode: Database.Mode, at path: String) throws(SiteError) {
    self.path = path
    do throws(StoreError) {
      database = try Database(mode)
      // A page of the log is synced with every commit, so that what was said to be done is done.
      try database.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
      try database.execute("PRAGMA foreign_keys = ON")
      try database.execute("PRAGMA busy_timeout = \(Self.waitMilliseconds)")
    } catch {
      throw .store(error)
    }
  }

  /// Makes the file of a new site, empty of everything but its tables.
  static func create(in folder: String) throws(SiteError) {
    let path = Path.join(folder, fileName)
    let made = try SiteDatabase(.create(path: path), at: path)
    do throws(StoreError) { try made.database.execute(tables) } catch { throw .store(error) }
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

  private static let tables = """
    CREATE TABLE people (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, organisation TEXT NOT NULL, roles TEXT NOT NULL,
      public_key BLOB NOT NULL UNIQUE, added_at INTEGER NOT NULL, lapsed_at INTEGER) STRICT;
    CREATE TABLE projects (
      id TEXT PRIMARY KEY, document BLOB NOT NULL, state TEXT NOT NULL,
      proposed_at INTEGER NOT NULL) STRICT;
    CREATE TABLE project_decisions (
      project TEXT NOT NULL REFERENCES projects, guardian TEXT NOT NULL REFERENCES people,
      word TEXT NOT NULL, decided_at INTEGER NOT NULL, expires_at INTEGER NOT NULL,
      reason TEXT NOT NULL, message TEXT, envelope BLOB NOT NULL,
      PRIMARY KEY (project, guardian)) STRICT;
    CREATE TABLE runs (
      id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, project TEXT NOT NULL REFERENCES projects,
      author TEXT NOT NULL REFERENCES people, title TEXT NOT NULL, submitted_at INTEGER NOT NULL,
      round INTEGER NOT NULL, state TEXT NOT NULL, digest TEXT, failure TEXT) STRICT;
    CREATE TABLE submitted_files (
      run TEXT NOT NULL REFERENCES runs, round INTEGER NOT NULL, path TEXT NOT NULL,
      bytes BLOB NOT NULL, PRIMARY KEY (run, round, path)) STRICT;
    CREATE TABLE held_files (
      run TEXT NOT NULL REFERENCES runs, round INTEGER NOT NULL, path TEXT NOT NULL,
      bytes BLOB NOT NULL, PRIMARY KEY (run, round, path)) STRICT;
    CREATE TABLE decisions (
      run TEXT NOT NULL REFERENCES runs, round INTEGER NOT NULL,
      guardian TEXT NOT NULL REFERENCES people, word TEXT NOT NULL, decided_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL, reason TEXT NOT NULL, message TEXT, envelope BLOB NOT NULL,
      PRIMARY KEY (run, round, guardian)) STRICT;
    CREATE TABLE releases (
      number INTEGER PRIMARY KEY, run TEXT NOT NULL UNIQUE REFERENCES runs,
      released_at INTEGER NOT NULL) STRICT;
    """
}
