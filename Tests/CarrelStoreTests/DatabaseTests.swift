import CarrelStore
import Foundation
import TestSupport
import Testing

/// The rows that a query gives.
func rows(_ query: String, in database: Database) throws -> [[StoreValue]] {
  let statement = try database.prepare(query)
  var rows: [[StoreValue]] = []
  while try statement.step() {
    rows.append((0..<statement.columnCount).map { statement.value(at: $0) })
  }
  return rows
}

@Suite("A database") struct DatabaseTests {
  @Test func `gives back every type of value as it was stored`() throws {
    let database = try Database(.inMemory)
    try database.execute("CREATE TABLE t(a INTEGER PRIMARY KEY, v)")
    let values: [StoreValue] = [
      .null, .integer(.min), .integer(.max), .decimal(-1.5), .text(""), .text("naïve\u{0}x"),
      .blob([]), .blob([0, 255]),
    ]
    let insert = try database.prepare("INSERT INTO t(v) VALUES (?)")
    for value in values {
      try insert.bind(value, at: 1)
      try insert.run()
    }
    #expect(try rows("SELECT v FROM t ORDER BY a", in: database).map { $0[0] } == values)
    #expect(database.changedRowCount == 1)
  }

  @Test func `reads columns by type, and null as the type's empty value`() throws {
    let database = try Database(.inMemory)
    let statement = try database.prepare("SELECT 7 AS n, 2.5, 'é', x'0102', NULL")
    #expect(try statement.step())
    #expect(statement.columnName(at: 0) == "n")
    #expect(statement.integer(at: 0) == 7)
    #expect(statement.decimal(at: 1) == 2.5)
    #expect(statement.text(at: 2) == "é")
    #expect(statement.bytes(at: 3) == [1, 2])
    #expect(statement.isNull(at: 4) && !statement.isNull(at: 0))
    #expect(statement.integer(at: 4) == 0 && statement.text(at: 4) == "")
    #expect(try !statement.step())
  }

  @Test func `a text given as bytes is stored as that text`() throws {
    let database = try Database(.inMemory)
    let statement = try database.prepare("SELECT ?, typeof(?1)")
    try statement.bindText(utf8: Array("naïve".utf8).span, at: 1)
    #expect(try statement.step())
    #expect(statement.text(at: 0) == "naïve" && statement.text(at: 1) == "text")
  }

  @Test func `a new file belongs to its owner alone and is never an old one`() throws {
    let folder = try TemporaryFolder()
    let path = folder["new.sqlite"]
    do {
      let database = try Database(.create(path: path))
      try database.execute("CREATE TABLE t(a)")
    }
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let error = #expect(throws: StoreError.self) { try Database(.create(path: path)) }
    #expect(error?.description == "the database could not open `\(path)`: the file exists already")
  }

  @Test func `takes a new file in under a name, and one transaction covers both`() throws {
    let folder = try TemporaryFolder()
    let other = folder["other?.sqlite"]
    let database = try Database(.create(path: folder["main.sqlite"]))
    try database.attachNew(path: other, as: "other")
    try database.execute("CREATE TABLE other.t(a); CREATE TABLE main.u(a)")
    #expect(throws: StoreError.self) {
      try database.transaction {
        try database.execute("INSERT INTO t VALUES (1); INSERT INTO u VALUES (1); nonsense")
      }
    }
    #expect(try rows("SELECT a FROM t UNION ALL SELECT a FROM u", in: database).isEmpty)
    let attributes = try FileManager.default.attributesOfItem(atPath: other)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(throws: StoreError.self) { try database.attachNew(path: other, as: "again") }
  }

  @Test(
    "a finished file is read and not written, whatever its name",
    arguments: ["plain", "a?b", "a#b", "a%41b", "a b", "é"])
  func readOnly(name: String) throws {
    let folder = try TemporaryFolder()
    let path = folder["\(name).sqlite"]
    do {
      let database = try Database(.create(path: path))
      try database.execute("CREATE TABLE t(a); INSERT INTO t VALUES (1)")
    }
    let database = try Database(.readOnlyImmutable(path: path))
    #expect(try rows("SELECT a FROM t", in: database) == [[.integer(1)]])
    #expect(throws: StoreError.self) { try database.execute("INSERT INTO t VALUES (2)") }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).count == 1)
  }

  @Test func `opening what is missing or no database says so`() throws {
    let folder = try TemporaryFolder()
    let missing = folder["missing.sqlite"]
    #expect(throws: StoreError.self) { try Database(.readOnlyImmutable(path: missing)) }
    #expect(throws: StoreError.self) { try Database(.readWrite(path: missing)) }
    let text = folder["text.sqlite"]
    try Data(String(repeating: "not a database ", count: 100).utf8).write(
      to: URL(fileURLWithPath: text))
    let error = #expect(throws: StoreError.self) {
      try rows("SELECT * FROM sqlite_schema", in: Database(.readOnlyImmutable(path: text)))
    }
    #expect(error?.reason == "file is not a database")
  }

  @Test func `a path becomes an identifier whatever it holds`() throws {
    let database = try Database(.inMemory)
    let name = Database.quoted(identifier: "a\"b; --")
    try database.execute("CREATE TABLE \(name)(\(Database.quoted(identifier: "select")))")
    #expect(try rows("SELECT name FROM sqlite_schema", in: database) == [[.text("a\"b; --")]])
  }
}

