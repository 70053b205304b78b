import CarrelDiagnostics
import CarrelSyntax
import Testing

@testable import CarrelWorkbench

@Suite("Conditions in plain English") struct WordingTests {
  @Test(
    "an expression reads as a person would say it",
    arguments: [
      ("age >= 18", "age is at least 18"),
      ("date <= index", "date is on or before index"),
      ("2020-03-31 > date", "31 March 2020 is after date"),
      ("a < b + 1", "a is less than b plus 1"),
      ("a and b and not c", "a and b and it is not so that c"),
      ("a and (b or c)", "a and (b or c)"),
      ("patients.sex = \"female\"", "sex is “female”"),
      ("sex in (\"female\", \"male\")", "sex is one of “female”, “male”"),
      ("code in asthma", "code is in the list asthma"),
      ("code not in asthma", "code is not in the list asthma"),
      ("imd is missing", "imd is missing"),
      ("x between 1 and 5", "x is between 1 and 5"),
      ("index - 1 year", "index minus 1 year"),
      ("index - 1 year to index", "the days from index minus 1 year to index"),
      ("years from patients.date_of_birth to index", "the years from date of birth to index"),
      ("address_on(index).imd_quintile", "imd quintile of address on index"),
      ("weight otherwise 70", "weight or, where that is missing, 70"),
      ("within(weight, 20, 300)", "weight where that is from 20 to 300"),
      ("bands of age at (40, 60)", "age in bands that begin at 40 and 60"),
      (
        "bands of age at (40, 60) labelled (\"young\", \"middle\", \"old\")",
        "age in the bands “young”, “middle” and “old”"
      ),
      ("any visits", "there is a record in visits"),
      (
        "any visits where code in asthma except where date > index",
        "there is a record in visits where code is in the list asthma, "
          + "leaving out those where date is after index"
      ),
      (
        "count visits where date <= index",
        "the number of records in visits where date is on or before index"
      ),
      ("date of last visits by date", "date of the last record in visits, in order of date"),
      (
        "(first row of visits by date descending).code",
        "code of (the first record in visits, in order of date, greatest first)"
      ),
      ("case when a then 1 otherwise 2", "1 where a, otherwise 2"),
      (
        "any rx where days from date to (next.date otherwise index) > 90",
        "there is a record in rx where the days from date to (date of the next record or, "
          + "where that is missing, index) is more than 90"
      ),
    ])
  func words(_ text: String, _ expected: String) throws {
    let found = try wording.words(expression(text))
    #expect(found == expected)
  }

  @Test func `rows in a sequence say in what order they are numbered`() throws {
    let study = try parsed(
      """
      study "Items"
      events rx = medications where date <= index sequenced by (date, strength descending)
      """)
    guard case .events(let events) = study.statements.last else { throw NotADefinition() }
    #expect(
      wording.words(events)
        == "the records in medications where date is on or before index, "
        + "each numbered in order of date, then strength, greatest first")
  }

  @Test func `what a definition is given stands in place of its parameters`() throws {
    let study = try parsed(
      """
      study "Seen"
      define seen_on(d : date) = any visits where date = d
      population seen
        include seen_on(index + 1 day)
      flow f of seen
      """)
    let vocabulary = Vocabulary(of: study.statements, over: nil)
    guard case .people(let criteria) = vocabulary["seen"]?.meaning,
      case .value(let meaning) = vocabulary["seen_on"]?.meaning
    else { throw NotADefinition() }
    #expect(
      wording.given(criteria[0].condition, in: vocabulary).words(meaning)
        == "there is a record in visits where date is index plus 1 day")
  }

  private let wording = Wording(dates: ["date", "index", "date_of_birth"], codelists: ["asthma"])

  private func expression(_ text: String) throws -> Expression {
    guard case .define(let definition) = try parsed("define x = \(text)").statements.first else {
      throw NotADefinition()
    }
    return definition.value
  }
}

/// A text that was to hold a definition and does not.
private struct NotADefinition: Error {}

/// A study without mistakes of form.
func parsed(_ text: String) throws -> StudyFile {
  var mistakes = Diagnostics()
  let file = StudyFile.parse(SourceText(name: "study.carrel", text: text), reporting: &mistakes)
  try #require(mistakes.isEmpty, "\(TextRenderer().render(mistakes))")
  return file
}
