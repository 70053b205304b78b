internal import CarrelCatalogue
public import CarrelCrypto
internal import CarrelStore
internal import CarrelValues

/// Everybody whom a load meets: first numbered as they come, at the end in the order of what stands
/// for them.
final class PeopleIndex {
  private var identifiers = IdentifierIndex()
  private var isPresent: [Bool] = []
  private let rules: LoadRules
  private let identity: PatientIdentity
  private let areIntegers: Bool

  init(_ package: DataPackage, _ identity: PatientIdentity, _ rules: LoadRules) {
    self.identity = identity
    self.rules = rules
    areIntegers = package.resources.allSatisfy { resource in
      resource.fields.contains { $0.privacy == .personIdentifier && $0.type == .integer }
    }
  }

  /// The provisional number of the person whom an identifier names; `nil` where it is missing
  /// because it breaks a constraint.
  ///
  /// - Throws: ``LoadError/realIdentifier(file:field:)``.
  func number(
    of row: TableRow, _ field: Int, _ resource: Resource, file: Int
  ) throws(LoadError) -> Int? {
    guard let identifier = normalised(row.values[field], row.text(of: field)) else { return nil }
    let number = identifiers.number(of: identifier)
    guard number == isPresent.count else { return number }
    isPresent.append(false)
    if rules.demandsInventedPeople, let digits = NHSNumber.digits(of: identifier),
      !NHSNumber.isForTests(digits)
    {
      throw .realIdentifier(file: resource.paths[file], field: resource.fields[field].name)
    }
    return number
  }

  /// An integer in its shortest form, an NHS number without the gaps it is printed with, and any
  /// other text as it is: one person has one identifier in all tables.
  private func normalised(_ value: Value, _ text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    switch value {
    case .missing: return nil
    case .integer(let integer):
      // Digits that begin with another than zero are the shortest form already.
      if let first = text.first, first > UInt8(ascii: "0") { return text }
      return Array(String(integer).utf8)[...]
    default:
      // Without gaps, a number is its digits.
      guard (11...12).contains(text.count) else { return text }
      return NHSNumber.digits(of: text).map { $0[...] } ?? text
    }
  }

  /// Says that a row of the person is kept.
  func markPresent(_ person: Int) { isPresent[person] = true }

  /// How many people have a row.
  var presentCount: Int { isPresent.count { $0 } }

  /// Everybody who is present, in the order of what stands for them, which becomes their number
  /// from 1.
  func ordered() -> [(person: Int, stored: StoreValue)] {
    let present = isPresent.indices.filter { isPresent[$0] }
    switch identity {
    case .pseudonymised(let key):
      var pseudonymiser = Pseudonymiser(key: key)
      return present.map { ($0, pseudonymiser.pseudonym(of: identifiers[$0])) }
        .sorted { $0.1.lexicographicallyPrecedes($1.1) }.map { ($0, .blob($1)) }
    case .verbatim where areIntegers:
      return present.map { ($0, Int(String(decoding: identifiers[$0], as: UTF8.self)) ?? 0) }
        .sorted { $0.1 < $1.1 }.map { ($0, .integer($1)) }
    case .verbatim:
      return present.map { ($0, identifiers[$0]) }
        .sorted { $0.1.lexicographicallyPrecedes($1.1) }
        .map { ($0, .text(String(decoding: $1, as: UTF8.self))) }
    }
  }

  /// The type of the column that holds what stands for people.
  var storedType: String {
    switch identity {
    case .pseudonymised: "BLOB"
    case .verbatim: areIntegers ? "INTEGER" : "TEXT"
    }
  }
}

/// Makes the pseudonyms of one site.
public struct Pseudonymiser: ~Copyable {
  /// How many bytes a pseudonym has.
  public static let byteCount = 16

  private var authenticator: MessageAuthenticator
  private let domain = Array("carrel/pseudonym/v1".utf8) + [0]

  /// A maker of pseudonyms under a site's key.
  public init(key: SecretKey) { authenticator = MessageAuthenticator(key: key) }

  /// What stands for a person: the first 16 bytes of HMAC-SHA-256 of the domain's name, a zero byte
  /// and the normalised identifier.
  public mutating func pseudonym(of identifier: ArraySlice<UInt8>) -> [UInt8] {
    Array(authenticator.tag(of: domain + identifier).prefix(Self.byteCount))
  }
}
