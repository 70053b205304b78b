import CarrelEngine
import CarrelPlan
public import CarrelValues
import TestSupport
import Testing

/// A drawn case: the values of a row's columns, and the result that every engine must give.
typealias Drawn = ([Value], Value)

extension EngineMatrix {
  /// Checks an expression of columns of types against drawn cases, on every engine.
  ///
  /// Each case is a patient with one row in a table of one row per patient, whose columns
  /// the expression reads with ``Expression/field(table:column:)``.
  static func expect(
    _ expression: CarrelPlan.Expression, of types: ScalarType..., codelists: [CodelistUse] = [],
    gives cases: [Drawn], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let table = TableUse(
      name: "facts", hasOneRowPerPatient: true,
      columns: types.enumerated().map { ColumnUse(name: "c\($0)", type: $1) })
    let plan = Plan(tables: [table], codelists: codelists)
    let matrix = try EngineMatrix(patients: cases.map { [[$0.0]] }, tables: [table])
    let column = PreviewColumn(name: "result", expression: expression)
    for (name, engine) in matrix.all {
      let found = try engine.rows(of: [column], in: plan).map { $0.values[0] }
      for (drawn, found) in zip(cases, found) where found != drawn.1 {
        Issue.record(
          "\(name): \(drawn.0) gives \(found), not \(drawn.1)", sourceLocation: sourceLocation)
      }
      #expect(found.count == cases.count, sourceLocation: sourceLocation)
    }
  }

  /// Checks an operator on two columns of one type, or of two.
  static func expect(
    _ binary: BinaryOperator, of left: ScalarType, _ right: ScalarType, gives cases: [Drawn],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expect(
      .binary(binary, .field(table: 0, column: 0), .field(table: 0, column: 1)), of: left, right,
      gives: cases, sourceLocation: sourceLocation)
  }

  /// Checks an operator on a column.
  static func expect(
    _ unary: UnaryOperator, of type: ScalarType, gives cases: [Drawn],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expect(
      .unary(unary, .field(table: 0, column: 0)), of: type, gives: cases,
      sourceLocation: sourceLocation)
  }
}

// Drawn tables read best with plain literals; `nil` is missing.
extension Value: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByStringLiteral,
  ExpressibleByUnicodeScalarLiteral,
  ExpressibleByExtendedGraphemeClusterLiteral, ExpressibleByNilLiteral
{
  /// An integer.
  public init(integerLiteral value: Int) { self = .integer(value) }
  /// A decimal.
  public init(floatLiteral value: Double) { self = .decimal(value) }
  /// A boolean.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// A text.
  public init(stringLiteral value: String) { self = .text(value) }
  /// Missing.
  public init(nilLiteral: ()) { self = .missing }

  /// A date written as `YYYY-MM-DD`.
  static func day(_ text: String) -> Value { CivilDate(iso: text).map { .date($0) } ?? .missing }

  static let greatest = Value.integer(Int.max)
  static let least = Value.integer(Int.min)
  static let huge = Value.decimal(.greatestFiniteMagnitude)
}
