import CarrelSyntax
import Testing

@testable import CarrelWorkbench

@Suite("The words that a study uses") struct VocabularyTests {
  private static let schema = """
    define age_on(d : date) = years from patients.date_of_birth to d
    define seen = any visits where kind = "seen"
    define unused = any visits
    """

  private static let study = """
    study "Words" uses clinic
    let index = 2024-03-31
    events notes = visits where kind = "note"
    define age = age_on(index)
    define noted = any notes
    define seen = count notes > 3
    define idle = patients.sex
    population adults
      include age >= 18
    table seeing of adults
      by noted
      show percent seen
    """

  private func vocabulary() throws -> Vocabulary {
    Vocabulary(of: try parsed(Self.study).statements, over: try parsed(Self.schema))
  }

  @Test func `are those that its outputs use, directly or through others, its own first`() throws {
    #expect(
      try vocabulary().entries.map(\.name) == [
        "index", "notes", "age", "noted", "seen", "adults", "age_on",
      ])
  }

  @Test func `are the study's where it redefines one of the schema's`() throws {
    guard case .value(let value) = try vocabulary()["seen"]?.meaning else {
      Issue.record("`seen` is no value")
      return
    }
    #expect(
      Wording(dates: [], codelists: []).words(value)
        == "the number of records in notes is more than 3")
  }

  @Test func `include the columns that are named, and no others`() throws {
    let mentioned = try vocabulary().mentioned
    #expect(mentioned.isSuperset(of: ["date_of_birth", "kind"]))
    #expect(!mentioned.contains("sex"))
  }
}
