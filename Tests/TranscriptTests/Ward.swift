import Foundation
import TestSupport
import Testing

/// A protected site with two guardians, a researcher and an approved project, over sixty invented
/// people that each test loads anew, with one more if it asks for it.
final class Ward: Sendable {
  let folder: TemporaryFolder
  private static let template = Result { try Ward(makingTemplate: ()) }

  /// A copy of the site with records, which may hold one person more who is in a group of few.
  init(hasTarget: Bool = false) throws {
    folder = try TemporaryFolder()
    try Program(system: "/bin/cp").succeed([
      "-a", try Self.template.get().folder.url.path + "/.", folder.url.path,
    ])
    var people = (1...60).map { ($0, $0 % 2 == 0 ? "female" : "male") }
    var visits = (1...7).map { "\($0),2020-01-01,J45,1.5" }
    if hasTarget {
      people.append((61, "female"))
      visits.append("61,2020-01-01,J45,1.5")
    }
    try folder.write(
      "patient_id,date_of_birth,sex\n"
        + people.map { "\($0.0),19\(10 + $0.0 % 80)-01-01,\($0.1)\n" }.joined(),
      to: "extract/patients.csv")
    try folder.write(
      "patient_id,date,code,value\n" + visits.joined(separator: "\n") + "\n",
      to: "extract/visits.csv")
    try load()
  }

  /// Loads the records anew, and applies a list of opt-outs that has nobody on it.
  func load() throws {
    try carrel("load", "extract")
    try folder.write("", to: "objections.txt")
    try carrel("optouts", "apply", "objections.txt", "--kind", "type-1")
  }

  private init(makingTemplate: Void) throws {
    folder = try TemporaryFolder()
    let clinic = try Clinic()
    try Program(system: "/bin/cp").succeed(["-a", clinic.folder.url.path + "/.", folder.url.path])
    try folder.write(Self.project, to: "project.json")
    try folder.write(
      Self.project.replacing("P-014", with: "P-001").replacing("2099", with: "2025"),
      to: "past.json")
    try folder.write(
      Self.project.replacing("P-014", with: "P-002").replacing("opensafely", with: "omop"),
      to: "lax.json")
    try Program.carrel.succeed(["site", "create", "ward", "--kind", "protected"], in: folder.url)
    for (id, organisation, role) in [
      ("g-1", "Trust", "guardian"), ("g-2", "University", "guardian"),
      ("r-1", "University", "researcher"), ("c-1", "University", "researcher"),
    ] {
      try carrel(
        "person", "add", id, "--name", id, "--organisation", organisation, "--role", role, "--key",
        try newKey(id))
    }
    for witness in ["w-1", "w-2"] {
      try carrel("witness", "add", witness, "--key", try newKey(witness))
    }
    try approve("P-014", "project.json")
    try approve("P-001", "past.json")
  }

  /// Makes a key, `ID.pem`, and gives the file of its public half.
  func newKey(_ id: String) throws -> String {
    let made = try carrel("key", "create", "\(id).pem", isAtSite: false).text
    try folder.write(String(made.drop { $0 != "-" }), to: "\(id).pub")
    return "\(id).pub"
  }

