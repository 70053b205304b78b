public import CarrelValues

/// A computation on one patient, or on one row of a patient inside a row query.
///
/// Every operand has the type that its operator needs: the checker has widened integers and
/// resolved names. Unless stated otherwise a missing operand gives missing, and so do overflow,
/// division by zero and impossible dates; nothing fails because of a record.
public indirect enum Expression: Hashable, Sendable, Codable {
  /// A value known before any record is read; `missing` still has a type.
  case constant(Value, ScalarType)
  /// A value of the patient, by its position in ``Plan/values``; always an earlier one.
  case value(Int)
  /// A column of the patient's row in a table with at most one; missing without a row.
  case field(table: Int, column: Int)
  /// Whether the patient has a row in a table with at most one; never missing.
  case isPresent(table: Int)
  /// A column of the row at hand; only inside a row query's own expressions.
  case column(Int)
  /// A place in the sequence of the rows at hand; only inside a row query over a sequence.
  ///
  /// Of the row before and the row after it is an integer that stands for the row, as of a pick.
  case sequencePlace(SequencePlace)
  /// The first day of the interval at hand (date), missing outside a table with intervals.
  case intervalStart
  /// The last day of the interval at hand (date), missing outside a table with intervals.
  case intervalEnd
  /// A column of a picked row; missing when there is no such row. `row` is what a pick gave, or the
  /// row before or after in a sequence.
  case rowColumn(table: Int, column: Int, row: Expression)
  /// An operator of one operand.
  case unary(UnaryOperator, Expression)
  /// An operator of two operands.
  case binary(BinaryOperator, Expression, Expression)
  /// The result of the first branch whose condition holds; else `otherwise`, or missing.
  case choice([Branch], otherwise: Expression?)
  /// Whether the first equals any of the rest: their three-valued `or`. The list is never empty.
  case oneOf(Expression, [Expression])
  /// Whether a code is in a code list, in one of three senses.
  case inCodelist(Expression, codelist: Int, CodeMatch)
  /// The category that a code list gives a code; missing when the code is not in the list.
  case categorised(Expression, codelist: Int)
  /// The band of a number among rising cuts: how many cuts are at or below it, an integer.
  /// The cuts are of the number's type.
  case band(Expression, cuts: [Value])
  /// The least or greatest of those that are not missing; missing when all are.
  case extremum(Extremum, [Expression])
  /// How many conditions hold; never missing.
  case countOf([Expression])
  /// The day of a year, month and day of the month; missing where there is no such day.
  case makeDate(year: Expression, month: Expression, day: Expression)
  /// A question about the patient's rows of one table.
  case query(RowQuery)
  /// Whether a value is among those that an expression takes over the patient's rows.
  ///
  /// Missing values among the rows are dropped. With none left the answer is false, even for a
  /// missing value; otherwise a missing value gives missing.
  case inValues(Expression, rows: RowSet, of: Expression)
}

/// What a row of a sequence knows of the sequence.
public enum SequencePlace: String, Hashable, Sendable, Codable, CaseIterable {
  /// The row before; missing for the first, and for a row without a place.
  case previous
  /// The row after; missing for the last, and for a row without a place.
  case next
  /// The row's number, from 1; missing for a row without a place.
  case position
}

/// A condition and the result where it holds.
public struct Branch: Hashable, Sendable, Codable {
  /// A boolean; missing does not hold.
  public var condition: Expression
  /// The result, of the same type in every branch.
  public var result: Expression

  /// A branch of a choice.
  public init(when condition: Expression, then result: Expression) {
    self.condition = condition
    self.result = result
  }
}

/// An operator of one operand; the operand's type is in brackets.
public enum UnaryOperator: String, Hashable, Sendable, Codable, CaseIterable {
  /// Three-valued negation (boolean).
  case not
  /// Whether there is no value; never missing (any type).
  case isMissing
  /// The opposite number (integer or decimal, and of that type).
  case negate
  /// The size of a number (integer or decimal, and of that type).
  case absolute
  /// The same number as a decimal (integer).
  case widen
  /// True as 1, false as 0 (boolean to integer).
  case asInteger
  /// The greatest integer not above the number (decimal to integer).
  case floor
  /// The nearest integer, halves away from zero (decimal to integer).
  case round
  /// Missing below zero (decimal).
  case squareRoot
  /// The natural logarithm, missing at or below zero (decimal).
  case logarithm
  /// e to this power (decimal).
  case exponential
  /// A part of a date (date to integer).
  case year, month, day
  /// A date moved back to a start (date).
  case firstOfMonth, firstOfYear
}

/// An operator of two operands; their types are in brackets.
public enum BinaryOperator: Hashable, Sendable, Codable {
  /// Three-valued logic (boolean).
  case and, or
  /// Comparison of two values of one type; texts by code point.
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
  /// Arithmetic on two integers or two decimals, and of that type.
  case add, subtract, multiply
  /// Division (decimals); by zero: missing.
  case divide
  /// Floored division and its remainder (integers); by zero: missing.
  case floorDivide, modulo
  /// A power (decimals); missing where it is not a finite real number.
  case power
  /// Whether the first text holds the second, literally (texts).
  case contains
  /// Whether the first text begins with the second (texts).
  case hasPrefix
  /// Whether any code in a field of several begins with the second text (texts).
  ///
  /// Codes are runs of ASCII letters, digits and `.`; anything else parts them.
  case anyCodeHasPrefix
  /// The first unless it is missing, then the second (two of one type).
  case otherwise
  /// A date moved by a number of units (date, integer); see ``CivilDate/adding(_:_:)``.
  case move(CalendarUnit)
  /// Complete units from the first date to the second (dates to integer), floored.
  case span(CalendarUnit)
}

/// How a code is held against a code list.
public enum CodeMatch: String, Hashable, Sendable, Codable, CaseIterable {
  /// The code is in the list.
  case equal
  /// The code begins with a code in the list.
  case prefix
  /// Any code of a field of several begins with a code in the list.
  case anyPrefix
}

/// Which end of an order is meant.
public enum Extremum: String, Hashable, Sendable, Codable, CaseIterable {
  case smallest, largest
}
