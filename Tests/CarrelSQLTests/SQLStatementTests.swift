import CarrelEngine
import CarrelPlan
import CarrelSQL
import CarrelStore
import CarrelValues
import Testing

@Suite("Generated SQL") struct SQLStatementTests {
  static let patients = TableUse(
    name: "patients", hasOneRowPerPatient: true,
    columns: [ColumnUse(name: "date_of_birth", type: .date), ColumnUse(name: "sex", type: .text)])
  static let events = TableUse(
    name: "events", hasOneRowPerPatient: false,
    columns: [ColumnUse(name: "date", type: .date), ColumnUse(name: "code", type: .text)])

  static func date(_ iso: String) throws -> CarrelPlan.Expression {
    .constant(.date(try #require(CivilDate(iso: iso))), .date)
  }

  /// Adults by sex, and how many of them had asthma in the year before.
  static func study() throws -> Plan {
    let index = try date("2024-03-31")
    let age = CarrelPlan.Expression.binary(.span(.years), .field(table: 0, column: 0), index)
    let aYearBefore = CarrelPlan.Expression.binary(
      .move(.years), index, .constant(.integer(-1), .integer))
    let recentAsthma = RowSet(
      table: 1,
      condition: .binary(
        .and, .inCodelist(.column(1), codelist: 0, .equal),
        .binary(.greater, .column(0), aYearBefore)))
    return Plan(
      tables: [patients, events], codelists: [CodelistUse(name: "asthma", codes: ["A1"])],
      values: [PatientValue(name: "age", type: .integer, expression: age)],
      populations: [
        Population(
          name: "adults",
          criteria: [
            Criterion(
              label: "adult", isExclusion: false,
              condition: .binary(.greaterOrEqual, .value(0), .constant(.integer(18), .integer)))
          ])
      ],
      outputs: [
        .flow(FlowOutput(name: "flow", population: 0)),
        .table(
          TableOutput(
            name: "asthma", population: 0,
            groupings: [
              Grouping(
                name: "sex", heading: "Sex", expression: .field(table: 0, column: 1),
                levels: [Level(.text("f")), Level(.missing)])
            ],
            breakdowns: [
              Breakdown(groupings: [0], isTotal: false), Breakdown(groupings: [], isTotal: true),
            ],
            statistics: [
              Statistic(name: "n", label: "n", kind: .count),
              Statistic(name: "p", label: "p", kind: .percent(.query(.any(recentAsthma)))),
              Statistic(
                name: "m", label: "m",
                kind: .mean(
                  Measure(expression: .value(0), type: .integer, bounds: nil, isCount: false))),
            ])),
      ])
  }

  @Test func `a flow is one statement that counts how far patients come`() throws {
    let statement = try Self.study().sqliteStatements[0]
    #expect(
      statement.text == """
        WITH carrel_stage_1 AS MATERIALIZED (
          SELECT s.patient,
            (SELECT r1."date_of_birth" FROM "patients" AS r1 WHERE r1.carrel_patient = s.patient) AS x2
          FROM carrel_patients AS s),
        carrel_stage_2 AS MATERIALIZED (
          SELECT s.patient,
            carrel_span_years(s.x2, ?1) AS v0
          FROM carrel_stage_1 AS s),
        carrel_people AS MATERIALIZED (
          SELECT CASE WHEN ((s.v0 >= ?2) IS NOT TRUE) THEN 0 ELSE 1 END AS passed
          FROM carrel_stage_2 AS s)
        SELECT p.passed, COUNT(*) FROM carrel_people AS p GROUP BY p.passed
        """)
    #expect(statement.parameters.map(\.plainText) == ["2024-03-31", "18"])
  }

  @Test func `a series crosses patients with intervals after what does not depend on one`() throws {
    var plan = try Self.study()
    guard case .table(var table) = plan.outputs[1] else { return }
    plan.values.append(
      PatientValue(
        name: "age", type: .integer,
        expression: .binary(.span(.years), .field(table: 0, column: 0), .intervalEnd)))
    table.statistics = [
      Statistic(
        name: "p", label: "p",
        kind: .percent(.binary(.greater, .value(1), .constant(.integer(40), .integer))))
    ]
    table.breakdowns = [Breakdown(groupings: [0], isTotal: false)]
    let start = try #require(CivilDate(iso: "2024-01-01"))
    let end = try #require(CivilDate(iso: "2024-01-31"))
    table.intervals = Intervals(
      length: 1, unit: .month, extent: .calendar([Interval(start: start, end: end)]))
    plan.outputs = [.table(table)]
    #expect(
      plan.sqliteStatements[0].text == """
        WITH carrel_intervals(number, starts, ends) AS (VALUES (?1, ?2, ?3)),
        carrel_stage_1 AS MATERIALIZED (
          SELECT s.patient,
            (SELECT r1."date_of_birth" FROM "patients" AS r1 WHERE r1.carrel_patient = s.patient) AS x2
          FROM carrel_patients AS s),
        carrel_stage_2 AS MATERIALIZED (
          SELECT s.patient,
            s.x2,
            carrel_span_years(s.x2, ?4) AS v0
          FROM carrel_stage_1 AS s),
        carrel_stage_3 AS MATERIALIZED (
          SELECT s.patient,
            s.x2,
            (SELECT r3."sex" FROM "patients" AS r3 WHERE r3.carrel_patient = s.patient) AS x4
          FROM carrel_stage_2 AS s
          WHERE ((s.v0 >= ?5) IS TRUE)),
        carrel_stage_4 AS MATERIALIZED (
          SELECT s.patient,
            s.x2,
            s.x4,
            i.number AS interval_number,
            i.starts AS interval_start,
            i.ends AS interval_end
          FROM carrel_stage_3 AS s CROSS JOIN carrel_intervals AS i),
        carrel_stage_5 AS MATERIALIZED (
          SELECT s.patient,
            s.x4,
            s.interval_number,
            carrel_span_years(s.x2, s.interval_end) AS v1
          FROM carrel_stage_4 AS s),
        carrel_members AS MATERIALIZED (
          SELECT s.patient,
            s.interval_number,
            s.x4 AS g0,
            (s.v1 > ?6) AS n0
          FROM carrel_stage_5 AS s)
        SELECT 0, m.interval_number, m.g0, COUNT(*), COUNT(*) FILTER (WHERE m.n0) \
        FROM carrel_members AS m GROUP BY m.interval_number, m.g0
        """)
  }

