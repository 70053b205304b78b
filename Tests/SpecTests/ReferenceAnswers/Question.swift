/// A question of an extract, the study that answers it, and how its answer is read from what the
/// study releases.
struct Question: Sendable {
  let extract: Extract
  let id: String
  /// The columns of the expected rows that the study answers.
  let columns: [String]
  /// The same columns, read from the released tables.
  let rows: @Sendable (ReleasedOutputs) throws -> [[String]]

  init(
    _ extract: Extract, _ id: String, _ columns: [String],
    rows: @escaping @Sendable (ReleasedOutputs) throws -> [[String]]
  ) {
    self.extract = extract
    self.id = id
    self.columns = columns
    self.rows = rows
  }

  /// A question whose columns are those of one table, under the names given.
  init(
    _ extract: Extract, _ id: String, from table: String,
    _ columns: KeyValuePairs<String, String>
  ) {
    self.init(extract, id, columns.map(\.key)) { released in
      try released.groups(of: table).map { line in try columns.map { try line[$0.value] } }
    }
  }
}

extension Question {
  static let all: [Question] = gibleed + psynthea + java

  private static let gibleed: [Question] = [
    Question(
      .gibleed, "gib-01", from: "counts", ["sex": "sex", "age_band": "age_band", "n": "count"]),
    Question(.gibleed, "gib-03", from: "counts", ["yr": "yr", "sex": "sex", "n": "count"]),
    Question(
      .gibleed, "gib-05", from: "counts",
      [
        "persons": "count", "nsaid_90_days_before": "nsaid_90_days_before_numerator",
        "nsaid_21_days_before": "nsaid_21_days_before_numerator",
        "nsaid_same_day": "nsaid_same_day_numerator",
      ]),
    Question(.gibleed, "gib-07", ["month_start", "denominator", "numerator", "ratio"]) { released in
      try released.lines(of: "monthly").map { line in
        let ratio = try line.number("numerator_numerator") / line.number("count")
        return [
          try line["interval_start"], try line["count"], try line["numerator_numerator"],
          "\(ratio)",
        ]
      }
    },
    Question(.gibleed, "gib-09", ["mean", "median", "min", "max", "persons_10_or_more"]) {
      released in
      let line = try released.only(of: "summary_figures")
      let spread = try distribution(released)
      return [
        [
          try line["mean"], try line["median"], "\(spread.first?.value ?? 0)",
          "\(spread.last?.value ?? 0)", try line["persons_10_or_more_numerator"],
        ]
      ]
    },
    Question(
      .gibleed, "gib-11", from: "totals_of_time",
      ["n_patients": "count", "n_events": "n_events_numerator", "person_days": "person_days"]),
    Question(.gibleed, "gib-13", from: "counts", ["race": "race", "n": "count"]),
  ]

  private static let psynthea: [Question] = [
    Question(
      .psynthea, "syp-01", from: "counts", ["sex": "sex", "age_band": "age_band", "n": "count"]),
    Question(.psynthea, "syp-03", ["sex", "denominator", "numerator", "proportion"]) { released in
      try released.groups(of: "prevalence").map { line in
        let proportion = try line.number("proportion_numerator") / line.number("count")
        return [
          try line["sex"], try line["count"], try line["proportion_numerator"], "\(proportion)",
        ]
      }
    },
    Question(
      .psynthea, "syp-05", from: "pressures",
      [
        "sex": "sex", "patients": "count", "mean": "mean", "median": "median",
        "n_140_plus": "n_140_plus_numerator",
      ]),
    Question(
      .psynthea, "syp-07", ["month_start", "denominator", "events", "patients", "per_1000"]
    ) { released in
      try released.lines(of: "monthly").map { line in
        let rate = try line.number("events") * 1000 / line.number("count")
        return [
          try line["interval_start"], try line["count"], try line["events"],
          try line["patients_numerator"], "\(rate)",
        ]
      }
    },
    Question(
      .psynthea, "syp-09", from: "counts",
      [
        "patients": "count", "before_90": "before_90_numerator", "after_90": "after_90_numerator",
      ]),
    Question(.psynthea, "syp-11", ["mean", "median", "max", "none"]) { released in
      let line = try released.only(of: "summary_figures")
      let spread = try distribution(released)
      return [
        [
          try line["mean"], try line["median"], "\(spread.last?.value ?? 0)",
          try line["none_numerator"],
        ]
      ]
    },
    Question(
      .psynthea, "syp-13", from: "totals_of_time",
      ["n_patients": "count", "n_events": "n_events_numerator", "person_days": "person_days"]),
  ]

  private static let java: [Question] = [
    Question(
      .java, "syj-01", from: "counts", ["sex": "sex", "age_band": "age_band", "n": "count"]),
    Question(
      .java, "syj-03", from: "prevalence",
      ["county": "county", "denominator": "count", "numerator": "numerator_numerator"]),
    Question(
      .java, "syj-05", from: "counts",
      [
        "patients": "count", "before_90": "before_90_numerator",
        "same_day": "same_day_numerator", "after_90": "after_90_numerator",
        "never": "never_numerator",
      ]),
    Question(.java, "syj-07", ["month_start", "denominator", "numerator", "ratio"]) { released in
      try released.lines(of: "monthly").map { line in
        let ratio = try line.number("numerator_numerator") / line.number("count")
        return [
          try line["interval_start"], try line["count"], try line["numerator_numerator"],
          "\(ratio)",
        ]
      }
    },
    Question(
      .java, "syj-09", from: "totals_of_time",
      ["n_patients": "count", "n_events": "n_events_numerator", "person_days": "person_days"]),
    Question(.java, "syj-11", ["n_codes", "patients"]) { released in
      try distribution(released).map { ["\($0.value)", "\($0.people)"] }
    },
  ]

  /// The Kaplan-Meier estimates, which are all that is not answered: `survival` does not run yet.
  static let kaplanMeier: [String: [String]] = [
    "gib-11": ["s_30", "s_90", "s_365"],
    "syp-13": ["s_365", "s_1095", "s_3650"],
    "syj-09": ["s_365", "s_1825", "s_3650"],
  ]
}

// MARK: Reading answers out of tables

extension Question {
  /// How many people have each value, from a table of bands that hold one value each.
  private static func distribution(
    _ released: ReleasedOutputs
  ) throws -> [(value: Int, people: Int)] {
    try released.groups(of: "distribution").map { line in
      let level = try line["k"]
      // The lowest band, `under 1`, holds nought.
      return (Int(level) ?? 0, Int(try line.number("count")))
    }
  }
}
