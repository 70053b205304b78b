internal import CarrelStore
internal import CarrelValues

/// How a database writes what generated SQL is made of.
struct SQLDialect: Sendable {
  /// A name, written so that it is read as an identifier whatever it holds.
  let quoted: @Sendable (String) -> String
  /// The parameter of this number, counted from 1.
  let placeholder: @Sendable (Int) -> String
  /// Whether a subquery cannot pass on a column of this name to the query around it.
  let isLostInSubqueries: @Sendable (String) -> Bool
  /// How deeply expressions may nest before a part of them is computed in a column of its own.
  let nestingLimit: Int
  /// How many operands stand side by side before they are put into groups.
  let operandLimit: Int

  /// SQLite with the functions that ``SQLEngine`` registers.
  ///
  /// Its parser holds 100 unfinished parts, of which a call in an operand takes about 5; its
  /// functions take 127 arguments. A subquery's column called `true` or `false` gets another name.
  static let sqlite = SQLDialect(
    quoted: { Database.quoted(identifier: $0) }, placeholder: { "?\($0)" },
    isLostInSubqueries: { ["true", "false"].contains($0.lowercased()) }, nestingLimit: 8,
    operandLimit: 100)
}

/// The functions that generated SQL calls where the database's own differ from the language's.
enum SQLFunction: String, CaseIterable {
  case integerAdd = "carrel_integer_add"
  case integerSubtract = "carrel_integer_subtract"
  case integerMultiply = "carrel_integer_multiply"
  case integerNegate = "carrel_integer_negate"
  case integerAbsolute = "carrel_integer_absolute"
  case floorDivide = "carrel_floor_divide"
  case modulo = "carrel_modulo"
  case decimalAdd = "carrel_decimal_add"
  case decimalSubtract = "carrel_decimal_subtract"
  case decimalMultiply = "carrel_decimal_multiply"
  case divide = "carrel_divide"
  case power = "carrel_power"
  case squareRoot = "carrel_square_root"
  case logarithm = "carrel_logarithm"
  case exponential = "carrel_exponential"
  case floor = "carrel_floor"
  case round = "carrel_round"
  case year = "carrel_year"
  case month = "carrel_month"
  case day = "carrel_day"
  case firstOfMonth = "carrel_first_of_month"
  case firstOfYear = "carrel_first_of_year"
  case makeDate = "carrel_make_date"
  case moveDays = "carrel_move_days"
  case moveWeeks = "carrel_move_weeks"
  case moveMonths = "carrel_move_months"
  case moveYears = "carrel_move_years"
  case spanWeeks = "carrel_span_weeks"
  case spanMonths = "carrel_span_months"
  case spanYears = "carrel_span_years"
  case least = "carrel_least"
  case greatest = "carrel_greatest"
  case contains = "carrel_contains"
  case hasPrefix = "carrel_has_prefix"
  case anyCodeHasPrefix = "carrel_any_code_has_prefix"
  case inCodelist = "carrel_in_codelist"
  case prefixInCodelist = "carrel_prefix_in_codelist"
  case anyPrefixInCodelist = "carrel_any_prefix_in_codelist"
  case category = "carrel_category"
  case integerSum = "carrel_integer_sum"
  case decimalSum = "carrel_decimal_sum"
  case mean = "carrel_mean"
  case standardDeviation = "carrel_standard_deviation"
  case quantile = "carrel_quantile"
  case integerConcentration = "carrel_integer_concentration"
  case decimalConcentration = "carrel_decimal_concentration"

  /// What moves a date by a number of units.
  static func move(_ unit: CalendarUnit) -> SQLFunction {
    switch unit {
    case .days: .moveDays
    case .weeks: .moveWeeks
    case .months: .moveMonths
    case .years: .moveYears
    }
  }

  /// A call with arguments that are SQL already.
  func call(_ arguments: String...) -> String { call(arguments) }

  /// A call with arguments that are SQL already.
  func call(_ arguments: [String]) -> String {
    "\(rawValue)(\(arguments.joined(separator: ", ")))"
  }
}
