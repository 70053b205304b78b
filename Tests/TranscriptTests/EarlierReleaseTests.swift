import Foundation
import TestSupport
import Testing

/// What was released stays released: later runs at a protected site are judged beside it.
///
/// Two hundred invented people, of whom every fifth is ill; the policy hides 1 to 7.
@Suite("After a release") struct EarlierReleaseTests {
  private let ward: Ward

  init() throws {
    ward = try Ward()
    try ward.folder.write(Self.study(""), to: "study.carrel")
    try load(without: [])
  }

  private static func study(_ criterion: String) -> String {
    """
    study "Clinic"
      uses clinic
    codelist asthma from "codelists/asthma.csv"
    define born = patients.date_of_birth
    define ill  = any visits where code in asthma and date is known
    population everybody
      include born is known
      \(criterion)
    flow kept of everybody
    table illness of everybody
      show count, percent ill

    """
  }

  /// Loads everybody but some; those born in 1901 are as many as asked for.
  private func load(without gone: Set<Int>, bornFirst: Int = 0) throws {
    let people = (1...200).filter { !gone.contains($0) }
    try ward.folder.write(
      "patient_id,date_of_birth,sex\n"
        + people.map { "\($0),\($0 > 200 - bornFirst ? 1901 : 1950)-01-01,male\n" }.joined(),
      to: "extract/patients.csv")
    try ward.folder.write(
      "patient_id,date,code,value\n"
        + people.filter { $0 % 5 == 0 }.map { "\($0),2020-01-01,J45,1.5\n" }.joined(),
      to: "extract/visits.csv")
    try ward.load()
  }

  private func approve(_ name: String) throws {
    for guardian in ["g-1", "g-2"] {
      #expect(try ward.decide("approve", name, as: guardian).status == 0)
    }
  }

