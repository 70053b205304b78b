internal import CarrelCatalogue
internal import CarrelCrypto
internal import CarrelFiles
internal import CarrelStore
internal import CarrelValues

/// One load under way: every file is read and checked, then the tables are written in order.
final class LoadRun {
  private let loader: RecordLoader
  private let records: RecordsDatabase
  private let progress: (LoadProgress) -> Bool
  private let people: PeopleIndex
  private let log = BreachLog()
  private let keys: PackageKeys
  private var staged: [(table: StagedTable, loader: TableLoader)] = []
  private var bytesBefore = 0
  private var byteCount = 0

  init(
    _ loader: RecordLoader, into records: RecordsDatabase,
    progress: @escaping (LoadProgress) -> Bool
  ) throws {
    self.loader = loader
    self.records = records
    self.progress = progress
    people = PeopleIndex(loader.package, loader.identity, loader.rules)
    keys = try PackageKeys(loader.package, in: records.database)
  }

  /// Does all of it, with the numbers that people have and get.
  func finish(by numbers: inout PatientNumbers) throws -> LoadReport {
    byteCount = try loader.package.resources.flatMap(\.paths).reduce(0) {
      try $0 + ResourceInput($1, inside: loader.folder).byteCount
    }
    var digest = LoadDigest(loader)
    for (number, resource) in loader.package.resources.enumerated() {
      try readTable(resource, number: number, &digest)
    }
    try keys.check(log, in: records.database)
    try log.check()
    let report = LoadReport(
      tables: staged.map(\.loader.report), patientCount: people.presentCount,
      digest: digest.finished())
    try checkRefusals(report)
    try store(report, by: &numbers)
    return report
  }

  private func checkRefusals(_ report: LoadReport) throws(LoadError) {
    let limit = loader.rules.refusedRowsPerMillion
    let tables = report.tables.filter { $0.exceeds(refusedRowsPerMillion: limit) }
    if !tables.isEmpty { throw .tooManyRefused(tables: tables.map(\.name), report) }
  }

  private func store(_ report: LoadReport, by numbers: inout PatientNumbers) throws {
    try records.storePeople(people.numbered(by: &numbers), type: people.storedType)
    for (table, loader) in staged {
      try tell(.storing, loader, bytesRead: byteCount)
      try records.store(table, rowCount: loader.keptCount)
    }
    try records.storeMetadata([
      ("format", RecordLoader.format), ("package", loader.package.schema.name),
      ("kind", loader.rules.kind), ("date", loader.date.description), ("digest", report.digest),
    ])
    try records.finish()
  }

  private func tell(
    _ phase: LoadProgress.Phase, _ table: TableLoader, bytesRead: Int
  ) throws(LoadError) {
    let rowCount = phase == .reading ? table.recordCount : table.keptCount
    let goesOn = progress(
      LoadProgress(
        phase: phase, table: table.resource.name, rowCount: rowCount, bytesRead: bytesRead,
        byteCount: byteCount))
    if !goesOn { throw .interrupted }
  }
}

// MARK: Reading

extension LoadRun {
  private func readTable(
    _ resource: Resource, number: Int, _ digest: inout LoadDigest
  ) throws {
    let table = try StagedTable(resource, number: number, in: records.database)
    let loader = try TableLoader(
      resource, staging: table, keys: keys.sets(of: resource), people: people, log: log)
    staged.append((table, loader))
    var hash = StreamingHash(.sha256)
    do {
      try checkDescribed(resource)
      for file in resource.paths.indices { try readFile(file, into: loader, &hash) }
    } catch let breach as FormatBreach {
      // The rest of the table cannot be read; the other tables can.
      try log.add(breach)
    }
    digest.add(resource.name, hash.finished())
  }

  private func readFile(
    _ number: Int, into table: TableLoader, _ hash: inout StreamingHash
  ) throws {
    let resource = table.resource
    let path = resource.paths[number]
    var input = try ResourceInput(path, inside: loader.folder)
    var reader = CSVReader(resource.dialect)
    var record = CSVRecord()
    while !reader.isAtEnd {
      let chunk = try input.next()
      hash.update(chunk.span.bytes)
      if chunk.isEmpty { reader.finish() } else { reader.append(chunk) }
      do {
        while try reader.next(&record) {
          let isFirst = !table.knowsColumns
          if isFirst { try table.readHeader(record, of: path) }
          if isFirst, resource.dialect.hasHeader { continue }
          try table.read(record, file: number)
        }
      } catch let error as CSVError {
        throw FormatBreach(path, line: error.line, .csv(error.reason))
      }
      try tell(.reading, table, bytesRead: bytesBefore + input.bytesRead)
    }
    if !table.knowsColumns, resource.dialect.hasHeader { throw FormatBreach(path, .empty) }
    bytesBefore += input.byteCount
  }

  /// Holds the files to the size and the hash that the package states.
  private func checkDescribed(_ resource: Resource) throws {
    var size = 0
    let stated = resource.hash.flatMap { stated in
      HashFunction(rawValue: stated.algorithm.rawValue).map { ($0, stated.hexadecimal) }
    }
    var hash = StreamingHash(stated?.0 ?? .sha256)
    for path in resource.paths {
      let input = try ResourceInput(path, inside: loader.folder)
      size += input.byteCount
      if stated != nil { try input.addBytes(to: &hash) }
    }
    if let sizeBytes = resource.sizeBytes, sizeBytes != size {
      throw FormatBreach(resource.paths[0], .size)
    }
    if let stated, Hexadecimal.text(of: hash.finished()) != stated.1 {
      throw FormatBreach(resource.paths[0], .hash)
    }
  }
}

/// A digest of everything that was loaded: the description, and the bytes of each table.
private struct LoadDigest: ~Copyable {
  private let identity: PatientIdentity
  private var message = Array("carrel/records/v1".utf8) + [0]

  init(_ loader: RecordLoader) {
    identity = loader.identity
    message += HashFunction.sha256.digest(of: loader.descriptor)
  }

  mutating func add(_ table: String, _ digest: [UInt8]) {
    message += Array(table.utf8) + [0] + digest
  }

  func finished() -> String {
    switch identity {
    case .pseudonymised(let keys):
      guard let key = keys.last else { preconditionFailure("pseudonyms are made under a key") }
      var authenticator = MessageAuthenticator(key: key.derived(for: "carrel/records/v1"))
      return Hexadecimal.text(of: authenticator.tag(of: message))
    case .verbatim:
      return Hexadecimal.text(of: HashFunction.sha256.digest(of: message))
    }
  }
}
