import Foundation
import Glibc
import TestSupport
import Testing

/// A study that cannot be used is refused by every command with a diagnostic, and nothing is written.
@Suite("Studies that cannot be used") struct BadStudyTests {
  /// A study file, and what is said of it.
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let code: String
    let words: String
    let bytes: Data

    init(_ description: String, _ code: String, _ words: String, _ text: String) {
      self.init(description, code, words, bytes: Data("study \"Bad\" uses clinic\n\(text)\n".utf8))
    }

    init(_ description: String, _ code: String, _ words: String, bytes: Data) {
      testDescription = description
      self.code = code
      self.words = words
      self.bytes = bytes
    }
  }

  static let cases = [
    Case("an empty file", "C001", "help: begin with", bytes: Data()),
    Case("a binary file", "C002", "save it as plain text", bytes: Data((0...255).map(UInt8.init))),
    Case(
      "text that is not UTF-8", "C004", "save it as plain text", bytes: Data([0x61, 0xFF, 0x0A])),
    Case(
      "10 MB of (", "C003", "divide it",
      bytes: Data(repeating: UInt8(ascii: "("), count: 10_000_000)
    ),
    Case(
      "50,000 of (", "C033", "name a part of it",
      "define a = " + String(repeating: "(", count: 50_000)),
    Case(
      "2,000 levels of not", "C033", "name a part of it",
      "define a = " + String(repeating: "not (", count: 2000) + "true"
        + String(repeating: ")", count: 2000)),
    Case("an unknown table", "C107", "did you mean `visits`?", "define a = any visit"),
    Case(
      "an unknown column", "C105", "nothing called `cod`",
      "define a = any visits where cod = \"J45\""),
    Case("an unknown column after a dot", "C108", "its columns are", "define a = patients.height"),
    Case("a wrong type", "C120", "`+` needs a number", "define a = patients.sex + 1"),
    Case(
      "a name declared twice", "C102", "give one of them another name", "define a = 1\ndefine a = 2"
    ),
    Case("a cyclic definition", "C104", "take one of them out", "define a = b\ndefine b = a"),
    Case("a definition that uses itself", "C104", "`a` uses itself", "define a = a + 1"),
    Case(
      "a code list without the column", "C302", "the file has `code`, `term`",
      "codelist c from \"codelists/asthma.csv\" column \"snomed\"\ndefine a = any visits where code in c"
    ),
    Case(
      "a code list that is not there", "C301", "put the file in the study's folder",
      "codelist c from \"codelists/none.csv\"\ndefine a = any visits where code in c"),
    Case(
      "a code list outside the folder", "C301", "must stay inside its folder",
      "codelist c from \"../codelists/asthma.csv\"\ndefine a = any visits where code in c"),
    Case(
      "a code list by an absolute path", "C301", "put the file in the study's folder",
      "codelist c from \"/etc/passwd\"\ndefine a = any visits where code in c"),
    Case(
      "a code list through a symbolic link", "C301", "symbolic link",
      "codelist c from \"codelists/link.csv\"\ndefine a = any visits where code in c"),
    Case(
      "an empty code list", "C302", "the file is empty",
      "codelist c from \"codelists/empty.csv\"\ndefine a = any visits where code in c"),
  ]

  @Test("is refused", arguments: cases)
  func refused(_ bad: Case) throws {
    let clinic = try Clinic()
    try clinic.makeSite()
    try bad.bytes.write(to: URL(filePath: clinic.folder["bad.carrel"]))
    try clinic.folder.write("", to: "codelists/empty.csv")
    try FileManager.default.createSymbolicLink(
      atPath: clinic.folder["codelists/link.csv"], withDestinationPath: "asthma.csv")
    for command in [
      ["check", "bad.carrel", "--site", "demo"],
      ["run", "bad.carrel", "--site", "demo", "--output", "out"],
    ] {
      try clinic.expectRefusal(command, code: bad.code, status: 1, saying: bad.words)
    }
  }

  @Test func `a study that is no file is refused`() throws {
    let clinic = try Clinic()
    #expect(mkfifo(clinic.folder["pipe.carrel"], 0o600) == 0)
    for (path, words) in [
      ("none.carrel", "carrel new NAME"), ("extract", "name the study's file"),
      ("pipe.carrel", "name the study's file"), ("study.carrel/study.carrel", "not a folder"),
    ] {
      try clinic.expectRefusal(["test", path], code: "S010", status: 5, saying: words)
    }
  }

  @Test(.enabled(if: geteuid() != 0, "nothing is unreadable to root"))
  func `a study that may not be read is refused`() throws {
    let clinic = try Clinic()
    #expect(chmod(clinic.folder["study.carrel"], 0) == 0)
    try clinic.expectRefusal(
      ["check", "study.carrel"], code: "S010", status: 5, saying: "permission denied")
  }

  @Test(
    "a parameter that cannot be set is refused",
    arguments: [
      ("nothing=1", "C403", "no parameter `nothing`"), ("index=many", "C402", "not a date"),
      ("index=2024-02-30", "C402", "not a date"), ("index=", "C402", "not a date"),
    ])
  func parameter(_ setting: String, _ code: String, _ words: String) throws {
    let clinic = try Clinic()
    try clinic.makeSite()
    for command in ["check", "run", "preview"] {
      try clinic.expectRefusal(
        [command, "study.carrel", "--site", "demo", "--set", setting], code: code, status: 1,
        saying: words)
    }
  }
}
