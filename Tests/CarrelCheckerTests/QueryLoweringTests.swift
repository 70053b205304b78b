import CarrelChecker
import CarrelPlan
import Testing

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
