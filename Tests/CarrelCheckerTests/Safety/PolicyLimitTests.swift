import CarrelChecker
import CarrelDiagnostics
import CarrelPolicy
import TestSupport
import Testing

@Suite("What a policy and a project bound") struct PolicyLimitTests {
  @Test("outputs, groups and groupings", arguments: limitsCases)
  func limits(_ line: String, _ code: DiagnosticCode, _ study: String) throws {
    let small = try Policies.written(line)
    let rules = SafetyRules(isProtected: true, policy: small)
    #expect(check(study, under: rules).diagnostics.sorted.map(\.code) == [code])
    let large = SafetyRules(isProtected: true, policy: try Policies.written())
    #expect(check(study, under: large).diagnostics.isEmpty)
  }

  static let limitsCases: [(String, DiagnosticCode, String)] = [
    ("outputs at most 1", .tooManyOutputs, showing("show count\nflow f of everyone")),
    ("groups at most 4", .tooManyGroups, showing("by patients.sex totals show count")),
    (
      "dimensions at most 1", .tooManyDimensions,
      showing("by patients.sex, address_on(2024-01-01).region show count")
    ),
    (
      "dimensions at most 1", .tooManyDimensions,
      showing("each year from 2023-01-01 to 2024-01-01 by patients.sex show count")
    ),
  ]

  @Test("one grouping at a time is one dimension")
  func eachOf() throws {
    let rules = SafetyRules(
      isProtected: true, policy: try Policies.written("dimensions at most 1"))
    let study = showing("by each of patients.sex, address_on(2024-01-01).region show count")
    #expect(check(study, under: rules).diagnostics.isEmpty)
  }

  @Test("a measure without bounds is an error where people are real")
  func bounds() throws {
    let study = showing("show mean x", "define x = sum visits of admissions")
    #expect(try refusals(of: study) == [.unboundedMeasure])
    let bounded = showing("show mean x", "define x = within((sum visits of admissions), 0, 99)")
    #expect(try refusals(of: bounded) == [])
  }

  @Test("data that a project was not approved for is refused where it is named")
  func approved() throws {
    let study = showing(
      "show percent x", "define x = any admissions where is_emergency and bed_days > 2")
    let some = ApprovedData(["patients": nil, "admissions": ["bed_days"]])
    #expect(try refusals(of: study, approved: some) == [.notApproved])
    let none = ApprovedData(["patients": nil])
    let found = check(study, under: try protectedSite(approved: none)).diagnostics.sorted
    #expect(found.map(\.message) == ["the project is not approved to use the table `admissions`"])
    #expect(found.first?.span.text == "admissions")
    #expect(
      try refusals(of: study, approved: ApprovedData(["patients": nil, "admissions": nil])) == [])
  }

  @Test("a patient's identifier has no name")
  func identifiers() throws {
    #expect(
      try refusals(of: counting("include patients.patient_id = 12")) == [.unknownColumn])
  }
}
