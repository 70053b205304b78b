internal import CarrelCrypto
internal import CarrelFiles
internal import CarrelJSON
public import CarrelLedger
internal import Glibc

/// A directory that holds pseudonymised records, the keys to them and the rules for their use.
///
/// ```
/// northmoor/            0700; every file 0600
///   site.json           name, kind and policy, under the site's seal
///   snapshot.json       which snapshot is live, under the site's seal; absent until a load
///   site.sqlite         people, projects, runs, reviews and releases
///   snapshots/NAME/     records.sqlite, patients.index with everybody's number for good, and the
///                       descriptor and definitions they were loaded by
///   policies/           policies of this site alone
///   membership/         who is in which group of what a run would let out, by number
///   ledger/             the public log: checkpoint and tiles
///   keys/site.key       seals what the site says of itself
///   keys/pseudonym.key  makes pseudonyms, the present key behind those before it; read by a load
///                       and the application of opt-outs, and by nothing else
///   keys/ledger.pem     signs the log's checkpoints; ledger-next.pem beside it while it is exchanged
/// ```
public struct Site: Sendable {
  /// Whether the records are of real people.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Records of people: nothing leaves but through the gate, and no row is ever shown.
    case protected
    /// Records of invented people.
    case synthetic
  }

  /// Where the site is, as its opener named it.
  public let path: String
  /// The name that people use for the site.
  public let name: String
  /// The kind, fixed at creation.
  public let kind: Kind
  /// The name of the disclosure policy that runs use.
  public let policy: String
  /// The key that the site's public log began with, and the log's name with it; it handed over to the
  /// one that signs the log now, if that is another.
  public let ledgerKey: NoteKey
  /// Seals files of this site.
  let key: SecretKey

  /// The number that `site.json` states; raised when the layout changes.
  static let format = 5
  static let keyByteCount = 32

  /// Makes a new site, which appears whole or not at all.
  ///
  /// - Parameters:
  ///   - path: A folder that does not exist yet, or is empty; its parent exists.
  ///   - name: What people call the site; 1 to 64 characters.
  ///   - kind: Fixed from now on.
  ///   - policy: The name of the disclosure policy.
  ///   - time: When, for the first entry of the site's log.
  /// - Returns: The open site.
  /// - Throws: ``SiteError``; nothing is left behind.
  public static func create(
    at path: String, name: String, kind: Kind, policy: String, time: LedgerTime = .now
  ) throws(SiteError) -> Site {
    guard isReadable(name) else { throw .invalidName }
    try makeWay(at: path)
    let keys = [try newKey(), try newKey()]
    let log = try SiteLog(ofSiteNamed: name)
    let site = Site(
      path: path, name: name, kind: kind, policy: policy, ledgerKey: log.signer.key, key: keys[0])
    let ledgerFiles = try log.files(of: site, at: time)
    let folder: NewFolder
    do throws(FileError) { folder = try site.newFolder(keys: keys, ledgerFiles) } catch {
      throw .file(error)
    }
    try SiteDatabase.create(in: folder.buildPath)
    do throws(FileError) { try folder.publish() } catch { throw .file(error) }
    return site
  }

  private func newFolder(
    keys: [SecretKey], _ ledgerFiles: [(path: String, bytes: [UInt8])]
  ) throws(FileError) -> NewFolder {
    var folder = try NewFolder(path, access: .owner)
    try folder.write(card, to: "site.json")
    for (name, key) in zip(["site", "pseudonym"], keys) {
      try folder.write(key.withUnsafeBytes { Array($0) }, to: "keys/\(name).key")
    }
    for (path, bytes) in ledgerFiles { try folder.write(bytes, to: path) }
    try Files.createFolder(Path.join(folder.buildPath, "policies"))
    try Files.createFolder(Path.join(folder.buildPath, "snapshots"))
    try Files.createFolder(Path.join(folder.buildPath, Self.membershipFolder))
    return folder
  }

  /// A name that prints on one line and moves no cursor.
  private static func isReadable(_ name: String) -> Bool {
    (1...64).contains(name.count)
      && name.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }

  /// An empty folder gives way to the new site; a folder in use does not.
  private static func makeWay(at path: String) throws(SiteError) {
    guard Files.exists(path) else { return }
    guard Files.isFolder(path), (try? Files.list(path)) == [], rmdir(path) == 0 else {
      throw .folderInUse(path: path)
    }
  }

  private static func newKey() throws(SiteError) -> SecretKey {
    do { return try SecretKey(randomByteCount: keyByteCount) } catch { throw .crypto(error) }
  }

  /// Opens a site, checking who can reach it and that it says what it was made to say.
  ///
  /// - Throws: ``SiteError``.
  public static func open(at path: String) throws(SiteError) -> Site {
    guard Files.exists(path) else { throw .missing(path: path) }
    let cardPath = Path.join(path, "site.json")
    guard Files.isFolder(path), Files.exists(cardPath) else { throw .notASite(path: path) }
    try checkPrivate(path)
    let key = try readKey("site", at: path)
    let bytes = try readFile(cardPath)
    if let version = (try? JSON(parsing: bytes))?["carrel"]?.integer, version != format {
      throw .unknownFormat(path: path, version: version)
    }
    guard let card = SealedFile(domain: cardDomain, key: key).opened(bytes),
      let name = card["name"]?.string, let policy = card["policy"]?.string,
      let kind = card["kind"]?.string.flatMap({ Kind(rawValue: $0) }),
      let ledgerKey = card["ledger_key"]?.string.flatMap({ NoteKey(text: $0) })
    else { throw .tampered(path: cardPath) }
    return Site(
      path: path, name: name, kind: kind, policy: policy, ledgerKey: ledgerKey, key: key)
  }

  private static let cardDomain = "carrel/site/v1"

  private var card: [UInt8] {
    SealedFile(domain: Self.cardDomain, key: key).sealed([
      .init("carrel", .integer(Self.format)), .init("name", .string(name)),
      .init("kind", .string(kind.rawValue)), .init("policy", .string(policy)),
      .init("ledger_key", .string(ledgerKey.text)),
    ])
  }
}

// MARK: Files of a site

extension Site {
  private static func readKey(_ name: String, at path: String) throws(SiteError) -> SecretKey {
    let keyPath = Path.join(path, "keys/\(name).key")
    try checkPrivate(Path.parent(of: keyPath))
    try checkPrivate(keyPath)
    var bytes = try readFile(keyPath)
    guard bytes.count == keyByteCount else { throw .tampered(path: keyPath) }
    return SecretKey(absorbing: &bytes)
  }

  static func readFile(_ path: String) throws(SiteError) -> [UInt8] {
    do { return try Files.read(path, limitBytes: 1 << 16) } catch { throw .file(error) }
  }

  /// Refuses what others can reach, what belongs to somebody else, and symbolic links.
  static func checkPrivate(_ path: String) throws(SiteError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw .file(FileError(.open, path, .notFound)) }
    guard status.st_uid == geteuid(), status.st_mode & 0o077 == 0,
      status.st_mode & S_IFMT != S_IFLNK
    else { throw .wrongPermissions(path: path) }
  }
}
