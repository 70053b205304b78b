public import CarrelDiagnostics
public import CarrelPolicy

/// What a site asks of a study before any record is read, besides that it makes sense.
///
/// The rules K1 to K14 of the threat model, the limits of the disclosure policy, and the data that
/// a project may use. They depend on the site's kind, its policy and its project only.
public struct SafetyRules: Sendable {
  /// How bad it is to break a rule: an error where the people are real, else a warning.
  public let severity: Diagnostic.Severity
  /// The policy whose limits count.
  public let policy: Policy
  /// The data that the project was approved for; `nil` where it is everything.
  public let approved: ApprovedData?

  /// The rules of a site.
  ///
  /// - Parameters:
  ///   - isProtected: Whether the people in its records are real.
  ///   - policy: Its disclosure policy.
  ///   - approved: The data that the project was approved for.
  public init(isProtected: Bool, policy: Policy, approved: ApprovedData? = nil) {
    severity = isProtected ? .error : .warning
    self.policy = policy
    self.approved = approved
  }

  /// The fewest days of a literal window on births: the days that are in any year.
  static let narrowestBirthWindowDays = 365
  /// Levels of a value whose digits may be taken apart.
  static let mostHashedLevels = 10
  /// Window lengths of one numerator in a study.
  static let mostWindowLengths = 2
  /// Quantiles of one value in a study.
  static let mostQuantiles = 5
  /// Questions about the rows of one patient, those for each interval counted apart.
  static let mostQuestions = 20_000
  /// Parts of one output that are looked at before a study is refused as too intricate.
  static let mostParts = 20_000
}

/// Tables and columns that a project may use.
public struct ApprovedData: Hashable, Sendable {
  private let columns: [String: Set<String>?]

  /// Approved tables: with all their columns, or with some of them.
  public init(_ tables: [String: Set<String>?]) { columns = tables }

  /// Whether a study may use a table at all.
  func allows(_ table: String) -> Bool { columns[table] != nil }

  /// Whether a study may name a column of a table.
  func allows(_ column: String, of table: String) -> Bool {
    guard let approved = columns[table] else { return false }
    return approved?.contains(column) ?? true
  }
}
