import TestSupport
import Testing

/// What the program does not do, because it would say something of single people.
///
/// Whoever adds such a command finds a test here that asks how it answers.
@Suite("What the program does not do") struct AbsentCommandsTests {
  private func isUnknown(_ words: [String]) throws -> Bool {
    let clinic = try Clinic()
    try clinic.makeSite()
    let before = try clinic.contents()
    let result = try Program.carrel.run(words, in: clinic.folder.url)
    return try result.status == 2 && result.text.isEmpty && clinic.contents() == before
  }

  @Test(
    "D7: nobody is looked up, held here or not", arguments: ["patient", "person find", "lookup"])
  func patient(command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    #expect(try isUnknown(words + ["9990001234", "--site", "demo"]))
    #expect(try isUnknown(words + ["1", "--site", "demo"]))
  }

  @Test("G3: no data are made from records", arguments: ["synthesise", "synthesize", "profile"])
  func synthesise(command: String) throws {
    #expect(try isUnknown([command, "--site", "demo", "--output", "out"]))
  }
}
