import CarrelDiagnostics
import CarrelJSON
import CarrelPolicy
import Foundation
import TestSupport
import Testing

/// The pages are generated from the catalogue of codes: `CARREL_REWRITE=1` writes them anew.
@Suite("Pages of diagnostics", .serialized) struct DiagnosticPageTests {
  private static let folder = Repository.file("docs/diagnostics")

  private static func page(_ name: String) throws -> String {
    try String(contentsOf: folder.appending(path: "\(name).md"), encoding: .utf8)
  }

  @Test func `every code has its page, which says what the program says`() throws {
    var wanted = ["README.md": DiagnosticCode.index + "\n"]
    for code in DiagnosticCode.allCases { wanted["\(code).md"] = code.page + "\n" }
    if ProcessInfo.processInfo.environment["CARREL_REWRITE"] != nil {
      for (name, text) in wanted {
        try Data(text.utf8).write(to: Self.folder.appending(path: name))
      }
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    #expect(Set(files) == Set(wanted.keys))
    for (name, text) in wanted {
      let found = try? String(contentsOf: Self.folder.appending(path: name), encoding: .utf8)
      #expect(found == text, "\(name) is out of date: run the tests with CARREL_REWRITE=1")
    }
  }

  @Test func `what a page shows as wrong has its code alone, and what is right has none`() throws {
    let folder = try TemporaryFolder()
    var expected: [String: [String]] = [:]
    for code in DiagnosticCode.allCases where code.rawValue.hasPrefix("C") {
      let page = DiagnosticPage(code: code.rawValue, markdown: try Self.page(code.rawValue))
      for example in page.examples {
        let place = "\(code)-\(example.isRight ? "right" : "wrong")"
        try folder.write(example.text, to: "\(place)/study.carrel")
        if let codelist = example.codelist {
          try folder.write(codelist.text, to: "\(place)/\(codelist.path)")
        }
        let codes = example.isRight ? [] : [code.rawValue]
        if let setting = example.setting {
          let found = try Self.codes(in: ["\(place)/study.carrel"], folder, ["--set", setting])
          #expect(found["\(place)/study.carrel", default: []] == Set(codes), "\(place)")
        } else {
          expected["\(place)/study.carrel"] = codes
        }
      }
    }
    #expect(expected.count > 140, "most codes have examples")
    let found = try Self.codes(in: expected.keys.sorted(), folder, [])
    for (file, codes) in expected {
      #expect(found[file, default: []] == Set(codes), "\(file)")
    }
  }

  /// The codes that a check of some studies meets in each.
  private static func codes(
    in files: [String], _ folder: TemporaryFolder, _ options: [String]
  ) throws -> [String: Set<String>] {
    let result = try Program.carrel.run(
      ["check"] + files + ["--protected", "--format", "json"] + options, in: folder.url)
    let report = try JSON(parsing: Array(result.output))
    var codes: [String: Set<String>] = [:]
    for diagnostic in try #require(report["diagnostics"]?.array) {
      let file = try #require(diagnostic["file"]?.string)
      codes[file, default: []].insert(try #require(diagnostic["code"]?.string))
    }
    return codes
  }

  @Test func `what a page shows of policies is as it says`() throws {
    for code in DiagnosticCode.allCases where code.rawValue.hasPrefix("P") {
      let page = DiagnosticPage(code: code.rawValue, markdown: try Self.page(code.rawValue))
      #expect(page.examples.map(\.isRight) == [false, true], "\(code)")
      for example in page.examples {
        var found = Diagnostics()
        _ = PolicyReader.read(
          SourceText(name: "mine.policy", text: example.text), reporting: &found)
        #expect(Set(found.sorted.map(\.code)) == (example.isRight ? [] : [code]), "\(code)")
      }
    }
  }

  @Test func `carrel explain prints the page`() throws {
    let result = try Program.carrel.succeed(["explain", "c214"])
    #expect(result.text == DiagnosticCode.unboundedGrouping.page + "\n")
  }
}
