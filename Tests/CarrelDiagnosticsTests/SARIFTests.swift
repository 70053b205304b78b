import CarrelDiagnostics
import CarrelJSON
import Testing

/// Held to the schema of SARIF 2.1.0 by what it requires of each object that is written.
@Suite("Diagnostics as SARIF") struct SARIFTests {
  private static let log: JSON = {
    let source = SourceText(
      name: "my studies/a.carrel", text: "define é = \"😀\" + clinical_event\n")
    var diagnostics = Diagnostics()
    diagnostics.report(
      Diagnostic(.unknownTable, "there is no table `clinical_event`", at: source.span(20..<34))
        .label("not in schema `core`").related(source.span(0..<6), "declared here")
        .suggesting("clinical_events"))
    diagnostics.report(
      Diagnostic(.narrowLook, "this picks 1 day", at: source.span(0..<0), severity: .warning))
    return SARIFRenderer(version: "1.2.3").render(diagnostics)
  }()

  @Test func `a log has what the schema requires`() throws {
    let log = Self.log
    #expect(log["version"]?.string == "2.1.0")
    let runs = try #require(log["runs"]?.array)
    for run in runs {
      let driver = try #require(run["tool"]?["driver"])
      #expect(driver["name"]?.string == "carrel")
      for rule in driver["rules"]?.array ?? [] {
        #expect(rule["id"]?.string != nil)
        #expect(rule["shortDescription"]?["text"]?.string != nil)
      }
      for result in try #require(run["results"]?.array) { try check(result, of: driver) }
    }
  }

  private func check(_ result: JSON, of driver: JSON) throws {
    #expect(result["message"]?["text"]?.string != nil)
    #expect(["none", "note", "warning", "error"].contains(result["level"]?.string))
    let index = try #require(result["ruleIndex"]?.integer)
    #expect(driver["rules"]?.array?[index]["id"]?.string == result["ruleId"]?.string)
    for place in (result["locations"]?.array ?? []) + (result["relatedLocations"]?.array ?? []) {
      try checkPlace(try #require(place["physicalLocation"]))
    }
    for fix in result["fixes"]?.array ?? [] {
      let changes = try #require(fix["artifactChanges"]?.array)
      #expect(!changes.isEmpty)
      for change in changes {
        #expect(change["artifactLocation"]?["uri"]?.string != nil)
        let replacements = try #require(change["replacements"]?.array)
        #expect(!replacements.isEmpty && replacements.allSatisfy { $0["deletedRegion"] != nil })
      }
    }
  }

  private func checkPlace(_ place: JSON) throws {
    #expect(place["artifactLocation"]?["uri"]?.string == "my%20studies/a.carrel")
    let region = try #require(place["region"])
    for name in ["startLine", "startColumn", "endLine", "endColumn"] {
      #expect((region[name]?.integer ?? 0) >= 1)
    }
  }

  @Test func `a place is counted in code points, and a fix replaces it`() throws {
    let results = try #require(Self.log["runs"]?.array?.first?["results"]?.array)
    #expect(results.count == 2)
    let region: JSON = ["startLine": 1, "startColumn": 17, "endLine": 1, "endColumn": 31]
    #expect(results[1]["locations"]?.array?.first?["physicalLocation"]?["region"] == region)
    let fix = try #require(results[1]["fixes"]?.array?.first)
    let change = try #require(fix["artifactChanges"]?.array?.first)
    #expect(
      change["replacements"]
        == [["deletedRegion": region, "insertedContent": ["text": "clinical_events"]]])
    #expect(fix["properties"]?["safe"]?.boolean == true)
  }

  @Test func `an absolute path says so`() throws {
    var diagnostics = Diagnostics()
    let source = SourceText(name: "/data/ü.carrel", text: "x")
    diagnostics.report(Diagnostic(.emptyFile, "the file is empty", at: source.span(0..<0)))
    let log = SARIFRenderer(version: "1").render(diagnostics)
    let place = log["runs"]?.array?.first?["results"]?.array?.first?["locations"]?.array?.first
    #expect(
      place?["physicalLocation"]?["artifactLocation"]?["uri"]?.string
        == "file:///data/%C3%BC.carrel")
  }
}
