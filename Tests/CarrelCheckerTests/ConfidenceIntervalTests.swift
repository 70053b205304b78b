import CarrelChecker
import CarrelPlan
import Testing

@Suite("Confidence intervals in a study") struct ConfidenceIntervalTests {
  func intervals(_ statistics: String) throws -> [ConfidenceInterval?] {
    try table("show \(statistics)").statistics.map(\.interval)
  }

  func method(_ statistic: String) throws -> ConfidenceInterval.Method? {
    try intervals("\(statistic) with interval 95% as \"x\"")[0]?.method
  }

  @Test func `of a percentage and whatever counts people are those of a share`() throws {
    #expect(try method("percent heavy") == .share)
    #expect(try method("mean heavy") == .share)
    #expect(try method("rate heavy per 1000") == .share)
  }

  @Test func `of events are those of a number of events`() throws {
    let days = "within(days from home.start_date to 2024-01-01, 0, 366)"
    #expect(try method("rate heavy per 1000 person_years over \(days)") == .events)
    #expect(try method("rate within(count admissions, 0, 20) per 1000") == .events)
    #expect(try method("ratio heavy to within(count admissions, 0, 20)") == .ratioOfEvents)
  }

  @Test func `of a mean is worked out from its deviation, which stands in the same table`() throws {
    let found = try intervals("sd age, mean age with interval 99.9%, sd home.imd_quintile")
    #expect(found[1] == ConfidenceInterval(thousandths: 999, method: .mean(deviation: 0)))
    #expect(found[1]?.percent == "99.9")
    #expect(found[0] == nil)
  }

  @Test(
    "a mistake says what can be done",
    arguments: [
      Mistake(
        "a mean needs its deviation",
        "population p include true\ntable t of p show mean age_on(2024-01-01) with interval 95%",
        says: """
          error[C213]: the interval of a mean needs the sd, which is not shown
            study.carrel:2:57
              2 | table t of p show mean age_on(2024-01-01) with interval 95%
                |                                                         ^^ worked out from released figures only
             help: also show `sd age_on(2024-01-01)`
          """),
      Mistake(
        "a count is no estimate",
        "population p include true\ntable t of p show count with interval 95%",
        says: """
          error[C211]: a `count` has no interval
            study.carrel:2:39
              2 | table t of p show count with interval 95%
                |                                       ^^ everyone is counted, and nothing estimated
             help: give it to a `percent`, a `rate`, a `ratio` or a `mean`
          """),
      Mistake(
        "a median has none",
        "population p include true\ntable t of p show median age_on(2024-01-01) with interval 95%",
        says: """
          error[C211]: a `median` has no interval
            study.carrel:2:59
              2 | table t of p show median age_on(2024-01-01) with interval 95%
                |                                                           ^^ none follows from released figures
             help: show a `mean` and its `sd` instead
          """),
      Mistake(
        "a ratio of what counts nothing",
        "population p include true\ntable t of p show ratio age_on(2024-01-01) to age_on(2024-01-02) with interval 95%",
        says: """
          error[C211]: a `ratio` has no interval
            study.carrel:2:80
              2 | table t of p show ratio age_on(2024-01-01) to age_on(2024-01-02) with interval 95%
                |                                                                                ^^ only what counts people or events has one
             help: leave `with interval` out, or count something
          """),
      Mistake(
        "a level is a plain one",
        "population p include true\ntable t of p show percent patients is known with interval 100% as \"x\"",
        says: """
          error[C212]: there is no interval of 100%
            study.carrel:2:59
              2 | table t of p show percent patients is known with interval 100% as "x"
                |                                                           ^^^
             help: write a level from 50% to 99.9%, with at most one decimal: `with interval 95%`
          """),
    ])
  func mistakes(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }
}
