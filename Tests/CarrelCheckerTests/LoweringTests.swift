import CarrelChecker
import CarrelPlan
import Testing

/// An expression of the language and how it is computed.
struct Lowering: CustomTestStringConvertible, Sendable {
  let written: String
  let lowered: String

  init(_ written: String, _ lowered: String) {
    self.written = written
    self.lowered = lowered
  }

  var testDescription: String { written }
}

@Suite("Lowering of values") struct ValueLoweringTests {
  @Test(
    "constants are computed while checking",
    arguments: [
      Lowering("1 + 2 * 3", "7"), Lowering("7 div -2", "-4"), Lowering("-7 mod 2", "1"),
      Lowering("7 / 2", "3.5"), Lowering("1 / 0", "missing"),
      Lowering("1 + 0.5", "1.5"), Lowering("9223372036854775807 + 1", "missing"),
      Lowering("2024-03-31 - 1 year + 1 day", "2023-04-01"),
      Lowering("2024-01-31 + 1 month", "2024-03-01"),
      Lowering("2024-03-31 - 2 weeks", "2024-03-17"),
      Lowering("2024-03-31 + 1 quarter", "2024-07-01"),
      Lowering("2024-03-31 + days(2)", "2024-04-02"),
      Lowering("years from 1980-05-01 to 2024-03-31", "43"),
      Lowering("2024-02.end", "2024-02-29"), Lowering("2024-02.start", "2024-02-01"),
      Lowering("(2024-02 to 2024-05-10).end", "2024-05-10"),
      Lowering("(2024-02-10).first_of_month", "2024-02-01"),
      Lowering("(2024-02-10).year", "2024"),
      Lowering("date(2024, 2, 29)", "2024-02-29"),
      Lowering("not (true and missing)", "missing"), Lowering("false and missing", "false"),
      Lowering("5 between 1 and 5", "true"), Lowering("2 in (1, 2)", "true"),
      Lowering("2024-02-29 in 2024-02", "true"),
      Lowering("\"a\" < \"b\"", "true"), Lowering("\"abc\" contains \"bc\"", "true"),
      Lowering("missing is missing", "true"), Lowering("1 is known", "true"),
      Lowering("round(2.5)", "3"), Lowering("floor(-2.5)", "-3"), Lowering("absolute(-2)", "2"),
      Lowering("sqrt(4)", "2.0"), Lowering("power(2, 3)", "8.0"), Lowering("log(0)", "missing"),
      Lowering("smallest of (3, 1.5, 2)", "1.5"),
      Lowering("latest of (2024-01-01, missing)", "2024-01-01"),
      Lowering("count of (true, false, missing)", "1"),
      Lowering("case when false then 1 when true then 2 otherwise 3", "2"),
      Lowering("case 3 when 1 then \"a\" when 3 then \"b\"", "\"b\""),
      Lowering("bands of 40 at (18, 40)", "2"), Lowering("within(5, 1, 4)", "missing"),
    ])
  func constants(_ lowering: Lowering) throws {
    let found = try lowered(lowering.written)
    #expect(found == lowering.lowered)
  }

