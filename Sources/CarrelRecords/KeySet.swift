internal import CarrelCatalogue
internal import CarrelCrypto
internal import CarrelStore

/// The values that the rows of a table have in some fields, kept to find repeated keys and
/// references to nothing.
///
/// The person identifier alone is kept as places by person. Anything else is kept in the staging
/// database as keyed digests, so that what a study may never see is not written there either.
final class KeySet {
  let resource: Resource
  let fields: [String]
  let isPersonAlone: Bool
  private let indices: [Int]
  private let table: String
  private let insert: Statement?
  private let hasher: KeyHasher
  private var firstPlaces: [Place?] = []
  private var firstRepeat: Place?

  init(
    _ resource: Resource, _ fields: [String], number: Int, hasher: KeyHasher, in database: Database
  ) throws(StoreError) {
    self.resource = resource
    self.fields = fields
    self.hasher = hasher
    indices = fields.compactMap { name in resource.fields.firstIndex { $0.name == name } }
    isPersonAlone =
      indices.count == 1 && resource.fields[indices[0]].privacy == .personIdentifier
    table = "staging.k\(number)"
    if isPersonAlone {
      insert = nil
    } else {
      try database.execute("CREATE TABLE \(table)(key BLOB NOT NULL, place INTEGER NOT NULL)")
      insert = try database.prepare("INSERT INTO \(table) VALUES (?, ?)")
    }
  }

  /// Adds a row's values; a row where one is missing has no key.
  func add(_ row: TableRow, person: Int, at place: Place) throws(StoreError) {
    if let insert {
      guard let digest = hasher.digest(of: indices.map { row.key(of: $0) }) else { return }
      try insert.bind(digest, at: 1)
      try insert.bind(place.number, at: 2)
      try insert.run()
    } else {
      while firstPlaces.count <= person { firstPlaces.append(nil) }
      if firstPlaces[person] == nil {
        firstPlaces[person] = place
      } else {
        firstRepeat = firstRepeat ?? place
      }
    }
  }

  /// A row that has the same values as an earlier one, if there is any.
  func repeatedPlace(in database: Database) throws(StoreError) -> Place? {
    if isPersonAlone { return firstRepeat }
    return try place(
      """
      SELECT min(last) FROM
        (SELECT max(place) AS last FROM \(table) GROUP BY key HAVING count(*) > 1)
      """, in: database)
  }

  /// The first row whose values no row of the other table has, if there is any.
  func placeMissing(from other: KeySet, in database: Database) throws(StoreError) -> Place? {
    precondition(isPersonAlone == other.isPersonAlone, "keys that refer are kept alike")
    if isPersonAlone {
      return firstPlaces.enumerated().compactMap { person, place in
        person < other.firstPlaces.count && other.firstPlaces[person] != nil ? nil : place
      }.min { $0.number < $1.number }
    }
    return try place(
      "SELECT min(place) FROM \(table) WHERE key NOT IN (SELECT key FROM \(other.table))",
      in: database)
  }

  private func place(_ query: String, in database: Database) throws(StoreError) -> Place? {
    let statement = try database.prepare(query)
    guard try statement.step(), !statement.isNull(at: 0) else { return nil }
    return Place(number: statement.integer(at: 0))
  }
}

/// The place of a record: which of its table's files, and the line.
struct Place {
  let number: Int

  init(number: Int) { self.number = number }

  init(file: Int, line: Int) { number = file << 40 | line }

  var file: Int { number >> 40 }
  var line: Int { number & (1 << 40 - 1) }
}

/// Makes digests of keys under a key that is forgotten with the load.
final class KeyHasher {
  private var authenticator: MessageAuthenticator

  init() throws(CryptoError) {
    authenticator = MessageAuthenticator(key: try SecretKey(randomByteCount: 32))
  }

  /// A digest of the values, equal for equal values; `nil` where one is missing.
  func digest(of parts: [ArraySlice<UInt8>?]) -> [UInt8]? {
    var message: [UInt8] = []
    for part in parts {
      guard let bytes = part else { return nil }
      withUnsafeBytes(of: bytes.count.littleEndian) { message.append(contentsOf: $0) }
      message += bytes
    }
    return Array(authenticator.tag(of: message).prefix(16))
  }
}
