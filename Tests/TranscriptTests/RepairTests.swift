import Foundation
import TestSupport
import Testing

/// What becomes of a run that does not go with what was released before, in the order of repairs.
@Suite("A run beside an earlier release") struct RepairTests {
  private let ward: Ward

  init() throws { ward = try Ward() }

  /// Loads people by year of birth, each of whom is the same person in every load.
  private func load(bornIn years: KeyValuePairs<Int, Int>) throws {
    let lines = years.flatMap { year, people in
      (0..<people).map { "\(1_000 * (year - 1_900) + $0),\(year)-01-01,male\n" }
    }
    try ward.folder.write(
      "patient_id,date_of_birth,sex\n" + lines.joined(), to: "extract/patients.csv")
    try ward.folder.write("patient_id,date,code,value\n", to: "extract/visits.csv")
    try ward.load()
  }

  private func study(_ lines: String) throws {
    try ward.folder.write(
      """
      study "Clinic"
        uses clinic
      define born = patients.date_of_birth
      \(lines)

      """, to: "study.carrel")
  }

  private func approve(_ name: String) throws {
    for guardian in ["g-1", "g-2"] {
      #expect(try ward.decide("approve", name, as: guardian).status == 0)
    }
  }

  private func release(_ name: String) throws -> [String: String] {
    try approve(name)
    try ward.carrel("release")
    try ward.cosign("w-1", "w-2")
    try ward.carrel("fetch", name, "--key", "r-1.pem", "--extract", "out-\(name)")
    let folder = ward.folder["out-\(name)/outputs"]
    var files: [String: String] = [:]
    for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
      files[file] = try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
    }
    return files
  }

  @Test func `leaves where some figures are taken and their sum is not`() throws {
    try study(
      """
      define early = born < 1955-01-01
      define oldest_few = born < 1940-01-01
      population everybody
        include born is known
      table people of everybody
        show count
      table ages of everybody
        by early
        show count
      table oldest of everybody
        by oldest_few
        show count
      """)
    try load(bornIn: [1930: 3, 1950: 97, 1960: 100])
    let first = try release(try ward.submit())
    // Of both ages six have left: few enough to be the same. Of all twelve: too many for that.
    try load(bornIn: [1930: 3, 1950: 91, 1960: 94])
    let second = try release(try ward.submit())
    #expect(first["ages.csv"]?.contains("100,shown") == true)
    #expect(second["ages.csv"] == first["ages.csv"])
    #expect(first["people.csv"]?.contains("200,shown") == true)
    #expect(second["people.csv"]?.contains("190,shown") == true)
    for files in [first, second] { #expect(files["oldest.csv"]?.contains("redacted") == true) }
  }

  @Test func `is hidden where subtraction tells, and guardians read what could be asked instead`()
    throws
  {
    try load(bornIn: [1950: 100, 1960: 60, 1970: 5, 1975: 35])
    try study(
      """
      define decade = case when born < 1955-01-01 then "a" when born < 1965-01-01 then "b" otherwise "c"
      population everybody
        include born is known
      table decades of everybody
        by decade
        show count
      """)
    _ = try release(try ward.submit())
    // Two decades and five people.
    try study(
      """
      population older
        include born < 1972-01-01
      table old of older
        show count
      """)
    let packet = try ward.carrel("review", try ward.submit()).text
    #expect(packet.contains("by subtraction"))
    #expect(
      packet.contains(
        "could be asked for instead: the groups of “decades” of an earlier release"), "\(packet)")
    #expect(packet.contains("the people of “decades” of an earlier release, by the same inclusion"))
    // Whoever asked reads none of it.
    let seen = try ward.attempt(["runs", "--key", "r-1.pem"])
    #expect(!seen.text.contains("instead") && !seen.errors.contains("instead"))
  }
}
