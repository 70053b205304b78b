import CarrelCatalogue
import CarrelChecker
import CarrelDiagnostics
import CarrelJSON
import CarrelPlan
import CarrelSQL
import CarrelStore
import CarrelSyntax
import CarrelValues
import Foundation
import TestSupport
import Testing

/// A study that asks for nothing unusual, with its exact numbers.
struct HonestStudy: Sendable {
  let name: String
  let plan: Plan
  let raw: RawResults

  /// The studies of the sample data, the published studies, and a monthly series.
  static let all = Result {
    let core = try SpecSchema.shipped("SampleData/datapackage.json", "SampleData/core.carrel")
    let sample = try SampleSite.studies.map {
      try HonestStudy($0, of: core, at: try SampleSite.shared.get().folder["site"])
    }
    return try sample + published.get() + [try series.get()]
  }

  /// The studies that re-express published ones, on generated people.
  ///
  /// What is not executed yet is in files of its own: `opioids-trend` and `dementia-stopping`.
  static let published = Result {
    let tpp = try SpecSchema.shipped(
      "SampleData/schemas/tpp.json", "SampleData/schemas/tpp.carrel")
    let site = try ExampleSite(.tpp, people: peopleOfPublished, seed: 3)
    return try [
      HonestStudy("death-report", of: tpp, at: site.path),
      HonestStudy(
        "opioids", of: tpp, at: site.path,
        setting: ["first_month": "2021-01-01", "last_month": "2021-03-01"]),
      HonestStudy(
        "pharmacy-first", of: tpp, at: site.path,
        setting: ["first_month": "2024-01-01", "last_month": "2024-03-01"]),
      HonestStudy("dementia-deprescribing", of: tpp, at: site.path),
    ]
  }

  /// So many that most groups of these studies are not small.
  static let peopleOfPublished = 2_000

  /// 50 groups of some 500 people in each of 60 months, one in a hundred coming or going.
  static let series = Result { try HonestStudy() }

  private init(name: String, plan: Plan, raw: RawResults) {
    (self.name, self.plan, self.raw) = (name, plan, raw)
  }

  /// A study of `SampleData/studies` on the records of a site.
  private init(
    _ name: String, of schema: SchemaInUse, at site: String,
    setting settings: [String: String] = [:]
  ) throws {
    let plan = try Self.plan(of: name, schema, settings)
    let snapshots = URL(filePath: site).appending(path: "snapshots")
    let live = try #require(
      try FileManager.default.contentsOfDirectory(atPath: snapshots.path).first)
    let records = snapshots.appending(path: "\(live)/records.sqlite")
    let engine = try SQLEngine(database: Database(.readOnlyImmutable(path: records.path)))
    self.init(name: name, plan: plan, raw: try engine.results(of: plan))
  }

  private static func plan(
    of name: String, _ schema: SchemaInUse, _ settings: [String: String]
  ) throws -> Plan {
    let folder = Repository.file("SampleData/studies")
    func bytes(_ path: String) throws -> [UInt8] {
      Array(try Data(contentsOf: folder.appending(path: path)))
    }
    var diagnostics = Diagnostics()
    let file = StudyFile.parse(
      SourceText(name: name, bytes: try bytes("\(name).carrel")), reporting: &diagnostics)
    let checker = StudyChecker(schemas: [schema]) { request in
      guard let list = try? bytes(request.path) else {
        return .unreadable(reason: "there is no such file", help: "put it beside the study")
      }
      return .read(CodelistFile.read(list, column: request.column, category: request.category))
    }
    let result = checker.check(file, setting: settings, under: nil)
    guard !result.diagnostics.hasErrors, let study = result.study else {
      throw Misdrawn(TextRenderer().render(result.diagnostics))
    }
    return study.plan
  }

  /// A series of months with the same groups in each.
  private init() throws {
    var generator = SeededGenerator(seed: 60)
    var people = (0..<50).map { _ in Int.random(in: 480...520, using: &generator) }
    let cells = (0..<60).flatMap { _ in
      people = people.map { $0 + Int.random(in: -5...5, using: &generator) }
      return people.map {
        RawCell.people($0, Int.random(in: $0 / 5...$0 / 4, using: &generator))
      }
    }
    let example = RawExample(
      in: .months(60, from: try #require(CivilDate(iso: "2020-01-01"))),
      by: [.named("group", levels: (1...50).map { "\($0)" })],
      show: [.count, .percent("treated")], totals: [[]], cells: cells)
    self.init(name: "monthly series", plan: example.plan, raw: example.raw)
  }
}
