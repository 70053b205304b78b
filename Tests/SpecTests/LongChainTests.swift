import Foundation
import TestSupport
import Testing

/// A study may have 2,000 declarations, each made of the one before: none of the stages that it goes
/// through may take more stack than it has.
@Suite("The longest chain of definitions") struct LongChainTests {
  /// The declarations but for the population and the table.
  private static let definitions = 1_998

  /// Every definition uses the one before twice, so that none can be written in its place.
  private static let study = """
    study "A long chain"
      uses tpp

    define a1    = count clinical_events
    \(chain)
    population everyone include any clinical_events

    table ends of everyone
      show   count, sum within(a\(definitions) - \(definitions), 0, 100000) as "Ends"

    example "each adds one"
      given  clinical_events  (date 2020-01-01)
      expect a\(definitions) = \(definitions)

    """

  private static let chain = (2...definitions).map { number in
    let last = "a\(number - 1)"
    return "define a\(number) = \(last) + \(last) - \(last) + 1\n"
  }.joined()

  @Test func `is checked, explained and tested`() throws {
    let (folder, site) = try Self.folder()
    for command in ["check", "explain", "explain --plan", "explain --sql", "test"] {
      let command = command.split(separator: " ").map(String.init)
      try Program.carrel.succeed(command + [folder["study.carrel"], "--site", site])
    }
  }

  /// The sum of what the last definition adds to nothing is the number of rows, less one for each
  /// person: the chain begins with 1 on top of the rows.
  @Test("runs", arguments: EngineName.allCases)
  func runs(_ engine: EngineName) throws {
    let (folder, site) = try Self.folder()
    try Program.carrel.succeed([
      "run", folder["study.carrel"], "--site", site, "--policy", "exact", "--engine",
      engine.rawValue, "--output", folder["out"],
    ])
    let outputs = try ReleasedOutputs(in: folder.url.appending(path: "out"))
    let line = try #require(try outputs.lines(of: "ends").first)
    let rows = try ExampleSite.site(of: .tpp).rows(in: "clinical_events")
    let people = try #require(Int(try line["count"]))
    #expect(try line["ends"] == "\(rows - people)")
  }

  private static func folder() throws -> (TemporaryFolder, site: String) {
    let folder = try TemporaryFolder()
    try folder.write(study, to: "study.carrel")
    return (folder, try ExampleSite.site(of: .tpp).path)
  }
}
