import CarrelCrypto
import CarrelRecords
import CarrelStore
import Foundation
import Testing

@Suite("Loading a data package") struct LoadTests {
  private let patients = """
    {"name": "patients", "path": "patients.csv", "type": "table", "rowsPerPatient": "one",
     "schema": {"primaryKey": "patient_id", "fields": [
       {"name": "patient_id", "type": "string", "privacy": "person-id"},
       {"name": "date_of_birth", "type": "date", "privacy": "date-precision"},
       {"name": "sex", "type": "string", "categories": ["female", "male"]},
       {"name": "notes", "type": "string", "privacy": "free-text"}]}}
    """
  private let events = """
    {"name": "events", "path": "events.csv", "type": "table",
     "schema": {"fields": [
       {"name": "date", "type": "date"},
       {"name": "icd10_code", "type": "string", "codingSystem": "icd10"},
       {"name": "patient_id", "type": "string", "privacy": "person-id"},
       {"name": "numeric_value", "type": "number"},
       {"name": "count", "type": "integer"},
       {"name": "primary", "type": "boolean"}]}}
    """

  private func loaded(_ identity: PatientIdentity) throws -> PackageFixture {
    let fixture = try PackageFixture(patients, events)
      .write(
        """
        patient_id,date_of_birth,sex,notes
        naïve,1950-12-31,female,"Mrs A, of
        two lines"
        a,1901-02-15,,
        """, to: "patients.csv"
      )
      .write(
        """
        date,icd10_code,patient_id,numeric_value,count,primary
        2024-02-29,J45.9,naïve,-0.0,7,true
        1969-12-31,E11,12,1e2,-3,0
        ,,naïve,,,
        """, to: "events.csv")
    try fixture.load(identity)
    return fixture
  }

