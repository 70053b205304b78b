import CarrelEngine
import CarrelPlan
import CarrelSQL
import CarrelStore
import CarrelValues
import Testing

@Suite("The SQL engine") struct SQLEngineTests {
  static let facts = TableUse(
    name: "facts", hasOneRowPerPatient: true,
    columns: [
      ColumnUse(name: "n", type: .integer), ColumnUse(name: "code", type: .text),
      ColumnUse(name: "b", type: .boolean), ColumnUse(name: "x", type: .decimal),
    ])

  /// One patient for each row.
  static func database(_ rows: String...) throws -> Database {
    let database = try Database(.inMemory)
    try database.execute(
      """
      CREATE TABLE carrel_patients (patient INTEGER PRIMARY KEY, pseudonym);
      CREATE TABLE facts (carrel_patient INTEGER, carrel_row INTEGER, n INTEGER, code TEXT,
        b INTEGER, x REAL, PRIMARY KEY (carrel_patient, carrel_row)) WITHOUT ROWID;
      """)
    for (index, row) in rows.enumerated() {
      try database.execute(
        """
        INSERT INTO carrel_patients VALUES (\(index + 1), 'p');
        INSERT INTO facts VALUES (\(index + 1), 1, \(row));
        """)
    }
    return database
  }

  static func values(
    of expression: CarrelPlan.Expression, codelists: [CodelistUse] = [], on database: Database
  ) throws -> [Value] {
    let plan = Plan(tables: [facts], codelists: codelists)
    let column = PreviewColumn(name: "value", expression: expression)
    return try SQLEngine(database: database).rows(of: [column], in: plan).map { $0.values[0] }
  }

  @Test func `previews call patients what the caller calls them, in order of their numbers`() throws
  {
    let engine = try SQLEngine(database: Self.database("1, 'a', 0, 1.0", "2, 'b', 1, 2.0")) {
      .text("person \($0)")
    }
    let rows = try engine.rows(of: [], in: Plan(tables: [Self.facts]))
    #expect(rows.map(\.patient) == [.text("person 1"), .text("person 2")])
  }

  @Test func `reading needs no right to write`() throws {
    let database = try Self.database("7, 'a', 1, 1.5")
    try database.execute("PRAGMA query_only = ON")
    #expect(
      try Self.values(
        of: .query(.sum(RowSet(table: 0, condition: .column(2)), of: .column(3))), on: database)
        == [.decimal(1.5)])
  }

  @Test func `a failure names the operation and SQLite's code, never SQLite's words`() throws {
    let database = try Database(.inMemory)
    #expect(
      throws: EngineError(operation: "read the records", reason: "SQLite stopped with code 1")
    ) {
      try Self.values(of: .field(table: 0, column: 0), on: database)
    }
  }

  @Test func `engines that share a connection each use their own code lists`() throws {
    let database = try Self.database("1, 'A', 0, 0.0")
    let isListed = CarrelPlan.Expression.inCodelist(
      .field(table: 0, column: 1), codelist: 0, .equal)
    for (codes, expected) in [(["A"], true), (["B"], false), (["A", "B"], true)] {
      let lists = [CodelistUse(name: "list", codes: codes)]
      #expect(
        try Self.values(of: isListed, codelists: lists, on: database) == [.boolean(expected)])
    }
  }

  @Test func `a long code list is searched as a short one is`() throws {
    let codes = (0..<20_000).map { "\(100_000 + 3 * $0)" }
    let lists = [CodelistUse(name: "long", codes: codes)]
    let database = try Self.database(
      "1, '100000', 0, 0.0", "1, '100001', 0, 0.0", "1, '159997', 0, 0.0", "1, '1000039', 0, 0.0",
      "1, '', 0, 0.0", "1, NULL, 0, 0.0")
    let code = CarrelPlan.Expression.field(table: 0, column: 1)
    #expect(
      try Self.values(of: .inCodelist(code, codelist: 0, .equal), codelists: lists, on: database)
        == [
          .boolean(true), .boolean(false), .boolean(true), .boolean(false), .boolean(false),
          .missing,
        ])
    #expect(
      try Self.values(of: .inCodelist(code, codelist: 0, .prefix), codelists: lists, on: database)
        == [
          .boolean(true), .boolean(false), .boolean(true), .boolean(true), .boolean(false),
          .missing,
        ])
  }
}

@Suite("Deeply nested expressions") struct NestingTests {
  typealias Nest = @Sendable (CarrelPlan.Expression) -> CarrelPlan.Expression

  static let one = CarrelPlan.Expression.constant(.integer(1), .integer)
  /// Ways of putting an integer into a larger expression that leave 1 what it is.
  static let nests: [(name: String, nest: Nest)] = [
    ("left operand", { .binary(.multiply, $0, one) }),
    ("right operand", { .binary(.multiply, one, $0) }),
    ("negations", { .unary(.negate, .unary(.negate, $0)) }),
    (
      "result",
      { .choice([Branch(when: .constant(.boolean(true), .boolean), then: $0)], otherwise: nil) }
    ),
    (
      "alternative",
      { .choice([Branch(when: .constant(.missing, .boolean), then: one)], otherwise: $0) }
    ),
    ("condition", { .choice([Branch(when: .binary(.equal, $0, one), then: one)], otherwise: nil) }),
    ("list", { .unary(.asInteger, .oneOf(one, [one, $0])) }),
    (
      "logic",
      {
        .unary(
          .asInteger,
          .binary(
            .and, .unary(.not, .binary(.notEqual, one, $0)), .constant(.boolean(true), .boolean)))
      }
    ),
    ("band", { .binary(.subtract, .band($0, cuts: [.integer(0), .integer(1)]), one) }),
    ("extremum", { .extremum(.largest, [one, $0]) }),
  ]

  @Test("are computed in parts that the parser can hold", arguments: nests.map(\.name))
  func nesting(_ name: String) throws {
    let nest = try #require(Self.nests.first { $0.name == name }?.nest)
    let database = try SQLEngineTests.database("1, 'a', 1, 1.0")
    for depth in [5, 8, 9, 40] {
      let ofPatient = (0..<depth).reduce(CarrelPlan.Expression.field(table: 0, column: 0)) {
        inner, _ in nest(inner)
      }
      #expect(try SQLEngineTests.values(of: ofPatient, on: database) == [.integer(1)])
      let ofRow = (0..<depth).reduce(CarrelPlan.Expression.column(0)) { inner, _ in nest(inner) }
      let condition = CarrelPlan.Expression.binary(.equal, ofRow, Self.one)
      #expect(
        try SQLEngineTests.values(
          of: .query(.sum(RowSet(table: 0, condition: condition), of: ofRow)), on: database)
          == [.integer(1)])
    }
  }

  @Test func `queries nest in queries`() throws {
    let database = try SQLEngineTests.database("1, 'a', 1, 1.0", "2, 'b', 1, 1.0")
    let nested = (0..<30).reduce(CarrelPlan.Expression.query(.count(RowSet(table: 0)))) {
      inner, _ in
      .query(.count(RowSet(table: 0, condition: .binary(.equal, inner, Self.one))))
    }
    #expect(try SQLEngineTests.values(of: nested, on: database) == [.integer(1), .integer(1)])
  }
}
