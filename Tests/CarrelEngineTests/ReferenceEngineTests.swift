import CarrelEngine
import CarrelPlan
import CarrelValues
import Testing

@Suite("The reference engine") struct ReferenceEngineTests {
  static let table = TableUse(
    name: "patients", hasOneRowPerPatient: true, columns: [ColumnUse(name: "age", type: .integer)])
  static let plan = Plan(
    tables: [table],
    values: [
      PatientValue(
        name: "next", type: .integer,
        expression: .binary(
          .add, .field(table: 0, column: 0), .constant(.integer(1), .integer))),
      PatientValue(
        name: "after", type: .integer,
        expression: .binary(.add, .value(0), .constant(.integer(1), .integer))),
    ],
    populations: [Population(name: "all", criteria: [])],
    outputs: [.flow(FlowOutput(name: "flow", population: 0))])

  static func patient(_ index: Int, _ name: String, age: Value?) -> PatientRecords {
    PatientRecords(index: index, identifier: .text(name), rows: [age.map { [[$0]] } ?? []])
  }

  @Test func `previews name patients as their source does, in its order`() throws {
    let engine = ReferenceEngine(patients: [
      Self.patient(1, "ann", age: .integer(30)), Self.patient(2, "bob", age: nil),
    ])
    let columns = [
      PreviewColumn(name: "after", expression: .value(1)),
      PreviewColumn(name: "present", expression: .isPresent(table: 0)),
    ]
    #expect(
      try engine.rows(of: columns, in: Self.plan) == [
        PreviewRow(patient: .text("ann"), values: [.integer(32), .boolean(true)]),
        PreviewRow(patient: .text("bob"), values: [.missing, .boolean(false)]),
      ])
  }

  @Test func `a source is asked for the tables of the plan, and its failure is passed on`() {
    let failure = EngineError(operation: "read the records", reason: "the disk is gone")
    let engine = ReferenceEngine { (plan, visit) throws(EngineError) in
      #expect(plan.tables == [Self.table])
      try visit(Self.patient(1, "ann", age: nil))
      throw failure
    }
    #expect(throws: failure) { try engine.results(of: Self.plan) }
    #expect(throws: failure) { try engine.rows(of: [], in: Self.plan) }
  }

  @Test func `nobody at all gives a flow of zeros`() throws {
    let results = try ReferenceEngine(patients: []).results(of: Self.plan)
    #expect(results.outputs == [.flow(RawFlow(universe: 0, remaining: []))])
  }
}

@Suite("Examples of a study") struct ExampleTests {
  static func expectation(_ condition: CarrelPlan.Expression, subject: Bool)
    -> CarrelPlan.Expectation
  {
    CarrelPlan.Expectation(
      text: "after = 32", line: 7, condition: condition,
      subject: subject ? PreviewColumn(name: "after", expression: .value(1)) : nil,
      expected: "32")
  }

  static func example(_ age: Value) -> ExamplePlan {
    let isThirtyTwo = CarrelPlan.Expression.binary(
      .equal, .value(1), .constant(.integer(32), .integer))
    return ExamplePlan(
      title: "a birthday", rows: [[[age]]],
      expectations: [
        expectation(isThirtyTwo, subject: true), expectation(.isPresent(table: 0), subject: false),
      ])
  }

  @Test func `an expectation that holds is met`() {
    let outcome = ReferenceEngine.outcome(
      of: Self.example(.integer(30)), in: ReferenceEngineTests.plan)
    #expect(outcome.isMet)
    #expect(outcome.title == "a birthday")
    #expect(outcome.expectations.map(\.found) == [.integer(32), nil])
  }

  @Test("one that is false or missing is not, and says what was found")
  func unmet() {
    for (age, found) in [(Value.integer(40), Value.integer(42)), (.missing, .missing)] {
      let outcome = ReferenceEngine.outcome(of: Self.example(age), in: ReferenceEngineTests.plan)
      #expect(!outcome.isMet)
      #expect(outcome.expectations.map(\.isMet) == [false, true])
      #expect(outcome.expectations[0].found == found)
    }
  }
}

@Suite("Groups of a breakdown") struct GroupTests {
  @Test func `the last grouping's level moves fastest`() {
    let levels = [2, 3].map { count in (0..<count).map { Level(.integer($0)) } }
    let table = TableOutput(
      name: "t", population: 0,
      groupings: levels.map {
        Grouping(
          name: "g", heading: "g", expression: .constant(.integer(0), .integer), levels: $0)
      }, breakdowns: [], statistics: [])
    #expect(
      table.keys(of: Breakdown(groupings: [0, 1], isTotal: false))
        == [[0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]])
    #expect(table.keys(of: Breakdown(groupings: [1], isTotal: true)) == [[0], [1], [2]])
    #expect(table.keys(of: Breakdown(groupings: [], isTotal: true)) == [[]])
  }
}
