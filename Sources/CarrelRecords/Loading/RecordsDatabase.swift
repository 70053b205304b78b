internal import CarrelCatalogue
internal import CarrelFiles
internal import CarrelStore
internal import Glibc

/// The database of records while it is made, with a staging database that is gone afterwards.
///
/// Rows arrive in the order of their files and are wanted in the order of their patients, which is
/// known only when every file has been read. So they wait in the staging database; what is made
/// from it is written once, in order. One transaction covers both.
final class RecordsDatabase {
  let database: Database
  private let path: String
  private let stagingPath: String
  private var greatestNumber = 0

  /// The most rows that are put in order at once, in memory.
  private static let rowsPerPass = 4_000_000

  /// Makes both files, which must not exist.
  init(path: String) throws(StoreError) {
    self.path = path
    stagingPath = path + ".staging"
    database = try Database(.create(path: path))
    do { try database.attachNew(path: stagingPath, as: "staging") } catch {
      try? Files.remove(path)
      throw error
    }
    // Until it is whole, nobody else reads the file and nothing of it need be kept.
    for schema in ["main", "staging"] {
      try database.execute(
        """
        PRAGMA \(schema).locking_mode = EXCLUSIVE;
        PRAGMA \(schema).journal_mode = MEMORY;
        PRAGMA \(schema).synchronous = OFF;
        PRAGMA \(schema).cache_size = -65536;
        """)
    }
    try database.execute("BEGIN")
  }

  /// Removes the files of a load that failed.
  func remove() {
    for file in [path, stagingPath] { try? Files.remove(file) }
  }

  /// Writes the people, in the order of their numbers, and lets SQL number them by what they were
  /// numbered first.
  func storePeople(_ people: [NumberedPerson], type: String) throws(StoreError) {
    try database.execute(
      """
      CREATE TABLE carrel_patients(
        patient INTEGER PRIMARY KEY, pseudonym \(type) NOT NULL UNIQUE) STRICT
      """)
    let insert = try database.prepare("INSERT INTO carrel_patients VALUES (?, ?)")
    var patients = [Int](repeating: 0, count: (people.map(\.person).max() ?? -1) + 1)
    for person in people {
      patients[person.person] = person.number
      try insert.bind(person.number, at: 1)
      try insert.bind(person.stored, at: 2)
      try insert.run()
    }
    greatestNumber = people.last?.number ?? 0
    try database.register(function: "carrel_patient", argumentCount: 1) { [patients] arguments in
      arguments.integer(at: 0).flatMap { person in
        patients.indices.contains(person) && patients[person] > 0
          ? .integer(patients[person]) : nil
      } ?? .null
    }
  }

  /// Writes a table in the order of its patients, without rows of whoever is not one.
  ///
  /// - Returns: How many rows it has.
  func store(_ table: StagedTable, rowCount: Int) throws(StoreError) -> Int {
    try database.execute(table.creation)
    var storedCount = 0
    let passes = max(1, (rowCount + Self.rowsPerPass - 1) / Self.rowsPerPass)
    let insert = try database.prepare(table.ordering(inPasses: passes > 1))
    for pass in 0..<passes {
      if passes > 1 {
        try insert.bind(greatestNumber * pass / passes + 1, at: 1)
        try insert.bind(greatestNumber * (pass + 1) / passes, at: 2)
      }
      try insert.run()
      storedCount += database.changedRowCount
    }
    return storedCount
  }

  /// Writes what the records say of themselves.
  func storeMetadata(_ entries: [(key: String, value: String)]) throws(StoreError) {
    try database.execute(
      """
      CREATE TABLE carrel_meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID
      """)
    let insert = try database.prepare("INSERT INTO carrel_meta VALUES (?, ?)")
    for (key, value) in entries {
      try insert.bind(key, at: 1)
      try insert.bind(value, at: 2)
      try insert.run()
    }
  }

  /// Ends the work: the database is whole, and the staging database gone.
  func finish() throws {
    try database.execute("COMMIT; DETACH staging")
    try Files.remove(stagingPath)
    try Self.synchronise(path)
  }

  static func synchronise(_ path: String) throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError(.write, path, .system(errorNumber: errno)) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw FileError(.write, path, .system(errorNumber: errno))
    }
  }
}

/// One table in the staging database, and the table it becomes.
struct StagedTable {
  private let database: Database
  private let name: String
  private let finalName: String
  private let columns: [Field]

  init(_ resource: Resource, number: Int, in database: Database) throws(StoreError) {
    self.database = database
    name = "staging.t\(number)"
    finalName = Database.quoted(identifier: resource.name)
    columns = resource.fields.filter(\.isLoaded)
    let list = ["person", "row"] + columns.indices.map { "c\($0)" }
    try database.execute("CREATE TABLE \(name)(\(list.joined(separator: ", ")))")
  }

  /// Adds a row: the person's provisional number, the row's, then the columns.
  func insertion() throws(StoreError) -> Statement {
    let marks = Array(repeating: "?", count: columns.count + 2).joined(separator: ", ")
    return try database.prepare("INSERT INTO \(name) VALUES (\(marks))")
  }

  /// Everybody who has a row with a date in a column that is not later than a day.
  func people(withDateIn column: Int, upTo day: Int) throws(StoreError) -> Set<Int> {
    let rows = try database.prepare("SELECT DISTINCT person FROM \(name) WHERE c\(column) <= ?")
    try rows.bind(day, at: 1)
    var people: Set<Int> = []
    while try rows.step() { people.insert(rows.integer(at: 0)) }
    return people
  }

  /// Makes the table.
  var creation: String {
    let list = columns.map { ", \(Database.quoted(identifier: $0.name)) \($0.storedType)" }
    return """
      CREATE TABLE main.\(finalName)(
        carrel_patient INTEGER NOT NULL, carrel_row INTEGER NOT NULL\(list.joined()),
        PRIMARY KEY (carrel_patient, carrel_row)) STRICT, WITHOUT ROWID
      """
  }

  /// Fills the table in order; in several passes, each takes a range of patients.
  func ordering(inPasses: Bool) -> String {
    let list = columns.indices.map { ", c\($0)" }.joined()
    return """
      INSERT INTO main.\(finalName) SELECT carrel_patient(person), row\(list) FROM \(name)
      WHERE carrel_patient(person) \(inPasses ? "BETWEEN ? AND ?" : "IS NOT NULL") ORDER BY 1, 2
      """
  }
}

extension Field {
  /// The type of the column that holds the field.
  fileprivate var storedType: String {
    switch type {
    case .integer, .boolean, .date, .datetime: "INTEGER"
    case .number: "REAL"
    case .string: "TEXT"
    }
  }
}
