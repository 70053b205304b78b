import CarrelChecker
import CarrelPlan
import Testing

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
