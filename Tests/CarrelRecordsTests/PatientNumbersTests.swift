import CarrelCrypto
import CarrelRecords
import CarrelStore
import Foundation
import Testing

/// C5: a person is the same member of a group in every snapshot, and nobody else ever is.
@Suite("The number of a person") struct PatientNumbersTests {
  private static var newKey: SecretKey {
    var bytes = Array(UInt8(100)..<132)
    return SecretKey(absorbing: &bytes)
  }

  /// Loads a table of these people, and gives the number of each by the one event they have.
  private func load(
    _ people: [String], by numbers: inout PatientNumbers,
    under identity: PatientIdentity = .pseudonymised(key: PackageFixture.key)
  ) throws -> [String: Int] {
    let fixture = try PackageFixture(
      """
      {"name": "events", "path": "events.csv", "type": "table", "schema": {"fields": [
        {"name": "id", "type": "string", "privacy": "person-id"},
        {"name": "code", "type": "string", "codingSystem": "icd10"}]}}
      """)
    let codes = Dictionary(uniqueKeysWithValues: people.map { ("E1\($0.utf8.count)", $0) })
    let lines = people.map { "\($0),E1\($0.utf8.count)" }
    let written = try fixture.write(
      (["id,code"] + lines).joined(separator: "\n"), to: "events.csv")
    _ = try written.loader(identity).load(into: written.recordsPath, numbering: &numbers)
    let rows = try written.rows("SELECT code, carrel_patient FROM events")
    return Dictionary(
      uniqueKeysWithValues: rows.compactMap { row in
        guard case .text(let code) = row[0], case .integer(let number) = row[1],
          let person = codes[code]
        else { return nil }
        return (person, number)
      })
  }

  @Test func `stays through loads, whoever comes and whoever leaves`() throws {
    var numbers = PatientNumbers()
    let first = try load(["a", "bb", "ccc"], by: &numbers)
    #expect(Set(first.values) == [1, 2, 3])
    let second = try load(["ccc", "dddd", "a"], by: &numbers)
    #expect(second == ["a": first["a"], "ccc": first["ccc"], "dddd": 4].compactMapValues { $0 })
    // Who left and comes back is who they were; their number was nobody else's meanwhile.
    let third = try load(["bb", "eeeee"], by: &numbers)
    #expect(third == ["bb": first["bb"], "eeeee": 5].compactMapValues { $0 })
    #expect(numbers.count == 5)
  }

  @Test func `survives the exchange of the key, for whoever is met again`() throws {
    var numbers = PatientNumbers()
    let first = try load(["a", "bb", "ccc"], by: &numbers)
    let both = PatientIdentity.pseudonymised(keys: [PackageFixture.key, Self.newKey])
    #expect(try load(["a", "ccc"], by: &numbers, under: both)["ccc"] == first["ccc"])
    // Known by the old pseudonym for as long as they were away.
    #expect(try load(["bb", "a"], by: &numbers, under: both) == first.filter { $0.key != "ccc" })
    #expect(numbers.count == 3)
    // A pseudonym counts only under the key that it was made with.
    let other = PatientIdentity.pseudonymised(key: Self.newKey)
    #expect(try load(["a"], by: &numbers, under: other)["a"] == 4)
  }

  @Test func `is read back from its file, and from no damaged one`() throws {
    var numbers = PatientNumbers()
    _ = try load(["a", "bb"], by: &numbers)
    let bytes = numbers.bytes
    #expect(bytes.count == 19 + 8 + 2 * 17)
    #expect(PatientNumbers(bytes: bytes) == numbers)
    #expect(PatientNumbers(bytes: PatientNumbers().bytes)?.count == 0)
    for damaged in [[], Array(bytes.dropLast()), bytes + [0], Array(bytes.dropFirst())] {
      #expect(PatientNumbers(bytes: damaged) == nil)
    }
  }
}
