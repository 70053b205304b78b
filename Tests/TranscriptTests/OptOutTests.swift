import CarrelLedger
import CarrelSite
import Foundation
import TestSupport
import Testing

@Suite("People who object to the use of their records") struct OptOutTests {
  /// How many people and how many with asthma a run finds, where every figure is exact.
  private func counts(at clinic: Clinic) throws -> String {
    let text = try clinic.carrel("run", "--site", "exact", "--json")
    let lines = text.matches(of: /"count":\{"value":([0-9]+)/).map { String($0.output.1) }
    return try #require(lines.last)
  }

  private func makeSite() throws -> Clinic {
    let clinic = try Clinic()
    let people = (1...40).map { "\($0),19\(10 + $0)-01-01,male\n" }.joined()
    try clinic.folder.write("patient_id,date_of_birth,sex\n" + people, to: "extract/patients.csv")
    try clinic.folder.write(
      "patient_id,date,code,value\n7,2020-01-01,Z7351,1.5\n8,2020-01-01,J45,2\n",
      to: "extract/visits.csv")
    try clinic.carrel("site", "create", "exact", "--kind", "synthetic", "--policy", "exact")
    try clinic.carrel("load", "extract", "--site", "exact")
    return clinic
  }

  @Test func `are in no count and in no file of the site any more`() throws {
    let clinic = try makeSite()
    #expect(try counts(at: clinic) == "40")
    try clinic.folder.write("7\n 0009 ,some remark\r\n\n4711\n", to: "out.txt")
    let said = try clinic.carrel(
      "optouts", "apply", "out.txt", "--kind", "type-1", "--site", "exact")
    #expect(said.firstMatch(of: #/\b[0-9]+ (people|of|on)/#) == nil)
    #expect(try counts(at: clinic) == "38")
    for (path, bytes) in try clinic.contents() where path.hasPrefix("exact/") {
      #expect((bytes ?? Data()).firstRange(of: Data("Z7351".utf8)) == nil, "\(path)")
    }
    let entries = try clinic.carrel("ledger", "show", "exact")
    #expect(entries.contains("opt-outs applied to snapshot"))
    // Nothing in the list of who may be used brings anybody back.
    try clinic.folder.write(
      (1...20).map { "\($0),\n" }.joined() + "9999999999,\n", to: "may.dat")
    try clinic.carrel("optouts", "apply", "may.dat", "--kind", "national", "--site", "exact")
    #expect(try counts(at: clinic) == "18")
  }

  @Test func `are not known from a list that is damaged or empty, which changes nothing`() throws {
    let clinic = try makeSite()
    try clinic.folder.write("7\n\u{1}735\u{7f}\n", to: "damaged.txt")
    try clinic.folder.write("\n", to: "empty.txt")
    for (file, kind) in [("damaged.txt", "type-1"), ("empty.txt", "national")] {
      try clinic.expectRefusal(
        ["optouts", "apply", file, "--kind", kind, "--site", "exact"], code: "S043", status: 5,
        hiding: "735\u{7f}")
    }
    #expect(try counts(at: clinic) == "40")
  }

  @Test func `must be known before a run, and lately, whatever the clock says`() throws {
    let ward = try Ward()
    try ward.carrel("load", "extract")
    try ward.expectRefusal(Ward.submission, code: "S041")
    try ward.load()
    let name = try ward.submit()
    // The ledger's last entry is eight days ahead of the clock, as after the clock was set back.
    let site = try Site.open(at: ward.folder["ward"])
    let later = LedgerTime.now.secondsSince1970 + 8 * 86_400
    try site.append(
      [.policyChanged(policy: "opensafely", policyDigest: Digest(of: []))],
      at: try #require(LedgerTime(secondsSince1970: later)))
    let refused = try ward.attempt(Ward.submission)
    #expect(refused.status == 3)
    #expect(
      refused.errors.hasPrefix(
        "error[S041]: the list of opt-outs is 8 days old, and 7 are allowed"))
    let status = try ward.attempt(["status"])
    #expect(status.status == 1 && status.text.contains("8 days old"))
    try ward.carrel("optouts", "apply", "objections.txt", "--kind", "type-1")
    #expect(try ward.attempt(Ward.submission).status == 0)
    #expect(try ward.states()[name] == "in review")
  }

  @Test func `must be known from lists of every kind that the project names`() throws {
    let ward = try Ward()
    let project = try String(contentsOfFile: ward.folder["project.json"], encoding: .utf8)
    func propose(_ kinds: String) throws {
      try ward.folder.write(
        project.replacing("P-014", with: "P-020")
          .replacing("\"policy\":", with: "\"opt_outs\": \(kinds), \"policy\":"),
        to: "both.json")
    }
    try propose("[\"type-2\"]")
    try ward.expectRefusal(["project", "propose", "both.json"], code: "S035")
    try propose("[\"type-1\", \"national\"]")
    try ward.approve("P-020", "both.json")
    let run = ["run", "study.carrel", "--project", "P-020", "--key", "r-1.pem"]
    let refused = try ward.attempt(run)
    #expect(refused.status == 3)
    #expect(
      refused.errors.hasPrefix(
        "error[S041]: no list of opt-outs of the kind `national` has been applied"))
    try ward.folder.write((1...60).map { "\($0),\n" }.joined(), to: "may.dat")
    try ward.carrel("optouts", "apply", "may.dat", "--kind", "national")
    #expect(try ward.attempt(run).status == 0)
    // Other records have other people.
    try ward.carrel("load", "extract")
    try ward.carrel("optouts", "apply", "may.dat", "--kind", "national")
    #expect(try ward.attempt(run).errors.contains("of the kind `type-1` has been applied"))
  }

  @Test func `must be known as lately as the policy of a project asks`() throws {
    let ward = try Ward()
    let policy = try String(
      contentsOf: Repository.file("Policies/opensafely.policy"), encoding: .utf8)
    let title = try #require(policy.firstMatch(of: /policy opensafely version \d+/)).output
    try ward.folder.write(
      policy.replacing(title, with: "policy lately version 1\noldest opt-outs 1 day"),
      to: "lately.policy")
    let project = try String(contentsOfFile: ward.folder["project.json"], encoding: .utf8)
    try ward.folder.write(
      project.replacing("P-014", with: "P-030")
        .replacing("\"opensafely\"", with: "\"lately.policy\""), to: "lately.json")
    try ward.approve("P-030", "lately.json")
    let asked = ["run", "study.carrel", "--project", "P-030", "--key", "r-1.pem"]
    #expect(try ward.attempt(asked).status == 0)
    let site = try Site.open(at: ward.folder["ward"])
    let later = LedgerTime.now.secondsSince1970 + 2 * 86_400
    try site.append(
      [.policyChanged(policy: "opensafely", policyDigest: Digest(of: []))],
      at: try #require(LedgerTime(secondsSince1970: later)))
    let refused = try ward.attempt(asked)
    #expect(refused.status == 3)
    #expect(
      refused.errors.hasPrefix(
        "error[S041]: the list of opt-outs is 2 days old, and 1 are allowed"), "\(refused.errors)")
    #expect(try ward.attempt(Ward.submission).status == 0)
  }

  @Test func `E6: and a project that has ended stays ended when the clock goes back`() throws {
    let ward = try Ward()
    let site = try Site.open(at: ward.folder["ward"])
    try site.append(
      [.policyChanged(policy: "opensafely", policyDigest: Digest(of: []))],
      at: try #require(LedgerTime("2100-01-01T00:00:00Z")))
    try ward.expectRefusal(Ward.submission, code: "G010")
  }
}
