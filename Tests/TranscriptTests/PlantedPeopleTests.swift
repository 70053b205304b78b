import Foundation
import TestSupport
import Testing

/// G9: a practice that wants to know something of three of its patients invents seven more.
@Suite("People whom somebody invented to lift a group") struct PlantedPeopleTests {
  private static let study = """
    study "Planted"
      uses practice
    population everybody
      include patients.sex is known
    table sexes of everybody
      by   patients.sex as "Sex"
      show count
    """

  private static func package(_ property: String) -> String {
    """
    {"name": "practice", "synthetic": true, "resources": [
      {"name": "patients", "path": "patients.csv", "rowsPerPatient": "one", "schema": {"fields": [
        {"name": "patient_id", "type": "integer", "privacy": "person-id"},
        {"name": "sex", "type": "string", "categories": ["female", "male"]}]}},
      {"name": "registrations", "path": "registrations.csv", "schema": {"fields": [
        {"name": "patient_id", "type": "integer", "privacy": "person-id"},
        {"name": "start", "type": "date"\(property)}]}}]}
    """
  }

  /// What is shown of a practice with fifty men, three women who have long been there, and seven who
  /// are said to have come today.
  private func shown(_ property: String) throws -> (load: String, table: String) {
    let folder = try TemporaryFolder()
    let today = Date.now.formatted(.iso8601.year().month().day())
    let people = (1...60).map {
      ($0, $0 <= 50 ? "male" : "female", $0 <= 53 ? "2001-05-01" : today)
    }
    try folder.write(Self.package(property), to: "extract/datapackage.json")
    try folder.write(
      "patient_id,sex\n" + people.map { "\($0.0),\($0.1)\n" }.joined(), to: "extract/patients.csv")
    try folder.write(
      "patient_id,start\n" + people.map { "\($0.0),\($0.2)\n" }.joined(),
      to: "extract/registrations.csv")
    try folder.write(Self.study, to: "study.carrel")
    func carrel(_ words: String...) throws -> String {
      try Program.carrel.succeed(words, in: folder.url).text
    }
    _ = try carrel("site", "create", "demo", "--kind", "synthetic", "--policy", "opensafely")
    let load = try carrel("load", "extract", "--site", "demo")
    return (load, try carrel("run", "study.carrel", "--site", "demo"))
  }

  @Test func `G9: seven registrations of the same day do not lift a cell`() throws {
    let guarded = try shown(#", "registration": true"#)
    #expect(guarded.load.contains("7 people have been registered for fewer than 28 days"))
    #expect(guarded.load.contains("53 people; the snapshot"))
    #expect(guarded.table.firstMatch(of: /female +10\b/) == nil, "\(guarded.table)")
    // They would, where nobody says when a registration began.
    let open = try shown("")
    #expect(open.load.contains("60 people; the snapshot"))
    #expect(open.table.firstMatch(of: /female +10\b/) != nil, "\(open.table)")
  }
}
