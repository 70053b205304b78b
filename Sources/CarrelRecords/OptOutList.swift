public import CarrelCrypto
internal import CarrelFiles
internal import CarrelStore
internal import CarrelValues
internal import Glibc

/// Who may not be counted, or who alone may be.
public struct OptOutList: Sendable {
  /// What it means to be on a list.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Whoever is named is out: a list of Type 1 opt-outs.
    case typeOne = "type-1"
    /// Whoever is not named is out: the list that the National Data Opt-out service gives back, of
    /// those who may be used.
    case national
  }

  private let kind: Kind
  private let identifiers: [ArraySlice<UInt8>]
  private let digest: [UInt8]

  /// The most bytes of a list that is read.
  public static let limitBytes = 2 << 30
  private static let identifierLimitBytes = 64

  /// Reads a list: one identifier a line, up to a comma if there is one.
  ///
  /// - Throws: ``OptOutMistake`` where a line cannot be an identifier, or where nobody at all might
  ///   be used.
  public init(_ kind: Kind, parsing bytes: [UInt8]) throws(OptOutMistake) {
    var identifiers: [ArraySlice<UInt8>] = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      let field = line.prefix { $0 != UInt8(ascii: ",") && $0 != 0x0D }
      let text = field.drop { $0 == 0x20 }.reversed().drop { $0 == 0x20 }.reversed()
      if text.isEmpty, line.allSatisfy({ $0 == 0x0D || $0 == 0x20 }) { continue }
      guard (1...Self.identifierLimitBytes).contains(text.count),
        text.allSatisfy({ (0x20...0x7E).contains($0) })
      else { throw .line(index + 1) }
      identifiers.append(Array(text)[...])
    }
    if kind == .national, identifiers.isEmpty { throw .nobodyLeft }
    self.kind = kind
    self.identifiers = identifiers
    digest = HashFunction.sha256.digest(of: bytes)
  }

  /// What stands for everybody on the list: under each form that a load gives their identifier, and
  /// under each key, because the records may be older than the present one.
  fileprivate func pseudonyms(under keys: [SecretKey]) -> [[UInt8]] {
    keys.flatMap { pseudonyms(under: $0) }
  }

  private func pseudonyms(under key: SecretKey) -> [[UInt8]] {
    var pseudonymiser = Pseudonymiser(key: key)
    return identifiers.flatMap { identifier -> [[UInt8]] in
      var forms = [NHSNumber.digits(of: identifier).map { $0[...] } ?? identifier]
      if let integer = Int(String(decoding: identifier, as: UTF8.self)) {
        let shortest = Array(String(integer).utf8)[...]
        if forms[0] != shortest { forms.append(shortest) }
      }
      return forms.map { pseudonymiser.pseudonym(of: $0) }
    }
  }
}

/// Why a list of opt-outs cannot be used; what stands in it is never quoted.
public enum OptOutMistake: Error, Hashable, Sendable {
  /// A line, counted from 1, is too long or holds what no identifier does.
  case line(Int)
  /// A list of those who may be used names nobody.
  case nobodyLeft
}

extension OptOutList {
  /// Makes a copy of records without those who are out: all of it, durable, or nothing.
  ///
  /// - Parameters:
  ///   - records: The database of records as it is.
  ///   - digest: The digest of what was loaded into it.
  ///   - path: The copy, which does not exist yet.
  ///   - keys: The site's keys for pseudonyms, the present one last.
  /// - Returns: The digest of the copy, which another list changes whether or not anybody on it is
  ///   held: else it would say so.
  /// - Throws: ``LoadError``; there is no copy then.
  public func apply(
    to records: String, digest: String, copyingTo path: String, keys: [SecretKey]
  ) throws(LoadError) -> String {
    guard let key = keys.last else { preconditionFailure("pseudonyms are made under a key") }
    do {
      try Self.copy(records, to: path)
      let next = self.digest(following: digest, key)
      do {
        try leaveOut(pseudonyms(under: keys), in: Database(.readWrite(path: path)), digest: next)
        try RecordsDatabase.synchronise(path)
        return next
      } catch {
        try? Files.remove(path)
        throw error
      }
    } catch { throw LoadError(error) }
  }

  private func digest(following digest: String, _ key: SecretKey) -> String {
    var authenticator = MessageAuthenticator(key: key.derived(for: "carrel/opt-outs/v1"))
    let tag = authenticator.tag(of: Array("\(kind.rawValue)\0\(digest)\0".utf8) + self.digest)
    return Hexadecimal.text(of: tag)
  }

  private func leaveOut(
    _ pseudonyms: [[UInt8]], in database: Database, digest: String
  ) throws {
    try database.execute(
      """
      PRAGMA journal_mode = MEMORY; PRAGMA secure_delete = ON;
      CREATE TEMP TABLE named(pseudonym BLOB PRIMARY KEY) WITHOUT ROWID;
      """)
    try database.transaction {
      let name = try database.prepare("INSERT OR IGNORE INTO named VALUES (?)")
      for pseudonym in pseudonyms {
        try name.bind(.blob(pseudonym), at: 1)
        try name.run()
      }
      try database.execute(
        """
        CREATE TEMP TABLE leaving(patient INTEGER PRIMARY KEY);
        INSERT INTO leaving SELECT patient FROM carrel_patients
          WHERE pseudonym \(kind == .typeOne ? "" : "NOT") IN (SELECT pseudonym FROM named)
        """)
      for table in try Self.tables(of: database) {
        try database.execute(
          """
          DELETE FROM \(Database.quoted(identifier: table))
            WHERE carrel_patient IN (SELECT patient FROM leaving)
          """)
      }
      try database.execute(
        "DELETE FROM carrel_patients WHERE patient IN (SELECT patient FROM leaving)")
      let note = try database.prepare("UPDATE carrel_meta SET value = ? WHERE key = 'digest'")
      try note.bind(digest, at: 1)
      try note.run()
    }
  }

  /// The tables of the data package.
  private static func tables(of database: Database) throws -> [String] {
    let list = try database.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'carrel!_%' ESCAPE '!'"
    )
    var names: [String] = []
    while try list.step() { names.append(list.text(at: 0)) }
    return names
  }

  private static func copy(_ source: String, to path: String) throws(FileError) {
    let reader = try ByteReader(path: source)
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError(.create, path, .system(errorNumber: errno)) }
    defer { close(descriptor) }
    while true {
      let chunk = try reader.next()
      if chunk.isEmpty { return }
      var done = 0
      while done < chunk.count {
        let count = chunk[done...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { throw FileError(.write, path, .system(errorNumber: errno)) }
        done += count
      }
    }
  }
}