  @Test(
    "values of a patient",
    arguments: [
      Lowering("patients.sex", "patients.sex"),
      Lowering("patients is known", "patients is known"),
      Lowering("ons_deaths is missing", "not (ons_deaths is known)"),
      Lowering(
        "years from patients.date_of_birth to 2024-01-01",
        "years from patients.date_of_birth to 2024-01-01"),
      Lowering("patients.date_of_birth.year", "patients.date_of_birth.year"),
      Lowering("patients.sex = \"female\"", "patients.sex = \"female\""),
      Lowering("patients.sex in (\"female\", \"male\")", "patients.sex in (\"female\", \"male\")"),
      Lowering(
        "patients.sex not in (\"female\", \"male\")",
        "not (patients.sex in (\"female\", \"male\"))"),
      Lowering(
        "patients.date_of_death in 2024-01",
        "(patients.date_of_death >= 2024-01-01) and (patients.date_of_death <= 2024-01-31)"),
      Lowering(
        "patients.date_of_death in (2024-01, 2025-01-01)",
        "((patients.date_of_death >= 2024-01-01) and (patients.date_of_death <= 2024-01-31)) or (patients.date_of_death = 2025-01-01)"
      ),
      Lowering(
        "patients.date_of_death is known",
        "not (patients.date_of_death is missing)"),
      Lowering(
        "patients.date_of_death otherwise ons_deaths.date",
        "patients.date_of_death otherwise ons_deaths.date"),
      Lowering(
        "patients.date_of_death + 1 month", "patients.date_of_death + 1 months"),
      Lowering(
        "patients.date_of_death - days(patients.date_of_birth.day)",
        "patients.date_of_death + (- (patients.date_of_birth.day)) days"),
      Lowering(
        "earliest of (patients.date_of_death, ons_deaths.date, 2024-01-01)",
        "smallest of (patients.date_of_death, ons_deaths.date, 2024-01-01)"),
      Lowering(
        "patients.date_of_birth.year + 0.5", "(decimal (patients.date_of_birth.year)) + 0.5"),
      Lowering(
        "patients.date_of_birth.year / 2", "(decimal (patients.date_of_birth.year)) / 2.0"),
      Lowering(
        "within(patients.date_of_birth.year, 1950, 2000)",
        "case when (((patients.date_of_birth.year) >= 1950) and ((patients.date_of_birth.year) <= 2000)) then (patients.date_of_birth.year)"
      ),
      Lowering(
        "bands of patients.date_of_birth.year at (1950, 1980.5)",
        "bands of (decimal (patients.date_of_birth.year)) at (1950.0, 1980.5)"),
      Lowering(
        "case patients.sex when \"female\" then 1 otherwise 0",
        "case when (patients.sex = \"female\") then 1 otherwise 0"),
      Lowering(
        "case when patients.sex = \"female\" then 1.5 otherwise 0",
        "case when (patients.sex = \"female\") then 1.5 otherwise 0.0"),
      Lowering(
        "ons_deaths.underlying_cause_of_death = \"J45.9\"",
        "ons_deaths.underlying_cause_of_death = \"J459\""),
      Lowering(
        "ons_deaths.underlying_cause_of_death matches \"I\"",
        "ons_deaths.underlying_cause_of_death begins with \"I\""),
      Lowering(
        "date(patients.date_of_birth.year, 1, 1)", "date((patients.date_of_birth.year), 1, 1)"),
    ])
  func values(_ lowering: Lowering) throws {
    let found = try lowered(lowering.written)
    #expect(found == lowering.lowered)
  }

  @Test("a band is compared by its position, also by order")
  func bands() throws {
    let age = "define age = bands of age_on(2024-01-01) at (18, 65)"
    let x = "v0: years from patients.date_of_birth to 2024-01-01\nv1: bands of v0 at (18, 65)\n"
    #expect(try lowered("age = \"18-64\"", with: age) == x + "v1 = 1")
    #expect(try lowered("age < \"65+\"", with: age) == x + "v1 < 2")
    #expect(try lowered("age in (\"under 18\", \"65+\")", with: age) == x + "v1 in (0, 2)")
  }

  @Test("the levels of a labelled integer are compared by their labels too")
  func labelledIntegers() throws {
    let home = "v0: last row of addresses by (start_date)\n"
    let row = "(last row of addresses by start_date).imd_quintile"
    #expect(try lowered("\(row) = 1") == home + "v0.imd_quintile = 1")
    #expect(try lowered("\(row) = \"1 most deprived\"") == home + "v0.imd_quintile = 1")
  }
}

@Suite("Lowering of queries") struct QueryLoweringTests {
  static let files = ["a.csv": "code,category\n195967001,Asthma\n73211009,Diabetes\n"]
  static let lists = "codelist asthma from \"a.csv\" category \"category\"\n"

