import CarrelChecker
import CarrelDiagnostics
import CarrelPlan
import CarrelValues
import Testing

@Suite("The missing level") struct MissingLevelTests {
  /// Whether a grouping by `x` has a level for those without a value.
  private func hasMissing(
    _ grouping: String, where criteria: String, with declarations: String = ""
  ) throws -> Bool {
    try levels(
      of: grouping, where: criteria,
      with: """
        define age = age_on(2024-01-01)
        define band = bands of age at (18, 65)
        define home = last row of addresses by start_date
        define imd = home.imd_quintile
        define heavy = any admissions where bed_days > 5
        \(declarations)
        """
    ).last == "missing"
  }

  @Test(
    "is left out where the criteria prove that everyone has a value",
    arguments: [
      ("band", "include age >= 18"),
      ("band", "include 18 <= age"),
      ("band", "include age between 18 and 109"),
      ("band", "include age in (30, 40)"),
      ("band", "include age is known"),
      ("band", "exclude age is missing"),
      ("band", "exclude not (age is known)"),
      ("band", "include not (age is missing or heavy)"),
      ("band", "exclude age is missing or heavy"),
      ("band", "include heavy and age > 3"),
      ("band", "include age > 3 or age < 2"),
      ("band", "include patients.date_of_birth <= 2000-01-01"),
      ("band", "include patients.date_of_birth in 2000"),
      ("band", "include age + 1 > 3"),
      ("band", "include age > 3 otherwise false"),
      ("band", "include grown"),
      ("band", "include case when age > 3 then true otherwise false"),
      ("band", "include band != \"65+\""),
      ("band", "include patients is known"),
      ("band", "include patients.sex = \"male\""),
      ("band", "include patients.date_of_death is known"),
      ("patients.sex", "include age >= 18"),
      ("patients.sex", "include patients.sex in (\"male\", \"female\")"),
      ("imd", "exclude imd is missing"),
      ("imd", "include home is known"),
      ("imd", "include home.region = \"London\""),
      ("imd = 5", "include imd is known"),
      ("imd otherwise 0", "include true"),
      ("heavy", "include true"),
      ("case when heavy then \"a\" otherwise \"b\"", "include true"),
      ("case when imd is known then imd otherwise 9", "include true"),
      ("imd", "include heavy include home is known"),
      ("imd", "include false"),
    ])
  func leftOut(grouping: String, criteria: String) throws {
    #expect(
      try !hasMissing(
        grouping, where: criteria.replacing("in 2000", with: "in 2000-01-01 to 2000-12-31"),
        with: "population grown include age >= 18"))
  }

  @Test(
    "is there where they do not",
    arguments: [
      ("band", "include true"),
      ("band", "include age >= 18 or heavy"),
      ("band", "exclude age < 18"),
      ("band", "exclude age is known and heavy"),
      ("band", "include age >= 18 otherwise heavy"),
      ("band", "include not (age < 18 and heavy)"),
      ("band", "include ons_deaths is known"),
      ("patients.sex", "include heavy"),
      ("imd", "include age >= 18"),
      ("imd", "include count addresses > 0"),
      ("home.region", "include imd is known"),
      ("imd = 5", "include true"),
      ("case when heavy then \"a\"", "include true"),
      ("case when heavy then \"a\" otherwise missing", "include true"),
      ("within(count admissions, 0, 5)", "include true"),
      ("imd", "include case when age > 3 then heavy otherwise imd is known"),
    ])
  func there(grouping: String, criteria: String) throws {
    #expect(try hasMissing(grouping, where: criteria))
  }
}
