import CarrelJSON
import Foundation
import TestSupport
import Testing

@Suite("The example studies, on generated people") struct ExampleStudyTests {
  @Test("each has no mistake and passes its own examples", arguments: ExampleStudy.running)
  func checks(_ study: ExampleStudy) throws {
    let site = try ExampleSite.site(of: study.schema).path
    for command in ["check", "test"] {
      try Program.carrel.succeed([command, study.path, "--site", site])
    }
  }

  @Test("each is laid out as `format` would", arguments: ExampleStudy.all)
  func laidOut(_ study: ExampleStudy) throws {
    try Program.carrel.succeed(["format", "--check", study.path])
  }

  @Test(
    "both engines release the same bytes", arguments: ExampleStudy.running, ["exact", "opensafely"])
  func sameBytes(_ study: ExampleStudy, _ policy: String) throws {
    let site = try ExampleSite.site(of: study.schema).path
    let scratch = try TemporaryFolder()
    for engine in EngineName.allCases {
      try Program.carrel.succeed(
        [
          "run", study.path, "--site", site, "--policy", policy, "--engine", engine.rawValue,
          "--output", scratch[engine.rawValue],
        ] + study.settings.flatMap { ["--set", $0] })
    }
    let folders = EngineName.allCases.map { scratch.url.appending(path: "\($0.rawValue)/outputs") }
    let names = try FileManager.default.contentsOfDirectory(atPath: folders[0].path).sorted()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folders[1].path).sorted() == names)
    for name in names {
      let contents = try folders.map { try Data(contentsOf: $0.appending(path: name)) }
      // Not `==` on the bytes in the expectation: a failure would print all of them.
      let isSame = contents[0] == contents[1]
      #expect(isSame, "\(name) differs between the engines")
      if policy == "exact", name.hasSuffix(".csv"), !study.isOfFew {
        let text = String(decoding: contents[0], as: UTF8.self)
        #expect(text.contains(",shown"), "\(name) counts somebody")
      }
    }
  }

  @Test("what is not executed yet is said, and nothing else", arguments: ExampleStudy.waiting)
  func waits(_ study: ExampleStudy, _ codes: Set<String>) throws {
    let site = try ExampleSite.site(of: study.schema).path
    let result = try Program.carrel.run([
      "check", study.path, "--site", site, "--format", "json",
    ])
    #expect(result.status == 1)
    let found = try JSON(parsing: result.text)["diagnostics"]?.array ?? []
    #expect(Set(found.compactMap { $0["code"]?.string }) == codes, "\(result.text)")
  }

  @Test("no generated row is refused", arguments: [ExampleSchema.tpp, .bench])
  func whole(_ schema: ExampleSchema) throws {
    let report = try JSON(parsing: try ExampleSite.site(of: schema).report)
    #expect(report["ok"] == true)
    for table in report["tables"]?.array ?? [] { #expect(table["refused"] == 0) }
  }
}
