extension Lesson {
  /// Lessons about what a protected site refuses.
  static func ofSafety(_ code: DiagnosticCode) -> Lesson? {
    switch code {
    case .narrowLook:
      Lesson(
        "A window of a few days that the study writes down.",
        wrong: count("patients.date_of_death in 2024-03-01 to 2024-03-03"),
        right: count("patients.date_of_death in 2024-03"))
    case .namedPlace:
      Lesson(
        "A practice or a place below region is picked by its name.",
        wrong: count("registration_on(2024-01-01).practice_pseudo_id = 5"),
        right: count("address_on(2024-01-01).imd_quintile = 5"))
    case .releasedUnit:
      Lesson(
        "A table is by practice, or a practice is taken for a number.",
        wrong: table(
          "by practice\n  show count",
          after: "define practice = within(registration_on(2024-01-01).practice_pseudo_id, 1, 99)"),
        right: table("by address_on(2024-01-01).imd_quintile\n  show count"))
    case .hashedValue:
      Lesson(
        "A value is taken apart to sort people by its pieces.",
        wrong: count("patients.date_of_death.day = 13"),
        right: count("patients.date_of_death.month = 12"))
    case .manyWindows:
      Lesson(
        "One figure is asked for over windows of more than two lengths.",
        wrong: table(
          "show percent a, percent b, percent c", after: windows("2023-03-31", "2023-06-30")),
        right: table(
          "show percent a, percent b, percent c", after: windows("2023-06-30", "2023-06-30")))
    case .freeExponent:
      Lesson(
        "What a patient has decides an exponent.",
        wrong: table("show percent x", after: "define x = power(2, age_on(2024-01-01)) > 1000"),
        right: table("show percent x", after: "define x = power(age_on(2024-01-01), 2) > 1000"))
    case .manyQuantiles:
      Lesson(
        "A study shows at most five quantiles of one value.",
        wrong: table(quantiles(["0.05", "0.1", "0.25", "0.5", "0.75", "0.9"]), after: age),
        right: table(quantiles(["0.1", "0.25", "0.5", "0.75", "0.9"]), after: age))
    case .tooManyOutputs: Lesson("A study has more outputs than the policy allows.")
    case .tooManyDimensions:
      Lesson("An output is by more things at once than the policy allows; an interval is one.")
    case .tooIntricate:
      Lesson("The study is so large or so woven together that it cannot be judged in a moment.")
    case .notNormalised:
      Lesson("A letter with its accent is written as two characters.")
    case .mixedScripts:
      Lesson("A word mixes letters of several alphabets, which look alike.")
    case .otherLineEnds:
      Lesson("The file begins with a byte-order mark, or its lines end as on another system.")
    case .personInText:
      Lesson(
        "The text of the study has the form of somebody's NHS number, postcode or e-mail address.",
        wrong: "# as in SW1A 1AA\n" + table("show count"),
        right: "# as in one district\n" + table("show count"))
    case .notApproved: Lesson("The project was approved for other tables and columns.")
    default: nil
    }
  }

  private static let age = "define age = within(age_on(2024-01-01), 0, 110)"

  private static func quantiles(_ shares: [String]) -> String {
    "show "
      + shares.map { "quantile \($0) of age as \"q\($0)\"" }.joined(separator: ",\n       ")
  }

  private static func windows(_ second: String, _ third: String) -> String {
    """
    define seen(p : period) = any medications where date in p
    define a = seen(2023-01-01 to 2023-12-31)
    define b = seen(2023-01-01 to \(second))
    define c = seen(2023-01-01 to \(third))
    """.replacing("c = seen(2023-01-01 to 2023-06-30)", with: "c = seen(2022-01-01 to 2022-06-30)")
  }

  /// Lessons about policies.
  static func ofPolicies(_ code: DiagnosticCode) -> Lesson? {
    switch code {
    case .missingParameter:
      Lesson(
        "Silence is never permission: a policy says everything that can disclose.",
        wrong: policy(without: "zero"), right: policy())
    case .unknownParameter:
      Lesson(
        "A policy has a fixed set of parameters.", wrong: policy("hidden 1 to 7"), right: policy())
    case .parameterNotEnforced:
      Lesson(
        "Nothing enforces the parameter yet.",
        wrong: policy("medians need 8 patients"), right: policy())
    case .repeatedParameter:
      Lesson(
        "A parameter is written once.", wrong: policy() + "\nhide 1 to 9", right: policy())
    case .parameterValue:
      Lesson(
        "The value of a parameter cannot be read.", wrong: policy("hide 2 to 7"),
        right: policy("hide 1 to 7"))
    case .unsafePolicy:
      Lesson(
        "Two parameters undo each other.", wrong: policy("totals exact"),
        right: policy("totals sum of shown"))
    default: nil
    }
  }
}
