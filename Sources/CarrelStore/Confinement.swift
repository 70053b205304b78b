internal import CSQLite
internal import Glibc

/// What statements on a connection may do from now on: read some columns, call some functions.
public struct ReadPermissions: Sendable {
  /// The columns that may be read, by table.
  ///
  /// How many rows there are is told by any table listed.
  public var columnsByTable: [String: Set<String>]
  /// What the names of a statement's own intermediate results begin with.
  ///
  /// SQLite asks about counting the rows of one as it asks about a table's.
  public var intermediatePrefix: String
  /// The functions that may be called, in lower case.
  public var functions: Set<String>

  /// Permission to read these columns and call these functions.
  public init(
    columnsByTable: [String: Set<String>], intermediatePrefix: String, functions: Set<String>
  ) {
    self.columnsByTable = columnsByTable
    self.intermediatePrefix = intermediatePrefix
    self.functions = functions
  }
}

/// When statements on a connection are stopped, and what they may use up to then.
public struct StatementLimits: Sendable {
  /// How long statements may run, all together, from now on.
  public var duration: Duration
  /// The memory of all connections of this process, in bytes.
  public var memoryBytes: Int

  /// Limits of so much.
  public init(duration: Duration, memoryBytes: Int) {
    self.duration = duration
    self.memoryBytes = memoryBytes
  }
}

extension Database {
  /// Lets statements that are prepared from now on do no more than this.
  ///
  /// Anything else (another table or column, a pragma, a write, a transaction, attaching a file) is
  /// refused when a statement is prepared.
  public func confine(to permissions: ReadPermissions) throws(StoreError) {
    let held = Unmanaged.passRetained(HeldPermissions(permissions))
    authorizer.take(held)
    let code = sqlite3_set_authorizer(
      connection,
      { context, action, first, second, _, _ in
        guard let context else { return SQLITE_DENY }
        let held = Unmanaged<HeldPermissions>.fromOpaque(context).takeUnretainedValue()
        return held.permissions.allow(action, first, second) ? SQLITE_OK : SQLITE_DENY
      }, held.toOpaque())
    guard code == SQLITE_OK else { throw StoreError(.harden, "the permissions", code: code) }
  }

  /// Bounds what statements use, and turns off what generated SQL never needs.
  ///
  /// A statement that reaches the end of its time or memory fails; ``StoreError/isInterrupted`` and
  /// ``StoreError/isOutOfMemory`` tell which.
  public func limit(to limits: StatementLimits) {
    sqlite3_hard_heap_limit64(sqlite3_int64(limits.memoryBytes))
    for (limit, value) in [
      (SQLITE_LIMIT_ATTACHED, 0), (SQLITE_LIMIT_TRIGGER_DEPTH, 0),
      (SQLITE_LIMIT_WORKER_THREADS, 0), (SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),
      (SQLITE_LIMIT_LENGTH, 64 << 20), (SQLITE_LIMIT_SQL_LENGTH, 64 << 20),
    ] { sqlite3_limit(connection, limit, CInt(value)) }
    let deadline = Unmanaged.passRetained(Deadline(after: limits.duration))
    progressHandler.take(deadline)
    sqlite3_progress_handler(
      connection, Deadline.stepsBetweenLooks,
      { context in
        guard let context else { return 1 }
        return Unmanaged<Deadline>.fromOpaque(context).takeUnretainedValue().hasPassed ? 1 : 0
      }, deadline.toOpaque())
  }
}

/// Keeps what SQLite was given a bare pointer to, until the connection has gone.
final class Retained<Object: AnyObject> {
  private var object: Unmanaged<Object>?

  /// Keeps an object, which was retained for this, in place of the one before.
  func take(_ object: Unmanaged<Object>) {
    self.object?.release()
    self.object = object
  }

  deinit { object?.release() }
}

/// The permissions behind the pointer that SQLite has.
final class HeldPermissions {
  let permissions: ReadPermissions

  init(_ permissions: ReadPermissions) { self.permissions = permissions }
}

extension ReadPermissions {
  /// Whether a statement may do what SQLite asks about while it prepares it.
  fileprivate func allow(
    _ action: CInt, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?
  ) -> Bool {
    switch action {
    case SQLITE_SELECT: return true
    case SQLITE_READ:
      guard let first, let second else { return false }
      return mayRead(String(cString: first), String(cString: second))
    case SQLITE_FUNCTION:
      return second.map { functions.contains(String(cString: $0).lowercased()) } ?? false
    default: return false
    }
  }

  /// A table of which only the rows are counted is asked about without a column.
  private func mayRead(_ table: String, _ column: String) -> Bool {
    guard let columns = columnsByTable[table] else {
      return column.isEmpty && table.hasPrefix(intermediatePrefix)
    }
    return column.isEmpty || columns.contains(column)
  }
}

/// A moment after which statements are stopped.
final class Deadline {
  /// How many steps of its machine SQLite makes between two looks at the clock.
  static let stepsBetweenLooks: CInt = 10_000

  private let end: ContinuousClock.Instant

  init(after duration: Duration) { end = ContinuousClock.now + duration }

  var hasPassed: Bool { ContinuousClock.now >= end }
}
