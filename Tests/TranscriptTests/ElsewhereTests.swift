import Foundation
import TestSupport
import Testing

/// G1: a study may name any file, and learns of none but those in its own folder.
@Suite("A study that points at a file outside its folder") struct ElsewhereTests {
  private let clinic: Clinic
  private let study: String

  /// The clinic's study in a folder of its own, and beside it a code list that is a secret.
  init() throws {
    clinic = try Clinic()
    try clinic.makeSite()
    study = try String(contentsOfFile: clinic.folder["study.carrel"], encoding: .utf8)
    try clinic.folder.write("code,term\nJ45,seen \(Clinic.secret)\n", to: "secret.csv")
    try clinic.folder.write("code,term\nJ45,Asthma\n", to: "study/codelists/asthma.csv")
    let manager = FileManager.default
    for (link, target) in [("codelists/link.csv", "../../secret.csv"), ("up", "..")] {
      try manager.createSymbolicLink(
        atPath: clinic.folder["study/\(link)"], withDestinationPath: target)
    }
  }

  private func run(_ command: String, codelist path: String) throws -> Program.Result {
    try clinic.folder.write(
      study.replacing("codelists/asthma.csv", with: path), to: "study/study.carrel")
    return try Program.carrel.run(
      [command, "study/study.carrel", "--site", "demo"], in: clinic.folder.url)
  }

  @Test(
    "G1: has none of it read or quoted",
    arguments: [
      "../secret.csv", "codelists/../../secret.csv", "codelists/link.csv", "up/secret.csv",
      "../demo/keys/pseudonym.key", "/etc/passwd", "/dev/zero", String(repeating: "x", count: 300),
    ])
  func refused(path: String) throws {
    for command in ["check", "explain", "preview", "run"] {
      #expect(try run(command, codelist: "codelists/asthma.csv").status == 0)
      let result = try run(command, codelist: path)
      let said = result.text + result.errors
      #expect(result.status != 0, "\(said)")
      #expect(!said.contains(Clinic.secret) && !said.contains("root:"), "\(said)")
    }
  }
}
