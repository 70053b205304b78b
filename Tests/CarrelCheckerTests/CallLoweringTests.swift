import CarrelChecker
import CarrelPlan
import Testing

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
