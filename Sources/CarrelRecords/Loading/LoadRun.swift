internal import CarrelCatalogue
internal import CarrelCrypto
internal import CarrelValues

/// One load under way: every file is read and checked by a process that can do nothing else, then
/// the tables are written in order by this one, which alone holds a key.
final class LoadRun {
  private let loader: RecordLoader
  private let records: RecordsDatabase
  private let progress: (LoadProgress) -> Bool
  private let people: PeopleIndex
  private let log = BreachLog()
  private let keys: PackageKeys
  private let staged: [(table: StagedTable, loader: TableLoader)]
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
    var staged: [(table: StagedTable, loader: TableLoader)] = []
    for (number, resource) in loader.package.resources.enumerated() {
      let table = try StagedTable(resource, number: number, in: records.database)
      let rows = try TableLoader(
        resource, staging: table, keys: keys.sets(of: resource), people: people, log: log)
      staged.append((table, rows))
    }
    self.staged = staged
  }

  /// Does all of it, with the numbers that people have and get.
  func finish(by numbers: inout PatientNumbers) throws -> LoadReport {
    let files = try OpenedFiles(of: loader.package, in: loader.folder)
    byteCount = files.byteCount
    let feed = ParserFeed(
      staged.map(\.loader), people: people, log: log, files: files
    ) { [unowned self] table, bytesRead in try tell(.reading, table, bytesRead: bytesRead) }
    try loader.parse(files, into: feed)
    try keys.check(log, in: records.database)
    try log.check()
    try checkRefusals()
    let newCount = try leaveOutWhoeverIsNew()
    let digest = digest(of: feed)
    try store(digest, by: &numbers)
    return report(digest, newCount)
  }

  private func report(_ digest: String, _ newCount: Int) -> LoadReport {
    LoadReport(
      tables: staged.map(\.loader.report), patientCount: people.presentCount,
      newPatientCount: newCount, digest: digest)
  }

  /// Leaves out everybody who has not been registered for long enough, where the package says since
  /// when people are; attack G9.
  private func leaveOutWhoeverIsNew() throws -> Int {
    let lastDay = loader.date.dayNumber - LoadRules.registrationDays
    for (table, loader) in staged {
      guard let column = loader.registrationColumn else { continue }
      return people.keepOnly(try table.people(withDateIn: column, upTo: lastDay))
    }
    return 0
  }

  private func digest(of feed: ParserFeed) -> String {
    var digest = LoadDigest(loader)
    for (resource, bytes) in zip(loader.package.resources, feed.digests) {
      digest.add(resource.name, bytes)
    }
    return digest.finished()
  }

  private func checkRefusals() throws(LoadError) {
    let report = report("", 0)
    let limit = loader.rules.refusedRowsPerMillion
    let tables = report.tables.filter { $0.exceeds(refusedRowsPerMillion: limit) }
    if !tables.isEmpty { throw .tooManyRefused(tables: tables.map(\.name), report) }
  }

  private func store(_ digest: String, by numbers: inout PatientNumbers) throws {
    try records.storePeople(people.numbered(by: &numbers), type: people.storedType)
    for (table, loader) in staged {
      try tell(.storing, loader, bytesRead: byteCount)
      loader.keepOnly(try records.store(table, rowCount: loader.keptCount))
    }
    try records.storeMetadata([
      ("format", RecordLoader.format), ("package", loader.package.schema.name),
      ("kind", loader.rules.kind), ("date", loader.date.description), ("digest", digest),
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