  /// What was released of a run: each file of its outputs by name.
  private func released(_ name: String) throws -> [String: String] {
    try ward.cosign("w-1", "w-2")
    try ward.carrel("fetch", name, "--key", "r-1.pem", "--extract", "out-\(name)")
    let folder = ward.folder["out-\(name)/outputs"]
    var files: [String: String] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
      files[file] = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
    }
    return files
  }

  private func runToRelease() throws -> [String: String] {
    let name = try ward.submit()
    try approve(name)
    try ward.carrel("release")
    return try released(name)
  }

  @Test func `the same study on the next snapshot gives the same bytes where few have left`() throws
  {
    let first = try runToRelease()
    #expect(first["illness.csv"]?.contains("200,shown,40,shown,200,shown,20,shown") == true)
    // Four have left, all of them ill: by themselves the figures would be 195 and 35.
    try load(without: [5, 10, 15, 20])
    let name = try ward.submit()
    let packet = try ward.carrel("review", name).text
    #expect(packet.contains("of nearly the same people showed"))
    #expect(packet.contains(#/\nRelease \d+, “Clinic”, \d+ \w+ \d{4}\n +This run +Released +/#))
    #expect(
      packet.contains(
        #/illness, percent ill +illness, percent ill +few or none +shows what that one shows/#),
      "\(packet)")
    try ward.carrel("review", name, "--html", "--output", "packet.html")
    let page = try String(contentsOfFile: ward.folder["packet.html"], encoding: .utf8)
    #expect(page.contains("<td class=\"label\">few or none</td>"))
    try approve(name)
    try ward.carrel("release")
    #expect(try released(name) == first)
    // And whoever comes back is who they were.
    try load(without: [])
    #expect(try runToRelease() == first)
  }

  @Test func `a run that took an earlier figure is made again to the byte, also after later ones`()
    throws
  {
    _ = try runToRelease()
    try load(without: [5, 10, 15, 20])
    let name = try ward.submit()
    try approve(name)
    try ward.carrel("release")
    try ward.cosign("w-1", "w-2")
    try ward.carrel("fetch", name, "--key", "r-1.pem", "--output", "second.zip")
    let same = "same  8 of 8 files, byte for byte\n"
    #expect(try ward.attempt(["reproduce", "second.zip"]).text == same)
    // Another study of the same people, and the same one again, are released since.
    try ward.folder.write(
      Self.study("include patients.date_of_birth >= 1950-01-01")
        .replacing(
          "of everybody\n      show count", with: "of everybody\n      show percent ill, count"),
      to: "study.carrel")
    _ = try runToRelease()
    try ward.folder.write(Self.study(""), to: "study.carrel")
    _ = try runToRelease()
    #expect(try ward.attempt(["reproduce", "second.zip"]).text == same)
  }

  @Test func `where many have left, the figures are those of who is there`() throws {
    _ = try runToRelease()
    try load(without: Set(stride(from: 5, through: 100, by: 5)))
    let later = try runToRelease()
    #expect(later["illness.csv"]?.contains("180,shown,20,shown") == true)
  }

  @Test("D1: leaving out none, one or seven gives the same bytes", arguments: [0, 1, 7])
  func fewLeftOut(_ count: Int) throws {
    try load(without: [], bornFirst: count)
    let first = try runToRelease()
    try ward.folder.write(Self.study("exclude born < 1910-01-01"), to: "study.carrel")
    let name = try ward.submit()
    let packet = try ward.carrel("review", name).text
    #expect(packet.contains(#/\nchanged since release \d+\n/#), "\(packet)")
    #expect(packet.contains("is:   exclude born < 1910-01-01"), "\(packet)")
    try approve(name)
    try ward.carrel("release")
    let second = try released(name)
    #expect(second["illness.csv"] == first["illness.csv"])
  }

  @Test("A4: a mean is not shown after that of the same value, cut where few are above")
  func editedValue() throws {
    // Three people are 100 years old or more, and all others from 24 to 63.
    try ward.folder.write(
      "patient_id,date_of_birth,sex\n"
        + (1...200).map { "\($0),\($0 <= 3 ? 1915 : 1960 + $0 * 7 % 40)-01-01,male\n" }.joined(),
      to: "extract/patients.csv")
    try ward.load()
    func mean(cutAt limit: Int) throws -> String {
      try ward.folder.write(
        """
        study "Clinic"
          uses clinic
        define age = within(years from patients.date_of_birth to 2024-01-01, 0, 120)
        define cut = smallest of (age, \(limit))
        population everybody
          include age is known
        table ages of everybody
          show count, mean cut

        """, to: "study.carrel")
      return try #require(try runToRelease()["ages.csv"])
    }
    let isShown = #/200,shown,[1-9][0-9.]*,shown/#
    #expect(try mean(cutAt: 120).contains(isShown))
    let edited = try mean(cutAt: 70)
    #expect(!edited.contains(isShown), "\(edited)")
    #expect(edited.contains("200,shown"))
    // Half are above 44: nobody's value follows.
    #expect(try mean(cutAt: 44).contains(isShown))
  }

  @Test func `F1: two runs each safe alone do not both leave`() throws {
    try load(without: [], bornFirst: 4)
    let one = try ward.submit()
    try ward.folder.write(Self.study("exclude born < 1910-01-01"), to: "study.carrel")
    let other = try ward.submit()
    try approve(one)
    try approve(other)
    let told = try ward.attempt(["release"])
    #expect(told.text.components(separatedBy: "released as").count == 2)
    #expect(told.text.components(separatedBy: "is in review again [G028]").count == 2)
    try ward.cosign("w-1", "w-2")
    #expect(Set(try ward.states().values) == ["released", "in review"])
    // Guardians are told why, and nobody else is.
    let held = try #require(try ward.states().first { $0.value == "in review" }?.key)
    #expect(try ward.carrel("review", held).text.contains("since the review, another release"))
    let seen = try ward.attempt(["runs", held, "--key", "r-1.pem"])
    #expect(seen.text.contains("in review") && !seen.text.contains("release ch"))
  }

  @Test func `nothing more leaves where what is kept of a release is damaged or gone`() throws {
    _ = try runToRelease()
    let folder = ward.folder["ward/membership"]
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    let kept = "\(folder)/\(try #require(files.first))"
    let name = try ward.submit()
    try approve(name)
    let bytes = try Data(contentsOf: URL(fileURLWithPath: kept))
    for damage in [bytes + [0], nil] {
      try FileManager.default.removeItem(atPath: kept)
      if let damage { try damage.write(to: URL(fileURLWithPath: kept)) }
      #expect(try ward.attempt(["release"]).status != 0)
      #expect(try ward.states()[name] == "in review")
    }
  }
}
