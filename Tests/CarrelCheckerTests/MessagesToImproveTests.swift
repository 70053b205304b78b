import CarrelChecker
import CarrelDiagnostics
import Testing

/// Messages that are right and could say more.
///
/// A case leaves this suite when its message is mended.
@Suite("Messages to be improved") struct MessagesToImproveTests {
  @Test("a window of two comparisons shows both of them")
  func bothEnds() throws {
    let study = counting(
      "include any early where date <= 2024-03-04",
      "events early = clinical_events where date >= 2024-03-01")
    let found = check(study, under: try protectedSite()).diagnostics.sorted
    withKnownIssue("only the comparison that makes the window narrow is shown") {
      #expect(found.first?.related.map(\.span.text) == ["date >= 2024-03-01"])
    }
  }

  @Test("a table that only a definition of the schema reads is shown where that is called")
  func callOfSchema() throws {
    let study = counting("include age_on(2024-01-01) > 40")
    let approved = ApprovedData(["medications": nil])
    let found = check(study, under: try protectedSite(approved: approved)).diagnostics.sorted
    withKnownIssue("the whole file is shown") {
      #expect(found.first?.span.text == "age_on(2024-01-01)")
    }
  }

  @Test("windows of too many lengths show the lengths that there are")
  func lengths() throws {
    let study =
      counting("include any clinical_events where date in 2023-01-01 to 2023-03-31")
      + "\npopulation b include any clinical_events where date in 2023-01-01 to 2023-06-30"
      + "\npopulation c include any clinical_events where date in 2023-01-01 to 2023-12-31"
      + "\ntable u of b show count\ntable v of c show count"
    let found = check(study, under: try protectedSite()).diagnostics.sorted
    #expect(found.map(\.code) == [.manyWindows])
    withKnownIssue("only the last of them is shown") {
      #expect(found.first?.related.count == 2)
    }
  }
}
