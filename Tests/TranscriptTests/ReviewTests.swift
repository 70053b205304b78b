import Foundation
import TestSupport
import Testing

@Suite("Before a release") struct BlindnessTests {
  @Test func `D4: a researcher sees the same bytes whatever the records hold`() throws {
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

  /// D5: what the ledger, which everybody reads, says of a run that came to nothing.
  @Test func `D5: the ledger says the same of every run that is not released`() throws {
    let wards = try [Ward(), Ward(hasTarget: true), Ward()]
    for (ward, word) in zip(wards, ["reject", "return", "withdraw"]) {
      let name = try ward.submit()
      if word == "withdraw" {
        try ward.carrel("withdraw", name, "--key", "r-1.pem")
      } else {
        for guardian in ["g-1", "g-2"] {
          #expect(try ward.decide(word, name, as: guardian).status == 0)
        }
        try ward.carrel("release")
      }
    }
    let ledgers = try wards.map(entries)
    #expect(ledgers[0].last?.hasPrefix(#"{"carrel":1,"kind":"close""#) == true, "\(ledgers[0])")
    #expect(ledgers[0] == ledgers[1] && ledgers[0] == ledgers[2])
  }

  /// The entries of a ledger but for what is drawn at random or keyed, and times.
  private func entries(of ward: Ward) throws -> [String] {
    let listed = try ward.carrel("ledger", "show", "ward", "--json", isAtSite: false).text
    let entries = listed.matches(of: /\{"carrel":1,"[^{}]*\}/).map { String($0.output) }
    return entries.map { entry in
      entry.replacing(
        #/"(nonce|commitment|run|time|keyed_digest|text|log_key|old|new|policy_digest)":"[^"]*"/#
      ) { "\"\($0.output.1)\":\"…\"" }
    }
  }
}

@Suite("A packet") struct PacketTests {
  private let ward: Ward
  private let summary, illness, page: String

  init() throws {
    ward = try Ward()
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
        include born >= 1900-01-01  "Aged 18 or over"
      table illness of everybody
        show count, percent ill as "Ill"
      """, to: "study.carrel")
    let name = try ward.submit()
    summary = try ward.carrel("review", name).text
    illness = try ward.carrel("review", name, "illness").text
    let path = try ward.carrel("review", name, "--html").text
    page = try String(
      contentsOfFile: ward.folder[path.trimmingCharacters(in: .whitespacesAndNewlines)],
      encoding: .utf8)
  }

  @Test func `F5: holds no hidden count`() {
    #expect(illness.contains("[REDACTED]") && illness.contains("small count in a part"))
    // Seven people are ill, one too few to be shown.
    #expect(illness.firstMatch(of: #/\b7\b/#) == nil)
    #expect(page.firstMatch(of: #/>7<|\b7 of\b/#) == nil)
    #expect(summary.firstMatch(of: #/\b7\b/#) == nil)
  }

  @Test func `F6: holds every word that somebody typed, in one place`() {
    for text in [summary, page] {
      #expect(text.contains("Only G. Q., who lives at the mill"))
      #expect(text.contains("codelists/asthma.csv"))
      #expect(text.contains("“Ill”") && text.contains("“Aged 18 or over”"))
    }
    #expect(page.contains("Born &lt;script&gt;") && !page.contains("<script"))
  }

  @Test func `F7: shows each label beside the sentence that its condition makes`() {
    for text in [summary, page] {
      let words = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(words.contains("born is on or after 1 January 1900 (“Aged 18 or over”)"), "\(words)")
    }
  }
}

@Suite("What leaves") struct ReleasedBytesTests {
  /// The exact numbers are ones that no rule of the policy can give: none ends in 0 or 5.
  @Test func `E4: no exact count is in any byte that leaves or is public`() throws {
    let ward = try Ward()
    let people = 1...1_237
    try ward.folder.write(
      "patient_id,date_of_birth,sex\n"
        + people.map { "\($0),1950-01-01,\($0 <= 4 ? "" : $0 % 2 == 0 ? "female" : "male")\n" }
        .joined(),
      to: "extract/patients.csv")
    try ward.folder.write(
      "patient_id,date,code,value\n"
        + people.filter { $0 <= 613 }.map { "\($0),2020-01-01,J45,1.5\n" }.joined(),
      to: "extract/visits.csv")
    try ward.load()
    let name = try ward.release()
    try ward.carrel("fetch", name, "--key", "r-1.pem", "--extract", "out")
    let csv = try String(contentsOfFile: ward.folder["out/outputs/illness.csv"], encoding: .utf8)
    #expect(csv.contains("1235,shown,615,shown"), "\(csv)")
    var looked = 0
    for folder in ["out", "ward/ledger"] {
      for file in try FileManager.default.subpathsOfDirectory(atPath: ward.folder[folder]) {
        let path = ward.folder[folder] + "/" + file
        guard let bytes = FileManager.default.contents(atPath: path) else { continue }
        let text = String(decoding: bytes, as: UTF8.self)
        for count in ["1237", "1,237", "613", "624"] {
          let number = try Regex("(^|[^0-9A-Za-z])\(count)([^0-9A-Za-z]|$)")
          #expect(text.firstMatch(of: number) == nil, "\(count) in \(file)")
        }
        looked += 1
      }
    }
    #expect(looked > 10)
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
