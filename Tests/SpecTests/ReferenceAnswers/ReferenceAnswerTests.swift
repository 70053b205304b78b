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

  @Test func `every question is answered, or says what it leaves out`() throws {
    for extract in Extract.allCases {
      for (id, answer) in try extract.answers() {
        let columns = Question.all.first { $0.id == id }?.columns ?? []
        let isWhole = columns == answer.columns
        #expect(isWhole == (Question.leftOut[id] == nil), "\(id): \(answer.columns)")
      }
    }
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
