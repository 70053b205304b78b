internal import CarrelCatalogue
internal import CarrelStore
internal import CarrelValues

/// Reads the rows of one table into the staging database, in the order of its files.
final class TableLoader {
  let resource: Resource
  /// How many records the files have, header not counted.
  private(set) var recordCount = 0
  /// How many rows are kept.
  private(set) var keptCount = 0

  private let readers: [FieldReader]
  private let isRequired: [Bool]
  private let personIndex: Int
  private let loadedIndices: [Int]
  private let insert: Statement
  private let keys: [KeySet]
  private let log: BreachLog
  private let people: PeopleIndex
  /// The column of each field, and how many columns there are.
  private var layout: (columns: [Int?], width: Int)?
  private var hasRow: [Bool] = []
  private var refusals: [[BrokenConstraint: Int]]

  init(
    _ resource: Resource, staging: StagedTable, keys: [KeySet], people: PeopleIndex, log: BreachLog
  ) throws(StoreError) {
    self.resource = resource
    self.keys = keys
    self.people = people
    self.log = log
    readers = resource.fields.map(FieldReader.init)
    isRequired = resource.fields.map { field in
      field.constraints.isRequired || field.privacy == .personIdentifier
        || resource.primaryKey.contains(field.name)
    }
    guard let person = resource.fields.firstIndex(where: { $0.privacy == .personIdentifier })
    else { preconditionFailure("a table says whose rows it has") }
    personIndex = person
    loadedIndices = resource.fields.indices.filter { resource.fields[$0].isLoaded }
    insert = try staging.insertion()
    refusals = Array(repeating: [:], count: resource.fields.count)
  }

  /// What became of the rows.
  var report: LoadReport.Table {
    LoadReport.Table(
      name: resource.name, rowCount: keptCount, refusedRowCount: recordCount - keptCount,
      refusals: zip(resource.fields, refusals).flatMap { field, counts in
        BrokenConstraint.allCases.compactMap { constraint in
          counts[constraint].map {
            LoadReport.Refusal(field: field.name, constraint: constraint, rowCount: $0)
          }
        }
      })
  }

  /// Learns which column holds which field, from the table's first record.
  ///
  /// - Throws: A ``FormatBreach`` where the fields described are not those of the file.
  func readHeader(_ record: CSVRecord, of file: String) throws {
    do throws(HeaderMismatch) {
      layout = (try resource.columnIndices(for: record.header), record.count)
    } catch {
      throw FormatBreach(file, line: record.line, .header(error))
    }
  }

  /// Whether a first record has said which column holds which field.
  var knowsColumns: Bool { layout != nil }

  /// Reads one row.
  func read(_ record: CSVRecord, file: Int) throws {
    guard let layout else { preconditionFailure("the columns are known before the rows") }
    recordCount += 1
    guard layout.width == record.count else {
      let reason = CSVError.Reason.ragged(expected: layout.width, found: record.count)
      throw FormatBreach(resource.paths[file], line: record.line, .csv(reason))
    }
    guard let row = try row(of: record, layout.columns, file: file) else { return }
    guard let person = try people.number(of: row, personIndex, resource, file: file) else {
      return count(row.broken)
    }
    let place = Place(file: file, line: record.line)
    try checkSingleRow(person, at: place)
    for key in keys { try key.add(row, person: person, at: place) }
    guard row.broken.isEmpty else { return count(row.broken) }
    keptCount += 1
    people.markPresent(person)
    // After a breach nothing will be kept, and the rest is read only to find more.
    if log.isEmpty { try store(row, person: person) }
  }

  /// The record as values; `nil` where it breaks the format, which is then logged.
  private func row(
    of record: CSVRecord, _ columns: [Int?], file: Int
  ) throws(LoadError) -> TableRow? {
    var values = [Value](repeating: .missing, count: readers.count)
    var broken: [(field: Int, constraint: BrokenConstraint)] = []
    var isWellFormed = true
    for (index, column) in columns.enumerated() {
      guard let column else { continue }
      var rule: FormatBreach.Rule?
      switch readers[index].read(record[column]) {
      case .value(let value):
        values[index] = value
        if value.isMissing, isRequired[index] { rule = .missing }
      case .breaks(let constraint): broken.append((index, constraint))
      case .wrongFormat: rule = resource.fields[index].formatRule
      }
      guard let rule else { continue }
      isWellFormed = false
      try log.add(
        FormatBreach(
          resource.paths[file], line: record.line, field: resource.fields[index].name, rule))
    }
    return isWellFormed ? TableRow(values, broken: broken, record, columns: columns) : nil
  }

  private func checkSingleRow(_ person: Int, at place: Place) throws(LoadError) {
    guard resource.rowsPerPatient == .one else { return }
    while hasRow.count <= person { hasRow.append(false) }
    if hasRow[person] {
      try log.add(FormatBreach(resource.paths[place.file], line: place.line, .secondRow))
    }
    hasRow[person] = true
  }

  private func count(_ broken: [(field: Int, constraint: BrokenConstraint)]) {
    for (field, constraint) in broken { refusals[field][constraint, default: 0] += 1 }
  }

  private func store(_ row: TableRow, person: Int) throws(StoreError) {
    try insert.bind(person, at: 1)
    try insert.bind(recordCount, at: 2)
    for (position, index) in loadedIndices.enumerated() {
      try row.values[index].bind(to: insert, at: position + 3)
    }
    try insert.run()
  }
}

extension Field {
  /// What a text breaks that is no value of the field.
  fileprivate var formatRule: FormatBreach.Rule {
    levels != nil && type == .string ? .unknownLevel : .type(type)
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
