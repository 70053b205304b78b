/// One value of a patient, a row or a study: a scalar, or missing.
///
/// Equality and order are those of the language: texts compare by code point, never by Unicode
/// equivalence, so that every engine agrees. Missing equals missing here; three-valued comparison
/// belongs to the engines.
public enum Value: Sendable, Codable {
  case missing
  case boolean(Bool)
  case integer(Int)
  /// Never NaN or infinite: make one with ``decimal(finite:)`` where that is not known.
  case decimal(Double)
  /// A text, a code or the level of a category.
  case text(String)
  case date(CivilDate)

  /// A decimal, or missing where the number is NaN or infinite.
  ///
  /// Negative zero becomes zero.
  public static func decimal(finite number: Double) -> Value {
    Arithmetic.finite(number).map { .decimal($0) } ?? .missing
  }

  /// Whether there is no value.
  public var isMissing: Bool {
    if case .missing = self { true } else { false }
  }

  /// Whether this is the boolean true: a condition that is missing does not hold.
  public var holds: Bool {
    if case .boolean(true) = self { true } else { false }
  }

  /// The number as a decimal; `nil` for anything but an integer or a decimal.
  public var number: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .decimal(let decimal): decimal
    default: nil
    }
  }
}

extension Value: Hashable {
  /// Whether two values are of one type and the same; texts are compared by their bytes.
  public static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.missing, .missing): true
    case (.boolean(let a), .boolean(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.decimal(let a), .decimal(let b)): a == b
    case (.text(let a), .text(let b)): a.utf8.elementsEqual(b.utf8)
    case (.date(let a), .date(let b)): a == b
    default: false
    }
  }

  /// Hashes the type and the value, a text by its bytes.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .missing: hasher.combine(0)
    case .boolean(let boolean): hasher.combine(boolean)
    case .integer(let integer): hasher.combine(integer)
    case .decimal(let decimal): hasher.combine(decimal)
    case .text(let text): for byte in text.utf8 { hasher.combine(byte) }
    case .date(let date): hasher.combine(date)
    }
  }
}

extension Value: Comparable {
  /// The order of picks and keys: missing first, then by value; false before true.
  ///
  /// Only values of one type are compared; across types the order is arbitrary but fixed.
  public static func < (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.boolean(let a), .boolean(let b)): !a && b
    case (.integer(let a), .integer(let b)): a < b
    case (.decimal(let a), .decimal(let b)): a < b
    case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
    case (.date(let a), .date(let b)): a < b
    default: left.rank < right.rank
    }
  }

  private var rank: Int {
    switch self {
    case .missing: 0
    case .boolean: 1
    case .integer: 2
    case .decimal: 3
    case .text: 4
    case .date: 5
    }
  }
}

/// How a value is stored and computed with, whatever it means in the language.
///
/// Codes are texts; the levels of a category are texts or integers; a band is the number of its
/// level, counted from 0.
public enum ScalarType: String, Hashable, Sendable, Codable, CaseIterable {
  case boolean, integer, decimal, text, date
}
