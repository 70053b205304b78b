import Foundation
import TestSupport
import Testing

/// Records that are not what their package says are loaded by nobody, counted, and never quoted.
@Suite("Records that cannot be loaded") struct BadRecordsTests {
  /// What stands in `visits.csv`, and what is said of it.
  struct Case: CustomTestStringConvertible {
    let testDescription: String
    let words: String
    let bytes: [UInt8]

    init(_ description: String, _ words: String, _ rows: String) {
      self.init(description, words, bytes: Array("patient_id,date,code,value\n\(rows)\n".utf8))
    }

    init(_ description: String, _ words: String, bytes: [UInt8]) {
      testDescription = description
      self.words = words
      self.bytes = bytes
    }
  }

  private static let secret = Clinic.secret

  static let cases = [
    Case(
      "a row with a field too many", "visits.csv line 3: ",
      "1,2020-01-01,J45,1\n1,2020-01-01,J45,1,\(secret)"),
    Case("a row with a field too few", "visits.csv line 2: ", "1,2020-01-01,\(secret)"),
    Case("a date that is none", "visits.csv line 2, `date`: not a date", "1,\(secret),J45,1"),
    Case(
      "a day that its month lacks", "visits.csv line 2, `date`: not a date",
      "1,2023-02-29,J45,\(secret)"),
    Case(
      "a number that is none", "visits.csv line 2, `value`: not a number",
      "1,2020-01-01,J45,\(secret)"),
    Case(
      "a patient that is no number", "visits.csv line 2, `patient_id`: not an integer",
      "\(secret),2020-01-01,J45,1"),
    Case("a row of nobody", "visits.csv line 2, `patient_id`: missing", ",2020-01-01,J45,1"),
    Case(
      "a wrong type in line 90,000", "visits.csv line 90000, `value`: not a number",
      String(repeating: "1,2020-01-01,J45,1\n", count: 89_998) + "1,2020-01-01,J45,\(secret)"),
    Case(
      "bytes that are not UTF-8", "visits.csv line 2",
      bytes: Array("patient_id,date,code,value\n1,2020-01-01,".utf8) + [0xC3, 0x28]
        + Array("\(secret),1\n".utf8)),
    Case("a quotation mark that nothing closes", "visits.csv line 2", "1,2020-01-01,\"\(secret),1"),
    Case("a header of other columns", "visits.csv", bytes: Array("who,when\n1,\(secret)\n".utf8)),
    Case("an empty file", "visits.csv: the file is empty", bytes: []),
  ]

  @Test("are refused", arguments: cases)
  func refused(_ bad: Case) throws {
    let clinic = try Clinic()
    try clinic.makeSite()
    let released = try clinic.carrel("run", "--site", "demo", "--policy", "exact")
    try Data(bad.bytes).write(to: URL(filePath: clinic.folder["extract/visits.csv"]))
    try clinic.expectRefusal(
      ["load", "extract", "--site", "demo"], code: "S204", status: 5, saying: bad.words)
    try clinic.expectRefusal(
      ["preview", "--data", "extract"], code: "S204", status: 5, saying: bad.words)
    // What was loaded before is still there, and whole.
    #expect(try clinic.carrel("run", "--site", "demo", "--policy", "exact") == released)
  }

  @Test(
    "of a package that is none are refused",
    arguments: [
      ("", "S101"), ("{", "S101"), ("[]", "S103"), (String(repeating: "[", count: 100_000), "S101"),
    ])
  func package(_ text: String, _ code: String) throws {
    let clinic = try Clinic()
    try clinic.makeSite()
    try clinic.folder.write(text, to: "extract/datapackage.json")
    for command in [["load", "extract", "--site", "demo"], ["preview", "--data", "extract"]] {
      try clinic.expectRefusal(command, code: code, status: 5, saying: "datapackage.json")
    }
  }

  @Test func `of a package that is not there are refused`() throws {
    let clinic = try Clinic()
    try clinic.makeSite()
    for (path, named) in [
      ("nowhere", "`nowhere/datapackage.json`"), ("nowhere/other.json", "`nowhere/other.json`"),
    ] {
      try clinic.expectRefusal(
        ["load", path, "--site", "demo"], code: "S010", status: 5, saying: named)
    }
    try FileManager.default.removeItem(atPath: clinic.folder["extract/visits.csv"])
    try clinic.expectRefusal(
      ["load", "extract", "--site", "demo"], code: "S207", status: 5, saying: "visits.csv")
  }
}
