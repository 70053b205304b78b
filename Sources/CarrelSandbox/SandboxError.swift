internal import Glibc

/// The failure of a child process or of a pipe to one: what was being done, to what, and why.
public struct SandboxError: Error, Hashable, Sendable {
  /// What was being done.
  public enum Operation: String, Hashable, Sendable {
    case start, wait, pipe, open, duplicate, read, write
  }

  /// What was being done.
  public let operation: Operation
  /// The program or the path, or a word for what has neither.
  public let subject: String
  /// The system's reason in words.
  public let reason: String

  init(_ operation: Operation, _ subject: String, reason: String) {
    self.operation = operation
    self.subject = subject
    self.reason = reason
  }

  init(_ operation: Operation, _ subject: String, code: CInt) {
    self.init(operation, subject, reason: String(cString: strerror(code)))
  }
}

extension SandboxError: CustomStringConvertible {
  /// The operation, its subject and the reason.
  public var description: String { "could not \(operation.rawValue) `\(subject)`: \(reason)" }
}
