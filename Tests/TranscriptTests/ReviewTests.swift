import Foundation
import TestSupport
import Testing

@Suite("Before a release") struct BlindnessTests {
  @Test func `a researcher sees the same bytes whatever the records hold`() throws {
    // Seven of sixty have asthma in one, which is hidden; eight of sixty-one in the other.
    let wards = [try Ward(), try Ward(hasTarget: true)]
    let names = try wards.map { try $0.submit() }
    let seen = try zip(wards, names).map { ward, name in
      try self.seen(of: name, at: ward)
    }
    #expect(seen[0] == seen[1])
    let kinds = try wards.map { try $0.entryKinds() }
    #expect(kinds[0] == kinds[1])
    // What guardians see is another thing.
    let outputs = try zip(wards, names).map { try $0.carrel("review", $1, "illness").text }
    #expect(outputs[0].contains("[REDACTED]") && !outputs[1].contains("[REDACTED]"))

    // Whatever is decided, nothing is told before the outcome is.
    for (index, word) in ["reject", "approve"].enumerated() {
      for guardian in ["g-1", "g-2"] {
        #expect(try wards[index].decide(word, names[index], as: guardian).status == 0)
      }
    }
    let decided = try zip(wards, names).map { try self.seen(of: $1, at: $0) }
    #expect(decided == seen)
    #expect(try wards.map { try $0.entryKinds() } == kinds)
    // Nor is it told to who takes the run back.
    let withdrawn = try zip(wards, names).map { ward, name in
      let result = try ward.attempt(["withdraw", name, "--key", "r-1.pem"])
      return "\(result.status) \(result.text)\(result.errors)".replacing(name, with: "NAME")
    }
    #expect(withdrawn == Array(repeating: "0 NAME   withdrawn\n", count: 2))
    let ends = try wards.map { try $0.entryKinds() }
    #expect(ends[0] == ends[1])
  }

  /// All that a researcher can have the program say, with the run's name taken out.
  private func seen(of name: String, at ward: Ward) throws -> [String] {
    try [
      ["runs", name, "--json", "--key", "r-1.pem"], ["runs", "--json"],
      ["fetch", name, "--key", "r-1.pem"], ["fetch", "auk-100", "--key", "r-1.pem"],
      ["fetch", name, "--key", "c-1.pem"], ["withdraw", name, "--key", "c-1.pem"],
      Ward.submission + ["--json", "--again", name],
    ].map { words in
      let result = try ward.attempt(words)
      return "\(result.status) \(result.text)\(result.errors)".replacing(name, with: "NAME")
    }
  }

  @Test func `a submission says the same whatever comes of it`() throws {
    let said = try [Ward(), Ward(hasTarget: true)].map { ward in
      let result = try ward.attempt(Ward.submission)
      return "\(result.status) \(result.text)\(result.errors)"
        .replacing(/[a-z]+-[0-9]{3}/, with: "NAME")
    }
    #expect(said[0] == said[1])
  }

  @Test func `a packet holds no hidden count, and every word that somebody typed`() throws {
    let ward = try Ward()
    try ward.folder.write(
      """
      study "Clinic"
        uses clinic
      # Only G. Q., who lives at the mill
      codelist asthma from "codelists/asthma.csv"
      define born = patients.date_of_birth
      define ill  = any visits where code in asthma and date is known
      population everybody
        include born is known  "Born <script>alert(1)</script>"
      table illness of everybody
        show count, percent ill as "Ill"
      """, to: "study.carrel")
    let name = try ward.submit()
    let summary = try ward.carrel("review", name).text
    let illness = try ward.carrel("review", name, "illness").text
    let path = try ward.carrel("review", name, "--html").text
    let page = try String(
      contentsOfFile: ward.folder[path.trimmingCharacters(in: .whitespacesAndNewlines)],
      encoding: .utf8)
    for text in [summary, page] {
      #expect(text.contains("Only G. Q., who lives at the mill"))
      #expect(text.contains("codelists/asthma.csv"))
    }
    #expect(page.contains("Born &lt;script&gt;") && !page.contains("<script"))
    #expect(illness.contains("[REDACTED]") && illness.contains("small count in a part"))
    // Seven people are ill, one too few to be shown.
    #expect(illness.firstMatch(of: #/\b7\b/#) == nil)
    #expect(page.firstMatch(of: #/>7<|\b7 of\b/#) == nil)
  }
}