  @Test func `keeps values as the contract says, in the order of patients and rows`() throws {
    let fixture = try loaded(.pseudonymised(key: PackageFixture.key))
    // Pseudonyms by Python: hmac.new(bytes(range(32)), b"carrel/pseudonym/v1\0" + id, "sha256").
    let pseudonyms = try fixture.rows("SELECT patient, hex(pseudonym) FROM carrel_patients")
    #expect(
      pseudonyms == [
        [.integer(1), .text("1B2892306C6FE086A636428CC339EFE5")],
        [.integer(2), .text("23017E11599791B374B3F211505C1D03")],
        [.integer(3), .text("CE32855923F3820CA7FAAFE8F99413B1")],
      ])
    #expect(
      try fixture.rows("SELECT * FROM patients") == [
        [.integer(2), .integer(1), .integer(-6971), .text("female")],
        [.integer(3), .integer(2), .integer(-25171), .null],
      ])
    #expect(
      try fixture.rows("SELECT * FROM events WHERE carrel_patient = 2") == [
        [
          .integer(2), .integer(1), .integer(19_782), .text("J459"), .decimal(0),
          .integer(7), .integer(1),
        ],
        [.integer(2), .integer(3), .null, .null, .null, .null, .null],
      ])
    #expect(
      try fixture.rows("SELECT * FROM events WHERE carrel_patient = 1") == [
        [
          .integer(1), .integer(2), .integer(-1), .text("E11"), .decimal(100),
          .integer(-3), .integer(0),
        ]
      ])
  }

  @Test func `says of itself what was loaded, and under which key`() throws {
    let fixture = try loaded(.pseudonymised(key: PackageFixture.key))
    let meta = try fixture.rows("SELECT key, value FROM carrel_meta ORDER BY key")
    #expect(
      meta.map { $0[0] } == ["date", "digest", "format", "kind", "package"].map { .text($0) })
    #expect(
      [0, 2, 3, 4].map { meta[$0][1] } == ["2025-05-02", "1", "preview", "core"].map { .text($0) })
    // The same files give the same digest under the same key, and another under another.
    let again = try loaded(.pseudonymised(key: PackageFixture.key))
    let other = try loaded(.pseudonymised(key: SecretKey(randomByteCount: 32)))
    let query = "SELECT value FROM carrel_meta WHERE key = 'digest'"
    #expect(try again.rows(query) == [[meta[1][1]]])
    #expect(try other.rows(query) != [[meta[1][1]]])
  }

  @Test func `has no column for the person's identifier or for free text`() throws {
    let fixture = try loaded(.verbatim)
    let columns = try fixture.rows("SELECT name FROM pragma_table_xinfo('patients')").map { $0[0] }
    #expect(
      columns == ["carrel_patient", "carrel_row", "date_of_birth", "sex"].map { .text($0) })
  }

  @Test func `a database is its owner's alone and has nothing beside it`() throws {
    let fixture = try loaded(.verbatim)
    let attributes = try FileManager.default.attributesOfItem(atPath: fixture.recordsPath)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: fixture.folder).sorted()
        == ["events.csv", "patients.csv", "records.sqlite"])
  }

  @Test func `never takes the place of a file that is there`() throws {
    let fixture = try loaded(.verbatim)
    let before = try Data(contentsOf: URL(fileURLWithPath: fixture.recordsPath))
    let error = #expect(throws: LoadError.self) { try fixture.load() }
    #expect(error?.code == "S208")
    #expect(try Data(contentsOf: URL(fileURLWithPath: fixture.recordsPath)) == before)
  }

  @Test func `identifiers kept for a preview are in their own order`() throws {
    let texts = try loaded(.verbatim)
    #expect(
      try texts.rows("SELECT pseudonym FROM carrel_patients ORDER BY patient")
        == [[.text("12")], [.text("a")], [.text("naïve")]])
    let integers = try PackageFixture(PackageFixture.events("")).write(
      "patient_id\n10\n9\n-1\n+9\n010\n", to: "events.csv")
    try integers.load()
    #expect(
      try integers.rows("SELECT patient, pseudonym FROM carrel_patients ORDER BY patient") == [
        [.integer(1), .integer(-1)], [.integer(2), .integer(9)], [.integer(3), .integer(10)],
      ])
    #expect(
      try integers.rows("SELECT carrel_patient, carrel_row FROM events")
        == [[1, 3], [2, 2], [2, 4], [3, 1], [3, 5]].map { $0.map { .integer($0) } })
  }

  @Test func `several files are one table, with one header`() throws {
    let resource = """
      {"name": "events", "path": ["a.csv", "b.csv"], "type": "table", "schema": {"fields": [
        {"name": "patient_id", "type": "integer", "privacy": "person-id"},
        {"name": "n", "type": "integer"}]}}
      """
    let fixture = try PackageFixture(resource).write("patient_id,n\n2,20\n", to: "a.csv")
      .write("1,10\n2,21\n", to: "b.csv")
    try fixture.load()
    #expect(
      try fixture.rows("SELECT * FROM events")
        == [[1, 2, 10], [2, 1, 20], [2, 3, 21]].map { $0.map { .integer($0) } })
    let ragged = try PackageFixture(resource).write("patient_id,n\n2,20\n", to: "a.csv")
      .write("1,10,3\n", to: "b.csv")
    #expect(try ragged.breaches() == ["b.csv line 1: 3 fields where the first line has 2"])
  }

  @Test func `a compressed file is read like a plain one`() throws {
    let resource = PackageFixture.events("").replacing("events.csv", with: "events.csv.gz")
    let fixture = try PackageFixture(resource)
      .write("patient_id\n" + (1...50_000).map { "\($0)\n" }.joined(), to: "events.csv")
      .compress("events.csv")
    var last: LoadProgress?
    let report = try fixture.load {
      last = $0
      return true
    }
    #expect(report.patientCount == 50_000)
    #expect(report.tables.map(\.rowCount) == [50_000])
    #expect(last?.bytesRead == last?.byteCount && last?.phase == .storing)
  }

  @Test func `tells how far it is, never past the end and never back`() throws {
    let fixture = try PackageFixture(PackageFixture.events(#", {"name": "n", "type": "integer"}"#))
      .write("patient_id,n\n" + (1...60_000).map { "\($0),\($0)\n" }.joined(), to: "events.csv")
    var seen: [LoadProgress] = []
    try fixture.load {
      seen.append($0)
      return true
    }
    #expect(seen.count > 3)
    #expect(seen.allSatisfy { $0.table == "events" && $0.bytesRead <= $0.byteCount })
    #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.bytesRead <= $1.bytesRead })
    #expect(seen.last { $0.phase == .reading }?.rowCount == 60_000)
  }
}