  @Test func `a table keeps members before it computes what is shown of them`() throws {
    let statement = try Self.study().sqliteStatements[1]
    #expect(
      statement.text == """
        WITH carrel_stage_1 AS MATERIALIZED (
          SELECT s.patient,
            (SELECT r1."date_of_birth" FROM "patients" AS r1 WHERE r1.carrel_patient = s.patient) AS x2
          FROM carrel_patients AS s),
        carrel_stage_2 AS MATERIALIZED (
          SELECT s.patient,
            carrel_span_years(s.x2, ?1) AS v0
          FROM carrel_stage_1 AS s),
        carrel_members AS MATERIALIZED (
          SELECT s.patient,
            (SELECT r3."sex" FROM "patients" AS r3 WHERE r3.carrel_patient = s.patient) AS g0,
            EXISTS (SELECT 1 FROM "events" AS r4 WHERE r4.carrel_patient = s.patient AND \
        (carrel_in_codelist(r4."code", ?3) AND (r4."date" > carrel_move_years(?1, ?4)))) AS n1,
            s.v0 AS n2
          FROM carrel_stage_2 AS s
          WHERE ((s.v0 >= ?2) IS TRUE))
        SELECT 0, m.g0, COUNT(*), COUNT(*) FILTER (WHERE m.n1), carrel_integer_sum(m.n2), COUNT(m.n2), \
        carrel_integer_concentration(m.n2) \
        FROM carrel_members AS m GROUP BY m.g0
        UNION ALL SELECT 1, NULL, COUNT(*), COUNT(*) FILTER (WHERE m.n1), carrel_integer_sum(m.n2), \
        COUNT(m.n2), carrel_integer_concentration(m.n2) FROM carrel_members AS m
        """)
    #expect(statement.parameters.map(\.plainText) == ["2024-03-31", "18", "0", "-1"])
  }

  @Test func `constants are bound and names are quoted, whatever they hold`() throws {
    let hostile = "'; DROP TABLE carrel_patients; --"
    let table = TableUse(
      name: "a\"b; --", hasOneRowPerPatient: false,
      columns: [ColumnUse(name: "\" OR 1 = 1", type: .text)])
    let rows = RowSet(
      table: 0, condition: .binary(.equal, .column(0), .constant(.text(hostile), .text)))
    let plan = Plan(
      tables: [table],
      populations: [
        Population(
          name: hostile,
          criteria: [
            Criterion(label: hostile, isExclusion: false, condition: .query(.any(rows)))
          ])
      ], outputs: [.flow(FlowOutput(name: hostile, population: 0))])
    let statement = plan.sqliteStatements[0]
    #expect(!statement.text.contains("DROP"))
    #expect(statement.text.contains("\"a\"\"b; --\" AS r1"))
    #expect(statement.text.contains("r1.\"\"\" OR 1 = 1\" = ?1"))
    #expect(statement.parameters == [.text(hostile)])
  }
}
