import CarrelChecker
import CarrelDiagnostics
import Testing

@Suite("What may sort patients (K2, K4, K5, K9, K14)") struct SortingRuleTests {
  @Test("digits decide nothing", arguments: hashingCases)
  func hashing(_ example: SafetyCase) throws { try expect(.hashedValue, in: example) }

  @Test("a remainder may be shown as a number, not sort anybody")
  func remainder() throws {
    let remainder = "within(age_on(2024-01-01) mod 7, 0, 6)"
    #expect(try refusals(of: showing("show mean \(remainder) as \"x\"")) == [])
    #expect(try refusals(of: showing("by \(remainder) as \"x\" show count")) == [.hashedValue])
  }

  @Test("practices and places have no names", arguments: placesCases)
  func places(_ example: SafetyCase) throws { try expect(.namedPlace, in: example) }

  @Test("a practice is no group and no number", arguments: unitsCases)
  func units(_ example: SafetyCase) throws { try expect(.releasedUnit, in: example) }

  @Test("an exponent is a literal", arguments: exponentsCases)
  func exponents(_ example: SafetyCase) throws { try expect(.freeExponent, in: example) }

  @Test("a figure is over windows of two lengths at most", arguments: windowsCases)
  func windows(_ example: SafetyCase) throws { try expect(.manyWindows, in: example) }

  @Test("five quantiles of a value are enough")
  func quantiles() throws {
    let value = "within(age_on(2024-01-01), 0, 110)"
    func study(_ shares: [String]) -> String {
      showing(
        "show " + shares.map { "quantile \($0) of \(value) as \"q\($0)\"" }.joined(separator: ", "))
    }
    #expect(try refusals(of: study(["0.05", "0.1", "0.25", "0.5", "0.9"])) == [])
    #expect(
      try refusals(of: study(["0.05", "0.1", "0.25", "0.5", "0.75", "0.9"])) == [.manyQuantiles])
  }

  static let hashingCases = [
    SafetyCase(
      "the remainder of an age", refused: counting("include age_on(2024-01-01) mod 2 = 0"),
      allowed: counting("include address_on(2024-01-01).imd_quintile mod 2 = 0")),
    SafetyCase(
      "the tens of an age",
      refused: counting("include age_on(2024-01-01) div 10 = 4"),
      allowed: counting("include age_on(2024-01-01) between 40 and 49")),
    SafetyCase(
      "the day of a date, through a definition",
      refused: showing("show percent odd", "define odd = patients.date_of_death.day > 15"),
      allowed: showing("show percent odd", "define odd = patients.date_of_death.month > 6")),
    SafetyCase(
      "a remainder in a row's condition",
      refused: showing(
        "show percent x",
        "define x = any admissions where admission_date.day < 10"),
      allowed: showing("show percent x", "define x = any admissions where bed_days < 10")),
    SafetyCase(
      "the digits of a code",
      refused: counting("include any clinical_events where snomedct_code matches \"19\""),
      allowed: counting("include any admissions where primary_diagnosis matches \"J4\"")),
    SafetyCase(
      "one code after another",
      refused: showing(
        "by kind show count",
        """
        define kind = case when ons_deaths.underlying_cause_of_death = "J45" then "a"
          when ons_deaths.underlying_cause_of_death = "J46" then "b"
        """),
      allowed: showing(
        "by kind show count",
        """
        define kind = case when patients.sex = "male" then "a"
          when patients.sex = "female" then "b"
        """)),
  ]

  static let placesCases = [
    SafetyCase(
      "a practice", refused: counting("include registration_on(2024-01-01).practice_pseudo_id = 5"),
      allowed: counting(
        "include registration_on(2024-01-01).practice_pseudo_id in (practice_pseudo_id of practice_registrations where start_date < 2020-01-01)"
      )),
    SafetyCase(
      "a practice in disguise",
      refused: counting("include registration_on(2024-01-01).practice_pseudo_id * 2 + 1 < 11"),
      allowed: counting("include registration_on(2024-01-01).practice_pseudo_id is known")),
    SafetyCase(
      "a town", refused: counting("include any addresses where town = \"Bury\""),
      allowed: counting("include any addresses where region = \"North\"")),
    SafetyCase(
      "a practice among a patient's own",
      refused: counting("include 5 in (practice_pseudo_id of practice_registrations)"),
      allowed: counting("include (count distinct practice_pseudo_id of practice_registrations) > 2")
    ),
  ]

  static let unitsCases = [
    SafetyCase(
      "a practice in a range",
      refused: showing(
        "by within(registration_on(2024-01-01).practice_pseudo_id, 1, 9) as \"p\" show count"),
      allowed: showing("by address_on(2024-01-01).region show count")),
    SafetyCase(
      "the mean of a practice",
      refused: showing(
        "show mean within(registration_on(2024-01-01).practice_pseudo_id, 1, 900) as \"p\""),
      allowed: showing("show mean within(age_on(2024-01-01), 0, 120) as \"p\"")),
  ]

  static let exponentsCases = [
    SafetyCase(
      "a power",
      refused: showing(
        "show mean within(power(2, age_on(2024-01-01)), 0, 100) as \"x\""),
      allowed: showing("show mean within(power(age_on(2024-01-01), 2), 0, 10000) as \"x\"")),
    SafetyCase(
      "exp", refused: showing("show percent x", "define x = exp(age_on(2024-01-01)) > 100"),
      allowed: showing("show percent x", "define x = age_on(2024-01-01) > exp(3)")),
  ]

  static let windowsCases = [
    SafetyCase(
      "rolling windows of one, two and three months",
      refused: rolling([1, 2, 3]), allowed: rolling([1, 12])),
    SafetyCase(
      "the same with other words",
      refused: showing(
        "show percent a, percent b, percent c",
        """
        codelist asthma : snomedct = "195967001"
        events seen = clinical_events where snomedct_code in asthma
        define a = any seen where date in 2023
        define b = any seen where date >= 2023-01-01 and date <= 2023-06-30
        define c = any clinical_events where date <= 2023-03-31 and date >= 2023-01-01
          and snomedct_code in asthma
        """.replacing("in 2023\n", with: "in 2023-01-01 to 2023-12-31\n")),
      allowed: showing(
        "show percent a, percent b, percent c",
        """
        codelist asthma : snomedct = "195967001"
        events seen = clinical_events where snomedct_code in asthma
        define a = any seen where date in 2023-01-01 to 2023-12-31
        define b = any seen where date in 2022-01-01 to 2022-12-31
        define c = any seen where date in 2024-01-01 to 2024-12-31
        """)),
  ]

  /// A figure for each month over the months up to it.
  private static func rolling(_ months: [Int]) -> String {
    showing(
      "each month from 2023-01 to 2023-12 show "
        + months.map { "percent seen_in(month.end - \($0) months to month.end) as \"m\($0)\"" }
        .joined(separator: ", "),
      "define seen_in(p : period) = any clinical_events where date in p")
  }
}
