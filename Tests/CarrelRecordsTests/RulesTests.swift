import CarrelCatalogue
import CarrelRecords
import CarrelSite
import CarrelStore
import CarrelValues
import Foundation
import TestSupport
import Testing

@Suite("Rows that break a constraint") struct ConstraintTests {
  private static let fields = """
    , {"name": "n", "type": "integer", "constraints": {"minimum": 0, "maximum": 9}},
    {"name": "code", "type": "string", "codingSystem": "snomedct"},
    {"name": "practice", "type": "string", "constraints": {"pattern": "[A-Z][0-9]{5}"}}
    """

  private func fixture(_ rows: [String], goodRows: Int = 0) throws -> PackageFixture {
    let good = (0..<goodRows).map { "\($0),5,195967001,A12345" }
    return try PackageFixture(PackageFixture.events(Self.fields)).write(
      (["patient_id,n,code,practice"] + rows + good).joined(separator: "\n"), to: "events.csv")
  }

  @Test func `are left out and counted by field and rule, and their patients with them`() throws {
    // 195967001 is the SNOMED CT concept for asthma; one wrong digit fails its check digit.
    let fixture = try fixture([
      "900001,10,195967001,A12345", "900002,-1,195967002,A12345", "900003,-2,,", "900004,,12,",
      "900005,,,A1234", "900006,9,195967001,A12345",
    ])
    var rules = LoadRules.preview
    rules.refusedRowsPerMillion = 1_000_000
    let report = try fixture.load(rules: rules)
    #expect(report.patientCount == 1)
    #expect(report.tables.map(\.rowCount) == [1])
    #expect(report.tables.map(\.refusedRowCount) == [5])
    #expect(
      report.tables[0].refusals.map { "\($0.field) \($0.constraint.rawValue): \($0.rowCount)" } == [
        "n is below its minimum: 2", "n is above its maximum: 1",
        "code is not a code of its system: 1", "code fails its check digit: 1",
        "practice does not match its pattern: 1",
      ])
    #expect(
      try fixture.rows("SELECT carrel_row FROM events") == [[.integer(6)]])
    #expect(try fixture.rows("SELECT pseudonym FROM carrel_patients") == [[.integer(900_006)]])
  }

  @Test func `refuse the load beyond one in a thousand of a table`() throws {
    #expect(try fixture(["1,10,,"], goodRows: 999).load().tables[0].refusedRowCount == 1)
    let tooMany = try fixture(["1,10,,"], goodRows: 998)
    let error = #expect(throws: LoadError.self) { try tooMany.load() }
    guard case .tooManyRefused(let tables, let report)? = error else {
      Issue.record("the load failed for another reason")
      return
    }
    #expect(tables == ["events"] && report.tables[0].refusedRowCount == 1)
    #expect(error?.description == "too many rows break a constraint: `events`")
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: tooMany.folder) == ["events.csv"])
  }

  @Test func `still count as rows that others refer to`() throws {
    let encounters = """
      {"name": "encounters", "path": "encounters.csv", "type": "table", "schema": {"fields": [
        {"name": "who", "type": "integer", "privacy": "person-id"},
        {"name": "number", "type": "integer"},
        {"name": "n", "type": "integer", "constraints": {"maximum": 9}}]}}
      """
    let visits = """
      {"name": "visits", "path": "visits.csv", "type": "table", "schema": {
        "foreignKeys": [{"fields": "encounter",
          "reference": {"resource": "encounters", "fields": "number"}}],
        "fields": [{"name": "who", "type": "integer", "privacy": "person-id"},
          {"name": "encounter", "type": "integer"}]}}
      """
    let fixture = try PackageFixture(encounters, visits)
      .write("who,number,n\n1,1,10\n", to: "encounters.csv")
      .write("who,encounter\n1,1\n", to: "visits.csv")
    var rules = LoadRules.preview
    rules.refusedRowsPerMillion = 1_000_000
    #expect(try fixture.load(rules: rules).tables.map(\.rowCount) == [0, 1])
  }
}

