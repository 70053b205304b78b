import CarrelEngine
import CarrelPlan
import CarrelValues
import TestSupport
import Testing

/// Rows in a sequence see the row before, the row after and their own number, on every engine.
@Suite("What rows of a sequence see, on every engine") struct SequenceMeaningTests {
  static let table = TableUse(
    name: "events", hasOneRowPerPatient: false,
    columns: [
      ColumnUse(name: "date", type: .date), ColumnUse(name: "code", type: .text),
      ColumnUse(name: "n", type: .integer),
    ])

  /// | date | code | n |
  /// |---|---|---|
  /// | 2020-03-01 | b | 3 |
  /// | 2020-01-01 | a | 1 |
  /// | missing | a | 9 |
  /// | 2020-03-01 | a | 4 |
  /// | 2020-02-01 | b | 2 |
  ///
  /// and a patient without rows.
  static let patients: [[[[Value]]]] = [
    [
      [
        [.day("2020-03-01"), "b", 3],
        [.day("2020-01-01"), "a", 1],
        [nil, "a", 9],
        [.day("2020-03-01"), "a", 4],
        [.day("2020-02-01"), "b", 2],
      ]
    ],
    [[]],
  ]
  let date = CarrelPlan.Expression.column(0)
  let isA = CarrelPlan.Expression.binary(.equal, .column(1), .constant("a", .text))
  let n = CarrelPlan.Expression.column(2)
  let number = CarrelPlan.Expression.sequencePlace(.position)

  func neighbour(_ place: SequencePlace, _ column: Int = 2) -> CarrelPlan.Expression {
    .rowColumn(table: 0, column: column, row: .sequencePlace(place))
  }

  func rows(
    where condition: CarrelPlan.Expression? = nil, isDescending: Bool = false,
    then filter: CarrelPlan.Expression? = nil
  ) -> RowSet {
    RowSet(
      table: 0,
      sequence: RowSequence(
        condition: condition, order: [SortKey(date, isDescending: isDescending)]),
      condition: filter)
  }

  /// Checks what the row with this number in `n` sees, for the patient with rows.
  func expect(
    _ seen: CarrelPlan.Expression, of expected: [Int: Value], in rows: RowSet,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for (number, value) in expected.sorted(by: { $0.key < $1.key }) {
      var single = rows
      single.condition = .binary(.equal, n, .constant(.integer(number), .integer))
      try expect(
        .query(.extremum(.largest, single, of: seen)), gives: [value, nil],
        sourceLocation: sourceLocation)
    }
  }

  func expect(
    _ expression: CarrelPlan.Expression, gives expected: [Value],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for (patient, value) in zip(Self.patients, expected) {
      try expect(
        [expression], give: [value], of: [patient], [Self.table], sourceLocation: sourceLocation)
    }
  }

  /// Checks what expressions give for one patient.
  func expect(
    _ expressions: [CarrelPlan.Expression], give expected: [Value], of patients: [[[[Value]]]],
    _ tables: [TableUse], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let columns = expressions.map { PreviewColumn(name: "result", expression: $0) }
    for (name, engine) in try EngineMatrix(patients: patients, tables: tables).all {
      let found = try engine.rows(of: columns, in: Plan(tables: tables)).map(\.values)
      #expect(found == [expected], "\(name)", sourceLocation: sourceLocation)
    }
  }

  @Test func `rows are numbered by key, then by every column`() throws {
    try expect(number, of: [1: 1, 2: 2, 4: 3, 3: 4], in: rows())
  }

  @Test func `a descending key turns the order, and ties are broken as before`() throws {
    try expect(number, of: [4: 1, 3: 2, 2: 3, 1: 4], in: rows(isDescending: true))
  }

  @Test func `the row before and the row after are those of the order; there are none at the ends`()
    throws
  {
    try expect(neighbour(.previous), of: [1: nil, 2: 1, 4: 2, 3: 4], in: rows())
    try expect(neighbour(.next), of: [1: 2, 2: 4, 4: 3, 3: nil], in: rows())
    try expect(
      neighbour(.previous, 0),
      of: [1: nil, 2: .day("2020-01-01"), 4: .day("2020-02-01"), 3: .day("2020-03-01")], in: rows())
  }

  @Test func `neighbours are of the sequence: what it leaves out is no neighbour`() throws {
    try expect(neighbour(.previous), of: [1: nil, 4: 1], in: rows(where: isA))
    try expect(number, of: [1: 1, 4: 2], in: rows(where: isA))
  }

  @Test func `neighbours are of the sequence before later filters`() throws {
    let second = CarrelPlan.Expression.binary(.equal, number, .constant(2, .integer))
    try expect(.query(.sum(rows(then: second), of: neighbour(.next))), gives: [4, nil])
    let hasPrevious = CarrelPlan.Expression.unary(
      .not, .unary(.isMissing, .sequencePlace(.previous)))
    try expect(.query(.count(rows(then: hasPrevious))), gives: [3, 0])
    try expect(
      .query(.any(rows(then: .unary(.isMissing, .sequencePlace(.next))))), gives: [true, false])
  }

  @Test func `a row whose first key is missing is there without a place, whatever the order`()
    throws
  {
    for isDescending in [false, true] {
      let rows = rows(isDescending: isDescending)
      try expect(.query(.count(rows)), gives: [5, 0])
      try expect(number, of: [9: nil], in: rows)
      try expect(neighbour(.previous), of: [9: nil], in: rows)
      try expect(neighbour(.next), of: [9: nil], in: rows)
    }
  }

  @Test func `among later keys missing is the smallest`() throws {
    let byDate = RowSet(
      table: 0, sequence: RowSequence(order: [SortKey(isA), SortKey(date, isDescending: true)]))
    try expect(number, of: [3: 1, 2: 2, 4: 3, 1: 4, 9: 5], in: byDate)
  }

  @Test func `columns may be called by words of SQL`() throws {
    let names = ["true", "false", "select", "order", "null", "over", "window", "row_number", "w"]
    let table = TableUse(
      name: "group", hasOneRowPerPatient: false,
      columns: names.map { ColumnUse(name: $0, type: .integer) })
    let patients: [[[[Value]]]] = [
      [[names.indices.map { .integer($0) }, names.indices.map { .integer($0 + 10) }]]
    ]
    for column in names.indices {
      let order = [SortKey(.column(column), isDescending: true)]
      let rows = RowSet(
        table: 0, sequence: RowSequence(order: order),
        condition: .binary(.equal, number, .constant(2, .integer)))
      let sum = CarrelPlan.Expression.binary(.add, .column(column), neighbour(.previous, column))
      let pick = Pick(rows: rows, order: order, position: .first)
      try expect(
        [
          .query(.sum(rows, of: .column(column))), .query(.sum(rows, of: sum)),
          .rowColumn(table: 0, column: column, row: .query(.pick(pick))),
        ],
        give: [.integer(column), .integer(2 * column + 10), .integer(column)], of: patients, [table]
      )
    }
  }

  @Test func `a gap is the time from one row to the next`() throws {
    let gap = CarrelPlan.Expression.binary(.span(.days), neighbour(.previous, 0), date)
    try expect(.query(.extremum(.largest, rows(), of: gap)), gives: [31, nil])
    let long = CarrelPlan.Expression.binary(.greater, gap, .constant(30, .integer))
    let pick = Pick(rows: rows(then: long), order: [SortKey(date)], position: .first)
    try expect(
      .rowColumn(table: 0, column: 2, row: .query(.pick(pick))), gives: [2, nil])
  }
}
