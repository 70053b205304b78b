import CarrelChecker
import CarrelDiagnostics
import Testing

/// Outputs that are checked whole and not executed yet: whatever is wrong in them is said first.
@Suite("Survival, models, trends and standardised figures") struct ModelsTests {
  static let declarations = """
    let index = 2024-03-31
    define sex = patients.sex
    define age = age_on(index)
    define age_band = bands of age at (40, 60)
    define imd = imd_on(index)
    define imd_on(d : date) = (last row of addresses where start_date <= d by start_date).imd_quintile
    define diagnosed = date of first clinical_events where date > index
    define ill = diagnosed is known
    define stays = within(count admissions, 0, 60)
    population all include true
    population all_on(d : date) include alive_on(d)
    table monthly of all_on(month.start) each month from 2019-01 to 2022-12 show count
    table yearly of all_on(year.start) each year from 2015-01 to 2022-12 show percent alive_on(year.end)
    table two of all_on(month.start) each month from 2019-01 to 2022-12
      show count, percent alive_on(month.end)
    table once of all show count

    """

  /// The message of each mistake, and what it is about.
  private func mistakes(_ output: String) -> [String] {
    let result = check(Self.declarations + output)
    return result.diagnostics.sorted.map { "\($0.code.rawValue) \($0.message)" }
  }

  @Test(
    "what is right is refused once, by its name",
    arguments: [
      (
        "survival s of all by imd, sex from index event diagnosed every 30 days for 1 year",
        "`survival` is not executed yet"
      ),
      (
        """
        survival s of all from index event diagnosed competing patients.date_of_death
          censor earliest of (deregistered_on, index + 1 year) every 1 week for 60 weeks
        """, "`survival` is not executed yet"
      ),
      (
        "survival s of all from index event diagnosed every 1 month for 5 years",
        "`survival` is not executed yet"
      ),
      (
        "survival s of all from index event diagnosed every 30 days for 5 years",
        "`survival` is not executed yet"
      ),
      (
        """
        model m of all
          logistic ill on imd reference 5, age_band reference "40-59", sex, interaction of (imd, sex)
        """, "`model` is not executed yet"
      ),
      ("model m of all linear stays on age, ill reference false", "`model` is not executed yet"),
      (
        """
        model m of all negative binomial stays on age_band
          offset log(days from index - 1 year to index)
        """, "`model` is not executed yet"
      ),
      (
        "model m of all cox from index event diagnosed censor index + 1 year on age, sex",
        "`model` is not executed yet"
      ),
      (
        "trend x of monthly negative binomial breaks 2020-03, 2021-04-15 seasonal",
        "`trend` is not executed yet"
      ),
      ("trend x of yearly logistic breaks 2020-01", "`trend` is not executed yet"),
      (
        """
        table t of all
          show rate stays per 1000 standardised to "esp2013" by (age_band, patients.sex) as "R"
        """, "`standardised to` is not executed yet"
      ),
      (
        "table t of all show percent ill standardised to \"weights.csv\" by (imd)",
        "`standardised to` is not executed yet"
      ),
    ])
  func refused(_ output: String, _ message: String) {
    #expect(check(Self.declarations + output).diagnostics.sorted.map(\.message) == [message])
  }

  /// Whatever is asked of outputs that fit or follow: there is nothing that an engine could be given.
  private func isRefusedWhole(_ output: String, _ what: String) -> Bool {
    let result = check(Self.declarations + output)
    return result.study == nil
      && result.diagnostics.sorted.map(\.message) == ["\(what) is not executed yet"]
  }

  private static let families = [
    "linear stays", "logistic ill", "poisson stays", "negative binomial stays",
    "cox from index event diagnosed censor index + 1 year",
  ]

  @Test("B1: no model leaves, with nested dummies or without", arguments: families)
  func dummies(_ family: String) {
    let ones = """
      define one = ill or (patients.date_of_birth.year = 1957 and patients.sex = "female" and imd = 1)

      """
    for covariates in ["age", "age, ill", "age, ill, one", "interaction of (imd, sex), one"] {
      let model = "model m of all \(family) on \(covariates)"
      #expect(isRefusedWhole(ones + model, "`model`") || family == "logistic ill", "\(covariates)")
      #expect(check(Self.declarations + ones + model).study == nil, "\(covariates)")
    }
  }

  @Test("B2: no coefficient leaves that a count follows from", arguments: families)
  func coefficients(_ family: String) {
    #expect(isRefusedWhole("model m of all \(family) on imd reference 5", "`model`"))
  }

  @Test func `B3: that a model fails says nothing, because it is never fitted`() {
    // One level alone, two columns that are one, nobody in a level: the same words for all.
    for model in [
      "linear stays on sex", "linear stays on age, sex, age_band", "linear stays on imd",
    ] {
      #expect(isRefusedWhole("model m of all " + model, "`model`"))
    }
  }

