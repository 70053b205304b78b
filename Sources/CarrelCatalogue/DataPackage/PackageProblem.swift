/// One mistake in a data package's description, or something in it worth knowing.
public struct PackageProblem: Hashable, Sendable {
  /// What kind of mistake it is.
  public let code: Code
  /// Whether the package can be used all the same.
  public let severity: Severity
  /// Where: `package`, a table, or a table and field as in `patients.sex`.
  public let place: String
  /// What is wrong there.
  public let message: String
  /// What to do about it.
  public let help: String?

  /// How much a problem matters.
  public enum Severity: String, Hashable, Sendable {
    /// The package is refused.
    case error
    /// The package is read; somebody should know.
    case warning
  }

  /// The stable codes of package problems.
  public enum Code: String, Hashable, Sendable, CaseIterable {
    /// The text is not JSON.
    case notJSON = "S101"
    /// A property that must be there is not.
    case missingProperty = "S102"
    /// A property has a value it cannot have.
    case wrongValue = "S103"
    /// A property is not known, or has no effect.
    case unknownProperty = "S104"
    /// A table, field or package has a name that a study could not write.
    case wrongName = "S105"
    /// Two tables or two fields have the same name.
    case duplicateName = "S106"
    /// A field has a type that is not loaded.
    case wrongType = "S107"
    /// A table does not have exactly one person identifier.
    case personIdentifier = "S108"
    /// A key or an order names a field that is not there.
    case unknownField = "S109"
    /// The levels of a category cannot be used.
    case wrongLevels = "S110"
    /// A constraint cannot be used.
    case wrongConstraint = "S111"
    /// A path leaves the package's folder.
    case wrongPath = "S112"
    /// A part of the standard that is not supported is used.
    case unsupported = "S113"
    /// A field of a protected site is free text that nobody declared so.
    case undeclaredFreeText = "S114"
  }
}

extension PackageProblem: CustomStringConvertible {
  /// The code, place and message on one line, such as
  /// ``error[S105] patients.Date of birth: …``.
  public var description: String { "\(severity.rawValue)[\(code.rawValue)] \(place): \(message)" }
}

/// Collects the problems of one reading, in the order found.
final class ProblemLog {
  private(set) var problems: [PackageProblem] = []

  var hasErrors: Bool { problems.contains { $0.severity == .error } }

  func error(
    _ code: PackageProblem.Code, at place: String, _ message: String, help: String? = nil
  ) {
    problems.append(
      PackageProblem(code: code, severity: .error, place: place, message: message, help: help))
  }

  func warning(
    _ code: PackageProblem.Code, at place: String, _ message: String, help: String? = nil
  ) {
    problems.append(
      PackageProblem(code: code, severity: .warning, place: place, message: message, help: help))
  }
}
