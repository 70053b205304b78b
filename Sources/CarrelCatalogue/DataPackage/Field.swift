public import CarrelValues

/// One field of a data package's table: what its text means and what its values are held to.
public struct Field: Hashable, Sendable {
  /// The name, which is that of the column in the file and in a study.
  public let name: String
  /// A title for people; the name where the package has none.
  public let title: String
  /// How the text of a value is read.
  public let type: FieldType
  /// The texts that mean that there is no value; compared before anything else is read.
  public let missingTexts: [String]
  /// The texts that a boolean reads as true.
  public let trueTexts: [String]
  /// The texts that a boolean reads as false.
  public let falseTexts: [String]
  /// The closed set of values of a text or an integer; `nil` where it is open.
  public let levels: [Level]?
  /// Whether the order of the levels is their natural order.
  public let levelsAreOrdered: Bool
  /// What every value must also satisfy.
  public let constraints: Constraints
  /// What the field may tell about who somebody is.
  public let privacy: PrivacyRole?
  /// The system of which the text is a code.
  public let codingSystem: CodingSystem?
  /// Whether the text holds several codes.
  public let holdsSeveralCodes: Bool
  /// Whether it names an organisation.
  public let isUnit: Bool
  /// Whether it is the first day of somebody's registration at a practice.
  public let isRegistration: Bool

  /// What a value must satisfy besides its type.
  public struct Constraints: Hashable, Sendable {
    /// Whether every row has a value.
    public var isRequired = false
    /// The least value, of the field's type.
    public var minimum: Value?
    /// The greatest value, of the field's type.
    public var maximum: Value?
    /// The least number of code points of a text.
    public var minimumLength: Int?
    /// The greatest number of code points of a text.
    public var maximumLength: Int?
    /// A regular expression that the whole text matches.
    public var pattern: String?
    /// The only values allowed, of the field's type.
    public var allowed: [Value]?

    /// No constraint at all.
    public init() {}
  }
}

/// How the text of a field is read.
///
/// A `datetime` is read to its date as written, whatever its time zone: a study has dates only.
public enum FieldType: String, Hashable, Sendable, CaseIterable {
  case string, integer, number, boolean, date, datetime

  /// How values of the field are stored.
  public var scalarType: ScalarType {
    switch self {
    case .string: .text
    case .integer: .integer
    case .number: .decimal
    case .boolean: .boolean
    case .date, .datetime: .date
    }
  }
}

extension Field {
  /// The default texts of the standard for a boolean.
  static let standardTrueTexts = ["true", "True", "TRUE", "1"]
  static let standardFalseTexts = ["false", "False", "FALSE", "0"]

  /// Whether values of the field are kept at all: the person identifier is replaced and free text
  /// left out.
  public var isLoaded: Bool { privacy != .personIdentifier && privacy != .freeText }

  /// Whether a text is open and nothing says what it holds, so that it may be anything.
  ///
  /// On a protected site such a field is refused.
  public var isUndeclaredFreeText: Bool {
    type == .string && privacy == nil && codingSystem == nil && levels == nil
      && constraints.pattern == nil && constraints.allowed == nil
  }

  /// The field as a study sees it; `nil` for what a study may not name.
  func column(isKey: Bool) -> Column? {
    guard isLoaded else { return nil }
    return Column(
      name: name, title: title, type: columnType, isRequired: constraints.isRequired || isKey,
      minimum: bound(constraints.minimum, among: levels?.map(\.value).min()),
      maximum: bound(constraints.maximum, among: levels?.map(\.value).max()),
      integerLevels: type == .integer ? levels : nil, privacy: privacy, isUnit: isUnit)
  }

  private var columnType: ColumnType {
    switch type {
    case .integer: return .integer
    case .number: return .decimal
    case .boolean: return .boolean
    case .date, .datetime: return .date
    case .string:
      if let codingSystem {
        return holdsSeveralCodes ? .codes(codingSystem) : .code(codingSystem)
      }
      return levels.map { .category(levels: $0, isOrdered: levelsAreOrdered) } ?? .text
    }
  }

  /// A bound as stored values have it: declared levels bound an integer, and a date that is cut to
  /// the first of its month cuts its bounds alike.
  private func bound(_ constraint: Value?, among level: Value?) -> Value? {
    if privacy == .datePrecision, case .date(let date)? = constraint {
      return .date(date.firstOfMonth)
    }
    return constraint ?? (type == .integer ? level : nil)
  }
}
