import CarrelPlan
import CarrelValues
import Testing

@Suite("A plan as a person reads it") struct PlanTextTests {
  static let patients = TableUse(
    name: "patients", hasOneRowPerPatient: true,
    columns: [ColumnUse(name: "date_of_birth", type: .date), ColumnUse(name: "sex", type: .text)])
  static let events = TableUse(
    name: "events", hasOneRowPerPatient: false,
    columns: [
      ColumnUse(name: "date", type: .date), ColumnUse(name: "code", type: .text),
      ColumnUse(name: "note", type: .text, isMentioned: false),
    ])
  static let asthma = RowSet(
    table: 1, condition: .inCodelist(.column(1), codelist: 0, .equal))
  static let indexDate = CarrelPlan.Expression.constant(
    CivilDate(iso: "2024-03-31").map { .date($0) } ?? .missing, .date)

  @Test func `a table says its intervals`() throws {
    let days = try ["2024-01-01", "2024-01-31"].map { try #require(CivilDate(iso: $0)) }
    func text(_ extent: Intervals.Extent) -> String {
      Plan(
        tables: [Self.patients],
        values: [
          PatientValue(
            name: "age", type: .integer,
            expression: .binary(.span(.years), .field(table: 0, column: 0), .intervalEnd))
        ],
        populations: [Population(name: "people", criteria: [])],
        outputs: [
          .table(
            TableOutput(
              name: "series", population: 0,
              intervals: Intervals(length: 2, unit: .week, extent: extent), groupings: [],
              breakdowns: [Breakdown(groupings: [], isTotal: false)],
              statistics: [Statistic(name: "count", label: "count", kind: .count)]))
        ]
      ).text
    }
    let calendar = text(.calendar([Interval(start: days[0], end: days[1])]))
    #expect(
      calendar.contains("v0 age, integer: years from patients.date_of_birth to interval.end\n"))
    #expect(
      calendar.contains("table series of people\n    each 2 week: 2024-01-01 to 2024-01-31\n"))
    let followUp = text(.followUp(from: .field(table: 0, column: 0), count: 3))
    #expect(followUp.contains("    each 2 week: 3 from patients.date_of_birth\n"))
  }

  @Test func `every part has its section`() {
    let plan = Plan(
      tables: [Self.patients, Self.events],
      codelists: [CodelistUse(name: "asthma", codes: ["1", "2"], categories: ["a", "b"])],
      values: [
        PatientValue(
          name: "age", type: .integer,
          expression: .binary(.span(.years), .field(table: 0, column: 0), Self.indexDate)),
        PatientValue(
          name: "", type: .integer,
          expression: .query(
            .pick(Pick(rows: Self.asthma, order: [SortKey(.column(0))], position: .last)))),
      ],
      populations: [
        Population(
          name: "adults",
          criteria: [
            Criterion(
              label: "aged 18 or over", isExclusion: false,
              condition: .binary(.greaterOrEqual, .value(0), .constant(.integer(18), .integer))),
            Criterion(
              label: "no record", isExclusion: true,
              condition: .unary(.not, .isPresent(table: 0))),
          ])
      ],
      outputs: [
        .flow(FlowOutput(name: "inclusion", population: 0)),
        .table(
          TableOutput(
            name: "reviews", population: 0,
            groupings: [
              Grouping(
                name: "sex", heading: "Sex", expression: .field(table: 0, column: 1),
                levels: [Level(.text("female")), Level(.missing)])
            ],
            breakdowns: [
              Breakdown(groupings: [0], isTotal: false), Breakdown(groupings: [], isTotal: true),
            ],
            statistics: [
              Statistic(name: "count", label: "count", kind: .count),
              Statistic(
                name: "mean_age", label: "Mean age",
                kind: .mean(
                  Measure(
                    expression: .value(0), type: .integer,
                    bounds: Bounds(lowest: 0, highest: 120), isCount: false))),
            ])),
      ])
    #expect(
      plan.text == """
        tables
          patients, one row a patient: date_of_birth date, sex text
          events, many rows a patient: date date, code text
        lists
          asthma: 2 codes, 2 categories
        values
          v0 age, integer: years from patients.date_of_birth to 2024-03-31
          v1, integer: last row of events where code in asthma by (date)
        populations
          adults
            include v0 >= 18  # aged 18 or over
            exclude not (patients is known)  # no record
        outputs
          flow inclusion of adults
          table reviews of adults
            by sex: patients.sex, levels female | missing
            cells: sex
            total: everyone
            show count: count
            show mean_age: mean v0, from 0.0 to 120.0

        """)
  }

  static let expressions: [(CarrelPlan.Expression, String)] = [
    (
      .binary(
        .and, .unary(.isMissing, .value(0)),
        .binary(.less, .value(1), .constant(.decimal(2.5), .decimal))),
      "(v0 is missing) and (v1 < 2.5)"
    ),
    (
      .query(.sum(asthma, of: .binary(.span(.days), .column(0), indexDate))),
      "sum (days from date to 2024-03-31) of events where code in asthma"
    ),
    (
      .query(.countEpisodes(RowSet(table: 1), date: .column(0), gapDays: 14)),
      "count episodes of date of events gap 14 days"
    ),
    (
      .rowColumn(table: 1, column: 1, row: .value(1)), "v1.code"
    ),
    (
      .choice(
        [Branch(when: .isPresent(table: 0), then: .constant(.text("yes"), .text))],
        otherwise: .constant(.missing, .text)),
      "case when (patients is known) then \"yes\" otherwise missing"
    ),
    (
      .inValues(.field(table: 0, column: 1), rows: RowSet(table: 1), of: .column(1)),
      "patients.sex in (code of events)"
    ),
    (
      .query(
        .pick(
          Pick(
            rows: RowSet(table: 1),
            order: [SortKey(.column(1), isDescending: true), SortKey(.unary(.year, .column(0)))],
            position: .nth(3), includesMissing: true))),
      "row 3 of events by (code descending, (date.year)) including missing"
    ),
    (
      .band(.binary(.move(.months), indexDate, .value(0)), cuts: [.integer(18), .integer(40)]),
      "bands of (2024-03-31 + v0 months) at (18, 40)"
    ),
  ]

  @Test("expressions read close to the language", arguments: expressions)
  func expression(_ row: (CarrelPlan.Expression, String)) {
    let plan = Plan(
      tables: [Self.patients, Self.events], codelists: [CodelistUse(name: "asthma", codes: [])])
    #expect(plan.text(of: row.0) == row.1)
  }
}
