import Foundation
import TestSupport
import Testing

/// What is said of a study before it runs depends on the study and its schema, never on a record.
@Suite("Commands that read no record") struct PureCommandsTests {
  private static let commands = [
    ["check"], ["check", "--format", "json"], ["check", "--format", "sarif"],
    ["check", "--protected"], ["explain"], ["explain", "--plan"], ["explain", "--sql"], ["test"],
    ["format", "--check"],
  ]

  /// One with as many people as most tests, one with a few others.
  private static let sites = Result {
    (try ExampleSite.site(of: .tpp), try ExampleSite(.tpp, people: 3, seed: 9))
  }

  private static let studies = [
    "SampleData/studies/opioids.carrel", "SampleData/studies/dementia-deprescribing.carrel",
    "Tests/SpecTests/Schemas/tpp/cookbook.carrel",
    // Two that are refused: what is said of a mistake depends on no record either.
    "SampleData/studies/opioids-trend.carrel", "SampleData/studies/asthma-review.carrel",
  ]

  @Test(
    "D6: they say the same at two sites of one schema with other records", arguments: studies,
    commands)
  func same(_ study: String, _ command: [String]) throws {
    let (first, second) = try Self.sites.get()
    #expect(try first.rows(in: "clinical_events") != second.rows(in: "clinical_events"))
    let path = Repository.file(study).path
    // Both sites are called alike, so that a path in what is said is the same too.
    let said = try [first, second].map { site in
      let arguments = command[0] == "format" ? [] : ["--site", "site"]
      return try Program.carrel.run(command + [path] + arguments, in: site.folder.url)
    }
    #expect(said[0].status == said[1].status)
    #expect(said[0].text == said[1].text)
    #expect(said[0].errors == said[1].errors)
    #expect(!said[0].text.isEmpty || !said[0].errors.isEmpty || command[0] == "format")
  }
}
