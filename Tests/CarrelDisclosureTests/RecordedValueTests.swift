import CarrelDisclosure
import CarrelPlan
import CarrelPolicy
import CarrelValues
import TestSupport
import Testing

/// Whether a measure is taken as recorded shows in the step of its mean: 70 / 98 is taken up to 1,
/// and for a value that may be a count in disguise 5 · 70 / 98 is taken up to 5.
@Suite("The step of a measure") struct RecordedValueTests {
  static let index = Expression.constant(.date(CivilDate.first), .date)
  static let number = Expression.constant(.integer(2), .integer)

  /// The values of the plan: a row of a table by its date, a row picked by another value of the
  /// patient, a number of the first row, and a boolean.
  static let values = [
    PatientValue(name: "reading", type: .integer, expression: .query(.pick(pick(nil)))),
    PatientValue(
      name: "after", type: .integer,
      expression: .query(.pick(pick(.binary(.greater, .column(0), .field(table: 0, column: 0)))))),
    PatientValue(
      name: "bmi", type: .decimal, expression: .rowColumn(table: 1, column: 1, row: .value(0))),
    PatientValue(
      name: "ill", type: .boolean, expression: .query(.any(RowSet(table: 1)))),
  ]

  static func pick(_ condition: Expression?) -> Pick {
    Pick(
      rows: RowSet(table: 1, condition: condition), order: [SortKey(.column(0))], position: .last)
  }

  static func within(_ expression: Expression, above lowest: Expression = number) -> Expression {
    .choice(
      [
        Branch(
          when: .binary(
            .and, .binary(.greaterOrEqual, expression, lowest),
            .binary(.lessOrEqual, expression, number)), then: expression)
      ], otherwise: nil)
  }

  func mean(of expression: Expression, isCount: Bool = false, range: ClosedRange<Double> = 10...80)
    throws -> String
  {
    let measure = Measure(
      expression: expression, type: .integer,
      bounds: Bounds(lowest: range.lowerBound, highest: range.upperBound), isCount: isCount)
    let example = RawExample(
      by: [], show: [Statistic(name: "mean", label: "mean", kind: .mean(measure))],
      cells: [RawCell(patients: 100, statistics: [.mean(sum: .integer(2_742), contributors: 100)])])
    var plan = example.plan
    plan.values = Self.values
    let results = try DisclosureGate.release(
      example.raw, of: plan, under: try Policies.named("opensafely"))
    guard case .table(let table) = results.outputs[0] else { throw DrawingError() }
    return table.breakdowns[0].groups[0].statistics[0].value.drawn
  }

  @Test(
    "is R·w/n for what was recorded",
    arguments: [
      .field(table: 0, column: 1), .value(2),
      .rowColumn(table: 1, column: 1, row: .value(0)), within(.value(2)),
      .unary(.widen, .value(2)), .unary(.negate, .value(2)),
      .binary(.divide, .value(2), number), .binary(.multiply, number, .value(2)),
      .binary(.add, .value(2), number), .binary(.subtract, .value(2), .field(table: 0, column: 1)),
      .binary(.span(.years), .field(table: 0, column: 0), index),
      .query(.sum(RowSet(table: 1), of: .column(1))),
      .query(
        .mean(
          RowSet(table: 1, condition: .binary(.greater, .column(0), index)),
          of: .unary(.widen, .column(1)))),
      .query(.extremum(.largest, RowSet(table: 1), of: .column(1))),
    ] as [Expression])
  func recorded(expression: Expression) throws {
    #expect(try mean(of: expression) == "27")
  }

  @Test(
    "is that of a count for what may be made up",
    arguments: [
      number, .unary(.asInteger, .value(3)), .unary(.floor, .value(2)),
      .unary(.absolute, .value(2)),
      .choice([Branch(when: .value(3), then: .value(2))], otherwise: nil),
      .choice([Branch(when: .value(3), then: .value(2))], otherwise: number),
      within(.value(2), above: .value(2)), within(.unary(.floor, .value(2))),
      .binary(.otherwise, .value(2), number), .binary(.modulo, .value(2), number),
      .binary(.multiply, .value(2), .value(2)), .binary(.divide, .value(2), .value(2)),
      .binary(.power, .value(2), number),
      .extremum(.smallest, [.value(2), number]), .countOf([.value(3)]),
      .rowColumn(table: 1, column: 1, row: .value(1)),
      .query(.count(RowSet(table: 1))),
      .query(.sum(RowSet(table: 1, condition: .value(3)), of: .column(1))),
      .query(.sum(RowSet(table: 1), of: .binary(.multiply, .column(1), .value(2)))),
      .query(.sum(RowSet(table: 1), of: .unary(.asInteger, .column(1)))),
    ] as [Expression])
  func madeUp(expression: Expression) throws {
    #expect(try mean(of: expression) == "25")
  }

  @Test func `is that of a count for rows, and for whole numbers of few levels`() throws {
    #expect(try mean(of: .value(2), isCount: true) == "25")
    // 10 / 98 is taken up to 0.2, and 5 · 9 / 98 to 0.5 where 9 / 98 would be to 0.1.
    #expect(try mean(of: .value(2), range: 20...30) == "27.4")
    #expect(try mean(of: .value(2), range: 20...29) == "27.5")
  }

  @Test func `is found in a moment where definitions double at every step`() throws {
    let example = RawExample(
      by: [],
      show: [
        Statistic(
          name: "mean", label: "mean",
          kind: .mean(
            Measure(
              expression: .value(60), type: .decimal, bounds: Bounds(lowest: 10, highest: 80),
              isCount: false)))
      ],
      cells: [RawCell(patients: 100, statistics: [.mean(sum: .integer(2_742), contributors: 100)])])
    var plan = example.plan
    plan.values = [
      PatientValue(name: "v0", type: .decimal, expression: .field(table: 0, column: 0))
    ]
    for index in 0..<60 {
      plan.values.append(
        PatientValue(
          name: "v\(index + 1)", type: .decimal,
          expression: .binary(.subtract, .value(index), .value(index))))
    }
    let results = try DisclosureGate.release(
      example.raw, of: plan, under: try Policies.named("opensafely"))
    guard case .table(let table) = results.outputs[0] else { throw DrawingError() }
    #expect(table.drawn == [["100, 27 /100"]])
  }
}