  /// The texts of the keys of the site's witnesses.
  func witnessKeys() throws -> [String] {
    try carrel("witness", "list", "--json").text.matches(of: /"key":"([^"]+)"/).map {
      String($0.output.1).replacing("\\/", with: "/")
    }
  }

  /// Has witnesses cosign the ledger as it is, each with files of their own.
  func cosign(_ witnesses: String...) throws {
    let listed = try carrel("witness", "list", "--json").text
    let log = String(try #require(listed.firstMatch(of: /"log":"([^"]+)"/)).output.1)
      .replacing("\\/", with: "/")
    for witness in witnesses {
      let scratch = try TemporaryFolder()
      try carrel("ledger", "request", witness, "--output", scratch["request"])
      try carrel(
        "ledger", "cosign", scratch["request"], "--name", witness, "--key", "\(witness).pem",
        "--log", log, "--output", scratch["line"], isAtSite: false)
      try carrel("ledger", "accept", scratch["line"])
    }
  }

  /// Has both guardians approve a project, which is proposed first if its file is given.
  func approve(_ project: String, _ file: String? = nil) throws {
    if let file { try carrel("project", "propose", file) }
    let digest = try #require(
      try carrel("project", "show", project).text.firstMatch(of: /sha256 ([0-9a-f]{4})/)
    ).output.1
    for guardian in ["g-1", "g-2"] {
      try carrel(
        "project", "approve", project, "--key", "\(guardian).pem", "--digest", String(digest))
    }
  }

  /// Runs the program at the site, which must end well.
  @discardableResult
  func carrel(_ words: String..., isAtSite: Bool = true) throws -> Program.Result {
    try carrel(words, isAtSite: isAtSite)
  }

  @discardableResult
  private func carrel(_ words: [String], isAtSite: Bool = true) throws -> Program.Result {
    try Program.carrel.succeed(words + (isAtSite ? ["--site", "ward"] : []), in: folder.url)
  }

  /// Runs the program at the site, however it ends.
  func attempt(_ words: [String]) throws -> Program.Result {
    try Program.carrel.run(words + ["--site", "ward"], in: folder.url)
  }

  static let submission = ["run", "study.carrel", "--project", "P-014", "--key", "r-1.pem"]

  /// Submits the study, waits until it has been computed, and gives the run's name.
  func submit() throws -> String {
    let said = try attempt(Self.submission).text
    try carrel("runs", "--resume")
    return String(
      try #require(said.firstMatch(of: /Submitted as run ([a-z]+-[0-9]+):/)).output.1)
  }

  /// Has a guardian sign a word on a run.
  func decide(
    _ word: String, _ run: String, as guardian: String, _ more: String...
  ) throws -> Program.Result {
    let packet = try carrel("review", run).text
    let digest = try #require(packet.matches(of: /sha256 +([0-9a-f]{4})/).last).output.1
    return try attempt(
      [word, run, "--reason", "R", "--key", "\(guardian).pem", "--digest", String(digest)] + more)
  }

  /// Submits the study, has two guardians approve what came of it, releases it and has both
  /// witnesses cosign; gives the run's name.
  func release() throws -> String {
    let name = try submit()
    for guardian in ["g-1", "g-2"] {
      #expect(try decide("approve", name, as: guardian).status == 0)
    }
    try carrel("release")
    try cosign("w-1", "w-2")
    return name
  }

  /// Everything that can be known of the site: what its commands list, and every file but the
  /// database behind them.
  func everything() throws -> [String: Data] {
    var found: [String: Data] = [:]
    for words in [
      ["runs", "--json"], ["person", "list", "--json"], ["witness", "list", "--json"],
      ["project", "list"], ["review"],
    ] { found[words.joined(separator: " ")] = try carrel(words).output }
    let site = folder.url.appending(path: "ward")
    for path in try FileManager.default.subpathsOfDirectory(atPath: site.path)
    where !path.hasPrefix("site.sqlite") {
      found[path] = FileManager.default.contents(atPath: site.appending(path: path).path) ?? Data()
    }
    return found
  }

  /// Runs the program at the site and expects it to say why it does nothing, and to do nothing.
  func expectRefusal(
    _ words: [String], code: String, status: Int32 = 3,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    let before = try everything()
    let result = try attempt(words)
    let line = Comment(rawValue: "\(words.joined(separator: " ")): \(result.errors)")
    #expect(result.errors.contains("error[\(code)]: "), line, sourceLocation: location)
    #expect(result.status == status, line, sourceLocation: location)
    #expect(try everything() == before, line, sourceLocation: location)
  }

  /// The state of every run as a researcher is told, by name.
  func states() throws -> [String: String] {
    struct Listing: Decodable {
      struct Run: Decodable { let run, state: String }
      let runs: [Run]
    }
    let bytes = try carrel("runs", "--json").output
    let runs = try JSONDecoder().decode(Listing.self, from: bytes).runs
    return Dictionary(uniqueKeysWithValues: runs.map { ($0.run, $0.state) })
  }

  /// The kinds of the entries of the public log.
  func entryKinds() throws -> [String] {
    try carrel("ledger", "show", "ward", "--json", isAtSite: false).text
      .matches(of: /"kind":"([a-z-]+)"/).map { String($0.output.1) }
  }

  private static let project = """
    {"id": "P-014", "title": "Clinic", "summary": "Who is ill", "public_benefit": "Fewer are",
     "organisation": "University", "legal_basis": "Article 6(1)(e)", "researchers": ["r-1"],
     "data": {"patients": ["date_of_birth"], "visits": ["date", "code"]},
     "policy": "opensafely", "starts": "2025-01-01", "ends": "2099-12-31"}
    """
}
