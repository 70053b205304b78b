import CarrelCatalogue
import CarrelChecker
import CarrelDiagnostics
import CarrelJSON
import CarrelPlan
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

  /// The studies of the sample data, and a monthly series.
  static let all = Result {
    try SampleSite.studies.map { try HonestStudy(sample: $0) } + [try series.get()]
  }
  /// 50 groups of some 500 people in each of 60 months, one in a hundred coming or going.
  static let series = Result { try HonestStudy() }

  private init(name: String, plan: Plan, raw: RawResults) {
    (self.name, self.plan, self.raw) = (name, plan, raw)
  }

  /// A study of `SampleData/studies` on the sample data.
  private init(sample name: String) throws {
    let folder = Repository.file("SampleData/studies")
    func bytes(_ path: String) throws -> [UInt8] {
      Array(try Data(contentsOf: folder.appending(path: path)))
    }
    var diagnostics = Diagnostics()
    let file = StudyFile.parse(
      SourceText(name: name, bytes: try bytes("\(name).carrel")), reporting: &diagnostics)
    let checker = StudyChecker(schemas: [try SpecSchema.inUse.get()]) { request in
      guard let list = try? bytes(request.path) else {
        return .unreadable(reason: "there is no such file", help: "put it beside the study")
      }
      return .read(CodelistFile.read(list, column: request.column, category: request.category))
    }
    let result = checker.check(file, under: nil)
    guard !result.diagnostics.hasErrors, let study = result.study else {
      throw Misdrawn(TextRenderer().render(result.diagnostics))
    }
    let exact = ExactFigures(plan: study.plan, outputs: try SampleSite.run(name, .sql))
    self.init(name: name, plan: study.plan, raw: try exact.results)
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
