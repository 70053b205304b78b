import CarrelRecords
import Foundation
import Testing

@Suite("A file that breaks its format") struct FormatTests {
  private static let fields = """
    , {"name": "date", "type": "date"}, {"name": "n", "type": "integer"},
    {"name": "x", "type": "number"}, {"name": "b", "type": "boolean"},
    {"name": "sex", "type": "string", "categories": ["female", "male"]},
    {"name": "imd", "type": "integer", "categories": [1, 2, 3, 4, 5]},
    {"name": "must", "type": "string", "constraints": {"required": true}}
    """
  private static let header = "patient_id,date,n,x,b,sex,imd,must\n"
  private static let good = "1,2024-01-31,7,2.5,true,female,5,y\n"

  @Test(
    "is refused whole, with file, line and field and never the value",
    arguments: [
      ("one,,,,,,,y", "line 3, `patient_id`: not an integer"),
      (",,,,,,,y", "line 3, `patient_id`: missing, and required"),
      ("1,2023-02-29,,,,,,y", "line 3, `date`: not a date from 1900 to 9999, written `YYYY-MM-DD`"),
      ("1,1899-12-31,,,,,,y", "line 3, `date`: not a date from 1900 to 9999, written `YYYY-MM-DD`"),
      ("1,31/01/2024,,,,,,y", "line 3, `date`: not a date from 1900 to 9999, written `YYYY-MM-DD`"),
      ("1,,1.0,,,,,y", "line 3, `n`: not an integer"),
      ("1,,9223372036854775808,,,,,y", "line 3, `n`: not an integer"),
      ("1,,,NaN,,,,y", "line 3, `x`: not a number"),
      ("1,,,1e999,,,,y", "line 3, `x`: not a number"),
      ("1,,,0x10,,,,y", "line 3, `x`: not a number"),
      ("1,,,,yes,,,y", "line 3, `b`: not true or false, as the field writes them"),
      ("1,,,,,Female,,y", "line 3, `sex`: not one of its levels"),
      ("1,,,,,,6,y", "line 3, `imd`: not an integer"),
      ("1,,,,,,,", "line 3, `must`: missing, and required"),
      ("1,,,,,,y", "line 3: 7 fields where the first line has 8"),
      ("1,,,,,,,y,z", "line 3: 9 fields where the first line has 8"),
      ("1,,,,,,,\"y", "line 3: a quoted field is never closed"),
      ("1,,,,,,,y\u{0}", "line 3: holds a zero byte, so this is not a text file"),
    ])
  func breach(row: String, expected: String) throws {
    let fixture = try PackageFixture(PackageFixture.events(Self.fields))
      .write(Self.header + Self.good + row + "\n", to: "events.csv")
    #expect(try fixture.breaches() == ["events.csv \(expected)"])
  }

