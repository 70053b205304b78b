import CarrelStore
import Testing

@Suite("Functions written in Swift") struct FunctionTests {
  /// Addition whose overflow is missing, as in the language.
  private func databaseThatAdds() throws -> Database {
    let database = try Database(.inMemory)
    try database.register(function: "carrel_add", argumentCount: 2) { arguments in
      guard let left = arguments.integer(at: 0), let right = arguments.integer(at: 1) else {
        return .null
      }
      let (sum, overflow) = left.addingReportingOverflow(right)
      return overflow ? .null : .integer(sum)
    }
    return database
  }

  @Test(
    "are called by SQL with values of every type",
    arguments: [
      ("carrel_add(2, 3)", StoreValue.integer(5)),
      ("carrel_add(9223372036854775807, 1)", .null),
      ("carrel_add(1, NULL)", .null),
      ("carrel_add(1, 'x')", .null),
    ])
  func scalar(call: String, expected: StoreValue) throws {
    #expect(try rows("SELECT \(call)", in: databaseThatAdds()) == [[expected]])
  }

  @Test(
    "see an argument as it is and give back any type",
    arguments: [
      ("NULL", StoreValue.null), ("7", .integer(7)), ("2.5", .decimal(2.5)),
      ("'naïve'", .text("naïve")), ("''", .text("")), ("x'00ff'", .blob([0, 255])),
    ])
  func echo(literal: String, expected: StoreValue) throws {
    let database = try Database(.inMemory)
    try database.register(function: "echo", argumentCount: -1) { $0[$0.count - 1] }
    #expect(try rows("SELECT echo(1, \(literal))", in: database) == [[expected]])
  }

  @Test func `read an argument by the type they ask for`() throws {
    let database = try Database(.inMemory)
    try database.register(function: "kinds", argumentCount: 1) { arguments in
      .text(
        """
        \(arguments.isNull(at: 0)) \(arguments.integer(at: 0) as Int?) \
        \(arguments.decimal(at: 0) as Double?) \(arguments.text(at: 0) as String?)
        """)
    }
    let read = try rows("SELECT kinds(7), kinds(2.5), kinds('a'), kinds(NULL)", in: database)
    #expect(
      read == [
        [
          .text("false Optional(7) Optional(7.0) nil"), .text("false nil Optional(2.5) nil"),
          .text("false nil nil Optional(\"a\")"), .text("true nil nil nil"),
        ]
      ])
  }

  @Test func `a name that is too long is refused`() throws {
    let database = try Database(.inMemory)
    let error = #expect(throws: StoreError.self) {
      try database.register(
        function: String(repeating: "f", count: 300), argumentCount: 0
      ) { _ in .null }
    }
    #expect(error?.operation == .register)
  }
}

@Suite("Aggregates written in Swift") struct AggregateTests {
  /// The longest text of a group, and how many rows it was chosen from.
  private func database() throws -> Database {
    let database = try Database(.inMemory)
    try database.register(
      aggregate: "longest", argumentCount: 1, initial: (text: "", count: 0),
      step: { state, arguments in
        state.count += 1
        guard let text = arguments.text(at: 0), text.count > state.text.count else { return }
        state.text = text
      },
      finish: { .text("\($0.text) of \($0.count)") })
    try database.execute(
      """
      CREATE TABLE t(g, v);
      INSERT INTO t VALUES (1, 'a'), (2, 'bb'), (1, 'ccc'), (2, NULL), (3, NULL);
      """)
    return database
  }

  @Test func `keep one state for each group`() throws {
    #expect(
      try rows("SELECT g, longest(v) FROM t GROUP BY g ORDER BY g", in: database()) == [
        [.integer(1), .text("ccc of 2")], [.integer(2), .text("bb of 2")],
        [.integer(3), .text(" of 1")],
      ])
  }

  @Test func `answer for a group of no rows`() throws {
    #expect(try rows("SELECT longest(v) FROM t WHERE g = 4", in: database()) == [[.text(" of 0")]])
  }

  @Test func `let go of their states when a statement is stopped half way`() throws {
    final class Witness {}
    let database = try Database(.inMemory)
    weak var witness: Witness?
    do {
      let held = Witness()
      witness = held
      try database.register(
        aggregate: "held", argumentCount: 1, initial: [Witness](),
        step: { [held] state, _ in state = [held] }, finish: { .integer($0.count) })
    }
    #expect(witness != nil)
    let statement = try database.prepare(
      "SELECT g, held(v) FROM (SELECT 1 AS g, 1 AS v UNION ALL SELECT 2, 2) GROUP BY g")
    #expect(try statement.step())
    statement.reset()
    // Another function of the same name and arguments takes the place of the first.
    try database.register(
      aggregate: "held", argumentCount: 1, initial: 0, step: { _, _ in }, finish: { .integer($0) })
    #expect(witness == nil)
  }
}
