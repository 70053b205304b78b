public import CarrelDiagnostics

/// A value as written.
///
/// `literal = number | STRING | DATE | MONTH | duration | "true" | "false" | "missing"`
public struct Literal: Sendable, Hashable {
  /// What the value is.
  public let kind: Kind
  /// Where it is written.
  public let span: SourceSpan

  /// The kinds of literal.
  public enum Kind: Sendable, Hashable {
    /// Digits, as in `42`; negative only outside expressions, where `-` is an operator.
    case integer(Int)
    /// Digits, a point and digits, as in `1.5`; finite, and negative only where an integer may be.
    case decimal(Double)
    /// A text, which takes the type it meets: a text, a code or a level.
    case text(String)
    /// A day, as in `2024-03-31`; the checker says whether there is one.
    case date(year: Int, month: Int, day: Int)
    /// A month, which is a period, as in `2024-03`; the checker says whether there is one.
    case month(year: Int, month: Int)
    /// A length of time, as in `3 months`.
    case duration(DurationLiteral)
    /// `true` or `false`.
    case boolean(Bool)
    /// `missing`.
    case missing
  }
}

/// A whole number that a template may supply: `integer = INT | HOLE`.
public enum IntegerTerm: Sendable, Hashable {
  /// Digits.
  case value(Int)
  /// A hole, as in `row {n} of doses`.
  case hole(Name)
}

/// A length of time: `duration = integer unit`.
public struct DurationLiteral: Sendable, Hashable {
  /// How many units.
  public let count: IntegerTerm
  /// The unit.
  public let unit: TimeUnit
  /// Where it is written.
  public let span: SourceSpan
}

/// A unit of time: `unit = "day" | "days" | "week" | … | "quarters" | "year" | "years"`.
public enum TimeUnit: String, Sendable, Hashable, CaseIterable {
  case day
  case week
  case month
  case quarter
  case year
}