  @Test("B4: no curve leaves", arguments: ["", "by sex ", "by imd, sex "])
  func curves(_ groups: String) {
    for grid in ["every 7 days for 1 year", "every 30 days for 5 years"] {
      #expect(
        isRefusedWhole(
          "survival s of all \(groups)from index event diagnosed \(grid)", "`survival`"))
    }
  }

  @Test("A9: no weights of a study's own are read", arguments: ["esp2013", "mine.csv", "1, 0, 0"])
  func weights(_ standard: String) {
    for statistic in ["rate stays per 1000", "percent ill"] {
      #expect(
        check(
          Self.declarations
            + "table t of all show \(statistic) standardised to \"\(standard)\" by (imd)"
        ).study == nil)
    }
  }

  @Test(
    "the days of a time to an event, and its grid",
    arguments: [
      (
        "from age event diagnosed every 30 days for 1 year",
        "C120 `from` needs a date, not an integer"
      ),
      ("from index event ill every 30 days for 1 year", "C120 `event` needs a date, not a boolean"),
      (
        "from index event index + 1 year every 30 days for 1 year",
        "C242 `event` needs a day of each patient's own"
      ),
      (
        "from index event diagnosed competing 2024-01-01 every 30 days for 1 year",
        "C242 `competing` needs a day of each patient's own"
      ),
      (
        "from index event diagnosed censor age every 30 days for 1 year",
        "C120 `censor` needs a date, not an integer"
      ),
      (
        "from index event diagnosed every 6 days for 30 days",
        "C241 the points of a curve are at least 7 days apart"
      ),
      (
        "from index event diagnosed every 7 days for 427 days",
        "C241 a curve has at most 60 points, and this one 61"
      ),
      (
        "from index event diagnosed every 1 month for 6 years",
        "C241 a curve has at most 60 points, and this one 72"
      ),
      (
        "from index event diagnosed every 1 year for 6 months",
        "C241 a curve of 6 months has no point every 1 year"
      ),
      (
        "by patients.date_of_birth from index event diagnosed every 7 days for 70 days",
        "C214 `patients.date_of_birth` cannot be a grouping"
      ),
    ])
  func survival(_ clauses: String, _ mistake: String) {
    #expect(mistakes("survival s of all \(clauses)") == [mistake])
  }

  @Test(
    "the outcome, the terms and the offset of a model",
    arguments: [
      ("logistic age on sex", "C120 `logistic` needs a boolean, not an integer"),
      ("linear ill on sex", "C120 `linear` needs a number, not a boolean"),
      ("poisson age / 2 on sex", "C120 `poisson` needs an integer, not a decimal"),
      ("logistic true on sex", "C242 a model explains what differs between patients"),
      ("logistic ill on 1", "C242 a constant explains nothing"),
      ("logistic ill on sex, index", "C242 a constant explains nothing"),
      ("logistic ill on diagnosed", "C243 `diagnosed` cannot be a term of a model"),
      ("logistic ill on ill", "C243 the outcome does not explain itself"),
      ("logistic ill on sex, sex", "C202 two terms are called `sex`"),
      ("logistic ill on age / 10", "C201 a term needs a name"),
      ("logistic ill on imd reference 6", "C131 `imd` has no level `6`"),
      ("logistic ill on imd reference -1", "C131 `imd` has no level `-1`"),
      ("logistic ill on sex reference \"Female\"", "C131 `sex` has no level \"Female\""),
      ("logistic ill on age reference 5", "C243 `age` has no levels to compare with"),
      ("logistic ill on interaction of (sex, sex)", "C243 a value does not interact with itself"),
      ("logistic ill on interaction of (sex, 1)", "C242 a constant explains nothing"),
      ("logistic ill on sex offset log(30)", "C244 `logistic` has no offset"),
      ("poisson stays on sex offset 30", "C244 an offset is the logarithm of a time at risk"),
      ("poisson stays on sex offset log(sex)", "C120 `log` needs a number, not a category"),
      (
        "cox from index event index on sex", "C242 `event` needs a day of each patient's own"
      ),
    ])
  func model(_ clauses: String, _ mistake: String) {
    #expect(mistakes("model m of all \(clauses)") == [mistake])
  }

  @Test(
    "the table and the breaks of a trend",
    arguments: [
      ("of nothing linear breaks 2020-03", "C105 there is no table `nothing`"),
      ("of all linear breaks 2020-03", "C113 a trend is of a table, and `all` is a population"),
      ("of once linear breaks 2020-03", "C245 a trend needs a series over the calendar"),
      ("of two linear breaks 2020-03", "C245 a trend needs a table of one figure"),
      (
        "of yearly poisson breaks 2020-03",
        "C245 `poisson` is for a table that shows `count` or `rate`"
      ),
      ("of monthly logistic breaks 2020-03", "C245 `logistic` is for a table that shows `percent`"),
      (
        "of yearly linear breaks 2020-01 seasonal",
        "C245 a season needs two intervals or more in a year"
      ),
      ("of monthly linear breaks 2019-01", "C246 the series does not break before it begins"),
      ("of monthly linear breaks 2022-12-02", "C246 the series is over before this break"),
      ("of monthly linear breaks 2021-04, 2020-03", "C246 breaks stand in order of time"),
      ("of monthly linear breaks 2020-03, 2020-03-01", "C246 breaks stand in order of time"),
      ("of monthly linear breaks 5", "C120 `breaks` needs days or months, not an integer"),
    ])
  func trend(_ clauses: String, _ mistake: String) {
    #expect(mistakes("trend x \(clauses)") == [mistake])
  }

  @Test(
    "what is standardised, and to what",
    arguments: [
      (
        "mean stays standardised to \"esp2013\" by (age_band)",
        "C248 only `percent` and `rate` can be standardised"
      ),
      (
        "percent ill standardised to \"esp2031\" by (age_band)",
        "C247 there is no standard population \"esp2031\""
      ),
      (
        "percent ill standardised to \"esp2013\" by (age_band, imd)",
        "C247 the weights of \"esp2013\" are not by `imd`"
      ),
      ("percent ill standardised to \"esp2013\" by (age)", "C214 `age` cannot be a grouping"),
    ])
  func standardised(_ figure: String, _ mistake: String) {
    #expect(mistakes("table t of all show \(figure)") == [mistake])
  }
}
