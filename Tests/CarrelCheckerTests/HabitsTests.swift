import Testing

/// What researchers write out of habit from other languages, and the step that they are told.
@Suite("Habits from other languages") struct HabitsTests {
  @Test(
    "a habit is answered with what is written here",
    arguments: [
      (
        "define x = any clinical_events where date in 2023",
        "write the year as a period: `2023-01-01 to 2023-12-31`"
      ),
      (
        "define x = any clinical_events where date > 2023",
        "write a day, such as `2023-01-01`, or compare the `.year` of a date"
      ),
      (
        "define x = any clinical_events where snomedct_code = 195967001",
        "codes stand in quotation marks: `\"195967001\"`"
      ),
      (
        "define x = any clinical_events where snomedct_code in asthma",
        "declare it: `codelist asthma from \"FILE\"`"
      ),
      ("define x = max", "write `largest COLUMN of TABLE`, or `latest` for dates"),
      ("define x = number", "write `count TABLE`"),
      ("define x = not null", "a value that is not there is `missing`"),
      (
        "define x = days from today to 2024-01-01",
        "a study has no clock: write the day, or declare it as a `parameter`"
      ),
      ("define x = last", "write `COLUMN of last TABLE`, or `last row of TABLE`"),
    ])
  func habit(_ study: String, _ help: String) {
    let said = mistakes(in: study)
    #expect(said.contains("help: \(help)\n"), "\(said)")
    #expect(said.contains("\n1 error in"), "\(said)")
  }
}
