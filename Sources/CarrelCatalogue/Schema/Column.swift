public import CarrelValues

/// One column that a study may name.
public struct Column: Hashable, Sendable {
  /// What a study calls the column; the name of the package's field.
  public let name: String
  /// A title for people; the name where the package has none.
  public let title: String
  /// What its values are.
  public let type: ColumnType
  /// Whether every row has a value.
  public let isRequired: Bool
  /// The least value that is loaded: an integer, a decimal or a date, of the column's type.
  public let minimum: Value?
  /// The greatest value that is loaded: an integer, a decimal or a date, of the column's type.
  public let maximum: Value?
  /// The levels that an integer column declares, labelled; `nil` where it declares none.
  ///
  /// The levels of a category are part of its type.
  public let integerLevels: [Level]?
  /// What the package says of the column's power to identify someone.
  public let privacy: PrivacyRole?
  /// Whether it names an organisation, such as a practice, and may follow `across`.
  public let isUnit: Bool

  /// A column of this type.
  public init(
    name: String, title: String? = nil, type: ColumnType, isRequired: Bool = false,
    minimum: Value? = nil, maximum: Value? = nil, integerLevels: [Level]? = nil,
    privacy: PrivacyRole? = nil, isUnit: Bool = false
  ) {
    self.name = name
    self.title = title ?? name
    self.type = type
    self.isRequired = isRequired
    self.minimum = minimum
    self.maximum = maximum
    self.integerLevels = integerLevels
    self.privacy = privacy
    self.isUnit = isUnit
  }
}

extension Column {
  /// How the column's values are stored and computed with.
  public var scalarType: ScalarType { type.scalarType }

  /// The most levels that an integer between two bounds is spelt out in.
  public static let maximumRangeLevels = 1_000

  /// Every value the column may hold besides missing, in order; `nil` where that is not declared.
  ///
  /// A category, a boolean (false, then true), and an integer with declared levels or with both
  /// bounds have levels; bounds further apart than ``maximumRangeLevels`` do not count.
  public var levels: [Level]? {
    switch type {
    case .category(let levels, _): levels
    case .boolean: [Level(.boolean(false)), Level(.boolean(true))]
    case .integer: integerLevels ?? rangeLevels
    default: nil
    }
  }

  private var rangeLevels: [Level]? {
    guard case .integer(let low)? = minimum, case .integer(let high)? = maximum, low <= high
    else { return nil }
    let (distance, overflow) = high.subtractingReportingOverflow(low)
    guard !overflow, distance < Self.maximumRangeLevels else { return nil }
    return (low...high).map { Level(.integer($0)) }
  }
}

/// What a column's values are, as a study sees them.
public enum ColumnType: Hashable, Sendable {
  case boolean, integer, decimal, text, date
  /// One code of a system.
  case code(CodingSystem)
  /// One text that holds several codes of a system.
  case codes(CodingSystem)
  /// One of the declared levels, whose values are texts; ordered where the package says so.
  case category(levels: [Level], isOrdered: Bool)

  /// How values of the type are stored: codes and levels are texts.
  public var scalarType: ScalarType {
    switch self {
    case .boolean: .boolean
    case .integer: .integer
    case .decimal: .decimal
    case .date: .date
    case .text, .code, .codes, .category: .text
    }
  }
}

/// What a field may tell about who somebody is, and so what happens to it on load.
public enum PrivacyRole: String, Hashable, Sendable, CaseIterable {
  /// Whose row it is: pseudonymised on load, never nameable in a study.
  case personIdentifier = "person-id"
  /// A date cut to the first of its month on load, such as a date of birth.
  case datePrecision = "date-precision"
  /// A place below region: no grouping, and no equality with a literal.
  case placeLevel = "place-level"
  /// Loaded as it is; pointed out to reviewers as helping to identify people.
  case quasiIdentifier = "quasi-identifier"
  /// Loaded as it is; pointed out to reviewers as sensitive.
  case sensitive
  /// Declared, never loaded, unknown to studies.
  case freeText = "free-text"
}
