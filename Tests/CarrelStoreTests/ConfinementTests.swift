import CarrelStore
import Foundation
import TestSupport
import Testing

@Suite("A confined connection") struct ConfinementTests {
  private let database: Database

  init() throws {
    database = try Database(.inMemory)
    try database.execute(
      """
      CREATE TABLE allowed(a, b, hidden);
      CREATE TABLE other(a);
      INSERT INTO allowed VALUES (1, 2, 'secret'), (3, 4, 'secret');
      """)
    try database.confine(
      to: ReadPermissions(
        columnsByTable: ["allowed": ["a", "b"]], intermediatePrefix: "part_",
        functions: ["sum", "count"]))
  }

  @Test(
    "reads what it may",
    arguments: [
      ("SELECT sum(a) FROM allowed", 4), ("SELECT count(*) FROM allowed", 2),
      ("WITH part_1 AS MATERIALIZED (SELECT b FROM allowed) SELECT count(*) FROM part_1", 2),
      ("SELECT SUM(b) FROM allowed WHERE a > 1", 4),
    ])
  func allowed(_ query: String, _ expected: Int) throws {
    #expect(try rows(query, in: database) == [[.integer(expected)]])
  }

  @Test(
    "refuses everything else",
    arguments: [
      "SELECT hidden FROM allowed", "SELECT * FROM allowed",
      "SELECT a FROM allowed ORDER BY hidden",
      "SELECT a FROM allowed WHERE hidden = 'secret'", "SELECT a FROM other",
      "SELECT count(*) FROM other", "SELECT sql FROM sqlite_schema", "SELECT max(a) FROM allowed",
      "SELECT load_extension('x')", "SELECT sqlite_version()", "SELECT hex(randomblob(8))",
      "PRAGMA table_info(allowed)", "PRAGMA query_only = OFF", "ATTACH ':memory:' AS m",
      "INSERT INTO allowed VALUES (1, 2, 3)", "UPDATE allowed SET a = 1", "DELETE FROM allowed",
      "CREATE TEMP TABLE t(a)", "DROP TABLE allowed", "BEGIN", "VACUUM", "ANALYZE",
      "SELECT * FROM pragma_table_info('allowed')", "SELECT value FROM json_each('[1]')",
      "WITH RECURSIVE part_1(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM part_1) SELECT n FROM part_1",
    ])
  func refused(_ statement: String) {
    #expect(throws: StoreError.self) { try database.execute(statement) }
  }
}

@Suite("A limited connection") struct StatementLimitTests {
  private static let endless = """
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n
    """

  @Test func `stops what takes too long`() throws {
    let database = try Database(.inMemory)
    database.limit(to: StatementLimits(duration: .milliseconds(50), memoryBytes: 1 << 30))
    let start = ContinuousClock.now
    let error = #expect(throws: StoreError.self) { try rows(Self.endless, in: database) }
    #expect(error?.isInterrupted == true && error?.isOutOfMemory == false)
    #expect(ContinuousClock.now - start < .seconds(5))
  }

  @Test func `attaches nothing`() throws {
    let database = try Database(.inMemory)
    database.limit(to: StatementLimits(duration: .seconds(60), memoryBytes: 1 << 30))
    #expect(throws: StoreError.self) { try database.execute("ATTACH ':memory:' AS m") }
  }
}

@Suite("A database in an open descriptor") struct DescriptorDatabaseTests {
  private let folder: TemporaryFolder
  private let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder["t.sqlite"]
    let database = try Database(.create(path: path))
    try database.execute("CREATE TABLE t(a, b)")
    let insert = try database.prepare("INSERT INTO t VALUES (?, ?)")
    try database.transaction {
      for number in 0..<20_000 {
        try insert.bind(number, at: 1)
        try insert.bind(String(repeating: "x", count: number % 50), at: 2)
        try insert.run()
      }
    }
  }

  @Test func `reads what the file holds, also when another lies at its path by now`() throws {
    let query = "SELECT count(*), sum(a), sum(length(b)) FROM t"
    let expected = try rows(query, in: Database(.readOnlyImmutable(path: path)))
    let file = try FileHandle(forReadingFrom: URL(filePath: path))
    try FileManager.default.removeItem(atPath: path)
    try folder.write("not a database", to: "t.sqlite")
    let database = try Database(.readOnlyDescriptor(file.fileDescriptor))
    #expect(try rows(query, in: database) == expected)
    // A sort of everything stays in memory.
    #expect(try rows("SELECT b FROM t ORDER BY b DESC, a", in: database).count == 20_000)
  }

  @Test func `writes nothing`() throws {
    let file = try FileHandle(forUpdating: URL(filePath: path))
    let database = try Database(.readOnlyDescriptor(file.fileDescriptor))
    #expect(throws: StoreError.self) { try database.execute("INSERT INTO t VALUES (1, 2)") }
    #expect(throws: StoreError.self) { try database.execute("DROP TABLE t") }
  }

  @Test func `that is cut short or no database is an error`() throws {
    let bytes = try Data(contentsOf: URL(filePath: path))
    for (name, content) in [("short", bytes.prefix(5_000)), ("text", Data("hello".utf8))] {
      let file = folder.url.appending(path: name)
      try content.write(to: file)
      let handle = try FileHandle(forReadingFrom: file)
      #expect(throws: StoreError.self) {
        let database = try Database(.readOnlyDescriptor(handle.fileDescriptor))
        _ = try rows("SELECT sum(a) FROM t", in: database)
      }
    }
  }
}
