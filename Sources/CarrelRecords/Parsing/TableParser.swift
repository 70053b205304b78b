internal import CarrelCatalogue
internal import CarrelValues

/// Reads the rows of one table, in the order of its files, and says what they are.
final class TableParser {
  private let resource: Resource
  private let output: FrameWriter
  private let people: PersonNumbers
  private let hasher: KeyHasher
  private let readers: [FieldReader]
  private let isRequired: [Bool]
  private let personIndex: Int
  private let stored: [(index: Int, coding: ValueCoding)]
  private let keys: [KeyFields]
  /// The column of each field, and how many columns there are.
  private var layout: (columns: [Int?], width: Int)?
  private var hasRow: [Bool] = []

  init(
    _ resource: Resource, keys: [KeyFields], people: PersonNumbers, hasher: KeyHasher,
    to output: FrameWriter
  ) {
    self.resource = resource
    self.output = output
    self.people = people
    self.hasher = hasher
    self.keys = keys.filter { $0.resource.name == resource.name && !$0.isPersonAlone }
    readers = resource.fields.map(FieldReader.init)
    isRequired = resource.fields.map(resource.demands)
    guard let person = resource.fields.firstIndex(where: { $0.privacy == .personIdentifier })
    else { preconditionFailure("a table says whose rows it has") }
    personIndex = person
    stored = resource.fields.indices.filter { resource.fields[$0].isLoaded }.map {
      ($0, ValueCoding(resource.fields[$0], of: resource))
    }
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
    guard layout.width == record.count else {
      let reason = CSVError.Reason.ragged(expected: layout.width, found: record.count)
      throw FormatBreach(resource.paths[file], line: record.line, .csv(reason))
    }
    guard let row = try row(of: record, layout.columns, file: file) else { return }
    if row.values[personIndex].isMissing { return try refuse(row, person: nil) }
    guard
      let person = try people.number(of: row.values[personIndex], row.text(of: personIndex))
    else { return try tell(.identifier, field: personIndex, at: record.line, of: file) }
    try checkSingleRow(person, at: record.line, of: file)
    if row.broken.isEmpty {
      try store(row, person: person)
    } else {
      try refuse(row, person: person)
    }
  }

  /// The record as values; `nil` where it breaks the format, which is then told.
  private func row(
    of record: CSVRecord, _ columns: [Int?], file: Int
  ) throws -> TableRow? {
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
      try tell(rule, field: index, at: record.line, of: file)
    }
    return isWellFormed ? TableRow(values, broken: broken, record, columns: columns) : nil
  }

  private func checkSingleRow(_ person: Int, at line: Int, of file: Int) throws {
    guard resource.rowsPerPatient == .one else { return }
    while hasRow.count <= person { hasRow.append(false) }
    if hasRow[person] { try tell(.secondRow, field: nil, at: line, of: file) }
    hasRow[person] = true
  }
}

// MARK: Saying it

extension TableParser {
  private func tell(
    _ rule: FormatBreach.Rule, field: Int?, at line: Int, of file: Int
  ) throws {
    try output.write(
      FormatBreach(
        resource.paths[file], line: line, field: field.map { resource.fields[$0].name }, rule),
      of: resource)
  }

  private func store(_ row: TableRow, person: Int) throws {
    output.begin(.row)
    write(row, person)
    for (index, coding) in stored { coding.write(row.values[index], to: output) }
    try output.end()
  }

  private func refuse(_ row: TableRow, person: Int?) throws {
    output.begin(.refused)
    output.append(person != nil)
    if let person { write(row, person) }
    for (field, constraint) in row.broken {
      output.append(UInt16(field))
      output.append(constraint.number)
    }
    try output.end()
  }

  /// Whose row it is, where it stands, and what identifies it.
  private func write(_ row: TableRow, _ person: Int) {
    output.append(UInt32(person))
    output.append(UInt64(row.line))
    for key in keys {
      let digest = hasher.digest(of: key.indices.map { row.key(of: $0) })
      output.append(digest != nil)
      if let digest { output.append(digest) }
    }
  }
}

extension Field {
  /// What a text breaks that is no value of the field.
  fileprivate var formatRule: FormatBreach.Rule {
    levels != nil && type == .string ? .unknownLevel : .type(type)
  }
}

extension BrokenConstraint {
  /// The number by which it crosses from one process to the other.
  fileprivate var number: UInt8 {
    guard let place = Self.allCases.firstIndex(of: self) else {
      preconditionFailure("every case is among all")
    }
    return UInt8(place)
  }

  /// The constraint of a number.
  init?(number: UInt8) {
    guard number < Self.allCases.count else { return nil }
    self = Self.allCases[Int(number)]
  }
}
