import Foundation
import TestSupport
import Testing

@Suite("The state of a site") struct StatusTests {
  @Test func `has a line for each of the Five Safes`() throws {
    let clinic = try Clinic()
    try clinic.makeSite()
    let lines = try clinic.carrel("status", "--site", "demo", "--plain").split(separator: "\n")
    #expect(lines.count == 5)
    for (line, safe) in zip(lines, ["projects", "people", "settings", "data", "outputs"]) {
      #expect(line.hasPrefix("safe \(safe) "))
    }
    #expect(lines[3].contains("invented people, clinic as loaded on"))
    #expect(lines[4].contains("opensafely version 4: Counts of 1 to 7 are hidden"))
    #expect(!lines.joined().contains(Clinic.secret))
  }

  @Test func `without a site is about this machine alone`() throws {
    let clinic = try Clinic()
    let text = try clinic.carrel("status", "--json")
    #expect(text.contains("\"safe\":\"settings\""))
    #expect(!text.contains("\"safe\":\"data\""))
  }

  @Test func `says so when the records are not those that were loaded`() throws {
    let clinic = try Clinic()
    try clinic.makeSite()
    let name = try #require(
      FileManager.default.subpathsOfDirectory(atPath: clinic.folder["demo"]).first {
        $0.hasSuffix("records.sqlite")
      })
    let file = try FileHandle(forUpdating: clinic.folder.url.appending(path: "demo/\(name)"))
    try file.seekToEnd()
    try file.write(contentsOf: Data([0]))
    let result = try Program.carrel.run(["status", "--site", "demo"], in: clinic.folder.url)
    #expect(result.status == 1)
    #expect(result.text.contains("NOT SAFE"))
    for command in [["run"], ["preview"]] {
      try clinic.expectRefusal(command + ["--site", "demo"], code: "S004", status: 5)
    }
  }
}
