import CarrelDisclosure
import CarrelOutputs
import CarrelPlan
import TestSupport
import Testing

@Suite("Confidence intervals in files and in the terminal") struct ConfidenceIntervalOutputTests {
  func bySex() -> RawExample {
    var percent = Statistic.percent("ill", "Ill")
    percent.interval = ConfidenceInterval(thousandths: 950, method: .share)
    return RawExample(
      name: "t", by: [Examples.sex], show: [.count, percent], totals: [[]],
      cells: [.people(85, 40), .people(60, 4), .people(200, 40)])
  }

  @Test func `a CSV has the ends beside the figure, each with a status`() throws {
    #expect(
      try Examples.released(bySex()).file("t.csv") == """
        line,sex,count,count_status,percent_ill_numerator,percent_ill_numerator_status,percent_ill_denominator,percent_ill_denominator_status,percent_ill,percent_ill_status,percent_ill_lower,percent_ill_lower_status,percent_ill_upper,percent_ill_upper_status
        group,female,85,shown,40,shown,85,shown,47,shown,37,shown,58,shown
        group,male,60,shown,,redacted,,redacted,,redacted,,redacted,,redacted
        group,missing,200,shown,40,shown,200,shown,20,shown,15,shown,26,shown
        total,,345,shown,80,shown,285,shown,28,shown,23,shown,34,shown

        """)
  }

  @Test func `a JSON has the ends with the figure, and their level with its heading`() throws {
    let json = try #require(try Examples.released(bySex()).file("t.json"))
    #expect(json.contains(#""interval_percent": "95""#))
    #expect(json.ranges(of: #""lower": {"#).count == 4)
  }

  @Test func `a terminal has them in brackets after the figure`() throws {
    #expect(
      try Examples.released(bySex()).text(TextStyle(columns: 100)) == """
        Sex                             Ill
        ───────  ──────────────────────────
        female   47% (37% to 58%) 40 of  85
        male              [REDACTED] of  60
        missing  20% (15% to 26%) 40 of 200
        ───────  ──────────────────────────
        All      28% (23% to 34%) 80 of 285
        Counts of 1 to 7 are hidden, others are to the nearest 5, totals add up what is shown.
        """)
  }
}
