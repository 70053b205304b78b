import Foundation
import TestSupport
import Testing

/// A canary in every column of a site, and whatever a run leaves behind looked through for it.
///
/// Runs that end well, that are refused, that run out of time and out of memory: what they print,
/// their statuses, the files they make and their names, and the environment of their parent.
@Suite("Values that must not sing") struct CanaryTests {
  /// In every value of every person, whatever its type, and in nothing else.
  private static let canary = "735194"
  private static let people = 6_000

  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(Self.package, to: "extract/datapackage.json")
    var patients = "patient_id,town,score\n"
    var visits = "patient_id,date,code,amount,weight,remark\n"
    for person in 0..<Self.people {
      let name = Self.canary + String(10_000 + person)
      patients += "\(name),town \(name),\(name)\n"
      for visit in 0..<4 {
        visits += "\(name),2020-01-0\(visit + 1),C\(name),\(name),\(name).5,seen \(name)\n"
      }
    }
    try folder.write(patients, to: "extract/patients.csv")
    try folder.write(visits, to: "extract/visits.csv")
    try folder.write(Self.study(definitions: 2), to: "small.carrel")
    try folder.write(Self.study(definitions: 1_000), to: "large.carrel")
    for words in [
      ["site", "create", "demo", "--kind", "synthetic"], ["load", "extract", "--site", "demo"],
    ] {
      try expectSilence(words, status: 0)
    }
  }

  /// Runs the program and looks through everything it could have sung in.
  @discardableResult
  private func expectSilence(
    _ arguments: [String], status: Int32?, saying words: String = "",
    at location: SourceLocation = #_sourceLocation
  ) throws -> Program.Result {
    let environment = ProcessInfo.processInfo.environment
    let result = try Program.carrel.run(arguments, in: folder.url)
    let line = Comment(rawValue: "carrel \(arguments.joined(separator: " ")): \(result.errors)")
    if let status { #expect(result.status == status, line, sourceLocation: location) }
    let said = result.text + result.errors
    #expect(words.isEmpty || said.contains(words), line, sourceLocation: location)
    #expect(!said.contains(Self.canary), line, sourceLocation: location)
    #expect(!String(result.status).contains(Self.canary), sourceLocation: location)
    #expect(ProcessInfo.processInfo.environment == environment, sourceLocation: location)
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.url.path) {
      #expect(!path.contains(Self.canary), sourceLocation: location)
      // Where the records came from, and where they are kept.
      if path.hasPrefix("extract/") || path.hasSuffix("/records.sqlite") { continue }
      let bytes = FileManager.default.contents(atPath: folder[path]) ?? Data()
      #expect(
        bytes.firstRange(of: Data(Self.canary.utf8)) == nil, "\(path)", sourceLocation: location)
    }
    return result
  }

  @Test(arguments: ["sql", "reference"])
  func `a run that ends well says how many, and nothing of whom`(_ engine: String) throws {
    let result = try expectSilence(
      ["run", "small.carrel", "--site", "demo", "--engine", engine, "--output", "out"], status: 0)
    #expect(result.text.contains("6,000"))
    try expectSilence(
      ["run", "small.carrel", "--site", "demo", "--engine", engine, "--json"], status: 0)
  }

  @Test(arguments: ["sql", "reference"])
  func `a run that takes too long says only that`(_ engine: String) throws {
    try expectSilence(
      ["run", "large.carrel", "--site", "demo", "--engine", engine, "--seconds", "1"], status: 5,
      saying: "error[S021]")
  }

  @Test func `a run that takes too much memory says only that`() throws {
    try expectSilence(
      ["run", "large.carrel", "--site", "demo", "--engine", "reference", "--memory", "64"],
      status: 5, saying: "error[S022]")
  }

  @Test func `a study that cannot be run is told what the schema says`() throws {
    try folder.write(
      "study \"S\"\n  uses canaries\npopulation p\n  include nothing\n", to: "bad.carrel")
    for command in ["check", "run", "preview"] {
      try expectSilence([command, "bad.carrel", "--site", "demo"], status: 1)
    }
  }

  @Test func `records that are damaged are refused without a word of theirs`() throws {
    let name = try #require(
      FileManager.default.subpathsOfDirectory(atPath: folder["demo"]).first {
        $0.hasSuffix("records.sqlite")
      })
    let file = try FileHandle(forUpdating: folder.url.appending(path: "demo/\(name)"))
    try file.seek(toOffset: 8_192)
    try file.write(contentsOf: Data(repeating: 0x5a, count: 40_000))
    for engine in ["sql", "reference"] {
      try expectSilence(
        ["run", "small.carrel", "--site", "demo", "--engine", engine], status: 5,
        saying: "error[S004]")
    }
  }

  private static func study(definitions: Int) -> String {
    var lines = [
      "study \"Canaries\"", "  uses canaries", "define d1 = count visits where amount > 1",
    ]
    for number in 2...definitions {
      lines.append(
        "define d\(number) = d\(number - 1) + (count visits where amount > \(number))")
    }
    return
      (lines + [
        "population everybody", "  include d\(definitions) >= 0",
        "flow kept of everybody", "table seen of everybody", "  show count",
      ]).joined(separator: "\n") + "\n"
  }

  private static let package = """
    {"name": "canaries", "synthetic": true, "resources": [
      {"name": "patients", "path": "patients.csv", "rowsPerPatient": "one", "schema": {"fields": [
        {"name": "patient_id", "type": "integer", "privacy": "person-id",
         "constraints": {"required": true}},
        {"name": "town", "type": "string"},
        {"name": "score", "type": "integer"}]}},
      {"name": "visits", "path": "visits.csv", "orderedBy": ["date"], "schema": {"fields": [
        {"name": "patient_id", "type": "integer", "privacy": "person-id",
         "constraints": {"required": true}},
        {"name": "date", "type": "date"},
        {"name": "code", "type": "string"},
        {"name": "amount", "type": "integer"},
        {"name": "weight", "type": "number"},
        {"name": "remark", "type": "string"}]}}]}
    """
}
