extension Lesson {
  /// Lessons about sequences, intervals of figures, descriptions, curves and models.
  static func ofFigures(_ code: DiagnosticCode) -> Lesson? {
    switch code {
    case .sequencedTwice:
      Lesson(
        "Rows are put in order once; what is made from a sequence keeps its order.",
        wrong:
          "events stays = admissions sequenced by admission_date\n"
          + "events again = stays sequenced by discharge_date",
        right: "events stays = admissions sequenced by admission_date\n"
          + "events again = stays where position > 1")
    case .withoutConfidenceInterval:
      Lesson(
        "An interval belongs to a percentage, a rate, a ratio or a mean.",
        wrong: table("show count with interval 95%"), right: table("show count"))
    case .unknownIntervalLevel:
      Lesson(
        "A few levels of confidence are offered.",
        wrong: table(
          "show percent died with interval 42%",
          after: "define died = patients.date_of_death is known"),
        right: table(
          "show percent died with interval 95%",
          after: "define died = patients.date_of_death is known"))
    case .intervalWithoutDeviation:
      Lesson(
        "The interval of a mean would tell the standard deviation, so that is released beside it.",
        wrong: table("show mean \(years) with interval 95% as \"age\""),
        right: table(
          "show mean \(years) with interval 95% as \"age\", sd \(years) as \"spread of age\""))
    case .notSummarised:
      Lesson(
        "A summary describes what has levels, numbers with bounds, and what holds or does not.",
        wrong: summary("patients.date_of_birth"), right: summary("patients.sex"))
    case .wrongBins:
      Lesson(
        "The bins of a histogram fill its range.",
        wrong: histogram("from 0 to 100 every 30"), right: histogram("from 0 to 90 every 30"))
    case .notAUnit:
      Lesson(
        "Percentiles are across units, such as practices, that the schema marks as such.",
        wrong: deciles("patients.sex", "percent died"),
        right: deciles(practice, "percent died"))
    case .decilesOfShares:
      Lesson(
        "Percentiles across units are of percentages.",
        wrong: deciles(practice, "count"), right: deciles(practice, "percent died"))
    default: ofModels(code)
    }
  }

  /// Lessons about what is checked and not run yet: nothing there is right without being refused.
  private static func ofModels(_ code: DiagnosticCode) -> Lesson? {
    switch code {
    case .survivalGrid: Lesson("A curve has at most 60 times, 7 days or more apart.")
    case .sameForEveryone: Lesson("A term of a model differs between people.")
    case .wrongTerm:
      Lesson("A term of a model is a number or has levels, and its reference is one of them.")
    case .wrongOffset: Lesson("The offset of a model is the `log` of a length of time.")
    case .wrongSeries:
      Lesson("A trend is fitted to a table of the study with `each` and one statistic.")
    case .wrongBreak: Lesson("A break of a trend is a day inside its series.")
    case .unknownWeights:
      Lesson("A standard population is one that the site knows, or a file of weights.")
    case .notStandardised:
      Lesson("A percentage or a rate can be standardised, by groups that the weights are for.")
    default: nil
    }
  }

  private static let years = "within(age_on(2024-01-01), 0, 110)"
  private static let practice = "registration_on(2024-01-01).practice_pseudo_id"

  private static let adults = "population adults\n  include age_on(2024-01-01) >= 18\n\n"

  private static func summary(_ variable: String) -> String {
    adults + "summary s of adults\n  show \(variable)"
  }

  private static func histogram(_ bins: String) -> String {
    adults + "histogram h of adults\n  show \(years) \(bins)"
  }

  private static func deciles(_ unit: String, _ figure: String) -> String {
    "define died = patients.date_of_death is known\n\n" + adults
      + "deciles d of adults\n  across \(unit)\n  show \(figure)"
  }
}
