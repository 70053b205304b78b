internal import CarrelCrypto
internal import CarrelFiles
internal import CarrelJSON
public import CarrelLedger

/// The records of a site as one load left them, and the descriptor they were loaded by.
public struct Snapshot: Hashable, Sendable {
  /// The folder that holds the snapshot, beneath the site's.
  public let path: String
  /// What the snapshot says of itself.
  public let card: Card

  /// What can be known of a snapshot without reading a record.
  public struct Card: Hashable, Sendable {
    /// The name of the data package.
    public let package: String
    /// The day of the load, as `YYYY-MM-DD`.
    public let date: String
    /// A keyed digest of everything that was loaded.
    public let digest: String
    /// When a list of opt-outs of each kind was applied last, in seconds since 1970; without the
    /// kinds of which none was.
    public let optOutsAppliedAt: [String: Int]
    /// A keyed digest of the database of records.
    let recordsTag: String
    /// A keyed digest of the numbers that people have.
    let numbersTag: String
  }

  /// The database of records.
  public var recordsPath: String { Path.join(path, Self.recordsFile) }
  /// The folder that holds `datapackage.json` and the definitions it names, and no record.
  public var schemaFolder: String { Path.join(path, "schema") }

  static let recordsFile = "records.sqlite"
  static let numbersFile = "patients.index"
}

extension Site {
  private static let snapshotDomain = "carrel/snapshot/v1"

  private var snapshotCardPath: String { Path.join(path, "snapshot.json") }
  private var snapshotsFolder: String { Path.join(path, "snapshots") }

  /// Whether records have been loaded.
  public var hasRecords: Bool { Files.exists(snapshotCardPath) }

  /// The live snapshot.
  ///
  /// - Throws: ``SiteError``; ``SiteError/noRecords(path:)`` before the first load.
  public func snapshot() throws(SiteError) -> Snapshot {
    guard hasRecords else { throw .noRecords(path: path) }
    let bytes = try Self.readFile(snapshotCardPath)
    guard let card = SealedFile(domain: Self.snapshotDomain, key: key).opened(bytes),
      card["kind"]?.string == kind.rawValue, let folder = card["folder"]?.string,
      let package = card["package"]?.string, let date = card["date"]?.string,
      let digest = card["digest"]?.string, let recordsTag = card["records"]?.string,
      let numbersTag = card["patients"]?.string
    else { throw .tampered(path: snapshotCardPath) }
    let snapshot = Snapshot(
      path: Path.join(snapshotsFolder, folder),
      card: .init(
        package: package, date: date, digest: digest,
        optOutsAppliedAt: Self.times(card["opt_outs"]), recordsTag: recordsTag,
        numbersTag: numbersTag))
    try Self.checkPrivate(snapshot.recordsPath)
    return snapshot
  }

  private static func times(_ json: JSON?) -> [String: Int] {
    let times = (json?.members ?? []).compactMap { member in
      member.value.integer.map { (member.name, $0) }
    }
    return Dictionary(times) { _, last in last }
  }

  /// Begins a snapshot that will take the place of the live one.
  ///
  /// No other process can begin one until this one has ended. What an interrupted load left behind
  /// is removed.
  ///
  /// - Parameter date: The day of the load, as `YYYY-MM-DD`.
  /// - Returns: The snapshot to build; it holds the site's lock.
  /// - Throws: ``SiteError``; ``SiteError/busy(path:)`` while another load runs.
  public func beginSnapshot(date: String) throws(SiteError) -> NewSnapshot {
    precondition(
      date.utf8.allSatisfy { $0 == UInt8(ascii: "-") || ($0 >= 0x30 && $0 <= 0x39) },
      "a date has no character that a path could take for another folder")
    let lock = try takeLock()
    do throws(FileError) {
      try removeSnapshots { $0.hasPrefix(".") }
      let folder = try NewFolder(freeFolder(for: date), access: .owner)
      return NewSnapshot(site: self, date: date, folder: folder, lock: lock)
    } catch {
      throw .file(error)
    }
  }

  /// The numbers that people have had since the first load, as the live snapshot keeps them; `nil`
  /// before the first load.
  ///
  /// Only a load reads them.
  ///
  /// - Throws: ``SiteError/tampered(path:)`` where a byte is not what a load wrote: numbers that
  ///   began anew would make strangers of people who are in earlier releases.
  public func patientNumbers() throws(SiteError) -> [UInt8]? {
    guard hasRecords else { return nil }
    let snapshot = try snapshot()
    let path = Path.join(snapshot.path, Snapshot.numbersFile)
    try Self.checkPrivate(path)
    let bytes: [UInt8]
    do { bytes = try ByteReader(path: path).rest(limitBytes: .max) } catch { throw .file(error) }
    guard numbersTag(of: bytes) == snapshot.card.numbersTag else { throw .tampered(path: path) }
    return bytes
  }

