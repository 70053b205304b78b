import Foundation
import TestSupport
import Testing

/// A data package names its tables and columns as it likes: by words of SQL and, for columns, by
/// reserved words of studies.
@Suite("Names that databases and studies use themselves") struct NamesOfOthersTests {
  static let package = """
    {"name": "words", "synthetic": true, "resources": [
      {"name": "patients", "type": "table", "path": "patients.csv", "rowsPerPatient": "one",
       "schema": {"fields": [
         {"name": "id", "type": "string", "privacy": "person-id"},
         {"name": "by", "type": "string", "categories": ["x", "y"]}]}},
      {"name": "group", "type": "table", "path": "group.csv",
       "schema": {"fields": [
         {"name": "id", "type": "string", "privacy": "person-id"},
         {"name": "from", "type": "date"}, {"name": "order", "type": "integer"},
         {"name": "true", "type": "integer"}, {"name": "select", "type": "integer"}]}}]}
    """

  /// In order of `from`, `true` goes up by 6 and down by 3, then up by 2; of the rows last by
  /// `order` it is 7 and 3.
  static let rows = """
    id,from,order,true,select
    p1,2024-03-01,3,7,1
    p1,2024-01-01,2,4,1
    p1,2024-02-01,1,10,2
    p2,2024-01-05,1,1,2
    p2,2024-01-06,2,3,2

    """

  static let study = """
    study "Words" uses words
    events runs = group sequenced by group.from
    define change = within(sum (group.true - previous.true) of runs, -100, 100)
    define latest_value = (last row of group by group.order).true
    define chosen = count group where group.true in (4, 10, 3) and group.select = 2
    population all include any group
    table t of all
      by   patients.by as "By"
      show count, sum change as "Change", percent latest_value > 5 as "High",
           percent chosen = 1 as "Chosen"

    """

  @Test("are names like any other", arguments: EngineName.allCases)
  func names(_ engine: EngineName) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.package, to: "words/datapackage.json")
    try folder.write("id,by\np1,x\np2,x\np3,y\n", to: "words/patients.csv")
    try folder.write(Self.rows, to: "words/group.csv")
    try folder.write(Self.study, to: "words.carrel")
    let site = folder["site"]
    try Program.carrel.succeed(["site", "create", site, "--kind", "synthetic"])
    try Program.carrel.succeed(["load", folder["words/datapackage.json"], "--site", site])
    try Program.carrel.succeed([
      "run", folder["words.carrel"], "--site", site, "--policy", "exact", "--engine",
      engine.rawValue, "--output", folder["out"],
    ])
    let outputs = try ReleasedOutputs(in: folder.url.appending(path: "out"))
    let line = try #require(try outputs.groups(of: "t").first)
    #expect(try line["by"] == "x")
    #expect(try line["count"] == "2")
    #expect(try line.number("change") == 5)
    #expect(try line["high_numerator"] == "1")
    #expect(try line["chosen_numerator"] == "2")
  }

  @Test func `a table cannot be called by a reserved word`() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      Self.package.replacing("\"name\": \"group\"", with: "\"name\": \"table\""),
      to: "words/datapackage.json")
    try folder.write("id,by\n", to: "words/patients.csv")
    try folder.write("id,from,order,true,select\n", to: "words/group.csv")
    try Program.carrel.succeed(["site", "create", folder["site"], "--kind", "synthetic"])
    let result = try Program.carrel.run([
      "load", folder["words/datapackage.json"], "--site", folder["site"],
    ])
    #expect(result.errors.contains("`table` is a reserved word of studies"), "\(result.errors)")
  }
}
