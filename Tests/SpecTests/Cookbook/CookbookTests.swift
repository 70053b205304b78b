import CarrelJSON
import Foundation
import TestSupport
import Testing

/// Every block of `docs/cookbook.md` works as the page says, on every engine.
///
/// What the examples expect was worked out by hand from their rows.
@Suite("Cookbook") struct CookbookTests {
  private static let page = CookbookPage.shared
  static let blocks = (try? page.get().blocks) ?? []

  @Test(
    "a block has no mistakes and no warnings, passes its examples and is laid out",
    arguments: blocks)
  func checks(_ block: CookbookBlock) throws {
    let folder = try Self.folder(for: block, study: block.text)
    try Program.carrel.succeed(["check", "--strict", folder["study.carrel"]])
    let tested = try Program.carrel.succeed(["test", folder["study.carrel"]])
    let count = block.examples.count
    #expect(count > 0, "a task without an example shows nothing")
    #expect(tested.text.contains("\(count) example"))
    try folder.write(block.text, to: "block.carrel")
    try Program.carrel.succeed(["format", "--check", folder["block.carrel"]])
  }

  @Test("the examples hold of the same rows as records", arguments: blocks, EngineName.allCases)
  func holds(_ block: CookbookBlock, _ engine: EngineName) throws {
    let examples = block.examples
    let conditions = examples.enumerated().map { index, example in
      "define holds_\(index + 1) = \(example.conditions.joined(separator: " and "))\n"
    }
    let folder = try Self.folder(for: block, study: block.definitions + conditions.joined())
    try Self.write(examples, into: folder)
    let result = try Program.carrel.succeed([
      "preview", folder["study.carrel"], "--data", folder.url.path, "--format", "jsonl",
      "--rows", "100", "--engine", engine.rawValue,
    ])
    let people = try result.text.split(separator: "\n").map { try JSON(parsing: String($0)) }
    #expect(people.count == examples.count)
    for (index, example) in examples.enumerated() {
      let person = try #require(people.first { $0["patient_id"]?.integer == index + 1 })
      #expect(person["holds_\(index + 1)"] == true, "\"\(example.title)\": \(person.text())")
    }
  }

  @Test(
    "a block with outputs runs on the sample data",
    .enabled(if: Program.isOptimised, "twenty thousand people take an unoptimised program minutes"),
    arguments: blocks.filter(\.hasOutputs))
  func runs(_ block: CookbookBlock) throws {
    let folder = try Self.folder(for: block, study: block.text)
    let site = try SampleSite.shared.get().folder["site"]
    for engine in EngineName.allCases {
      try Program.carrel.succeed([
        "run", folder["study.carrel"], "--site", site, "--engine", engine.rawValue, "--output",
        folder[engine.rawValue],
      ])
    }
    let outputs = EngineName.allCases.map { folder.url.appending(path: "\($0.rawValue)/outputs") }
    for name in try FileManager.default.contentsOfDirectory(atPath: outputs[0].path) {
      let contents = try outputs.map { try Data(contentsOf: $0.appending(path: name)) }
      let isSame = contents[0] == contents[1]
      #expect(isSame, "\(name) differs between the engines")
    }
  }

  /// What OpenSAFELY's page of examples asks, and the heading that answers it here.
  static let tasks = [
    "Sex, and age on a day", "Age in bands", "The date of death", "The cause of death",
    "Deprivation and region on a day", "Registered on a day, and throughout a period",
    "The latest ethnicity, with categories", "Any, how many, the first and the last",
    "The least, the greatest and the mean of a value", "Several columns of one event",
    "Fixed, relative and dynamic ranges", "Time between two events",
    "Admitted for something, and days in hospital", "Prescribed near an event",
    "Not counting people who have just changed practice", "Vaccinations",
  ]

  /// What OpenSAFELY answers with other pages or by programs of one's own.
  static let furtherTasks = [
    "Gaps between prescriptions", "When a medicine was stopped", "Table 1",
    "A decile chart across practices", "A histogram",
    "Percentages and rates with confidence intervals",
  ]

  @Test func `every task has its block`() {
    let headings = Set(Self.blocks.map(\.heading))
    #expect((Self.tasks + Self.furtherTasks).filter { !headings.contains($0) } == [])
    #expect(headings.count == Self.blocks.count, "one block under each heading")
  }

  // MARK: Records

  /// A folder with a study that begins as the page says, and the code lists of the sample studies.
  private static func folder(for block: CookbookBlock, study: String) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.copy(Repository.file("SampleData/studies/codelists"))
    try folder.write(try page.get().beginning + "\n" + study, to: "study.carrel")
    return folder
  }

  /// The rows of the examples as records in the schema `core`; the first example is of patient 1.
  private static func write(_ examples: [CookbookExample], into folder: TemporaryFolder) throws {
    let source = try String(
      contentsOf: Repository.file("SampleData/datapackage.json"), encoding: .utf8)
    let text = source.replacing(".csv.gz", with: ".csv")
    try folder.write(text, to: "datapackage.json")
    try folder.copy(Repository.file("SampleData/core.carrel"))
    for table in try JSON(parsing: text)["resources"]?.array ?? [] {
      let name = table["name"]?.string ?? ""
      let fields = (table["schema"]?["fields"]?.array ?? []).compactMap { $0["name"]?.string }
      var rows = GeneratedTable(name, Array(fields.dropFirst()))
      for (index, example) in examples.enumerated() {
        for row in example.rows where row.table == name {
          rows.add(index + 1, row.values.mapValues { $0 })
        }
      }
      try rows.write(into: folder)
    }
  }
}