  fileprivate func numbersTag(of bytes: [UInt8]) -> String {
    var authenticator = MessageAuthenticator(key: key.derived(for: "carrel/patient-numbers/v1"))
    return Hexadecimal.text(of: authenticator.tag(of: HashFunction.sha256.digest(of: bytes)))
  }

  /// The right to change the records, held by one process at a time.
  func takeLock() throws(SiteError) -> FolderLock {
    do {
      if let lock = try FolderLock(path) { return lock }
    } catch {
      throw .file(error)
    }
    throw .busy(path: path)
  }

  private func freeFolder(for date: String) -> String {
    var path = Path.join(snapshotsFolder, date)
    var number = 1
    while Files.exists(path) {
      number += 1
      path = Path.join(snapshotsFolder, "\(date)-\(number)")
    }
    return path
  }

  private func removeSnapshots(where isUnwanted: (String) -> Bool) throws(FileError) {
    for name in try Files.list(snapshotsFolder) where isUnwanted(name) {
      try Files.remove(Path.join(snapshotsFolder, name))
    }
  }

  /// Makes a published folder the live snapshot, and removes the one it takes the place of.
  ///
  /// Writing the card is the moment of the change: before it the old snapshot is live and whole,
  /// after it the new one is.
  fileprivate func makeLive(_ folder: String, _ card: Snapshot.Card) throws(FileError) {
    let sealed = SealedFile(domain: Self.snapshotDomain, key: key).sealed([
      .init("carrel", .integer(Self.format)), .init("kind", .string(kind.rawValue)),
      .init("folder", .string(folder)), .init("package", .string(card.package)),
      .init("date", .string(card.date)), .init("digest", .string(card.digest)),
      .init("records", .string(card.recordsTag)), .init("patients", .string(card.numbersTag)),
      .init(
        "opt_outs",
        .object(
          card.optOutsAppliedAt.sorted { $0.key < $1.key }.map { .init($0.key, .integer($0.value)) }
        )),
    ])
    try Files.write(sealed, to: snapshotCardPath, access: .owner)
    // What cannot be removed now lies unused until the next load.
    try? removeSnapshots { $0 != folder }
  }
}

/// A snapshot that is being built; letting it go leaves the site as it was.
public struct NewSnapshot: ~Copyable {
  private let site: Site
  private let date: String
  private var folder: NewFolder
  private let lock: FolderLock

  fileprivate init(
    site: Site, date: String, folder: consuming NewFolder, lock: consuming FolderLock
  ) {
    self.site = site
    self.date = date
    self.folder = folder
    self.lock = lock
  }

  /// Where the database of records is to be made.
  public var recordsPath: String { Path.join(folder.buildPath, Snapshot.recordsFile) }

  /// Keeps a file that the records were loaded by, under its path in the data package.
  ///
  /// - Throws: ``SiteError/file(_:)``.
  public mutating func keep(_ bytes: [UInt8], as relativePath: String) throws(SiteError) {
    do { try folder.write(bytes, to: Path.join("schema", relativePath)) } catch {
      throw .file(error)
    }
  }

  /// Makes this the live snapshot, at one moment; the database must be closed and durable.
  ///
  /// - Parameters:
  ///   - package: The name of the data package.
  ///   - digest: The digest that the load computed.
  ///   - patientNumbers: The numbers that people have, which every later load starts from.
  ///   - optOuts: The kind of list of opt-outs that has just been applied; `nil` for none.
  ///   - earlier: When lists were applied to what this snapshot was made from.
  ///   - time: When, for the entry in the site's log.
  /// - Returns: The live snapshot.
  /// - Throws: ``SiteError``; the live snapshot is then what it was, though the log may say that
  ///   another one was made.
  public consuming func publish(
    package: String, digest: String, patientNumbers: [UInt8], applying optOuts: String? = nil,
    after earlier: [String: Int] = [:], time: LedgerTime = .now
  ) throws(SiteError) -> Snapshot {
    let (site, path) = (site, folder.path)
    let name = Path.lastComponent(of: path)
    let card: Snapshot.Card
    var applied = earlier
    if let optOuts { applied[optOuts] = try site.time(by: time).secondsSince1970 }
    do throws(FileError) {
      card = Snapshot.Card(
        package: package, date: date, digest: digest,
        optOutsAppliedAt: applied,
        recordsTag: try site.recordsTag(of: ByteReader(path: recordsPath)),
        numbersTag: site.numbersTag(of: patientNumbers))
      try folder.write(patientNumbers, to: Snapshot.numbersFile)
      try folder.publish()
    } catch {
      throw .file(error)
    }
    // Nothing is ever live that the log does not know.
    try site.append(
      [.snapshotMade(snapshot: name, keyedDigest: site.publicDigest(ofSnapshot: digest))]
        + (optOuts != nil ? [.optOutsApplied(snapshot: name)] : []), at: time)
    do { try site.makeLive(name, card) } catch { throw .file(error) }
    return Snapshot(path: path, card: card)
  }
}
