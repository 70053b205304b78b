/// Why a use case could not be carried out: a refusal, a failure of the world, or a wrong command.
///
/// Mistakes in a study are diagnostics and are not thrown. No text here depends on a record.
public struct Failure: Error, Hashable, Sendable {
  /// The stable code: `S` site and data, `U` usage, `P` policy, `T` a table to audit.
  public let code: String
  /// What is so, in lower case without a full stop.
  public let message: String
  /// Further lines, such as the place of each mistake in a data package.
  public let details: [String]
  /// The one next step, where there is one.
  public let help: String?
  /// What the program's exit status says of it.
  public let status: ExitStatus

  /// A failure with its code and next step.
  public init(
    _ code: String, _ message: String, details: [String] = [], help: String? = nil,
    status: ExitStatus
  ) {
    self.code = code
    self.message = message
    self.details = details
    self.help = help
    self.status = status
  }
}

/// The exit statuses of the program, none of which depends on a record.
public enum ExitStatus: Int32, Hashable, Sendable {
  /// Done; for `run`, accepted.
  case done = 0
  /// Looked, and found something wrong: check errors, a failing example.
  case foundSomethingWrong = 1
  /// The command line is wrong.
  case wrongCommandLine = 2
  /// Refused before any record was read.
  case refused = 3
  /// The world failed: a file is unreadable, the disk is full.
  case worldFailed = 5
  /// A fault in Carrel.
  case fault = 70
  /// Interrupted, with nothing half done.
  case interrupted = 130
}
