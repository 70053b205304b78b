import CarrelChecker
import CarrelDiagnostics
import CarrelPlan
import CarrelValues
import Testing

@Suite("Groupings") struct GroupingsTests {
  @Test("levels come in their declared order, missing last")
  func levelsInOrder() throws {
    #expect(
      try levels(of: "patients.sex") == ["female", "male", "intersex", "unknown", "missing"])
    #expect(
      try levels(of: "(last row of addresses by start_date).imd_quintile")
        == ["1 most deprived", "2", "3", "4", "5 least deprived", "missing"])
    #expect(try levels(of: "patients is known") == ["no", "yes"])
    #expect(
      try levels(of: "patients.sex = \"male\"") == ["no", "yes", "missing"])
    #expect(
      try levels(of: "within(count admissions, 0, 3)") == ["0", "1", "2", "3", "missing"])
    #expect(try levels(of: "count of (patients is known, ons_deaths is known)") == ["0", "1", "2"])
    #expect(
      try levels(of: "case when patients is known then \"here\" otherwise \"gone\"")
        == ["here", "gone"])
    #expect(
      try levels(of: "case when patients is known then \"here\"") == ["here", "missing"])
  }

  @Test("what is stored for a level is what the engine gives")
  func storedValues() throws {
    let table = try table("by band, patients.sex, home.imd_quintile, heavy show count")
    #expect(
      table.groupings.map { $0.levels.map(\.value) } == [
        [.integer(0), .integer(1), .integer(2), .missing],
        [.text("female"), .text("male"), .text("intersex"), .text("unknown"), .missing],
        [.integer(1), .integer(2), .integer(3), .integer(4), .integer(5), .missing],
        [.boolean(false), .boolean(true)],
      ])
  }

  @Test("columns are called by `as`, else by a name, a callee or the word after a dot")
  func names() throws {
    let table = try table(
      "by patients.sex, band, registered_on(2024-01-01), heavy as \"More than 5 days\" show count")
    #expect(table.groupings.map(\.name) == ["sex", "band", "registered_on", "more_than_5_days"])
    #expect(
      table.groupings.map(\.heading) == ["sex", "band", "registered_on", "More than 5 days"])
  }

  @Test(
    "a grouping has levels that are declared before any record is read",
    arguments: [
      Mistake(
        "a date", "population p include true\ntable t of p by ons_deaths.date show count",
        says: """
          error[C214]: `ons_deaths.date` cannot be a grouping
            study.carrel:2:17
              2 | table t of p by ons_deaths.date show count
                |                 ^^^^^^^^^^^^^^^ date, one level per day
             help: group by bands of the time from it: `bands of years from … to … at (1, 5)`
          """),
      Mistake(
        "an integer without a range",
        "population p include true\ntable t of p by age_on(2024-01-01) show count",
        says: """
          error[C214]: `age_on(2024-01-01)` cannot be a grouping
            study.carrel:2:17
              2 | table t of p by age_on(2024-01-01) show count
                |                 ^^^^^^^^^^^^^^^^^^ integer without a declared range
             help: group by bands: `bands of age_on(2024-01-01) at (…)`
          """),
      Mistake(
        "a code",
        "define c = primary_diagnosis of last admissions\npopulation p include true\ntable t of p by c show count",
        says: """
          error[C214]: `c` cannot be a grouping
            study.carrel:3:17
              3 | table t of p by c show count
                |                 ^ code, one level per code
             help: group by categories of codes: `c categorised by …`
          """),
      Mistake(
        "a text",
        "define w = ward of last admissions\npopulation p include true\ntable t of p by w show count",
        says: """
          error[C214]: `w` cannot be a grouping
            study.carrel:3:17
              3 | table t of p by w show count
                |                 ^ text, one level per text
             help: group by a category, bands or a boolean
          """),
      Mistake(
        "a place below region",
        "define town = (last row of addresses by start_date).town\npopulation p include true\ntable t of p by town show count",
        says: """
          error[C214]: `town` cannot be a grouping
            study.carrel:3:17
              3 | table t of p by town show count
                |                 ^^^^ a place below region
             help: group by region
          """),
      Mistake(
        "a name that every file uses",
        "population p include true\ntable t of p by patients.sex as \"Line\" show count",
        says: """
          error[C202]: every file has a column `line` of its own
            study.carrel:2:17
              2 | table t of p by patients.sex as "Line" show count
                |                 ^^^^^^^^^^^^^^^^^^^^^^
             help: call this one something else with `as "…"`
          """),
      Mistake(
        "more groups than a table may have",
        """
        define n = within(count admissions, 0, 100)
        define m = within(count clinical_events, 0, 100)
        population p include true
        table t of p by n, m totals show count
        """,
        says: """
          error[C205]: `t` has more than 10000 groups
            study.carrel:4:14
              4 | table t of p by n, m totals show count
                |              ^^^^^^^ totals included
             help: group by fewer values, or `by each of` them
          """),
      Mistake(
        "without a name",
        "population p include true\ntable t of p by patients.sex = \"male\" show count",
        says: """
          error[C201]: a grouping needs a name for its column
            study.carrel:2:17
              2 | table t of p by patients.sex = "male" show count
                |                 ^^^^^^^^^^^^^^^^^^^^^
             help: add `as "…"` after it
          """),
      Mistake(
        "a name twice",
        "define sex = patients.sex\npopulation p include true\ntable t of p by sex, patients.sex show count",
        says: """
          error[C202]: two columns are called `sex`
            study.carrel:3:22
              3 | table t of p by sex, patients.sex show count
                |                      ^^^^^^^^^^^^
              3 | table t of p by sex, patients.sex show count
                |                 --- the first
             help: call one of them something else with `as "…"`
          """),
      Mistake(
        "not of a population", "define old = age_on(2024-01-01) > 65\ntable t of old show count",
        says: """
          error[C113]: an output is of a population, and `old` is a definition
            study.carrel:2:12
              2 | table t of old show count
                |            ^^^ a definition
             help: name a population
          """),
    ])
  func ungroupable(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }
}

