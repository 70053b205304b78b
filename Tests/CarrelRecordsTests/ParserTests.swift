import CarrelCatalogue
import CarrelRecords
import CarrelSandbox
import Foundation
import TestSupport
import Testing

/// G5: what reads incoming files can do nothing but say what is in them, and is not believed either.
@Suite("The process that reads files") struct ParserTests {
  private static let fields = """
    , {"name": "date", "type": "date"}, {"name": "n", "type": "integer"},
    {"name": "x", "type": "number"}, {"name": "b", "type": "boolean"},
    {"name": "sex", "type": "string", "categories": ["female", "male"]},
    {"name": "imd", "type": "integer", "categories": [1, 2, 3, 4, 5]},
    {"name": "code", "type": "string", "codingSystem": "icd10"},
    {"name": "moment", "type": "datetime"}, {"name": "town", "type": "string"}
    """
  private static let names = [
    "patient_id", "date", "n", "x", "b", "sex", "imd", "code", "moment", "town",
  ]
  private static let good =
    ["1", "2024-01-31", "7", "2.5", "true", "female", "5", "E11", "2024-01-31T10:00:00", "York"]

  private func fixture(rows: [[String]]) throws -> PackageFixture {
    try PackageFixture(PackageFixture.events(Self.fields, more: #""primaryKey": ["n"],"#))
      .write(
        ([Self.names] + rows).map { $0.joined(separator: ",") + "\n" }.joined(), to: "events.csv")
  }

  private func manyRows() throws -> PackageFixture {
    try fixture(
      rows: (0..<40).map { row in
        var values = Self.good
        (values[0], values[2]) = ("\(1 + row / 2)", "\(row)")
        return values
      })
  }

  /// The process itself, locked down and asked nothing yet.
  private func parser(
    _ file: Descriptor, memoryBytes: Int = 1 << 32
  ) throws -> ConfinedChild {
    try ConfinedChild(
      program: Program.carrel.executable.path, word: RecordParser.word,
      limits: SandboxLimits(memoryBytes: memoryBytes, processorSeconds: 60), files: [file])
  }

  @Test func `G5: has given up all that a worker has before it reads a byte`() throws {
    let fixture = try manyRows()
    let file = try Descriptor(reading: fixture.folder + "/events.csv")
    // A limit that no other process has, by which this one is found.
    let memoryBytes = 4_295_702_528
    let child = try parser(file, memoryBytes: memoryBytes)
    let tried = try Trial(.open).start(program: Program.carrel.executable.path).finish().report
    #expect(child.report == tried && child.report.missingRequired().isEmpty)
    #expect(lseek(file.number, 0, SEEK_CUR) == 0)
    // What the kernel says of it, as far as it has no other word for the sandbox.
    let status = try #require(try Self.status(ofChildWith: "\(memoryBytes)"))
    #expect(status.contains("Seccomp:\t2\n") && status.contains("NoNewPrivs:\t1\n"))
    #expect(status.contains("CapEff:\t0000000000000000\n"))
    #expect(lseek(file.number, 0, SEEK_CUR) == 0)
  }

  /// What the kernel says of the child of this process that was started with a word.
  private static func status(ofChildWith word: String) throws -> String? {
    for name in try FileManager.default.contentsOfDirectory(atPath: "/proc") {
      guard Int(name) != nil,
        let status = try? String(contentsOfFile: "/proc/\(name)/status", encoding: .utf8),
        status.contains("PPid:\t\(getpid())\n"),
        let line = try? String(contentsOfFile: "/proc/\(name)/cmdline", encoding: .utf8)
      else { continue }
      if line.contains("\0\(word)\0") { return status }
    }
    return nil
  }

  // MARK: A process that is not to be believed

  /// A program that says that it is locked down, and then does this; `5` is where rows are said.
  private func impostor(in folder: String, layers: Int32 = 0, _ script: String) throws -> String {
    let report = withUnsafeBytes(of: layers.littleEndian) { bytes in
      bytes.map { "\\0" + String($0, radix: 8) }.joined()
    }
    let path = folder + "/impostor"
    let reports = String(repeating: report, count: SandboxLayer.allCases.count)
    try "#!/bin/sh\nprintf '%b' '\(reports)' >&4\n\(script)\n"
      .write(toFile: path + ".text", atomically: true, encoding: .utf8)
    // Written by another process: a child that another test starts meanwhile could hold a file open
    // that this process writes, and no such file can be started.
    try Program(system: "/usr/bin/install").succeed(["-m", "700", path + ".text", path])
    return path
  }

  private func load(
    _ fixture: PackageFixture, by program: String, rules: LoadRules = .preview
  ) throws -> LoadReport {
    var loader = try fixture.loader(rules: rules)
    loader.program = program
    return try loader.load(into: fixture.recordsPath)
  }

  @Test(
    "G5: that says nonsense is ended, and nothing is loaded",
    arguments: [
      ("exit 0", "S213"), ("exit 1", "S213"), ("kill -9 $$", "S213"),
      ("/usr/bin/head -c 300000 /dev/urandom >&5", "S213"),
      ("/bin/cat /dev/zero >&5", "S213"),
      // The end at once; a table that is not there; a row before there is a table.
      (#"printf '\000\000\000\000\012' >&5"#, "S213"),
      (#"printf '\002\000\000\000\001\001\000' >&5"#, "S213"),
      (#"printf '\000\000\000\000\004' >&5"#, "S213"),
      // A table, and for ever that nothing of it has been read.
      (
        #"printf '\002\000\000\000\001\000\000' >&5; "#
          + #"while printf '\010\000\000\000\007\000\000\000\000\000\000\000\000' >&5; do :; done"#,
        "S213"
      ),
      // A frame that says that four thousand million bytes follow.
      (#"printf '\377\377\377\377\001' >&5"#, "S213"),
    ])
  func nonsense(script: String, code: String) throws {
    let fixture = try manyRows()
    let program = try impostor(in: fixture.folder, script)
    let error = #expect(throws: LoadError.self) { try load(fixture, by: program) }
    #expect(error?.code == code)
    #expect(!FileManager.default.fileExists(atPath: fixture.recordsPath))
    #expect(!FileManager.default.fileExists(atPath: fixture.recordsPath + ".staging"))
  }

  @Test func `G5: that is not confined is asked nothing where people are real`() throws {
    let fixture = try PackageFixture(PackageFixture.events(""))
      .write("patient_id\n1\n", to: "events.csv")
    // Error number 38: the kernel has no such layer.
    let program = try impostor(
      in: fixture.folder, layers: -38, "/bin/cat <&3 > \(fixture.folder)/question")
    let error = #expect(throws: LoadError.self) {
      try load(fixture, by: program, rules: .protected)
    }
    #expect(error?.code == "S212")
    #expect(error?.help?.contains("`sandbox may lack descriptors`") == true)
    let question = FileManager.default.contents(atPath: fixture.folder + "/question")
    #expect(question?.isEmpty != false)
  }

  @Test func `G5: can say nothing that crashes, or leaves half a load, or quotes`() throws {
    let fixture = try manyRows()
    // What the true one says, and then the same with bytes changed, left out and put in.
    let child = try parser(try Descriptor(reading: fixture.folder + "/events.csv"))
    var said: [UInt8] = []
    let descriptor = Array(fixture.descriptor.utf8)
    let answer = try child.ask(
      descriptor, byteLimit: 0, before: .now + .seconds(60)
    ) { said += $0 }
    #expect(answer == .complete([]) && said.count > 2_000)
    let program = try impostor(in: fixture.folder, "/bin/cat \(fixture.folder)/said >&5")
    try Data(said).write(to: URL(filePath: fixture.folder + "/said"))
    #expect(try load(fixture, by: program).patientCount == 20)
    try FileManager.default.removeItem(atPath: fixture.recordsPath)
    var generator = SeededGenerator(seed: 42)
    var refused = 0
    for _ in 0..<60 {
      var changed = said
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: changed.indices, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: changed[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: changed.remove(at: place)
        default: changed.insert(UInt8.random(in: 0...255, using: &generator), at: place)
        }
      }
      try Data(changed).write(to: URL(filePath: fixture.folder + "/said"))
      do {
        _ = try load(fixture, by: program)
        try FileManager.default.removeItem(atPath: fixture.recordsPath)
      } catch let error as LoadError {
        refused += 1
        #expect(!error.description.contains("York"))
        #expect(!FileManager.default.fileExists(atPath: fixture.recordsPath))
      }
    }
    #expect(refused > 40)
  }

  // MARK: Files made to harm

  @Test(
    "G5: what a damaged file holds is in no message",
    arguments: Array(names.indices).dropLast())
  func canary(column: Int) throws {
    let canary = "canary-735194"
    var bad = Self.good
    bad[column] = canary
    let fixture = try fixture(rows: [Self.good, bad])
    let error = #expect(throws: LoadError.self) { try fixture.load() }
    // A code that is none breaks a constraint, which is counted; the rest breaks the format.
    #expect(error?.description.contains(Self.names[column]) == true || error?.code == "S205")
    #expect(error?.description.contains("735194") == false)
    #expect(error?.help?.contains("735194") != true)
  }

  @Test func `G5: a column that nobody described is not named`() throws {
    let fixture = try PackageFixture(PackageFixture.events("")).write(
      "patient_id,canary-735194\n1,2\n", to: "events.csv")
    #expect(try fixture.breaches() == ["events.csv line 1: 1 column is not described"])
  }

  @Test(
    "G5: an identifier that could be anything is none",
    arguments: [
      String(repeating: "9", count: 65), "\"a\nb\"", "a\u{1B}[2J", "\u{7F}",
    ])
  func identifier(text: String) throws {
    let fixture = try PackageFixture(
      PackageFixture.events("").replacing("\"type\": \"integer\"", with: "\"type\": \"string\"")
    ).write("patient_id\n\(String(repeating: "9", count: 64))\n\(text)\n", to: "events.csv")
    #expect(
      try fixture.breaches() == [
        "events.csv line 3, `patient_id`: an identifier that is empty, longer than 64 bytes "
          + "or not on one line"
      ])
  }

  @Test func `G5: a package of more files than can be handed over is refused`() throws {
    let paths = (0...900).map { "\"\($0).csv\"" }.joined(separator: ", ")
    let fixture = try PackageFixture(
      PackageFixture.events("").replacing("\"events.csv\"", with: "[\(paths)]"))
    let error = #expect(throws: LoadError.self) { try fixture.load() }
    #expect(error?.code == "S215")
  }
}
