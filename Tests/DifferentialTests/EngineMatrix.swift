import CarrelEngine
import CarrelPlan
import CarrelSQL
import CarrelStore
import CarrelValues

/// The same records in every engine.
struct EngineMatrix {
  let reference: ReferenceEngine
  let sql: SQLEngine

  /// Engines over the records of patients, numbered from 1: rows by table, in stored order.
  init(patients: [[[[Value]]]], tables: [TableUse]) throws {
    reference = ReferenceEngine(
      patients: patients.enumerated().map { index, rows in
        PatientRecords(index: index + 1, identifier: .integer(index + 1), rows: rows)
      })
    // Confined as the worker confines it, so that SQL that asks for more fails here.
    let database = try Self.database(of: patients, tables)
    try database.confine(
      to: ReadPermissions(computing: Plan(tables: tables), showsIdentifiers: false))
    sql = try SQLEngine(database: database)
  }

  /// Each engine with its name.
  var all: [(name: String, engine: any Engine)] { [("reference", reference), ("sql", sql)] }

  private static func database(of patients: [[[[Value]]]], _ tables: [TableUse]) throws -> Database
  {
    let database = try Database(.inMemory)
    try database.execute("CREATE TABLE carrel_patients (patient INTEGER PRIMARY KEY, pseudonym)")
    for table in tables { try database.execute(table.definition) }
    try database.transaction {
      for (index, rows) in patients.enumerated() {
        try database.execute("INSERT INTO carrel_patients VALUES (\(index + 1), 'p\(index + 1)')")
        for (table, rows) in zip(tables, rows) {
          try insert(rows, of: index + 1, into: table, database)
        }
      }
    }
    return database
  }

  private static func insert(
    _ rows: [[Value]], of patient: Int, into table: TableUse, _ database: Database
  ) throws {
    let marks = Array(repeating: "?", count: table.columns.count + 2).joined(separator: ", ")
    let name = Database.quoted(identifier: table.name)
    let insertion = try database.prepare("INSERT INTO \(name) VALUES (\(marks))")
    for (position, row) in rows.enumerated() {
      try insertion.bind(patient, at: 1)
      // Stored order is all that counts: row numbers need not be dense.
      try insertion.bind(7 * position + patient % 3, at: 2)
      for (index, value) in row.enumerated() { try insertion.bind(value.stored, at: index + 3) }
      try insertion.run()
    }
  }
}

extension TableUse {
  fileprivate var definition: String {
    let columns = columns.map { column in
      let type =
        switch column.type {
        case .boolean, .integer, .date: "INTEGER"
        case .decimal: "REAL"
        case .text: "TEXT"
        }
      return ", \(Database.quoted(identifier: column.name)) \(type)"
    }
    return """
      CREATE TABLE \(Database.quoted(identifier: name)) (carrel_patient INTEGER, carrel_row INTEGER\
      \(columns.joined()), PRIMARY KEY (carrel_patient, carrel_row)) WITHOUT ROWID
      """
  }
}

extension Value {
  fileprivate var stored: StoreValue {
    switch self {
    case .missing: .null
    case .boolean(let boolean): .integer(boolean ? 1 : 0)
    case .integer(let integer): .integer(integer)
    case .decimal(let decimal): .decimal(decimal)
    case .text(let text): .text(text)
    case .date(let date): .integer(date.dayNumber)
    }
  }
}