@Suite("People who are new at a practice") struct NewPeopleTests {
  /// The day of the load is 2 May 2025, and 28 days before it was 4 April.
  private func fixture(_ property: String) throws -> PackageFixture {
    let registrations = """
      {"name": "registrations", "path": "registrations.csv", "type": "table", "schema": {"fields": [
        {"name": "who", "type": "integer", "privacy": "person-id"},
        {"name": "start", "type": "date"\(property)}]}}
      """
    // 1 was there in time, 2 not; 3 has moved; 4 has no date, and 5 is nowhere; 6 comes tomorrow.
    return try PackageFixture(registrations, PackageFixture.events(""))
      .write(
        """
        who,start
        1,2025-04-04
        2,2025-04-05
        3,1990-01-01
        3,2025-05-01
        4,
        6,2025-05-03
        """, to: "registrations.csv"
      )
      .write("patient_id\n" + (1...6).map { "\($0)\n" }.joined(), to: "events.csv")
  }

  @Test func `G9: are left out until they have been there for 28 days`() throws {
    let fixture = try fixture(#", "registration": true"#)
    let report = try fixture.load()
    #expect(report.patientCount == 2 && report.newPatientCount == 4)
    #expect(report.tables.map(\.rowCount) == [3, 2])
    #expect(report.tables.map(\.refusedRowCount) == [0, 0])
    #expect(
      try fixture.rows("SELECT patient, pseudonym FROM carrel_patients")
        == [[.integer(1), .integer(1)], [.integer(2), .integer(3)]])
    #expect(
      try fixture.rows("SELECT carrel_patient, carrel_row FROM events")
        == [[.integer(1), .integer(1)], [.integer(2), .integer(3)]])
    #expect(
      try fixture.rows("SELECT carrel_patient, carrel_row FROM registrations")
        == [[1, 1], [2, 3], [2, 4]].map { $0.map { .integer($0) } })
  }

  @Test func `are kept where the package does not say since when`() throws {
    let fixture = try fixture("")
    let report = try fixture.load()
    #expect(report.patientCount == 6 && report.newPatientCount == 0)
    #expect(report.tables.map(\.rowCount) == [6, 6])
  }
}

@Suite("The rules of a site") struct RulesTests {
  private func people(_ identifiers: [String], type: String = "string") throws -> PackageFixture {
    try PackageFixture(
      PackageFixture.events("").replacing(
        "\"type\": \"integer\"", with: "\"type\": \"\(type)\"")
    ).write((["patient_id"] + identifiers).joined(separator: "\n"), to: "events.csv")
  }

