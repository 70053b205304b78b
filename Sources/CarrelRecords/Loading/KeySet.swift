internal import CarrelCatalogue
internal import CarrelStore

/// Fields of a table whose values together identify a row, or refer to one.
struct KeyFields {
  let resource: Resource
  let fields: [String]
  /// Where the fields are among the table's.
  let indices: [Int]
  /// Whether the key is the person identifier and nothing else.
  let isPersonAlone: Bool

  init(_ resource: Resource, _ fields: [String]) {
    self.resource = resource
    self.fields = fields
    indices = fields.compactMap { name in resource.fields.firstIndex { $0.name == name } }
    isPersonAlone =
      indices.count == 1 && resource.fields[indices[0]].privacy == .personIdentifier
  }
}

/// The values that the rows of a table have in some fields, kept to find repeated keys and
/// references to nothing.
///
/// The person identifier alone is kept as places by person. Anything else is kept in the staging
/// database as keyed digests, so that what a study may never see is not written there either.
final class KeySet {
  let key: KeyFields
  private let table: String
  private let insert: Statement?
  private var firstPlaces: [Place?] = []
  private var firstRepeat: Place?

  init(_ key: KeyFields, number: Int, in database: Database) throws(StoreError) {
    self.key = key
    table = "staging.k\(number)"
    if key.isPersonAlone {
      insert = nil
    } else {
      try database.execute("CREATE TABLE \(table)(key BLOB NOT NULL, place INTEGER NOT NULL)")
      insert = try database.prepare("INSERT INTO \(table) VALUES (?, ?)")
    }
  }

  /// Adds the digest of a row's values.
  func add(_ digest: ArraySlice<UInt8>, at place: Place) throws(StoreError) {
    guard let insert else { preconditionFailure("a person is no digest") }
    try insert.bind(Array(digest), at: 1)
    try insert.bind(place.number, at: 2)
    try insert.run()
  }

  /// Adds a row of a person, who is the key.
  func add(person: Int, at place: Place) {
    while firstPlaces.count <= person { firstPlaces.append(nil) }
    if firstPlaces[person] == nil {
      firstPlaces[person] = place
    } else {
      firstRepeat = firstRepeat ?? place
    }
  }

  /// A row that has the same values as an earlier one, if there is any.
  func repeatedPlace(in database: Database) throws(StoreError) -> Place? {
    if key.isPersonAlone { return firstRepeat }
    return try place(
      """
      SELECT min(last) FROM
        (SELECT max(place) AS last FROM \(table) GROUP BY key HAVING count(*) > 1)
      """, in: database)
  }

  /// The first row whose values no row of the other table has, if there is any.
  func placeMissing(from other: KeySet, in database: Database) throws(StoreError) -> Place? {
    precondition(key.isPersonAlone == other.key.isPersonAlone, "keys that refer are kept alike")
    if key.isPersonAlone {
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
