internal import CSQLite
internal import Glibc

/// A connection to an SQLite database, hardened against what a file could make it do.
///
/// A connection and everything made from it stay on one thread. Temporary tables and sorts are kept
/// in memory, so that a connection never writes a file beside its own.
public final class Database {
  /// How a database is opened.
  public enum Mode: Hashable, Sendable {
    /// A database in memory, gone when the connection is.
    case inMemory
    /// A new file, readable and writable by its owner alone; that it exists already is an error.
    case create(path: String)
    /// A file that is there, to read and write.
    case readWrite(path: String)
    /// A file that nobody writes any more: no locks and no files beside it.
    ///
    /// A write-ahead log that lies beside the file is not looked at.
    case readOnlyImmutable(path: String)
    /// A file that is open already and that nobody writes any more.
    ///
    /// No path is looked at, so that it can be opened by a process that has lost the way to files.
    /// Whoever opened the descriptor closes it, after the connection is gone.
    case readOnlyDescriptor(Int32)
  }

  let connection: OpaquePointer
  /// What the connection refers to for as long as it is open.
  let authorizer = Retained<HeldPermissions>()
  let progressHandler = Retained<Deadline>()

  /// Opens a database and hardens the connection.
  ///
  /// - Throws: ``StoreError`` with the path where the file is missing, unreadable or no database.
  public init(_ mode: Mode) throws(StoreError) {
    if case .create(let path) = mode { try Self.createPrivateFile(at: path) }
    connection = try Self.connect(mode)
    try execute("PRAGMA temp_store = MEMORY")
    try execute("PRAGMA cell_size_check = ON")
  }

  deinit { sqlite3_close_v2(connection) }

  private static func connect(_ mode: Mode) throws(StoreError) -> OpaquePointer {
    var opened: OpaquePointer?
    let flags = mode.flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_URI | SQLITE_OPEN_EXRESCODE
    let code =
      mode.isKnownToSQLite
      ? sqlite3_open_v2(mode.uri, &opened, flags, mode.fileSystem) : SQLITE_CANTOPEN
    guard code == SQLITE_OK, let opened else {
      sqlite3_close_v2(opened)
      throw StoreError(.open, mode.name, code: code)
    }
    let hardened = carrel_harden(opened)
    guard hardened == SQLITE_OK else {
      sqlite3_close_v2(opened)
      throw StoreError(.harden, mode.name, code: hardened)
    }
    return opened
  }

  /// SQLite would make the file with the modes that the process happens to have.
  private static func createPrivateFile(at path: String) throws(StoreError) {
    let descriptor = Glibc.open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      let reason = errno == EEXIST ? "the file exists already" : String(cString: strerror(errno))
      throw StoreError(.open, path, code: SQLITE_CANTOPEN, reason: reason)
    }
    Glibc.close(descriptor)
  }

  /// Runs statements that give no rows and take no parameters, parted by semicolons.
  public func execute(_ statements: String) throws(StoreError) {
    let code = sqlite3_exec(connection, statements, nil, nil, nil)
    guard code == SQLITE_OK else { throw StoreError(.step, statements, code: code) }
  }

  /// Prepares one statement.
  ///
  /// - Throws: ``StoreError`` with the text of the statement and what is wrong with it.
  public func prepare(_ text: String) throws(StoreError) -> Statement {
    try Statement(text, on: self)
  }

  /// Makes a new file part of this connection under a schema name, readable and writable by its
  /// owner alone; that it exists already is an error.
  ///
  /// Its journal is that of the connection's other schemas, so one transaction covers both.
  public func attachNew(path: String, as schema: String) throws(StoreError) {
    try Self.createPrivateFile(at: path)
    let statement = try prepare("ATTACH ? AS \(Self.quoted(identifier: schema))")
    try statement.bind(Mode.create(path: path).uri, at: 1)
    try statement.run()
  }

  /// How many rows the last statement inserted, changed or deleted.
  public var changedRowCount: Int { Int(sqlite3_changes64(connection)) }

  /// Readies SQLite for databases in open descriptors, so that opening one later asks nothing of the
  /// system but to read.
  public static func prepareForDescriptors() { _ = DescriptorFileSystem.isRegistered }

  /// The version of the SQLite library, such as `3.40.1`.
  public static var libraryVersion: String { String(cString: sqlite3_libversion()) }
}

extension Database {
  /// Runs the body as one transaction: all of it is kept, or none where an error leaves the body.
  public func transaction<Result>(_ body: () throws -> Result) throws -> Result {
    try execute("BEGIN IMMEDIATE")
    do {
      let result = try body()
      try execute("COMMIT")
      return result
    } catch {
      // SQLite has already rolled back after some errors, a full disk among them.
      if sqlite3_get_autocommit(connection) == 0 { try execute("ROLLBACK") }
      throw error
    }
  }

  /// The name, written so that SQL reads it as an identifier whatever it holds.
  public static func quoted(identifier name: String) -> String {
    var quoted = "\""
    for character in name.unicodeScalars {
      if character == "\"" { quoted.unicodeScalars.append(character) }
      quoted.unicodeScalars.append(character)
    }
    return quoted + "\""
  }
}

extension Database.Mode {
  /// What an error calls the database.
  fileprivate var name: String {
    switch self {
    case .inMemory: ":memory:"
    case .create(let path), .readWrite(let path), .readOnlyImmutable(let path): path
    case .readOnlyDescriptor: "an open file"
    }
  }

  /// The file system that SQLite reads it through; `nil` for its own.
  fileprivate var fileSystem: String? {
    if case .readOnlyDescriptor = self { DescriptorFileSystem.name } else { nil }
  }

  fileprivate var isKnownToSQLite: Bool {
    fileSystem == nil || DescriptorFileSystem.isRegistered
  }

  fileprivate var flags: CInt {
    switch self {
    case .inMemory: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
    case .create, .readWrite: SQLITE_OPEN_READWRITE
    case .readOnlyImmutable, .readOnlyDescriptor: SQLITE_OPEN_READONLY
    }
  }

  fileprivate var uri: String {
    switch self {
    case .inMemory: ":memory:"
    case .create(let path), .readWrite(let path): "file:" + Self.escaped(path)
    case .readOnlyImmutable(let path): "file:\(Self.escaped(path))?mode=ro&immutable=1"
    case .readOnlyDescriptor(let number): "\(number)"
    }
  }

  /// The path as part of a URI: what has a meaning there is written as `%` and two digits.
  private static func escaped(_ path: String) -> String {
    var escaped = ""
    for character in path.unicodeScalars {
      switch character {
      case "%": escaped += "%25"
      case "?": escaped += "%3f"
      case "#": escaped += "%23"
      default: escaped.unicodeScalars.append(character)
      }
    }
    // Two slashes at the start would name a host.
    return escaped.hasPrefix("//") ? "//" + escaped : escaped
  }
}
