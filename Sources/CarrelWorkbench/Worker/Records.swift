import CarrelEngine
import CarrelPlan
import CarrelRecords
import CarrelSQL
import CarrelStore
import CarrelValues

/// An open records database, as the worker sees it.
struct Records {
  private let database: Database

  /// The records in an open file that nobody writes any more.
  ///
  /// - Parameters:
  ///   - descriptor: The open file.
  ///   - limits: What reading it may take.
  /// - Throws: ``EngineError`` where the file is no database.
  init(in descriptor: Int32, limits: StatementLimits) throws(EngineError) {
    database = try Self.attempt { () throws(StoreError) in
      try Database(.readOnlyDescriptor(descriptor))
    }
    database.limit(to: limits)
  }

  /// Lets no statement from now on read anything but what a plan names.
  func confine(to plan: Plan, showsIdentifiers: Bool) throws(EngineError) {
    try Self.attempt { () throws(StoreError) in
      try database.confine(
        to: ReadPermissions(computing: plan, showsIdentifiers: showsIdentifiers))
    }
  }

  /// Whether the records say of themselves that one person's values may be shown: they are of a
  /// synthetic site, or of files that whoever asks can read already.
  var mayBePreviewed: Bool {
    get throws(EngineError) {
      try Self.attempt { () throws(StoreError) in
        let statement = try database.prepare("SELECT value FROM carrel_meta WHERE key = 'kind'")
        return try statement.step() && ["synthetic", "preview"].contains(statement.text(at: 0))
      }
    }
  }

  /// Hides every patient but the first of them from all engines, so that no more is computed than
  /// is shown.
  func keepOnly(first count: Int) throws(EngineError) {
    // A temporary view goes before the table of its name in every statement from now on.
    try Self.attempt { () throws(StoreError) in
      try database.execute(
        "CREATE TEMP VIEW carrel_patients AS SELECT * FROM main.carrel_patients "
          + "ORDER BY patient LIMIT \(count)")
    }
  }

  /// An engine over these records.
  func engine(
    _ choice: EngineChoice, showsIdentifiers: Bool = false
  ) throws(EngineError) -> any Engine {
    switch choice {
    case .sql:
      let identifiers = showsIdentifiers ? try identifiers() : [:]
      return try SQLEngine(database: database) { identifiers[$0] ?? .integer($0) }
    case .reference:
      return ReferenceEngine { (plan, body) throws(EngineError) in
        try patients(of: plan, readsIdentifiers: showsIdentifiers, body)
      }
    }
  }

  /// What previews call patients whose identifiers are kept, by number; empty for pseudonyms.
  private func identifiers() throws(EngineError) -> [Int: Value] {
    try Self.attempt { () throws(StoreError) in
      let statement = try database.prepare("SELECT patient, pseudonym FROM carrel_patients")
      var identifiers: [Int: Value] = [:]
      while try statement.step() {
        switch statement.value(at: 1) {
        case .integer(let integer): identifiers[statement.integer(at: 0)] = .integer(integer)
        case .text(let text): identifiers[statement.integer(at: 0)] = .text(text)
        case .blob, .decimal, .null: break
        }
      }
      return identifiers
    }
  }

  /// Gives each patient in turn the rows of the tables of a plan.
  private func patients(
    of plan: Plan, readsIdentifiers: Bool, _ body: (PatientRecords) throws(EngineError) -> Void
  ) throws(EngineError) {
    let reader = try Self.attempt { () throws(StoreError) in
      try RecordReader(
        database, plan.tables.map(RecordReader.Selection.init), readsIdentifiers: readsIdentifiers)
    }
    while let patient = try Self.attempt({ () throws(StoreError) in try reader.next() }) {
      try body(
        PatientRecords(
          index: patient.number,
          identifier: patient.identifier.isMissing
            ? .integer(patient.number) : patient.identifier,
          rows: patient.rows))
    }
  }

  /// A failure of the database as a failure of the engine, without SQLite's own words.
  private static func attempt<Result>(
    _ body: () throws(StoreError) -> Result
  ) throws(EngineError) -> Result {
    do { return try body() } catch { throw EngineError(error, operation: "read the records") }
  }
}

extension RecordReader.Selection {
  /// Every column of a table that a plan reads.
  init(_ table: TableUse) {
    self.init(table: table.name, columns: table.columns.map { .init($0.name, $0.type) })
  }
}