  @Test func `G2: a synthetic site takes only what says that nobody in it is real`() throws {
    let silent = try PackageFixture(PackageFixture.events(""), package: #""title": "T""#)
      .write("patient_id\n1\n", to: "events.csv")
    let error = #expect(throws: LoadError.self) { try silent.load(rules: .synthetic) }
    #expect(error?.code == "S201")
    #expect(try silent.load(rules: .preview).patientCount == 1)
  }

  // 943 476 5919 and 401 023 2137 are the examples of the NHS Data Dictionary.
  @Test(
    "G2: a synthetic site takes no NHS number that could be real",
    arguments: [
      ("9434765919", "string", false), ("943 476 5919", "string", false),
      ("943-476-5919", "string", false), ("4010232137", "integer", false),
      ("4010232138", "string", true), ("9990000018", "string", true),
      ("9990000018", "integer", true), ("94347659190", "string", true), ("S1", "string", true),
    ])
  func number(identifier: String, type: String, isTaken: Bool) throws {
    let fixture = try people([type == "integer" ? "1" : "a", identifier], type: type)
    if isTaken {
      #expect(try fixture.load(rules: .synthetic).patientCount == 2)
    } else {
      let error = #expect(throws: LoadError.self) { try fixture.load(rules: .synthetic) }
      #expect(error == .realIdentifier(file: "events.csv", field: "patient_id"))
      #expect(error?.description.contains("9434765919") == false)
      #expect(try fixture.load(rules: .protected).patientCount == 2)
    }
  }

  @Test func `a protected site takes no text that nothing describes`() throws {
    let fixture = try PackageFixture(
      PackageFixture.events(#", {"name": "s", "type": "string"}"#)
    ).write("patient_id,s\n1,Mrs A\n", to: "events.csv")
    let error = #expect(throws: LoadError.self) { try fixture.load(rules: .protected) }
    #expect(error?.code == "S202")
    #expect(error?.description == "a protected site takes no open text: `events.s`")
    #expect(try fixture.load(rules: .synthetic).patientCount == 1)
  }
}

@Suite("A site's records") struct SiteRecordsTests {
  private let site: Site
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    site = try Site.create(
      at: folder["s"], name: "s", kind: .protected, policy: "opensafely")
  }

  /// Two tables with identifiers, notes and exact dates that nothing of the site may hold.
  private func fixture(rowCount: Int = 2_000) throws -> PackageFixture {
    let patients = """
      {"name": "patients", "path": "patients.csv", "type": "table", "rowsPerPatient": "one",
       "schema": {"primaryKey": "id", "fields": [
        {"name": "id", "type": "string", "privacy": "person-id"},
        {"name": "note", "type": "string", "privacy": "free-text"}]}}
      """
    let visits = """
      {"name": "visits", "path": "visits.csv", "type": "table", "schema": {
       "uniqueKeys": [["id", "n"]], "foreignKeys": [{"fields": ["id"],
        "reference": {"resource": "patients", "fields": ["id"]}}], "fields": [
        {"name": "id", "type": "integer", "privacy": "person-id"},
        {"name": "note", "type": "string", "privacy": "free-text"},
        {"name": "n", "type": "integer"}]}}
      """
    let people = (0..<rowCount).map { 4_190_000_000 + $0 * 7 }
    return try PackageFixture(patients, visits)
      .write(
        (["id,note"] + people.map { "\($0),CANARY-\($0)" }).joined(separator: "\n"),
        to: "patients.csv"
      )
      .write(
        (["id,note,n"] + people.map { "\($0),CANARY-\($0),\($0 % 100)" }).joined(separator: "\n"),
        to: "visits.csv")
  }

  private func load(
    _ fixture: PackageFixture, progress: @escaping (LoadProgress) -> Bool = { _ in true }
  ) throws {
    var snapshot = try site.beginSnapshot(date: "2025-05-02")
    let loader = try fixture.loader(
      .pseudonymised(keys: site.pseudonymKeys()), rules: .protected)
    let report = try loader.load(into: snapshot.recordsPath, progress: progress)
    try snapshot.keep([0x7b, 0x7d], as: "datapackage.json")
    _ = try snapshot.publish(package: "core", digest: report.digest, patientNumbers: [])
  }

  /// The bytes of every file beneath the site.
  private func contents() throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: site.path) {
      let url = URL(fileURLWithPath: "\(site.path)/\(name)")
      contents[name] = (try? Data(contentsOf: url)) ?? Data()
    }
    return contents
  }

  /// Every way in which the identifiers could lie in a file: as text, and as eight-byte and
  /// six-byte integers of either byte order, as SQLite and the processor store them.
  private func traces(of identifier: Int) -> [Data] {
    let bytes = withUnsafeBytes(of: identifier.bigEndian) { Array($0) }
    return [
      Data(String(identifier).utf8), Data(bytes[2...]), Data(bytes.reversed()[..<6]),
      Data("CANARY-\(identifier)".utf8),
    ]
  }

  @Test func `hold no identifier and no free text, in any file at any time`() throws {
    let fixture = try fixture()
    var looks = 0
    func look() throws {
      let everything = try contents().values.reduce(Data(), +)
      for person in stride(from: 0, to: 2_000, by: 250) {
        for trace in traces(of: 4_190_000_000 + person * 7) {
          #expect(everything.range(of: trace) == nil)
        }
      }
      looks += 1
    }
    try load(fixture) { progress in
      if progress.phase == .storing { try? look() }
      return true
    }
    try look()
    #expect(looks == 3)
    #expect(try contents().values.contains { $0.count > 100_000 })
    // The same search finds them where they are.
    let source = try Data(contentsOf: URL(fileURLWithPath: fixture.folder + "/visits.csv"))
    #expect(source.range(of: traces(of: 4_190_000_000)[0]) != nil)
  }

  @Test func `stay as they were when a load is interrupted`() throws {
    try load(try fixture())
    let before = try contents()
    let error = #expect(throws: LoadError.self) {
      try load(try fixture(rowCount: 3_000)) { $0.phase == .reading }
    }
    #expect(error == .interrupted)
    #expect(error?.description == "the load was interrupted; nothing changed")
    #expect(try contents() == before)
  }

  @Test func `stay as they were when a load is killed, and the next load works`() async throws {
    try load(try fixture())
    let before = try contents()
    let path = site.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let site = try Site.open(at: path)
      let fixture = try PackageFixture(PackageFixture.events(""))
        .write("patient_id\n" + (1...9_999).map { "\($0)\n" }.joined(), to: "events.csv")
      let snapshot = try site.beginSnapshot(date: "2025-05-03")
      _ = try fixture.loader().load(into: snapshot.recordsPath) { progress in
        if progress.phase == .storing { kill(getpid(), SIGKILL) }
        return true
      }
    }
    let left = try contents()
    #expect(left.filter { !$0.key.contains("/.") } == before)
    #expect(left.count > before.count, "the killed load was half way")
    try load(try fixture(rowCount: 3_000))
    #expect(try contents().keys.allSatisfy { !$0.contains("/.") })
    let database = try Database(.readOnlyImmutable(path: site.snapshot().recordsPath))
    let count = try database.prepare("SELECT count(*) FROM carrel_patients")
    #expect(try count.step())
    #expect(count.integer(at: 0) == 3_000)
  }
}