@Suite("A hardened connection") struct HardeningTests {
  @Test(
    "does not do what a hostile file could ask for",
    arguments: [
      "SELECT \"text\"",
      "SELECT * FROM v",
      "SELECT load_extension('x')",
      "PRAGMA writable_schema = ON; DELETE FROM sqlite_schema",
    ])
  func refused(statement: String) throws {
    let folder = try TemporaryFolder()
    let database = try Database(.create(path: folder["d.sqlite"]))
    try database.execute("CREATE TABLE t(a); CREATE VIEW v AS SELECT a FROM t")
    #expect(throws: StoreError.self) { try database.execute(statement) }
  }

  @Test func `a trigger does not fire`() throws {
    let database = try Database(.inMemory)
    try database.execute(
      """
      CREATE TABLE t(a);
      CREATE TRIGGER doubled AFTER INSERT ON t BEGIN INSERT INTO t VALUES (2); END;
      INSERT INTO t VALUES (1);
      """)
    #expect(try rows("SELECT a FROM t", in: database) == [[.integer(1)]])
  }
}

@Suite("A database error") struct StoreErrorTests {
  @Test func `names the statement and never a bound or stored value`() throws {
    let database = try Database(.inMemory)
    try database.execute("CREATE TABLE t(nhs TEXT NOT NULL UNIQUE)")
    let insert = try database.prepare("INSERT INTO t(nhs) VALUES (?)")
    try insert.bind("9434765919", at: 1)
    try insert.run()
    let error = #expect(throws: StoreError.self) { try insert.run() }
    #expect(
      error?.description
        == "the database could not step `INSERT INTO t(nhs) VALUES (?)`: constraint failed")
    #expect(error?.isConstraintViolation == true)
  }

  @Test func `says what is wrong with a statement's text`() throws {
    let database = try Database(.inMemory)
    let error = #expect(throws: StoreError.self) { try database.prepare("SELECT a FROM nowhere") }
    #expect(error?.reason == "no such table: nowhere")
    #expect(throws: StoreError.self) { try database.prepare("  ") }
  }

  @Test func `comes for a parameter that is not there`() throws {
    let statement = try Database(.inMemory).prepare("SELECT ?")
    #expect(statement.parameterCount == 1)
    #expect(throws: StoreError.self) { try statement.bind(1, at: 2) }
  }
}

@Suite("A transaction") struct TransactionTests {
  struct Stop: Error {}

  @Test func `keeps all of its work or none`() throws {
    let database = try Database(.inMemory)
    try database.execute("CREATE TABLE t(a)")
    #expect(throws: Stop.self) {
      try database.transaction {
        try database.execute("INSERT INTO t VALUES (1)")
        throw Stop()
      }
    }
    #expect(try rows("SELECT * FROM t", in: database).isEmpty)
    let answer = try database.transaction {
      try database.execute("INSERT INTO t VALUES (2)")
      return 42
    }
    #expect(answer == 42)
    #expect(try rows("SELECT * FROM t", in: database) == [[.integer(2)]])
  }
}
