import CarrelChecker
import CarrelDiagnostics
import CarrelPolicy
import TestSupport
import Testing

/// One way to break a rule of a protected site, and how the same is asked for within the rule.
struct SafetyCase: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let refused: String
  let allowed: String

  init(_ rule: String, refused: String, allowed: String) {
    testDescription = rule
    self.refused = refused
    self.allowed = allowed
  }
}

/// A site whose people are real, under a policy.
func protectedSite(_ policy: String = "opensafely", approved: ApprovedData? = nil) throws
  -> SafetyRules
{
  SafetyRules(isProtected: true, policy: try Policies.named(policy), approved: approved)
}

/// The codes of what a protected site says of a study.
func refusals(
  of study: String, setting settings: [String: String] = [:], files: [String: String] = [:],
  approved: ApprovedData? = nil
) throws -> [DiagnosticCode] {
  check(study, setting: settings, files: files, under: try protectedSite(approved: approved))
    .diagnostics.sorted.map(\.code)
}

/// Holds a study that must be refused, and one that must not be, to a rule.
func expect(_ code: DiagnosticCode, in example: SafetyCase) throws {
  let refused = check(example.refused, under: try protectedSite())
  #expect(refused.study == nil, "\(example.refused)")
  #expect(
    Set(refused.diagnostics.sorted.map(\.code)) == [code],
    "\(TextRenderer().render(refused.diagnostics))")
  let allowed = check(example.allowed, under: try protectedSite())
  #expect(allowed.study != nil, "\(TextRenderer().render(allowed.diagnostics))")
  let site = SafetyRules(isProtected: false, policy: try Policies.named("opensafely"))
  let synthetic = check(example.refused, under: site)
  #expect(synthetic.study != nil, "a synthetic site only warns")
  #expect(synthetic.diagnostics.sorted.allSatisfy { $0.severity == .warning })
}

/// A study that counts the members of a population with these criteria.
func counting(_ criteria: String, _ declarations: String = "") -> String {
  """
  \(declarations)
  population people \(criteria)
  table t of people show count
  """
}

/// A study that shows something of everyone.
func showing(_ clauses: String, _ declarations: String = "") -> String {
  """
  \(declarations)
  population everyone include patients.sex is known
  table t of everyone \(clauses)
  """
}
