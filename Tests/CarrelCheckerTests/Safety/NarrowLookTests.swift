import CarrelChecker
import CarrelDiagnostics
import Testing

@Suite("Narrow looks (K3)") struct NarrowLookTests {
  @Test("a literal window of few days is refused, however it is written", arguments: eventsCases)
  func events(_ example: SafetyCase) throws { try expect(.narrowLook, in: example) }

  @Test("births are looked at by years", arguments: birthsCases)
  func births(_ example: SafetyCase) throws { try expect(.narrowLook, in: example) }

  @Test("a message points at the window, not at the table that uses it")
  func place() throws {
    let study = counting(
      "include fell", "define fell = any clinical_events where date in 2024-03-01 to 2024-03-03")
    let found = check(study, under: try protectedSite()).diagnostics
    #expect(
      TextRenderer().render(found).contains(
        """
        error[C220]: this picks 3 days
          study.carrel:1:41
            1 | define fell = any clinical_events where date in 2024-03-01 to 2024-03-03
              |                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ \
        literal windows on events are at least 7 days
           help: take a longer window, or one from a date of each patient's own
        """))
  }

  @Test("a parameter counts as a literal, whatever it is set to")
  func parameters() throws {
    let study = counting(
      "include any clinical_events where date in start to start + length",
      "parameter start : date = 2024-03-01\nparameter length : duration = 90 days")
    #expect(try refusals(of: study) == [])
    #expect(try refusals(of: study, setting: ["length": "2 days"]) == [.narrowLook])
  }

  @Test("what no output reaches is not looked at")
  func unused() throws {
    let study = showing(
      "show count", "define fell = any clinical_events where date = 2024-03-01")
    #expect(try refusals(of: study) == [])
  }

  @Test("a window comes from every criterion of the population and the figure together")
  func across() throws {
    let study = """
      define died = patients.date_of_death
      population people include died >= 2024-03-01
      table t of people show percent died <= 2024-03-02 as "x"
      """
    #expect(try refusals(of: study) == [.narrowLook])
    #expect(
      try refusals(of: study.replacing("include died >=", with: "exclude died >=")) == [])
  }

  @Test("conditions that fan out are refused when they are too many to judge")
  func fan() throws {
    let steps = (1...200).map { n in
      "define a\(n) = (a\(n - 1) or patients.date_of_death > 2001-01-01 + \(n * 40) days) "
        + "and (a\(n - 1) or patients.date_of_death < 2051-01-01 - \(n * 40) days)"
    }
    let study = counting(
      "include a200", "define a0 = patients.sex = \"male\"\n" + steps.joined(separator: "\n"))
    let clock = ContinuousClock()
    var found: [DiagnosticCode] = []
    let time = try clock.measure { found = try refusals(of: study) }
    #expect(found == [.tooIntricate])
    #expect(time < .seconds(20))
  }

  static let eventsCases = [
    SafetyCase(
      "a day", refused: counting("include any clinical_events where date = 2024-03-01"),
      allowed: counting("include any clinical_events where date in 2024-03-01 to 2024-03-07")),
    SafetyCase(
      "a period",
      refused: counting("include any admissions where admission_date in 2024-03-01 to 2024-03-06"),
      allowed: counting("include any admissions where admission_date in 2024-03")),
    SafetyCase(
      "two comparisons",
      refused: counting(
        "include any early where date <= 2024-03-04",
        "events early = clinical_events where date >= 2024-03-01"),
      allowed: counting(
        "include any early where date <= 2024-03-07",
        "events early = clinical_events where date >= 2024-03-01")),
    SafetyCase(
      "the days between two rows that a picked row lies between",
      refused: counting(
        "include first_after <= 2024-03-04",
        "define first_after = date of first clinical_events where date >= 2024-03-01"),
      allowed: counting(
        "include first_after <= 2024-03-04",
        "define first_after = date of first clinical_events where date >= 2023-03-01")),
    SafetyCase(
      "a window that is left out",
      refused: counting(
        "exclude patients.date_of_death < 2024-03-01 or patients.date_of_death > 2024-03-03"),
      allowed: counting(
        "exclude patients.date_of_death < 2024-03-01 or patients.date_of_death > 2024-03-31")),
    SafetyCase(
      "a day in a list",
      refused: counting("include patients.date_of_death in (2024-03-01, 2023-03-01)"),
      allowed: counting("include patients.date_of_death.year in (2023, 2024)")),
    SafetyCase(
      "a day among a patient's own",
      refused: counting("include 2024-03-01 in (date of clinical_events)"),
      allowed: counting("include patients.date_of_death in (date of clinical_events)")),
    SafetyCase(
      "a number of days from a literal",
      refused: counting(
        "include (days from patients.date_of_death to 2024-03-10) between 1 and 3"),
      allowed: counting(
        "include (days from patients.date_of_death to 2024-03-10) between 1 and 30")),
    SafetyCase(
      "a date that is moved first",
      refused: counting("include (patients.date_of_death + 1 month) in 2024-03-01 to 2024-03-02"),
      allowed: counting("include (patients.date_of_death + 1 month) in 2024-03-01 to 2024-03-20")),
    SafetyCase(
      "bands of a few days",
      refused: showing(
        "by bands of days from patients.date_of_death to 2024-03-10 at (1, 2, 3) as \"x\" show count"
      ),
      allowed: showing(
        "by bands of days from patients.date_of_death to 2024-03-10 at (1, 30, 60) as \"x\" show count"
      )),
    SafetyCase(
      "branches of a case",
      refused: showing(
        "by fall show count",
        """
        define fall = case when patients.date_of_death < 2024-03-01 then "early"
          when patients.date_of_death < 2024-03-03 then "then" otherwise "late"
        """),
      allowed: showing(
        "by fall show count",
        """
        define fall = case when patients.date_of_death < 2024-03-01 then "early"
          when patients.date_of_death < 2024-06-01 then "then" otherwise "late"
        """)),
    SafetyCase(
      "levels that are days",
      refused: showing(
        "by within(days from patients.date_of_death to 2024-03-10, 0, 30) as \"x\" show count"),
      allowed: showing(
        "by within(years from patients.date_of_death to 2024-03-10, 0, 30) as \"x\" show count")),
    SafetyCase(
      "each day",
      refused: showing("each day from 2024-03-01 to 2024-03-20 show count"),
      allowed: showing("each week from 2024-03-01 to 2024-03-20 show count")),
    SafetyCase(
      "the end of an interval",
      refused: showing(
        """
        each month from 2024-01 to 2024-03
        show percent (any clinical_events where date in month.end - 2 days to month.end) as "x"
        """),
      allowed: showing(
        """
        each month from 2024-01 to 2024-03
        show percent (any clinical_events where date in month) as "x"
        """)),
    SafetyCase(
      "days from a literal day",
      refused: showing("each 2 days for 10 days from 2024-03-01 show count"),
      allowed: showing("each 2 days for 10 days from patients.date_of_death show count")),
  ]

  static let birthsCases = [
    SafetyCase(
      "a month of birth",
      refused: counting("include patients.date_of_birth in 1957-03"),
      allowed: counting("include patients.date_of_birth.year = 1957")),
    SafetyCase(
      "an age in months",
      refused: counting("include (months from patients.date_of_birth to 2024-03-01) = 500"),
      allowed: counting("include age_on(2024-03-01) = 41")),
    SafetyCase(
      "the year and the month",
      refused: counting(
        "include patients.date_of_birth.year = 1957 and patients.date_of_birth.month = 3"),
      allowed: counting(
        "include patients.date_of_birth.year = 1957 and patients.date_of_death.month = 3")),
    SafetyCase(
      "an age, by two criteria",
      refused: counting(
        "include patients.date_of_birth >= 1957-03-01 include patients.date_of_birth < 1957-06-01"),
      allowed: counting(
        "include patients.date_of_birth >= 1957-03-01 include patients.date_of_birth < 1958-03-01")),
  ]
}