@Suite("Reading records") struct RecordReaderTests {
  @Test func `gives each patient's rows of each table, in order`() throws {
    let other = PackageFixture.events(#", {"name": "b", "type": "boolean"}"#)
      .replacing("events", with: "others")
    let fixture = try PackageFixture(
      PackageFixture.events(
        """
        , {"name": "d", "type": "date"}, {"name": "x", "type": "number"},
        {"name": "s", "type": "string"}
        """), other
    )
    .write(
      """
      patient_id,d,x,s
      7,2024-01-01,1.5,late
      3,,,
      7,2023-01-01,-2,early
      """, to: "events.csv"
    )
    .write("patient_id,b\n5,true\n7,false\n", to: "others.csv")
    try fixture.load()
    let reader = try RecordReader(
      fixture.database(),
      [
        .init(
          table: "events", columns: [.init("s", .text), .init("d", .date), .init("x", .decimal)]),
        .init(table: "others", columns: [.init("b", .boolean)]),
        .init(table: "others", columns: []),
      ], readsIdentifiers: true)
    var patients: [RecordReader.Patient] = []
    while let patient = try reader.next() { patients.append(patient) }
    #expect(patients.map(\.number) == [1, 2, 3])
    #expect(patients.map(\.identifier) == [.integer(3), .integer(5), .integer(7)])
    #expect(
      patients.map(\.rows) == [
        [[[.missing, .missing, .missing]], [], []],
        [[], [[.boolean(true)]], [[]]],
        [
          [
            [.text("late"), .date(try #require(CivilDate(iso: "2024-01-01"))), .decimal(1.5)],
            [.text("early"), .date(try #require(CivilDate(iso: "2023-01-01"))), .decimal(-2)],
          ], [[.boolean(false)]], [[]],
        ],
      ])
  }

  @Test func `says which table or column is not there`() throws {
    let fixture = try PackageFixture(PackageFixture.events("")).write(
      "patient_id\n1\n", to: "events.csv")
    try fixture.load()
    #expect(throws: StoreError.self) {
      try RecordReader(
        fixture.database(), [.init(table: "nowhere", columns: [])], readsIdentifiers: true)
    }
    #expect(throws: StoreError.self) {
      try RecordReader(
        fixture.database(), [.init(table: "events", columns: [.init("n", .integer)])],
        readsIdentifiers: true)
    }
  }
}
