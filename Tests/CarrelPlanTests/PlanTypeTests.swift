import CarrelPlan
import CarrelValues
import Testing

@Suite("Types of a plan's expressions") struct PlanTypeTests {
  static let plan = Plan(
    tables: [
      TableUse(
        name: "t", hasOneRowPerPatient: false,
        columns: [ColumnUse(name: "d", type: .date), ColumnUse(name: "x", type: .decimal)])
    ],
    values: [PatientValue(name: "v", type: .text, expression: .constant(.missing, .text))])
  static let rows = RowSet(table: 0)
  static let one = CarrelPlan.Expression.constant(.integer(1), .integer)

  static let cases: [(CarrelPlan.Expression, ScalarType)] = [
    (.value(0), .text),
    (.query(.any(rows)), .boolean),
    (.query(.sum(rows, of: .column(1))), .decimal),
    (.query(.mean(rows, of: one)), .decimal),
    (.query(.extremum(.largest, rows, of: .column(0))), .date),
    (.rowColumn(table: 0, column: 0, row: .value(0)), .date),
    (.binary(.add, one, one), .integer),
    (.binary(.power, .unary(.widen, one), .unary(.widen, one)), .decimal),
    (.binary(.otherwise, .value(0), .value(0)), .text),
    (.choice([Branch(when: .query(.any(rows)), then: one)], otherwise: nil), .integer),
    (.unary(.negate, one), .integer),
    (.band(one, cuts: []), .integer),
  ]

  @Test("follow from their operands", arguments: cases)
  func type(_ row: (CarrelPlan.Expression, ScalarType)) {
    #expect(Self.plan.type(of: row.0) == row.1)
  }
}
