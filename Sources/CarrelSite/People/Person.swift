/// Somebody who may do something at a site, known by the key that they sign with.
public struct Person: Hashable, Sendable {
  /// What a person may do; a person may have several roles, but not in one project.
  public enum Role: String, Hashable, Sendable, CaseIterable {
    /// Submits studies to projects that name them.
    case researcher
    /// Reviews what would leave, and approves projects.
    case guardian
    /// Runs the site: records, opt-outs, people.
    case custodian
  }

  /// The pseudonym that the public ledger may show, such as `g-07`.
  public let id: String
  /// The name, for those who work at the site.
  public let name: String
  /// The organisation that the person answers to.
  public let organisation: String
  /// What the person may do.
  public let roles: Set<Role>
  /// The Ed25519 public key, 32 bytes, that checks the person's signatures.
  public let publicKey: [UInt8]
  /// When the person was put on the roster, in seconds since 1970.
  public let addedAt: Int
  /// When the person was taken off it, in seconds since 1970; `nil` while they are on it.
  public let lapsedAt: Int?

  /// A person with these particulars.
  public init(
    id: String, name: String, organisation: String, roles: Set<Role>, publicKey: [UInt8],
    addedAt: Int, lapsedAt: Int? = nil
  ) {
    self.id = id
    self.name = name
    self.organisation = organisation
    self.roles = roles
    self.publicKey = publicKey
    self.addedAt = addedAt
    self.lapsedAt = lapsedAt
  }

  /// Whether the person is on the roster with a role at a moment, in seconds since 1970.
  public func has(_ role: Role, at moment: Int) -> Bool {
    roles.contains(role) && addedAt <= moment && (lapsedAt.map { moment < $0 } ?? true)
  }

  /// Whether a text can name a person: 1 to 32 lower-case letters, digits and hyphens, beginning
  /// with a letter.
  public static func isID(_ text: String) -> Bool {
    let letters = text.utf8
    guard (1...32).contains(letters.count), let first = letters.first, first.isLowerCaseLetter
    else { return false }
    return letters.allSatisfy {
      $0.isLowerCaseLetter || $0.isDigit || $0 == UInt8(ascii: "-")
    }
  }
}

extension UInt8 {
  var isLowerCaseLetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) }
  var isUpperCaseLetter: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
}
