import CarrelCrypto
public import CarrelJSON
import CarrelLedger
import CarrelSite

/// Who may do what at a site.
public struct Roster {
  private let access: SiteAccess

  /// The roster of a site.
  public init(of place: StudyPlace) throws(Failure) {
    access = try SiteAccess(place, for: "person")
  }

  /// Somebody who is to be put on it.
  public struct Entry: Sendable {
    var id, name, organisation: String
    var roles: [String]
    var keyPath: String

    /// Somebody by id, name, organisation, roles and the file of their public key.
    public init(id: String, name: String, organisation: String, roles: [String], keyPath: String) {
      self.id = id
      self.name = name
      self.organisation = organisation
      self.roles = roles
      self.keyPath = keyPath
    }
  }

  /// Puts somebody on the roster.
  ///
  /// - Returns: A line that says so.
  /// - Throws: A ``Failure``.
  public func add(_ entry: Entry) throws(Failure) -> String {
    guard Person.isID(entry.id) else {
      throw Failure(
        "U020", "`\(entry.id)` cannot be a person's id",
        help: "write lower-case letters, digits and hyphens, such as `g-07`",
        status: .wrongCommandLine)
    }
    for text in [entry.name, entry.organisation] where !text.isOneReadableLine {
      throw Failure(
        "U020", "names are 1 to 100 characters on one line", help: "carrel person add --help",
        status: .wrongCommandLine)
    }
    let key = try KeyFile.read(entry.keyPath, passphraseFile: nil).publicKey
    let person = Person(
      id: entry.id, name: entry.name, organisation: entry.organisation,
      roles: Set(entry.roles.compactMap { Person.Role(rawValue: $0) }), publicKey: key.bytes,
      addedAt: access.now.secondsSince1970)
    try access.act { try access.database.add(person) }
    return "\(person.id)   \(person.roleWords) of \(person.organisation), on the roster"
  }

  /// Takes somebody off the roster.
  ///
  /// - Returns: A line that says so.
  /// - Throws: A ``Failure``.
  public func remove(_ id: String) throws(Failure) -> String {
    try access.act { try access.database.lapse(id, at: access.now.secondsSince1970) }
    return "\(id)   off the roster; nothing they signed counts any more"
  }

  /// Everybody who is or was on it, in lines.
  public func text() throws(Failure) -> String {
    let rows = try people().map { person in
      [
        person.id, person.roleWords, person.organisation, person.name,
        person.lapsedAt == nil ? "" : "off the roster",
      ]
    }
    return Columns([["id", "role", "organisation", "name", ""]] + rows).text
  }

  /// The same for programs.
  public func json() throws(Failure) -> JSON {
    let people = try people().map { person in
      JSON.object([
        .init("id", .string(person.id)), .init("name", .string(person.name)),
        .init("organisation", .string(person.organisation)),
        .init("roles", .array(person.sortedRoles.map { .string($0) })),
        .init("fingerprint", .string(person.fingerprint)),
        .init("is_on_roster", .boolean(person.lapsedAt == nil)),
      ])
    }
    return .object([
      .init("carrel", 1), .init("command", "person list"), .init("ok", true),
      .init("people", .array(people)),
    ])
  }

  private func people() throws(Failure) -> [Person] {
    try access.look { try access.database.people() }
  }
}

extension Person {
  fileprivate var sortedRoles: [String] { roles.map(\.rawValue).sorted() }
  fileprivate var roleWords: String { sortedRoles.listed }
}

extension String {
  /// Whether the text is 1 to 100 characters that print on one line.
  var isOneReadableLine: Bool {
    (1...100).contains(count)
      && unicodeScalars.allSatisfy {
        ![.control, .format, .lineSeparator, .paragraphSeparator].contains(
          $0.properties.generalCategory)
      }
  }
}
