import CarrelJSON
import Foundation
import TestSupport
import Testing

/// What the answers to a question are computed from.
struct QuestionCase: Sendable, CustomTestStringConvertible {
  let question: Question
  let files: ExtractFiles

  var testDescription: String { "\(question.id) on the \(files.rawValue) files" }

  /// Every question on every set of files at hand.
  static let all: [QuestionCase] = Question.all.flatMap { question in
    let extract = question.extract
    return (extract.hasFixtureRows ? [QuestionCase(question: question, files: .fixtures)] : [])
      + (extract.wholeFiles != nil ? [QuestionCase(question: question, files: .whole)] : [])
  }
}

@Suite("Reference answers on records that nobody here made")
struct ReferenceAnswerTests {
  @Test("a study gives the reference answer", arguments: QuestionCase.all, EngineName.allCases)
  func answer(_ questionCase: QuestionCase, _ engine: EngineName) throws {
    let question = questionCase.question
    let site = try ExtractSite.site(question.extract, questionCase.files)
    let scratch = try TemporaryFolder()
    try Program.carrel.succeed([
      "run", question.extract.fixtures.appending(path: "\(question.id).carrel").path,
      "--site", site.path, "--policy", "exact", "--engine", engine.rawValue,
      "--output", scratch["out"],
    ])
    let found = try question.rows(try ReleasedOutputs(in: scratch.url.appending(path: "out")))
    let answer = try #require(try question.extract.answers()[question.id])
    let positions = try question.columns.map { try #require(answer.columns.firstIndex(of: $0)) }
    #expect(found.count == answer.rows.count)
    for (row, expected) in zip(found, answer.rows) {
      for (text, position) in zip(row, positions) {
        let value = expected[position]
        #expect(
          text.answers(value),
          "\(answer.columns[position]): expected \(value.text()), found \(text) in \(row)")
      }
    }
  }

  @Test func `every column of every question is answered but the Kaplan-Meier estimates`() throws {
    for extract in Extract.allCases {
      let answers = try extract.answers()
      let asked = Question.all.filter { $0.extract == extract }
      #expect(asked.map(\.id).sorted() == answers.keys.sorted())
      for question in asked {
        let estimates = Question.kaplanMeier[question.id] ?? []
        #expect(question.columns + estimates == answers[question.id]?.columns, "\(question.id)")
      }
    }
  }

  @Test func `every shared folder with answers is one of the extracts, with the same answers`()
    throws
  {
    guard let data = Repository.shared("data") else { return }
    let folders = try FileManager.default.contentsOfDirectory(atPath: data.path)
    let answered = folders.filter { Repository.shared("data/\($0)/answers.json") != nil }
    #expect(answered.sorted() == Extract.allCases.map(\.rawValue).sorted())
    for extract in Extract.allCases {
      let shared = try #require(Repository.shared("data/\(extract.rawValue)/answers.json"))
      let committed = extract.fixtures.appending(path: "answers.json")
      #expect(try Data(contentsOf: shared) == Data(contentsOf: committed), "\(extract.rawValue)")
    }
  }

  @Test func `what the answers were computed from is said`() {
    let extracts = Extract.allCases.filter { $0.wholeFiles != nil }.map(\.rawValue)
    print(
      "reference answers: \(Question.all.count) questions in \(QuestionCase.all.count) cases on",
      "\(EngineName.allCases.count) engines; whole files at hand:",
      extracts.isEmpty ? "none (see Fixtures/README.md)" : extracts.joined(separator: ", "))
  }
}

extension String {
  /// Whether a released value is the expected one; numbers within one in a thousand million.
  func answers(_ expected: JSON) -> Bool {
    guard let wanted = expected.number else { return expected.string == self }
    guard let found = Double(self) else { return false }
    return abs(found - wanted) <= 1e-9 * abs(wanted)
  }
}
