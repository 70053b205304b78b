internal import CarrelCatalogue
public import CarrelCrypto
internal import CarrelStore
internal import CarrelValues

/// Everybody whom a load meets: first numbered as they come, at the end for good.
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

  /// How many people have been met.
  var count: Int { isPresent.count }

  /// Adds somebody who is new.
  ///
  /// - Throws: ``LoadError/realIdentifier(file:field:)``, or ``ParserNonsense`` for what is no
  ///   identifier, or nobody new.
  func add(_ identifier: ArraySlice<UInt8>, _ resource: Resource, file: Int) throws {
    guard ParserFrame.isIdentifier(identifier), !areIntegers || isInteger(identifier),
      identifiers.number(of: identifier) == count
    else { throw ParserNonsense() }
    isPresent.append(false)
    if rules.demandsInventedPeople, let digits = NHSNumber.digits(of: identifier),
      !NHSNumber.isForTests(digits)
    {
      let field = resource.fields.first { $0.privacy == .personIdentifier }
      throw LoadError.realIdentifier(file: resource.paths[file], field: field?.name ?? "")
    }
  }

  private func isInteger(_ identifier: ArraySlice<UInt8>) -> Bool {
    Int(String(decoding: identifier, as: UTF8.self)) != nil
  }

  /// Says that a row of the person is kept.
  func markPresent(_ person: Int) { isPresent[person] = true }

  /// Takes everybody else for not present.
  ///
  /// - Returns: How many were and are not any more.
  func keepOnly(_ people: Set<Int>) -> Int {
    let leaving = isPresent.indices.filter { isPresent[$0] && !people.contains($0) }
    for person in leaving { isPresent[person] = false }
    return leaving.count
  }

  /// How many people have a row.
  var presentCount: Int { isPresent.count { $0 } }

  /// Everybody who is present, in the order of their numbers.
  ///
  /// Who has a pseudonym keeps the number that they have; identifiers are numbered from 1 in their
  /// own order.
  func numbered(by numbers: inout PatientNumbers) throws(LoadError) -> [NumberedPerson] {
    let present = isPresent.indices.filter { isPresent[$0] }
    switch identity {
    case .pseudonymised(let keys): return try pseudonymised(present, under: keys, by: &numbers)
    case .verbatim where areIntegers:
      return present.map { ($0, Int(String(decoding: identifiers[$0], as: UTF8.self)) ?? 0) }
        .sorted { $0.1 < $1.1 }.enumerated().map { .init($1.0, number: $0 + 1, .integer($1.1)) }
    case .verbatim:
      return present.map { ($0, identifiers[$0]) }
        .sorted { $0.1.lexicographicallyPrecedes($1.1) }.enumerated().map {
          .init($1.0, number: $0 + 1, .text(String(decoding: $1.1, as: UTF8.self)))
        }
    }
  }

  private func pseudonymised(
    _ present: [Int], under keys: [SecretKey], by numbers: inout PatientNumbers
  ) throws(LoadError) -> [NumberedPerson] {
    var pseudonyms = [[Pseudonym]](repeating: [], count: present.count)
    for key in keys {
      var pseudonymiser = Pseudonymiser(key: key)
      for (place, person) in present.enumerated() {
        pseudonyms[place].append(Pseudonym(pseudonymiser.pseudonym(of: identifiers[person])))
      }
    }
    // The order of the pseudonyms, so that numbers say nothing of the order of the files.
    let last = keys.count - 1
    let order = present.indices.sorted { pseudonyms[$0][last] < pseudonyms[$1][last] }
    let given = try numbers.numbers(of: order.map { pseudonyms[$0] })
    return zip(order, given).map { place, number in
      NumberedPerson(present[place], number: number, .blob(pseudonyms[place][last].bytes))
    }.sorted { $0.number < $1.number }
  }

  /// The type of the column that holds what stands for people.
  var storedType: String {
    switch identity {
    case .pseudonymised: "BLOB"
    case .verbatim: areIntegers ? "INTEGER" : "TEXT"
    }
  }
}

/// Somebody whose records are kept.
struct NumberedPerson {
  /// The provisional number, by which the rows that wait know the person.
  let person: Int
  /// The number for good.
  let number: Int
  /// What stands for the person.
  let stored: StoreValue

  init(_ person: Int, number: Int, _ stored: StoreValue) {
    (self.person, self.number, self.stored) = (person, number, stored)
  }
}

/// Makes the pseudonyms of one site.
public struct Pseudonymiser: ~Copyable {
  /// How many bytes a pseudonym has.
  public static let byteCount = Pseudonym.byteCount

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