  @Test(
    "queries are values of the plan",
    arguments: [
      Lowering("any clinical_events", "any clinical_events"),
      Lowering(
        "any clinical_events where snomedct_code in asthma and date in 2024-01",
        "any clinical_events where (snomedct_code in asthma) and ((date >= 2024-01-01) and (date <= 2024-01-31))"
      ),
      Lowering(
        "count admissions where is_emergency", "count admissions where is_emergency"),
      Lowering(
        "count admissions except where is_emergency",
        "count admissions where not (is_emergency otherwise false)"),
      Lowering(
        "count admissions where bed_days > 1 except where is_emergency",
        "count admissions where (bed_days > 1) and (not (is_emergency otherwise false))"),
      Lowering("count distinct ward of admissions", "count distinct ward of admissions"),
      Lowering(
        "count distinct (snomedct_code categorised by asthma) of clinical_events",
        "count distinct (snomedct_code categorised by asthma) of clinical_events"),
      Lowering(
        "count episodes of admissions gap 2 weeks",
        "count episodes of admission_date of admissions gap 14 days"),
      Lowering(
        "sum bed_days of admissions where admissions.ward = \"A\"",
        "sum bed_days of admissions where ward = \"A\""),
      Lowering(
        "mean numeric_value of clinical_events", "mean numeric_value of clinical_events"),
      Lowering(
        "largest (days from admission_date to discharge_date) of admissions",
        "largest (days from admission_date to discharge_date) of admissions"),
      Lowering("earliest date of clinical_events", "smallest date of clinical_events"),
      Lowering("smallest ward of admissions", "smallest ward of admissions"),
    ])
  func queries(_ lowering: Lowering) throws {
    let found = try lowered(lowering.written, with: Self.lists, files: Self.files)
    #expect(found == lowering.lowered)
  }

  @Test(
    "a picked row is one value, of which columns are taken",
    arguments: [
      Lowering(
        "date of last clinical_events",
        "v0: last row of clinical_events by (date)\nv0.date"),
      Lowering(
        "(first row of admissions by (bed_days descending, ward)).ward",
        "v0: first row of admissions by (bed_days descending, ward)\nv0.ward"),
      Lowering(
        "ward of row 3 of admissions by is_emergency including missing",
        "v0: row 3 of admissions by (is_emergency) including missing\nv0.ward"),
      Lowering(
        "numeric_value of first clinical_events where snomedct_code in asthma by absolute(days from 2024-01-01 to date)",
        "v0: first row of clinical_events where snomedct_code in asthma by ((absolute (days from 2024-01-01 to date)))\nv0.numeric_value"
      ),
      Lowering(
        "admission_date.year of last admissions",
        "v0: last row of admissions by (admission_date)\nv0.admission_date.year"),
      Lowering(
        "(last row of admissions) is known",
        "v0: last row of admissions by (admission_date)\nnot (v0 is missing)"),
      Lowering(
        "start_date of last practice_registrations",
        "v0: last row of practice_registrations by (start_date, end_date, practice_pseudo_id)\nv0.start_date"
      ),
    ])
  func picks(_ lowering: Lowering) throws {
    let found = try lowered(lowering.written, with: Self.lists, files: Self.files)
    #expect(found == lowering.lowered)
  }

