import CarrelCatalogue
import CarrelValues

/// What a single value is, in the language.
///
/// The plan knows only how a value is stored (``storage``); here a code is not a text, and the
/// levels of a category are part of its type.
enum ValueType: Hashable {
  case boolean, integer, decimal, text, date
  /// One code of a system.
  case code(CodingSystem)
  /// One text that holds several codes of a system.
  case codes(CodingSystem)
  /// One of these levels, stored as its text; without order.
  case category([Level])
  /// One of these bands, stored as its position from 0; in this order.
  case bands([String])
  /// A quoted literal that has not yet met the type it takes.
  case quoted
  /// The literal `missing`, which fits every type.
  case nothing

  /// The type of a column.
  init(_ type: ColumnType) {
    self =
      switch type {
      case .boolean: .boolean
      case .integer: .integer
      case .decimal: .decimal
      case .text: .text
      case .date: .date
      case .code(let system): .code(system)
      case .codes(let system): .codes(system)
      case .category(let levels, _): .category(levels)
      }
  }

  /// How the value is stored and computed with; a literal that met no type is a text.
  var storage: ScalarType {
    switch self {
    case .boolean: .boolean
    case .integer, .bands: .integer
    case .decimal: .decimal
    case .date: .date
    case .text, .code, .codes, .category, .quoted, .nothing: .text
    }
  }

  /// Whether it is an integer or a decimal.
  var isNumber: Bool { self == .integer || self == .decimal }

  /// Whether `<` has a meaning: numbers, dates, texts by code point, and bands.
  var isOrdered: Bool {
    switch self {
    case .integer, .decimal, .date, .text, .bands: true
    default: false
    }
  }

  /// What a diagnostic calls it, with its article.
  var description: String {
    switch self {
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .decimal: "a decimal"
    case .text: "a text"
    case .date: "a date"
    case .code(let system): "a code of \(system.title)"
    case .codes(let system): "a field of several \(system.title) codes"
    case .category: "a category"
    case .bands: "a band"
    case .quoted: "a quoted text"
    case .nothing: "`missing`"
    }
  }
}

/// How much must be known to compute something: from nothing to one row of one patient.
enum Kind: Int, Comparable, Hashable {
  /// Known before a record is read.
  case constant
  /// One for each patient.
  case patient
  /// One for each row of the table at hand.
  case column

  static func < (left: Kind, right: Kind) -> Bool { left.rawValue < right.rawValue }
}
