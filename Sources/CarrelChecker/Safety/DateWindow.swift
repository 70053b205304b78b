import CarrelDiagnostics
import CarrelPlan

/// What comparisons with literals leave of the days that something can be on.
struct DateWindow: Hashable {
  /// The first day, as a number of days; `nil` where nothing bounds it.
  var first: Double?
  /// The last day.
  var last: Double?
  /// Whether only some months of a year remain.
  var isOfSomeMonths = false

  /// Takes away what is outside another window.
  mutating func narrow(to other: DateWindow) {
    first = [first, other.first].compactMap(\.self).max()
    last = [last, other.last].compactMap(\.self).min()
    isOfSomeMonths = isOfSomeMonths || other.isOfSomeMonths
  }

  /// The days of the window; `nil` where it has no two ends or no day.
  var dayCount: Double? {
    guard let first, let last, first <= last else { return nil }
    return isOfSomeMonths ? min(31, last - first + 1) : last - first + 1
  }
}

/// What a date is of: a column of the row at hand, or a value of the patient.
struct DateSubject: Hashable {
  let expression: Lowered.Expression
  /// The table of the row at hand, where the date is of one.
  let row: Int?
}

/// The windows that dates are in at some point of a condition.
typealias DateWindows = [DateSubject: DateWindow]

/// A bound on a number or a date: at least, at most, or both.
struct NumberRange {
  var lowest: Double?
  var highest: Double?

  /// The range of what lies on one side of a number, or is the number; `nil` for `!=`.
  init?(_ comparison: Lowered.BinaryOperator, _ number: Double, isWhole: Bool) {
    let step = isWhole ? 1.0 : 0
    switch comparison {
    case .equal: (lowest, highest) = (number, number)
    case .less: highest = number - step
    case .lessOrEqual: highest = number
    case .greater: lowest = number + step
    case .greaterOrEqual: lowest = number
    default: return nil
    }
  }

  init(from lowest: Double?, to highest: Double?) {
    self.lowest = lowest
    self.highest = highest
  }

  /// The range of what a rising or falling function maps into this one, given its inverse.
  func mapped(isFalling: Bool = false, _ inverse: (Double) -> Double?) -> NumberRange {
    let ends = (lowest.flatMap(inverse), highest.flatMap(inverse))
    return isFalling ? NumberRange(from: ends.1, to: ends.0) : NumberRange(from: ends.0, to: ends.1)
  }
}

extension Lowered.BinaryOperator {
  /// The comparison that holds exactly where this one does not; `nil` for others.
  var opposite: Lowered.BinaryOperator? {
    switch self {
    case .equal: .notEqual
    case .notEqual: .equal
    case .less: .greaterOrEqual
    case .lessOrEqual: .greater
    case .greater: .lessOrEqual
    case .greaterOrEqual: .less
    default: nil
    }
  }

  /// The comparison with its sides swapped; `nil` for others.
  var mirrored: Lowered.BinaryOperator? {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: nil
    }
  }

  /// Whether it compares two values.
  var isComparison: Bool { opposite != nil }
}
