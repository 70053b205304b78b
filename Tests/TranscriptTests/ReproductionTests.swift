import Foundation
import TestSupport
import Testing

/// A bundle's study run again where its records are, where they lie in another order, and where they
/// are others.
@Suite("Making a bundle again") struct ReproductionTests {
  private static let people = (1...60).map {
    "\($0),19\(10 + $0)-01-01,\($0 % 2 == 0 ? "fe" : "")male"
  }
  private static let visits = (1...20).map {
    "\($0 * 2),20\(10 + $0 % 9)-02-0\(1 + $0 % 9),J45,\($0).5"
  }

  /// A synthetic site in a folder of its own.
  private func makeSite(
    _ name: String, people: [String] = people, visits: [String] = visits, in clinic: Clinic
  ) throws {
    try clinic.folder.write(
      "patient_id,date_of_birth,sex\n" + people.joined(separator: "\n") + "\n",
      to: "extract/patients.csv")
    try clinic.folder.write(
      "patient_id,date,code,value\n" + visits.joined(separator: "\n") + "\n",
      to: "extract/visits.csv")
    try clinic.carrel("site", "create", name, "--kind", "synthetic")
    try clinic.carrel("load", "extract", "--site", name)
  }

  /// Releases the study's results at a synthetic site, where one guardian decides, as `bundle.zip`.
  private func release(at clinic: Clinic, settings: [String] = []) throws {
    for (id, role) in [("g", "guardian"), ("r", "researcher")] {
      let made = try clinic.carrel("key", "create", "\(id).pem")
      try clinic.folder.write(String(made.drop { $0 != "-" }), to: "\(id).pub")
      try clinic.carrel(
        "person", "add", id, "--name", id, "--organisation", "O", "--role", role, "--key",
        "\(id).pub", "--site", "one")
    }
    try clinic.folder.write(
      """
      {"id": "P", "title": "T", "summary": "S", "public_benefit": "B", "organisation": "O",
       "legal_basis": "L", "researchers": ["r"], "data": {"patients": "every column",
       "visits": "every column"}, "policy": "opensafely", "starts": "2025-01-01",
       "ends": "2099-12-31"}
      """, to: "project.json")
    try clinic.carrel("project", "propose", "project.json", "--site", "one")
    func digest(_ words: String...) throws -> String {
      let said = try Program.carrel.succeed(words + ["--site", "one"], in: clinic.folder.url).text
      return String(try #require(said.matches(of: /sha256 +([0-9a-f]{4})/).last).output.1)
    }
    try clinic.carrel(
      "project", "approve", "P", "--key", "g.pem", "--digest", try digest("project", "show", "P"),
      "--site", "one")
    let said = try Program.carrel.succeed(
      ["run", "study.carrel", "--project", "P", "--key", "r.pem", "--site", "one"] + settings,
      in: clinic.folder.url
    ).text
    let run = String(try #require(said.firstMatch(of: /as run ([a-z]+-[0-9]+):/)).output.1)
    try clinic.carrel("runs", "--resume", "--site", "one")
    try clinic.carrel(
      "approve", run, "--reason", "R", "--key", "g.pem", "--digest", try digest("review", run),
      "--site", "one")
    try clinic.carrel("release", "--site", "one")
    try clinic.carrel(
      "fetch", run, "--key", "r.pem", "--output", "bundle.zip", "--site", "one")
  }

  private func reproduce(at site: String, of clinic: Clinic) throws -> Program.Result {
    try Program.carrel.run(["reproduce", "bundle.zip", "--site", site], in: clinic.folder.url)
  }

  @Test
  func `G8: gives the same bytes, whatever order the records lie in and whose key seals them`()
    throws
  {
    let clinic = try Clinic()
    try makeSite("one", in: clinic)
    var random = SeededGenerator(seed: 7)
    let (people, visits) = (
      Self.people.shuffled(using: &random), Self.visits.shuffled(using: &random)
    )
    try makeSite("two", people: people, visits: visits, in: clinic)
    try release(at: clinic, settings: ["--set", "index=2018-06-30"])
    for site in ["one", "two"] {
      let result = try reproduce(at: site, of: clinic)
      #expect(result.text == "same  8 of 8 files, byte for byte\n", "\(result.errors)")
      #expect(result.status == 0)
    }
    let verified = try Program.carrel.run(["verify", "bundle.zip"], in: clinic.folder.url)
    #expect(verified.status == 0, "\(verified.text)")
  }

  @Test func `names the files and the input that differ, and no figure`() throws {
    let clinic = try Clinic()
    try makeSite("one", in: clinic)
    try makeSite("two", visits: Self.visits.dropLast(12) + ["1,2020-02-02,J45,4711.5"], in: clinic)
    try release(at: clinic)
    let result = try reproduce(at: "two", of: clinic)
    #expect(result.status == 1)
    #expect(
      result.text == """
        differs  outputs/illness.csv, outputs/illness.json, report.html
        because  these are not those that the bundle was made from: snapshot, release ledger

        """)
  }

  @Test func `does not touch records of people that are others by now`() throws {
    let ward = try Ward()
    let name = try ward.release()
    try ward.carrel("fetch", name, "--key", "r-1.pem", "--output", "bundle.zip")
    #expect(try ward.attempt(["reproduce", "bundle.zip"]).status == 0)
    let people = try String(contentsOfFile: ward.folder["extract/patients.csv"], encoding: .utf8)
    try ward.folder.write(people + "61,1950-01-01,female\n", to: "extract/patients.csv")
    try ward.carrel("load", "extract")
    let result = try ward.attempt(["reproduce", "bundle.zip", "--json"])
    #expect(result.status == 1)
    #expect(
      result.text == """
        {"carrel":1,"command":"reproduce","ok":false,"files":8,"differing":[],"causes":["snapshot"]}

        """)
  }
}
