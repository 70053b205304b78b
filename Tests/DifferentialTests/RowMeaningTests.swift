import CarrelEngine
import CarrelPlan
import CarrelValues
import TestSupport
import Testing

@Suite("What questions about rows mean, on every engine") struct RowMeaningTests {
  static let table = TableUse(
    name: "events", hasOneRowPerPatient: false,
    columns: [
      ColumnUse(name: "date", type: .date), ColumnUse(name: "code", type: .text),
      ColumnUse(name: "n", type: .integer), ColumnUse(name: "x", type: .decimal),
    ])
  /// Three patients: one with rows, one with a row of nothing but missing values, one with none.
  static let patients: [[[[Value]]]] = [
    [
      [
        [.day("2020-01-01"), "b", 3, 0.1],
        [.day("2020-01-15"), "a", nil, 0.2],
        [.day("2020-01-15"), "a", 3, 0.3],
        [nil, "c", .greatest, nil],
        [.day("2020-01-30"), nil, -3, 1e16],
        [.day("2020-01-15"), "a", nil, -1e16],
      ]
    ],
    [[[nil, nil, nil, nil]]],
    [[]],
  ]
  let all = RowSet(table: 0)
  let date = CarrelPlan.Expression.column(0)
  let code = CarrelPlan.Expression.column(1)
  let n = CarrelPlan.Expression.column(2)
  let x = CarrelPlan.Expression.column(3)

  /// Checks what an expression gives for each of the three patients, on every engine.
  func expect(
    _ expression: CarrelPlan.Expression, gives expected: [Value],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let matrix = try EngineMatrix(patients: Self.patients, tables: [Self.table])
    let column = PreviewColumn(name: "result", expression: expression)
    for (name, engine) in matrix.all {
      let found = try engine.rows(of: [column], in: Plan(tables: [Self.table])).map { $0.values[0] }
      #expect(found == expected, "\(name)", sourceLocation: sourceLocation)
    }
  }

  @Test func `a boolean that is summed as an integer stays one where it was computed before`()
    throws
  {
    let isOld = CarrelPlan.Expression.unary(
      .isMissing, .query(.extremum(.smallest, all, of: date)))
    let columns = [
      PreviewColumn(name: "old", expression: isOld),
      PreviewColumn(
        name: "sum", expression: .query(.sum(all, of: .unary(.asInteger, isOld)))),
    ]
    let expected: [[Value]] = [[false, 0], [true, 1], [true, nil]]
    for (name, engine) in try EngineMatrix(patients: Self.patients, tables: [Self.table]).all {
      let found = try engine.rows(of: columns, in: Plan(tables: [Self.table])).map(\.values)
      #expect(found == expected, "\(name)")
    }
  }

  func expectPick(
    _ column: Int, _ order: [SortKey], _ position: Pick.Position,
    where condition: CarrelPlan.Expression? = nil,
    includesMissing: Bool = false, gives expected: [Value],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let pick = Pick(
      rows: RowSet(table: 0, condition: condition), order: order, position: position,
      includesMissing: includesMissing)
    try expect(
      .rowColumn(table: 0, column: column, row: .query(.pick(pick))), gives: expected,
      sourceLocation: sourceLocation)
  }

  @Test func `any and count are never missing, and a missing condition does not hold`() throws {
    try expect(.query(.any(all)), gives: [true, true, false])
    try expect(.query(.count(all)), gives: [6, 1, 0])
    let positive = RowSet(table: 0, condition: .binary(.greater, n, .constant(0, .integer)))
    try expect(.query(.any(positive)), gives: [true, false, false])
    try expect(.query(.count(positive)), gives: [3, 0, 0])
    try expect(
      .query(.count(RowSet(table: 0, condition: .constant(nil, .boolean)))), gives: [0, 0, 0])
  }

  @Test func `distinct values ignore missing ones`() throws {
    try expect(.query(.countDistinct(all, of: code)), gives: [3, 0, 0])
    try expect(.query(.countDistinct(all, of: n)), gives: [3, 0, 0])
  }

  @Test func `an episode begins after more than the gap since the row before`() throws {
    try expect(.query(.countEpisodes(all, date: date, gapDays: 14)), gives: [2, 0, 0])
    try expect(.query(.countEpisodes(all, date: date, gapDays: 15)), gives: [1, 0, 0])
    try expect(.query(.countEpisodes(all, date: date, gapDays: 13)), gives: [3, 0, 0])
    try expect(
      .query(.countEpisodes(all, date: .constant(.day("2020-01-01"), .date), gapDays: 0)),
      gives: [1, 1, 0])
  }