  @Test func `G5: is refused for bytes that are no text`() throws {
    let resource = PackageFixture.events(#", {"name": "s", "type": "string"}"#)
    let latin1 = try PackageFixture(resource)
      .write(Array("patient_id,s\n1,na".utf8) + [0xEF] + Array("ve\n".utf8), to: "events.csv")
    #expect(try latin1.breaches() == ["events.csv line 2: not valid UTF-8"])
    let binary = try PackageFixture(resource)
      .write((0..<4_096).map { UInt8(truncatingIfNeeded: $0 &* 167) }, to: "events.csv")
    #expect(try binary.breaches().count == 1)
  }

  @Test(
    "is refused for a header that is not the one described",
    arguments: [
      ("", "events.csv: the file is empty"),
      ("patient_id\n", "events.csv line 1: the header lacks `n`"),
      ("patient_id,n,m\n", "events.csv line 1: 1 column is not described"),
      ("n,patient_id\n", "events.csv line 1: the columns are not in the order of the fields"),
      ("patient_id,n,n\n", "events.csv line 1: the header names `n` more than once"),
    ])
  func header(text: String, expected: String) throws {
    let fixture = try PackageFixture(
      PackageFixture.events(#", {"name": "n", "type": "integer"}"#)
    ).write(text, to: "events.csv")
    #expect(try fixture.breaches() == [expected])
  }

  @Test func `says where, also after quoted line ends and in line 90,000`() throws {
    var lines = ["patient_id,n"]
    lines += (2..<90_000).map { "\($0),1" }
    lines += ["1,x", "2,3"]
    let fixture = try PackageFixture(
      PackageFixture.events(#", {"name": "n", "type": "integer"}"#)
    ).write(lines.joined(separator: "\n"), to: "events.csv")
    #expect(try fixture.breaches() == ["events.csv line 90000, `n`: not an integer"])

    let quoted = try PackageFixture(PackageFixture.events(Self.fields))
      .write(Self.header + "1,,,,,,,\"a\n\nb\"\n1,,x,,,,,y\n", to: "events.csv")
    #expect(try quoted.breaches() == ["events.csv line 5, `n`: not an integer"])
  }

  @Test func `shows several breaches at once, of all tables, up to twenty`() throws {
    let second = PackageFixture.events(#", {"name": "n", "type": "integer"}"#)
      .replacing("events", with: "more")
    let fixture = try PackageFixture(PackageFixture.events(Self.fields), second)
      .write(Self.header + "x,,,,yes,,,y\n1,,x,,,,,y\n", to: "events.csv")
      .write("patient_id,n\n1,x\n", to: "more.csv")
    #expect(
      try fixture.breaches() == [
        "events.csv line 2, `patient_id`: not an integer",
        "events.csv line 2, `b`: not true or false, as the field writes them",
        "events.csv line 3, `n`: not an integer", "more.csv line 2, `n`: not an integer",
      ])
    let many = try PackageFixture(second)
      .write("patient_id,n\n" + String(repeating: "1,x\n", count: 500), to: "more.csv")
    #expect(try many.breaches().count == 20)
  }
}

@Suite("Keys and references") struct KeyTests {
  private let patients = """
    {"name": "patients", "path": "patients.csv", "type": "table", "rowsPerPatient": "one",
     "schema": {"fields": [{"name": "id", "type": "string", "privacy": "person-id"}]}}
    """

  @Test func `a second row for a patient is refused where there can be one`() throws {
    let fixture = try PackageFixture(patients).write("id\na\nb\na\n", to: "patients.csv")
    #expect(try fixture.breaches() == ["patients.csv line 4: a second row for the same patient"])
  }

  @Test func `an identifier written in two ways is one person`() throws {
    let fixture = try PackageFixture(patients)
      .write("id\n999 000 0018\n9990000026\n999-000-0018\n", to: "patients.csv")
    #expect(try fixture.breaches() == ["patients.csv line 4: a second row for the same patient"])
  }

  private func encounters(_ keys: String) -> String {
    """
    {"name": "encounters", "path": "encounters.csv", "type": "table", "schema": {\(keys) "fields": [
      {"name": "person", "type": "string", "privacy": "person-id"},
      {"name": "number", "type": "integer"}, {"name": "born", "type": "date",
       "privacy": "date-precision"}, {"name": "note", "type": "string"}]}}
    """
  }

  @Test(
    "a repeated key is refused",
    arguments: [
      (
        "\"primaryKey\": \"number\",", "a,1,,\nb,01,,",
        "line 3: the same `number` as in another row"
      ),
      (
        "\"primaryKey\": [\"person\", \"number\"],", "a,1,,\nb,1,,\na,2,,\nb,1,,",
        "line 5: the same `person` and `number` as in another row"
      ),
      (
        "\"uniqueKeys\": [[\"note\"]],", "a,1,,x\na,2,,\na,3,,\na,4,,x",
        "line 5: the same `note` as in another row"
      ),
      ("\"uniqueKeys\": [[\"person\"]],", "a,1,,\nb,1,,\na,2,,", "line 4: the same `person`"),
      ("\"primaryKey\": \"number\",", "a,,,", "line 2, `number`: missing, and required"),
    ])
  func repeated(keys: String, rows: String, expected: String) throws {
    let fixture = try PackageFixture(encounters(keys))
      .write("person,number,born,note\n\(rows)\n", to: "encounters.csv")
    let breaches = try fixture.breaches()
    #expect(breaches.count == 1)
    #expect(breaches.first?.hasPrefix("encounters.csv \(expected)") == true)
  }

  @Test(
    "values that are missing, or told apart only before they are cut, repeat nothing",
    arguments: [
      ("\"uniqueKeys\": [[\"number\"]],", "a,,,\na,,,"),
      ("\"primaryKey\": [\"person\", \"born\"],", "a,1,2000-01-01,\na,1,2000-01-02,"),
      ("\"uniqueKeys\": [[\"number\", \"note\"]],", "a,1,,1\na,11,,\na,11,,"),
    ])
  func distinct(keys: String, rows: String) throws {
    let fixture = try PackageFixture(encounters(keys))
      .write("person,number,born,note\n\(rows)\n", to: "encounters.csv")
    #expect(try fixture.load().tables[0].rowCount >= 2)
  }

  private func visits(_ reference: String) -> String {
    """
    {"name": "visits", "path": "visits.csv", "type": "table", "schema": {
     "foreignKeys": [\(reference)], "fields": [
      {"name": "who", "type": "string", "privacy": "person-id"},
      {"name": "encounter", "type": "string"}]}}
    """
  }
  private let toPerson =
    #"{"fields": "who", "reference": {"resource": "patients", "fields": "id"}}"#
  private let toEncounter =
    #"{"fields": "encounter", "reference": {"resource": "encounters", "fields": "number"}}"#

  private func load(_ visits: String, _ references: String) throws -> PackageFixture {
    try PackageFixture(self.visits(references), patients, encounters(""))
      .write("id\na\nb\n", to: "patients.csv")
      .write("person,number,born,note\na,1,,\nb,2,,\n", to: "encounters.csv")
      .write("who,encounter\n\(visits)\n", to: "visits.csv")
  }

  @Test func `a reference to a row that is there, or to none, is kept`() throws {
    let fixture = try load("a,1\na,2\nb,", "\(toPerson), \(toEncounter)")
    #expect(try fixture.load().tables.map(\.rowCount) == [3, 2, 2])
  }

  @Test func `a reference to a row that is not there is refused`() throws {
    let people = try load("a,\nc,\nb,", toPerson)
    #expect(try people.breaches() == ["visits.csv line 3: no such row in `patients`"])
    let encounters = try load("a,1\na,3\na,4", toEncounter)
    #expect(try encounters.breaches() == ["visits.csv line 3: no such row in `encounters`"])
  }
}

@Suite("The files of a package") struct FileTests {
  private let resource = PackageFixture.events(#", {"name": "n", "type": "integer"}"#)
  private let text = "patient_id,n\n1,2\n"

  private func fixture(_ property: String) throws -> PackageFixture {
    try PackageFixture(
      PackageFixture.events(#", {"name": "n", "type": "integer"}"#, more: "\(property),")
    ).write(text, to: "events.csv")
  }

  @Test(
    "are held to the hash that is stated",
    arguments: [
      "3d2bdbabc3ecde3819ac208d253ddcdc", "sha1:607036383e4cd15f76ab03dc22200a76dd23cf73",
      "sha256:b0cf6282de5fdfe2e26882a5f583df77e27599ed3b12cdfa103b76a582d0e5d7",
    ])
  func hash(stated: String) throws {
    #expect(try fixture("\"hash\": \"\(stated)\"").load().patientCount == 1)
    let wrong = stated.dropLast() + (stated.hasSuffix("0") ? "1" : "0")
    #expect(
      try fixture("\"hash\": \"\(wrong)\"").breaches()
        == ["events.csv: not the file that its hash describes"])
  }

  @Test func `are held to the size that is stated`() throws {
    #expect(try fixture("\"bytes\": 17").load().patientCount == 1)
    #expect(
      try fixture("\"bytes\": 16").breaches() == ["events.csv: not as many bytes as described"])
  }

  @Test func `that are not there are named`() throws {
    let error = #expect(throws: LoadError.self) { try PackageFixture(resource).load() }
    #expect(error?.code == "S207")
    #expect(error?.description.contains("`events.csv`") == true)
  }

  @Test func `are not read through a symbolic link`() throws {
    let fixture = try PackageFixture(resource).write(text, to: "elsewhere.csv")
    try FileManager.default.createSymbolicLink(
      atPath: fixture.folder + "/events.csv",
      withDestinationPath: fixture.folder + "/elsewhere.csv")
    let error = #expect(throws: LoadError.self) { try fixture.load() }
    #expect(error?.code == "S207")
  }

  @Test func `that are compressed and damaged are refused`() throws {
    let compressed = resource.replacing("events.csv", with: "events.csv.gz")
    let plain = try PackageFixture(compressed).write(text, to: "events.csv.gz")
    #expect(try plain.breaches() == ["events.csv.gz: cannot be uncompressed"])

    let cut = try PackageFixture(compressed)
      .write("patient_id,n\n" + (1...9_999).map { "\($0),1\n" }.joined(), to: "events.csv")
      .compress("events.csv")
    let path = cut.folder + "/events.csv.gz"
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
    try bytes.dropLast(100).write(to: URL(fileURLWithPath: path))
    #expect(try cut.breaches().last == "events.csv.gz: cannot be uncompressed")
  }

  @Test func `G5: that become far larger are refused before they fill the disk`() throws {
    let field = #", {"name": "s", "type": "string"}"#
    let row = "1," + String(repeating: "a", count: 100_000) + "\n"
    let bomb = try PackageFixture(
      PackageFixture.events(field).replacing("events.csv", with: "events.csv.gz")
    )
    .write("patient_id,s\n" + String(repeating: row, count: 200), to: "events.csv")
    .compress("events.csv")
    #expect(
      try bomb.breaches()
        == ["events.csv.gz: becomes more than 100 times as large when uncompressed"])
  }
}
