import CarrelPlan
import CarrelValues

/// A single value with all that the checker knows of it.
struct Typed: Hashable {
  /// How it is computed.
  var expression: Lowered.Expression
  /// What it is.
  var type: ValueType
  /// What must be known to compute it.
  var kind: Kind
  /// Of a column, how many queries its row is inside of; 0 for everything else.
  var rowDepth = 0
  /// How many nodes it has with every call written out; a definition without parameters is one.
  var size = 1
  /// What is declared of its range.
  var range = DeclaredRange()

  /// The value of a constant; `nil` where it is not one, or one that a parameter stands for.
  var constant: Value? {
    if kind == .constant, case .constant(let value, _) = expression { value } else { nil }
  }
}

/// What is declared of the values that something can take, besides its type.
struct DeclaredRange: Hashable {
  /// Every value of an integer with a declared range, in order; `nil` for others.
  var levels: [Level]?
  /// The least and greatest number; of a date, as numbers of days.
  var bounds: Bounds?
  /// Whether it counts something, a boolean or rows, rather than measures it.
  var isCount = false
  /// Whether it is a place below region, which nothing is grouped by.
  var isPlace = false
  /// Whether it names a unit, such as a practice, which may stand after `across`.
  var isUnit = false
}

extension Typed {
  /// A constant of a type.
  static func constant(_ value: Value, _ type: ValueType) -> Typed {
    var typed = Typed(
      expression: .constant(value, type.storage), type: type, kind: .constant)
    if let number = value.orderedNumber {
      typed.range.bounds = Bounds(lowest: number, highest: number)
    }
    return typed
  }

  /// A value computed from others: of the greatest of their kinds, folded where all are constants.
  init(_ expression: Lowered.Expression, _ type: ValueType, from parts: [Typed]) {
    self.init(
      expression: expression.folded, type: type,
      kind: parts.map(\.kind).max() ?? .constant,
      rowDepth: parts.map(\.rowDepth).max() ?? 0,
      size: parts.reduce(1) { $0.saturatingAdd($1.size) })
  }

  /// The same value with a declared range.
  func with(_ range: DeclaredRange) -> Typed {
    var copy = self
    copy.range = range
    return copy
  }

  /// The same value with bounds and no other range.
  func bounded(_ bounds: Bounds?) -> Typed { with(DeclaredRange(bounds: bounds)) }
}

extension Value {
  /// A number, or the number of a day, as a decimal: what bounds are made of.
  var orderedNumber: Double? {
    if case .date(let date) = self { Double(date.dayNumber) } else { number }
  }
}

extension Int {
  /// The sum, or the greatest integer where it overflows.
  func saturatingAdd(_ other: Int) -> Int {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? .max : sum
  }

  /// The product of two counts, or the greatest integer where it overflows.
  func saturatingMultiply(_ other: Int) -> Int {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    return overflow ? .max : product
  }
}