@Suite("Totals") struct TotalsTests {
  private func breakdowns(_ clauses: String) throws -> [String] {
    let table = try table(clauses)
    return table.breakdowns.map { breakdown in
      (breakdown.isTotal ? "total " : "group ")
        + breakdown.groupings.map { table.groupings[$0].name }.joined(separator: "+")
    }
  }

  @Test("a table is by all its groupings at once, and by none where it has none")
  func plain() throws {
    #expect(try breakdowns("by band, heavy show count") == ["group band+heavy"])
    #expect(try breakdowns("show count") == ["group "])
  }

  @Test("`totals` leave out every one or more groupings")
  func totals() throws {
    #expect(
      try breakdowns("by band, heavy totals show count")
        == ["group band+heavy", "total band", "total heavy", "total "])
    #expect(
      try breakdowns("by band, heavy, patients.sex totals show count") == [
        "group band+heavy+sex", "total band+heavy", "total band+sex", "total heavy+sex",
        "total band", "total heavy", "total sex", "total ",
      ])
  }

  @Test("`totals over` leave out the groupings that are named")
  func totalsOver() throws {
    #expect(
      try breakdowns("by band, heavy totals over heavy show count")
        == ["group band+heavy", "total band"])
    #expect(
      try breakdowns("by band, heavy, patients.sex totals over band, sex show count") == [
        "group band+heavy+sex", "total band+heavy", "total heavy+sex", "total heavy",
      ])
  }

  @Test("`by each of` makes a table of each grouping, with one total over everything")
  func eachOf() throws {
    #expect(
      try breakdowns("by each of band, heavy show count") == ["group band", "group heavy"])
    #expect(
      try breakdowns("by each of band, heavy totals show count")
        == ["group band", "group heavy", "total "])
  }

  @Test(
    "totals are over groupings of the table",
    arguments: [
      Mistake(
        "of no grouping", "population p include true\ntable t of p totals show count",
        says: """
          error[C204]: there is nothing to total
            study.carrel:2:14
              2 | table t of p totals show count
                |              ^^^^^^ the table has no groups
             help: leave `totals` out, or add `by …`
          """),
      Mistake(
        "of something else",
        "population p include true\ntable t of p by patients.sex totals over sec show count",
        says: """
          error[C203]: the table is not grouped by `sec`
            study.carrel:2:42
              2 | table t of p by patients.sex totals over sec show count
                |                                          ^^^
             help: did you mean `sex`?
          """),
      Mistake(
        "of one grouping where each has a table of its own",
        "population p include true\ntable t of p by each of patients.sex totals over sex show count",
        says: """
          error[C203]: `by each of` has one total, over everything
            study.carrel:2:38
              2 | table t of p by each of patients.sex totals over sex show count
                |                                      ^^^^^^^^^^^^^^^
             help: write `totals` alone
          """),
    ])
  func mistakenTotals(_ mistake: Mistake) {
    #expect(mistake.found == mistake.message)
  }
}
