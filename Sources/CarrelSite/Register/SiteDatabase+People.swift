internal import CarrelCrypto
internal import CarrelLedger
internal import CarrelStore

extension SiteDatabase {
  /// Everybody who is or was on the roster, by id.
  ///
  /// - Throws: ``SiteError/store(_:)``.
  public func people() throws -> [Person] {
    try rows(
      "SELECT id, name, organisation, roles, public_key, added_at, lapsed_at FROM people ORDER BY id"
    ) { row in
      Person(
        id: row.text(at: 0), name: row.text(at: 1), organisation: row.text(at: 2),
        roles: Set(
          row.text(at: 3).split(separator: " ").compactMap { .init(rawValue: String($0)) }),
        publicKey: row.bytes(at: 4), addedAt: row.integer(at: 5),
        lapsedAt: row.isNull(at: 6) ? nil : row.integer(at: 6))
    }
  }

  /// The person who signs with a key, on the roster at the moment with the role.
  ///
  /// - Throws: ``ReviewError/wrongRole(_:)``.
  public func person(
    signingWith publicKey: [UInt8], as role: Person.Role, at moment: Int
  ) throws -> Person {
    let owner = try people().first { $0.publicKey == publicKey }
    guard let owner, owner.has(role, at: moment) else { throw ReviewError.wrongRole(role) }
    return owner
  }

  /// Puts somebody on the roster.
  ///
  /// - Throws: ``ReviewError/exists(_:)`` where the id or the key is on it already, and
  ///   ``ReviewError/witnessInside(_:)`` for the key of a witness.
  public func add(_ person: Person) throws {
    let roles = person.roles.map(\.rawValue).sorted().joined(separator: " ")
    try change {
      let taken = try people().contains {
        $0.id == person.id || $0.publicKey == person.publicKey
      }
      if taken { throw ReviewError.exists(person.id) }
      if let witness = try witnesses().first(where: { $0.key.key.bytes == person.publicKey }) {
        throw ReviewError.witnessInside(witness.key.name)
      }
      try run(
        "INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, NULL)",
        [
          .text(person.id), .text(person.name), .text(person.organisation), .text(roles),
          .blob(person.publicKey), .integer(person.addedAt),
        ])
      _ = try note(
        .keyChanged(holder: person.id, old: nil, new: person.fingerprint), by: nil)
    }
  }

  /// Takes somebody off the roster; what they signed before stays on record and no longer counts.
  ///
  /// - Throws: ``ReviewError/unknownPerson(_:)`` where nobody of that id is on it.
  public func lapse(_ id: String, at moment: Int) throws {
    try change {
      let changed = try run(
        "UPDATE people SET lapsed_at = ? WHERE id = ? AND lapsed_at IS NULL",
        [.integer(moment), .text(id)])
      guard changed > 0, let person = try people().first(where: { $0.id == id }) else {
        throw ReviewError.unknownPerson(id)
      }
      _ = try note(.keyChanged(holder: id, old: person.fingerprint, new: nil), by: nil)
    }
  }

  /// Those who may decide at a moment, as signatures are held against them.
  func guardians(at moment: LedgerTime) throws -> [Guardian] {
    try people().filter { $0.has(.guardian, at: moment.secondsSince1970) }.map { person in
      Guardian(name: person.id, keys: [person.publicKey].compactMap { VerifyingKey(bytes: $0) })
    }
  }
}

extension Person {
  /// The fingerprint of the person's key, as `carrel key show` prints it.
  public var fingerprint: String { VerifyingKey(bytes: publicKey)?.fingerprint ?? "" }
}
