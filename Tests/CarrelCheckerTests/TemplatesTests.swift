import CarrelDiagnostics
import CarrelPlan
import Testing

@testable import CarrelChecker

/// Templates in whole studies: what they declare can be used like anything else.
@Suite("Templates in studies") struct TemplatesTests {
  static let files = [
    "codelists/asthma.csv": "code\n195967001\n", "codelists/copd.csv": "code\n13645005\n",
  ]
  static let conditions = """
    list conditions = asthma, copd
    for each c in conditions
    codelist {c} from "codelists/{c}.csv"
    for each c in conditions
    define has_{c}_by(d : date) = any clinical_events where snomedct_code in {c} and date <= d

    """

  @Test("lists, definitions and tables have the names that were written out")
  func names() throws {
    let study = try checked(
      Self.conditions + """
        for each c in conditions
        define {c}_now = has_{c}_by(2024-01-01)
        define several = count of (has_{conditions}_by(2024-01-01)) >= 2
        population everyone include true
        for each y in 2020 to 2021
        flow steps_{y} of everyone
        table t of everyone by several show count, percent {conditions}_now
        """, files: Self.files)
    #expect(study.codelists.map(\.name) == ["asthma", "copd"])
    #expect(
      study.codelists.map(\.path) == ["codelists/asthma.csv", "codelists/copd.csv"])
    #expect(study.preview.map(\.name) == ["asthma_now", "copd_now", "several"])
    #expect(study.outputs.map(\.name) == ["steps_2020", "steps_2021", "t"])
  }

  @Test("a definition from a template means what the same words mean by hand")
  func meaning() throws {
    let plain = """
      codelist asthma from "codelists/asthma.csv"
      codelist copd from "codelists/copd.csv"
      define has_asthma = any clinical_events where snomedct_code in asthma
      define has_copd = any clinical_events where snomedct_code in copd
      define x = count of (has_asthma, has_copd)
      """
    let template = """
      list conditions = asthma, copd
      for each c in conditions
      codelist {c} from "codelists/{c}.csv"
      for each c in conditions
      define has_{c} = any clinical_events where snomedct_code in {c}
      define x = count of (has_{conditions})
      """
    let plans = try [plain, template].map { try checked($0, files: Self.files).patientPlan.text }
    #expect(plans[0] == plans[1])
  }

  @Test("a mistake in a template is one message that points at what was written")
  func mistakeInBody() {
    #expect(
      mistakes(
        in: Self.conditions + """
          for each c in conditions
          define {c}_note = date of last clinical_event where snomedct_code in {c}
          """, files: Self.files) == """
          error[C107]: there is no table `clinical_event`
            study.carrel:7:32
              7 | define {c}_note = date of last clinical_event where snomedct_code in {c}
                |                                ^^^^^^^^^^^^^^ not in schema `core`
             help: did you mean `clinical_events`?
             note: here `{c}` is `asthma`; the same in 1 other repetition

          1 error in study.carrel. 1 has a correction: carrel check --fix

          """)
  }

  @Test("a file that one repetition cannot read is named, and no change of the template is offered")
  func mistakeOfOneElement() {
    let report = mistakes(
      in: "list kinds = asthma, other\nfor each c in kinds codelist {c} from \"codelists/{c}.csv\"",
      files: Self.files)
    #expect(
      report == """
        error[C301]: `codelists/other.csv` cannot be read
          study.carrel:2:39
            2 | for each c in kinds codelist {c} from "codelists/{c}.csv"
              |                                       ^^^^^^^^^^^^^^^^^^^ there is no such file
           help: put it beside the study
           note: here `{c}` is `other`

        1 error in study.carrel

        """)
  }

  @Test("a misspelt hole offers no change that would break the other repetitions")
  func noFixOfHole() throws {
    let result = check(
      Self.conditions + "for each c in conditions define x_{c} = hass_{c}_by(2024-01-01)",
      files: Self.files)
    let diagnostic = try #require(result.diagnostics.sorted.first)
    #expect(result.diagnostics.sorted.count == 1)
    #expect(diagnostic.message == "there is no definition `hass_asthma_by` to call")
    #expect(diagnostic.help?.text == "did you mean `has_asthma_by`?")
    #expect(diagnostic.help?.fix == nil)
  }

  @Test("nothing is said of names that a broken template would have declared")
  func lostNames() {
    let report = mistakes(in: "for each c in a, b define x_{c} = {d}\ndefine y = x_a")
    #expect(report.contains("nothing fills the hole `{d}`"))
    #expect(!report.contains("x_a"))
  }
}
