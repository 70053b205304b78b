internal import CSQLite

/// The failure of a database: what was being done, to what, and SQLite's reason in words.
///
/// It never holds a bound value or a stored one, so it may be shown and logged.
public struct StoreError: Error, Hashable, Sendable {
  /// What was being done.
  public enum Operation: String, Hashable, Sendable {
    case open, harden, prepare, bind, step, register, close
  }

  /// What was being done.
  public let operation: Operation
  /// The path of the database, or the text of the statement, with its parameters unfilled.
  public let subject: String
  /// SQLite's primary result code.
  public let code: Int
  /// SQLite's reason in words; of the statement's text alone where it could not be prepared.
  public let reason: String

  init(_ operation: Operation, _ subject: String, code: CInt, reason: String? = nil) {
    self.operation = operation
    self.subject = subject
    self.code = Int(code & 0xff)
    self.reason = reason ?? String(cString: sqlite3_errstr(code & 0xff))
  }

  /// Whether the disk has no room left.
  public var isDiskFull: Bool { code == Int(SQLITE_FULL) }

  /// Whether the statement's time was over.
  public var isInterrupted: Bool { code == Int(SQLITE_INTERRUPT) }

  /// Whether the statement's memory was used up.
  public var isOutOfMemory: Bool { code == Int(SQLITE_NOMEM) }

  /// Whether a constraint of the database refused a row.
  public var isConstraintViolation: Bool { code == Int(SQLITE_CONSTRAINT) }
}

extension StoreError: CustomStringConvertible {
  /// The operation, its subject and the reason.
  public var description: String {
    "the database could not \(operation.rawValue) `\(subject)`: \(reason)"
  }
}
