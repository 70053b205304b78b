import CarrelJSON
import Foundation
import TestSupport
import Testing

/// A study of `SampleData/studies`, or one that exercises the language, over generated people.
struct ExampleStudy: Sendable, CustomTestStringConvertible {
  let name: String
  let schema: ExampleSchema
  /// Whether it lives among the studies that people read.
  let isForPeople: Bool
  /// The parameters that keep a run of the reference engine short.
  var settings: [String] = []
  /// Whether it is of so few that none of the people may be among them.
  var isOfFew = false

  var path: String {
    let folder = isForPeople ? "SampleData/studies" : "Tests/SpecTests/Schemas/\(schema.rawValue)"
    return Repository.file("\(folder)/\(name).carrel").path
  }

  var testDescription: String { name }

  /// Those that run.
  static let running = [
    ExampleStudy(
      name: "pharmacy-first", schema: .tpp, isForPeople: true,
      settings: ["first_month=2024-03-01", "last_month=2024-04-01"]),
    ExampleStudy(
      name: "opioids", schema: .tpp, isForPeople: true,
      settings: ["first_month=2021-03-01", "last_month=2021-04-01"]),
    ExampleStudy(name: "death-report", schema: .tpp, isForPeople: true),
    ExampleStudy(name: "dementia-deprescribing", schema: .tpp, isForPeople: true, isOfFew: true),
    ExampleStudy(name: "cookbook", schema: .tpp, isForPeople: false),
    ExampleStudy(name: "benchmark", schema: .bench, isForPeople: false),
  ]

  /// Those that ask for what is not executed yet, with the codes of what they are told.
  static let waiting: [(study: ExampleStudy, codes: Set<String>)] = [
    (ExampleStudy(name: "opioids-trend", schema: .tpp, isForPeople: true), ["C503", "C507"]),
    (ExampleStudy(name: "dementia-stopping", schema: .tpp, isForPeople: true), ["C503"]),
    (ExampleStudy(name: "cookbook-models", schema: .tpp, isForPeople: false), ["C503"]),
    (ExampleStudy(name: "benchmark-q6", schema: .bench, isForPeople: false), ["C503"]),
  ]

  static let all = running + waiting.map(\.study)
}

/// A schema of the tests, with the people that are generated for it.
enum ExampleSchema: String, Sendable { case tpp, bench }

/// A synthetic site with the people of a schema, made once.
final class ExampleSite: Sendable {
  let folder: TemporaryFolder
  let report: String
  var path: String { folder["site"] }

  /// A site of its own, with so many people.
  init(_ schema: ExampleSchema, people: Int = people, seed: UInt64 = 1) throws {
    folder = try TemporaryFolder()
    let package = "Tests/SpecTests/Schemas/\(schema.rawValue)"
    switch schema {
    case .tpp:
      try folder.copy(Repository.file("SampleData/schemas/tpp.json"), as: "datapackage.json")
      try folder.copy(Repository.file("SampleData/schemas/tpp.carrel"))
      let codes = try CodePools(ofListsIn: ["SampleData/studies/codelists", "\(package)/codelists"])
      try TPPRecords(people: people, seed: seed, codes: codes).write(into: folder)
    case .bench:
      try folder.copy(Repository.file("\(package)/datapackage.json"))
      let codes = try CodePools(ofListsIn: ["\(package)/codelists"])
      try BenchRecords(people: people, seed: seed, codes: codes).write(into: folder)
    }
    try Program.carrel.succeed(["site", "create", folder["site"], "--kind", "synthetic"])
    report = try Program.carrel.succeed([
      "load", folder["datapackage.json"], "--site", folder["site"], "--json",
    ]).text
  }

  /// How many rows a table was loaded with.
  func rows(in table: String) throws -> Int {
    let tables = try JSON(parsing: report)["tables"]?.array ?? []
    return try #require(tables.first { $0["table"]?.string == table }?["rows"]?.integer)
  }

  /// How many people there are: few, because the reference engine is slow.
  private static let people = 40

  /// The site of a schema.
  static func site(of schema: ExampleSchema) throws -> ExampleSite {
    switch schema {
    case .tpp: try tpp.get()
    case .bench: try bench.get()
    }
  }

  private static let tpp = Result { try ExampleSite(.tpp) }
  private static let bench = Result { try ExampleSite(.bench, seed: 2) }
}
