internal import CarrelCatalogue
internal import CarrelStore

/// Puts the rows of one table into the staging database as they come from the process that parses.
final class TableLoader {
  let resource: Resource
  /// How many records have come.
  private(set) var recordCount = 0
  /// How many rows are kept.
  private(set) var keptCount = 0

  /// Which of the columns says when somebody was registered.
  let registrationColumn: Int?
  private let columns: [ValueCoding]
  private let insert: Statement
  private let keys: [KeySet]
  private let log: BreachLog
  private let people: PeopleIndex
  private var refusals: [[BrokenConstraint: Int]]
  private var storedCount: Int?

  init(
    _ resource: Resource, staging: StagedTable, keys: [KeySet], people: PeopleIndex, log: BreachLog
  ) throws(StoreError) {
    self.resource = resource
    self.keys = keys
    self.people = people
    self.log = log
    let loaded = resource.fields.filter(\.isLoaded)
    registrationColumn = loaded.firstIndex(where: \.isRegistration)
    columns = loaded.map { ValueCoding($0, of: resource) }
    insert = try staging.insertion()
    refusals = Array(repeating: [:], count: resource.fields.count)
  }

  /// What became of the rows.
  var report: LoadReport.Table {
    LoadReport.Table(
      name: resource.name, rowCount: storedCount ?? keptCount,
      refusedRowCount: recordCount - keptCount,
      refusals: zip(resource.fields, refusals).flatMap { field, counts in
        BrokenConstraint.allCases.compactMap { constraint in
          counts[constraint].map {
            LoadReport.Refusal(field: field.name, constraint: constraint, rowCount: $0)
          }
        }
      })
  }

  /// Says how many of the rows are people's who are kept.
  func keepOnly(_ count: Int) { storedCount = count }

  /// Takes a row that is kept.
  func takeRow(_ frame: inout FrameReader, file: Int) throws {
    recordCount += 1
    let person = try takeKeys(&frame, file: file)
    keptCount += 1
    people.markPresent(person)
    try insert.bind(person, at: 1)
    try insert.bind(recordCount, at: 2)
    for (position, column) in columns.enumerated() {
      try column.bind(&frame, to: insert, at: position + 3)
    }
    // After a breach nothing will be kept, and the rest is read only to find more.
    if log.isEmpty { try insert.run() }
  }

  /// Takes a row that breaks constraints.
  func takeRefusal(_ frame: inout FrameReader, file: Int) throws {
    recordCount += 1
    if try frame.flag() { _ = try takeKeys(&frame, file: file) }
    guard frame.remainingCount > 0 else { throw ParserNonsense() }
    while frame.remainingCount > 0 {
      let field = Int(try frame.number(UInt16.self))
      guard field < refusals.count,
        let constraint = BrokenConstraint(number: try frame.number())
      else { throw ParserNonsense() }
      refusals[field][constraint, default: 0] += 1
    }
  }

  /// Whose row it is; what identifies it is added to the keys.
  private func takeKeys(_ frame: inout FrameReader, file: Int) throws -> Int {
    let person = Int(try frame.number(UInt32.self))
    let line = try frame.line()
    guard person < people.count, line > 0 else { throw ParserNonsense() }
    let place = Place(file: file, line: line)
    for key in keys {
      if key.key.isPersonAlone {
        key.add(person: person, at: place)
      } else if try frame.flag() {
        try key.add(try frame.take(KeyHasher.byteCount), at: place)
      }
    }
    return person
  }
}

/// Collects breaches of format, and ends the load when there are enough to show.
final class BreachLog {
  private var breaches: [FormatBreach] = []

  /// Whether nothing was added.
  var isEmpty: Bool { breaches.isEmpty }

  /// Adds a breach.
  func add(_ breach: FormatBreach) throws(LoadError) {
    breaches.append(breach)
    if breaches.count == LoadError.shownBreaches { throw .format(breaches) }
  }

  /// Ends the load if anything was added.
  func check() throws(LoadError) {
    if !breaches.isEmpty { throw .format(breaches) }
  }
}
