public import CarrelEngine
public import CarrelPlan
public import CarrelStore
public import CarrelValues

/// An engine over a records database: one read-only statement for each output of a plan.
///
/// The database has a table `carrel_patients` with a row for each patient, whose number is the
/// column `patient`, and a table for each resource of the schema with the columns `carrel_patient`,
/// `carrel_row` and the schema's own. Dates are numbers of days since 1970-01-01, booleans 0 or 1.
public struct SQLEngine: Engine {
  private let database: Database
  private let functions: SQLFunctions
  private let identifier: (Int) -> Value

  /// An engine over a database.
  ///
  /// - Parameters:
  ///   - database: A connection, which gets the functions that generated SQL calls.
  ///   - identifier: What a preview calls the patient of a number; the number itself by default.
  /// - Throws: ``EngineError`` where the functions cannot be registered.
  public init(
    database: Database, identifier: @escaping (Int) -> Value = { .integer($0) }
  ) throws(EngineError) {
    self.database = database
    self.identifier = identifier
    functions = try Self.attempting("prepare the records") { () throws(StoreError) in
      try SQLFunctions(on: database)
    }
  }

  /// Computes every output of a plan over every patient of the records.
  public func results(of plan: Plan) throws(EngineError) -> RawResults {
    prepareCodelists(of: plan)
    var outputs: [RawOutput] = []
    for (output, sql) in zip(plan.outputs, plan.sqliteStatements) {
      outputs.append(try raw(output, of: plan, by: sql))
    }
    return RawResults(outputs: outputs)
  }

  private func raw(
    _ output: Output, of plan: Plan, by sql: SQLStatement
  ) throws(EngineError) -> RawOutput {
    switch output {
    case .table(let table): .table(try rawTable(table, in: plan, by: sql))
    case .summary(let summary): .table(try rawTable(summary.table, in: plan, by: sql))
    case .histogram(let histogram): .table(try rawTable(histogram.table, in: plan, by: sql))
    case .deciles(let deciles): .units(try rawUnits(deciles, by: sql))
    case .flow(let flow): .flow(try rawFlow(of: plan.populations[flow.population], by: sql))
    }
  }

  /// Computes columns for each patient, in order of patients.
  public func rows(
    of columns: [PreviewColumn], in plan: Plan
  ) throws(EngineError) -> [PreviewRow] {
    prepareCodelists(of: plan)
    let types = columns.map { plan.type(of: $0.expression) }
    var rows: [PreviewRow] = []
    try forEachRow(of: plan.sqlitePreviewStatement(of: columns)) { row in
      let values = types.enumerated().map { row.value(at: $0 + 1, as: $1) }
      rows.append(PreviewRow(patient: identifier(row.integer(at: 0)), values: values))
    }
    return rows
  }
}

extension SQLEngine {
  /// Has the functions that look codes up do so in the lists of a plan.
  func prepareCodelists(of plan: Plan) {
    functions.codelists.tables = plan.codelists.map { CodeTable($0) }
  }

  private func rawFlow(
    of population: Population, by sql: SQLStatement
  ) throws(EngineError) -> RawFlow {
    var patientsByPassed = [Int](repeating: 0, count: population.criteria.count + 1)
    try forEachRow(of: sql) { row in patientsByPassed[row.integer(at: 0)] = row.integer(at: 1) }
    let remaining = population.criteria.indices.map { index in
      patientsByPassed[(index + 1)...].reduce(0, +)
    }
    return RawFlow(universe: patientsByPassed.reduce(0, +), remaining: remaining)
  }

  private func rawTable(
    _ table: TableOutput, in plan: Plan, by sql: SQLStatement
  ) throws(EngineError) -> RawTable {
    var reader = GroupReader(of: table, in: plan)
    try forEachRow(of: sql) { row throws(EngineError) in try reader.read(row) }
    return reader.table
  }

  /// Takes the numbers of each unit and leaves its name where it is.
  private func rawUnits(
    _ deciles: DecilesOutput, by sql: SQLStatement
  ) throws(EngineError) -> RawUnits {
    var cells = [[RawCell]](repeating: [], count: deciles.intervals?.count ?? 1)
    // The breakdown, which is always the first; the interval; the unit; what is known of it.
    let unit = deciles.intervals == nil ? 1 : 2
    try forEachRow(of: sql) { row in
      if row.isNull(at: unit) { return }
      cells[deciles.intervals == nil ? 0 : row.integer(at: 1)].append(
        RawCell(
          patients: row.integer(at: unit + 1),
          statistics: GroupReader.statistics(deciles.statistics, of: row, from: unit + 2)))
    }
    return RawUnits(cellsByInterval: cells)
  }

  /// Runs a statement with its parameters and passes each row of its result on.
  func forEachRow(
    of sql: SQLStatement, _ body: (Statement) throws(EngineError) -> Void
  ) throws(EngineError) {
    let statement = try Self.attempting("read the records") { () throws(StoreError) in
      let statement = try database.prepare(sql.text)
      // A column that nothing asked for is left out of the text, with the parameters in it.
      for (index, value) in sql.parameters.prefix(statement.parameterCount).enumerated() {
        try statement.bind(value.stored, at: index + 1)
      }
      return statement
    }
    while try Self.attempting(
      "read the records", { () throws(StoreError) in try statement.step() })
    {
      try body(statement)
    }
  }

  private static func attempting<Result>(
    _ operation: String, _ body: () throws(StoreError) -> Result
  ) throws(EngineError) -> Result {
    do { return try body() } catch {
      throw EngineError(error, operation: operation)
    }
  }
}

extension EngineError {
  /// A failure of the database, without its own words: those may name what the records hold, its
  /// code cannot.
  public init(_ error: StoreError, operation: String) {
    self.init(
      operation: operation, reason: "SQLite stopped with code \(error.code)",
      cause: error.isInterrupted ? .time : error.isOutOfMemory ? .memory : .records)
  }
}

extension Value {
  /// The value as a parameter of a statement.
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

extension Statement {
  /// A column of the row as a value of a type; missing where it is null.
  func value(at index: Int, as type: ScalarType) -> Value {
    if isNull(at: index) { return .missing }
    return switch type {
    case .boolean: .boolean(integer(at: index) != 0)
    case .integer: .integer(integer(at: index))
    case .decimal: .decimal(finite: decimal(at: index))
    case .text: .text(text(at: index))
    case .date: CivilDate(dayNumber: integer(at: index)).map { .date($0) } ?? .missing
    }
  }
}
