import CarrelLedger
import CarrelSite
import Foundation
import TestSupport
import Testing

@Suite("The time of a release") struct ReleaseTimeTests {
  @Test func `is the policy's, for every outcome, whenever the custodian asks`() throws {
    let ward = try Ward()
    let policy = try String(
      contentsOf: Repository.file("Policies/opensafely.policy"), encoding: .utf8)
    // Not within the hours that this test may take.
    let format = DateFormatter()
    format.locale = Locale(identifier: "en_GB")
    format.timeZone = TimeZone(identifier: "UTC")
    format.dateFormat = "EEEE"
    let day = format.string(from: Date(timeIntervalSinceNow: 3 * 86_400))
    try ward.folder.write(policy + "\nreleases on \(day) at 16\n", to: "weekly.policy")
    let project = try String(contentsOfFile: ward.folder["project.json"], encoding: .utf8)
    try ward.folder.write(
      project.replacing("P-014", with: "P-020")
        .replacing("\"opensafely\"", with: "\"weekly.policy\""), to: "weekly.json")
    try ward.approve("P-020", "weekly.json")
    let said = try ward.attempt(["run", "study.carrel", "--project", "P-020", "--key", "r-1.pem"])
    #expect(said.text.contains("the outcome comes out on a \(day) at 16:00 UTC."))
    let name = String(try #require(said.text.firstMatch(of: /as run ([a-z]+-[0-9]+):/)).output.1)
    try ward.carrel("runs", "--resume")
    for guardian in ["g-1", "g-2"] {
      #expect(try ward.decide("approve", name, as: guardian).status == 0)
    }
    try ward.expectRefusal(["release", name], code: "G028")
    #expect(try ward.carrel("release").text == "no run has an outcome to tell now\n")
    #expect(try ward.states() == [name: "in review"])
    // Four days later, by the ledger.
    let later = LedgerTime.now.secondsSince1970 + 4 * 86_400
    try Site.open(at: ward.folder["ward"]).append(
      [.policyChanged(policy: "opensafely", policyDigest: Digest(of: []))],
      at: try #require(LedgerTime(secondsSince1970: later)))
    #expect(try ward.carrel("release").text.contains("released as"))
  }
}