@Suite("A run at a protected site") struct ProtectedRunTests {
  @Test func `that is returned comes back as the next round, with what changed`() throws {
    let ward = try Ward()
    let name = try ward.submit()
    for guardian in ["g-1", "g-2"] {
      #expect(
        try ward.decide("return", name, as: guardian, "--message", "broader").status == 0)
    }
    #expect(try ward.states() == [name: "in review"])
    try ward.carrel("release")
    #expect(try ward.states() == [name: "returned"])
    #expect(try ward.carrel("runs", name).text.contains("Use broader groups."))
    let study = try String(contentsOfFile: ward.folder["study.carrel"], encoding: .utf8)
    try ward.folder.write(study + "\n# broader now\n", to: "study.carrel")
    let again = try ward.attempt(Ward.submission + ["--again", name])
    #expect(again.text.hasPrefix("Submitted as run \(name):"))
    try ward.carrel("runs", "--resume")
    let packet = try ward.carrel("review", name).text
    #expect(packet.contains("round 2"))
    #expect(packet.contains("is: # broader now"))
    #expect(try ward.entryKinds().suffix(3) == ["run", "close", "run"])
  }

  @Test func `is refused where the project, the key or the message is not right`() throws {
    let ward = try Ward()
    let name = try ward.submit()
    for (words, code) in [
      (["run", "study.carrel", "--project", "P-015", "--key", "r-1.pem"], "G009"),
      (["run", "study.carrel", "--project", "P-001", "--key", "r-1.pem"], "G010"),
      (["project", "propose", "lax.json"], "G020"),
      (["project", "propose", "study.carrel"], "S035"),
      (["run", "study.carrel", "--project", "P-014", "--key", "g-1.pem"], "G002"),
      (["run", "study.carrel", "--project", "P-014", "--key", "c-1.pem"], "G016"),
      (["review", name, "--key", "r-1.pem"], "G002"), (["review", "auk-100"], "G001"),
      (["approve", name, "--reason", "R", "--key", "g-1.pem", "--digest", "zzzz"], "G008"),
      (["release", name], "G004"), (["project", "propose", "project.json"], "G013"),
      (["person", "remove", "g-9"], "G014"),
    ] {
      let result = try ward.attempt(words)
      #expect(result.status == 3, "\(words): \(result.errors)")
      #expect(result.errors.contains("error[\(code)]: "), "\(words): \(result.errors)")
    }
    let told = try ward.decide("return", name, as: "g-1", "--message", "there are ٣٧ of them")
    #expect(told.status == 3 && told.errors.contains("error[G012]: "))
    let rest = try ward.decide("return", name, as: "g-1", "--message", "no figure at all")
    #expect(rest.status == 0)
  }

  @Test func `can be withdrawn by its author until it has ended`() throws {
    let ward = try Ward()
    let name = try ward.submit()
    #expect(try ward.attempt(["withdraw", name, "--key", "c-1.pem"]).errors.contains("[G001]"))
    try ward.carrel("withdraw", name, "--key", "r-1.pem")
    #expect(try ward.states() == [name: "withdrawn"])
    #expect(try ward.decide("approve", name, as: "g-1").errors.contains("error[G004]"))
    #expect(try ward.entryKinds().suffix(2) == ["run", "close"])
  }

  @Test func `is released once by two custodians at once`() async throws {
    let ward = try Ward()
    let name = try ward.submit()
    for guardian in ["g-1", "g-2"] {
      #expect(try ward.decide("approve", name, as: guardian).status == 0)
    }
    let folder = ward.folder.url
    let said = try await withThrowingTaskGroup(of: String.self) { group in
      for _ in 0..<3 {
        group.addTask {
          try Program.carrel.succeed(["release", "--site", "ward"], in: folder).text
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    #expect(said.filter { $0.contains("released as") }.count == 1)
    #expect(try ward.entryKinds().filter { $0 == "release" }.count == 1)
    try ward.cosign("w-1", "w-2")
    try ward.carrel("fetch", name, "--key", "r-1.pem", "--extract", "out")
    for file in ["study-\(name).zip", "out/outputs/illness.csv", "out/receipt.dsse.json"] {
      #expect(FileManager.default.fileExists(atPath: ward.folder[file]), "\(file)")
    }
  }
}