  @Test func `sums are exact, and missing when nothing is left or they overflow`() throws {
    try expect(.query(.sum(all, of: x)), gives: [0.6, nil, nil])
    // The parts leave the range of integers and the total returns to it.
    let three = Value.integer(Int.max)
    try expect(.query(.sum(all, of: n)), gives: [nil, nil, nil])
    let notThree = CarrelPlan.Expression.binary(.notEqual, n, .constant(3, .integer))
    try expect(
      .query(.sum(RowSet(table: 0, condition: notThree), of: n)),
      gives: [.integer(Int.max - 3), nil, nil])
    try expect(.query(.extremum(.largest, all, of: n)), gives: [three, nil, nil])
  }

  @Test func `means are of the known values`() throws {
    try expect(.query(.mean(all, of: x)), gives: [0.12, nil, nil])
    // A total out of range still has a mean: (2^63 - 1 + 3) / 4, rounded once.
    try expect(.query(.mean(all, of: n)), gives: [2_305_843_009_213_693_952.0, nil, nil])
  }

  @Test func `extrema of rows ignore missing values`() throws {
    try expect(.query(.extremum(.smallest, all, of: date)), gives: [.day("2020-01-01"), nil, nil])
    try expect(.query(.extremum(.largest, all, of: code)), gives: ["c", nil, nil])
    try expect(
      .query(.extremum(.smallest, all, of: .constant(7, .integer))), gives: [7, 7, nil])
  }

  @Test func `picks skip rows whose first key is missing unless told otherwise`() throws {
    try expectPick(2, [SortKey(date)], .first, gives: [3, nil, nil])
    try expectPick(1, [SortKey(date)], .first, includesMissing: true, gives: ["c", nil, nil])
    try expectPick(1, [SortKey(date)], .last, gives: [nil, nil, nil])
    try expectPick(2, [SortKey(date)], .last, gives: [-3, nil, nil])
    try expectPick(
      1, [SortKey(date, isDescending: true)], .last, includesMissing: true, gives: ["c", nil, nil])
  }

  @Test func `ties go by every column in order, missing first, then by stored order`() throws {
    let middle = CarrelPlan.Expression.binary(.equal, date, .constant(.day("2020-01-15"), .date))
    try expectPick(3, [SortKey(date)], .first, where: middle, gives: [-1e16, nil, nil])
    try expectPick(3, [SortKey(date)], .nth(2), where: middle, gives: [0.2, nil, nil])
    try expectPick(3, [SortKey(date)], .nth(3), where: middle, gives: [0.3, nil, nil])
    try expectPick(3, [SortKey(date)], .nth(4), where: middle, gives: [nil, nil, nil])
    try expectPick(3, [SortKey(date)], .last, where: middle, gives: [0.3, nil, nil])
    // Descending keys do not turn the ties round.
    try expectPick(
      3, [SortKey(date, isDescending: true)], .first, where: middle, gives: [-1e16, nil, nil])
  }

  @Test func `among later keys missing is smallest`() throws {
    try expectPick(3, [SortKey(code), SortKey(n)], .first, gives: [-1e16, nil, nil])
    try expectPick(
      3, [SortKey(code), SortKey(n, isDescending: true)], .first, gives: [0.3, nil, nil])
  }

  @Test func `keys may be computed, and may be the same for every row`() throws {
    let distance = CarrelPlan.Expression.unary(
      .absolute, .binary(.span(.days), date, .constant(.day("2020-01-29"), .date)))
    try expectPick(2, [SortKey(distance)], .first, gives: [-3, nil, nil])
    try expectPick(
      2, [SortKey(.query(.count(all))), SortKey(date)], .nth(2), gives: [3, nil, nil])
  }

  @Test func `membership of a patient's values drops missing ones`() throws {
    try expect(.inValues(.constant("a", .text), rows: all, of: code), gives: [true, false, false])
    try expect(.inValues(.constant("z", .text), rows: all, of: code), gives: [false, false, false])
    try expect(.inValues(.constant(nil, .text), rows: all, of: code), gives: [nil, false, false])
  }

  @Test func `a row may be asked about the patient's other rows`() throws {
    let others = RowSet(table: 0, condition: .binary(.equal, n, .constant(3, .integer)))
    let alike = RowSet(table: 0, condition: .inValues(code, rows: others, of: code))
    try expect(.query(.count(alike)), gives: [4, 0, 0])
    let late = RowSet(
      table: 0, condition: .binary(.greater, date, .query(.extremum(.smallest, all, of: date))))
    try expect(.query(.count(late)), gives: [4, 0, 0])
  }
}