  @Test("two columns of one picked row pick once")
  func onePick() throws {
    let text = try lowered(
      "days from r.admission_date to r.discharge_date", with: "define r = last row of admissions")
    #expect(
      text == """
        v0: last row of admissions by (admission_date)
        days from v0.admission_date to v0.discharge_date
        """)
  }

  @Test("`events` fold their conditions together, the narrower one last")
  func events() throws {
    let text = try lowered(
      "any late where ward = \"B\"",
      with: """
        events urgent(d : date) = admissions where is_emergency and admission_date >= d
        events late = urgent(2024-01-01) where bed_days > 3
        """)
    #expect(
      text
        == "any admissions where ((is_emergency and (admission_date >= 2024-01-01)) and (bed_days > 3)) and (ward = \"B\")"
    )
  }

  @Test("values of a patient can be used in a query, as can another query in parentheses")
  func patientValues() throws {
    let text = try lowered(
      "any medications where date > first_event and (count admissions) > 1",
      with: "define first_event = date of first clinical_events")
    #expect(
      text == """
        v0: first row of clinical_events by (date)
        v1: v0.date
        v2: count admissions
        any medications where (date > v1) and (v2 > 1)
        """)
  }

  @Test("membership in a patient's own values is a semi-join")
  func ownValues() throws {
    #expect(
      try lowered("any medications where date in (date of clinical_events where numeric_value > 1)")
        == "any medications where date in (date of clinical_events where numeric_value > 1.0)")
    #expect(
      try lowered("patients.date_of_death not in (discharge_date of admissions)")
        == "not (patients.date_of_death in (discharge_date of admissions))")
  }

  @Test("a field of several codes is matched code by code")
  func severalCodes() throws {
    let list = "codelist heart : icd10 = \"I21\", \"I22\""
    #expect(
      try lowered("any admissions where all_diagnoses matches heart", with: list)
        == "any admissions where all_diagnoses has a code that begins with one in heart")
    #expect(
      try lowered("any admissions where primary_diagnosis matches heart", with: list)
        == "any admissions where primary_diagnosis begins with one in heart")
    #expect(
      try lowered("any admissions where all_diagnoses matches \"I2\"")
        == "any admissions where all_diagnoses has a code that begins with \"I2\"")
  }
}

@Suite("Lowering of definitions with parameters") struct CallLoweringTests {
  @Test("a call is worked out once for each different list of arguments")
  func shared() throws {
    let text = try lowered(
      "seen(2024-01) and seen(2024-01-01 to 2024-01-31) and not seen(2024-02)",
      with: "define seen(p : period) = any clinical_events where date in p")
    #expect(
      text == """
        v0: any clinical_events where (date >= 2024-01-01) and (date <= 2024-01-31)
        v1: any clinical_events where (date >= 2024-02-01) and (date <= 2024-02-29)
        (v0 and v0) and (not v1)
        """)
  }

  @Test("a column can be an argument where no other query stands in the way")
  func columnArgument() throws {
    #expect(
      try lowered("any admissions where age_on(admission_date) >= 18")
        == "any admissions where (years from patients.date_of_birth to admission_date) >= 18")
  }

  @Test("parameters can be code lists, rows, lengths of time and values")
  func kindsOfParameters() throws {
    let text = try lowered(
      "seen(heart, emergencies, 30 days, 2024-01-01)",
      with: """
        codelist heart : icd10 = "I21"
        events emergencies = admissions where is_emergency
        define seen(c : codelist, e : admissions, w : duration, d : date) =
          any e where primary_diagnosis in c and admission_date in d - w to d
        """)
    #expect(
      text
        == "any admissions where is_emergency and ((primary_diagnosis in heart) and ((admission_date >= 2023-12-02) and (admission_date <= 2024-01-01)))"
    )
  }

  @Test("a population's name is a boolean that is never missing")
  func populations() throws {
    let text = try lowered(
      "grown",
      with: """
        population grown
          include age_on(2024-01-01) >= 18
          exclude patients.date_of_death < 2024-01-01
        """)
    #expect(
      text == """
        v0: years from patients.date_of_birth to 2024-01-01
        ((v0 >= 18) otherwise false) and (not ((patients.date_of_death < 2024-01-01) otherwise false))
        """)
  }

  @Test("a study may replace a definition of the schema, which the schema does not notice")
  func redefinition() throws {
    let study = try checked(
      """
      define age_on(d : date) = years from patients.date_of_birth to d + 1 day
      define age = age_on(2024-01-01)
      define registered = registered_on(2024-01-01)
      """)
    #expect(study.redefined == ["age_on"])
    #expect(
      study.patientPlan.text.contains(
        "v0 age, integer: years from patients.date_of_birth to 2024-01-02\n"))
  }
}
