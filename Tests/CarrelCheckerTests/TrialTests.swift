import CarrelChecker
import CarrelPlan
import Testing

@Test func trial() throws {
  let study = try checked("""
    study "Annual asthma review and deprivation"
      question "Are annual asthma reviews less common in more deprived areas?"
      uses     core
    parameter index : date = 2024-03-31
    let year_before = index - 1 year + 1 day to index
    codelist asthma        from "a.csv"
    codelist resolved      from "a.csv"
    codelist reviewed      from "a.csv"
    codelist asthma_icd10  : icd10 = "J45", "J46"
    events asthma_dx = clinical_events where snomedct_code in asthma
    define age           = age_on(index)
    define age_band      = bands of age at (18, 40, 60, 80)
    define imd           = address_on(index).imd_quintile
    define diagnosed     = date of last asthma_dx where date <= index
    define cleared       = date of last clinical_events where snomedct_code in resolved and date <= index
    define has_asthma    = diagnosed > cleared otherwise diagnosed is known
    define reviewed_in(p : period) = any clinical_events where snomedct_code in reviewed and date in p
    define had_review    = reviewed_in(year_before)
    population adults
      include registered_on(index)  "Registered with a practice on the index date"
      include age >= 18             "Aged 18 or over"
      include has_asthma            "Asthma diagnosis, not since resolved"
      exclude imd is missing        "No usable address"
    flow attrition of adults
    table reviews of adults
      by     imd, age_band, patients.sex
      totals over age_band
      show   count, percent had_review, mean age
    example "a review counts only inside the year"
      given  patients         (date_of_birth 1980-01-01, sex "female")
      given  clinical_events  (date 2020-05-01, snomedct_code "195967001")
                              (date 2023-03-01, snomedct_code "394700004")
      expect has_asthma, not had_review, diagnosed = 2020-05-01
    """, files: ["a.csv": "code,term\n195967001,Asthma\n"])
  dump(study.plan)
  print(study.outputs, study.preview, study.examples, study.reads, study.codelists)
}
