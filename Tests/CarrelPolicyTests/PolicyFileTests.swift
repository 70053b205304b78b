import CarrelDiagnostics
import CarrelPolicy
import CarrelSandbox
import TestSupport
import Testing

@Suite("The policies that the project ships") struct PolicyFileTests {
  @Test func `there are ten`() {
    #expect(
      Policies.names == [
        "acro", "cms", "cohort-discovery", "exact", "nhs-england", "nhse-sde", "omop", "ons",
        "opensafely", "opensafely-midpoint6",
      ])
  }

  @Test("each is what its file is called, and its own examples hold", arguments: Policies.names)
  func examples(name: String) throws {
    let policy = try Policies.named(name)
    #expect(policy.name == name)
    #expect(!policy.source.isEmpty)
    let outcomes = PolicyExamples.run(policy)
    #expect(outcomes.count >= 3)
    for outcome in outcomes {
      #expect(outcome.passes, "\(name).policy:\(outcome.example.line): \(outcome.example.title)")
    }
  }

  @Test func `none lets a layer of the sandbox be absent, by silence or in words`() throws {
    for name in Policies.names {
      #expect(try Policies.named(name).layersThatMayBeAbsent.isEmpty)
    }
    #expect(try Policies.written("sandbox needs all").layersThatMayBeAbsent.isEmpty)
    #expect(
      try Policies.written("sandbox may lack landlock, seccomp").layersThatMayBeAbsent
        == [.landlock, .seccomp])
  }

  @Test func `only exact is for synthetic sites alone`() throws {
    for name in Policies.names {
      #expect(try Policies.named(name).isForSyntheticSitesOnly == (name == "exact"))
    }
  }

  @Test func `a policy that protects nothing is for synthetic sites, whatever it is called`() throws
  {
    let policies = [
      try Policies.written("policy opensafely version 3"),
      try Policies.written("hide 1 to 7", "means need 8 patients"),
      try Policies.written("resolution 1"),
    ]
    #expect(policies.map(\.isForSyntheticSitesOnly) == [true, true, true])
  }

  @Test func `an example that does not hold says so`() throws {
    let policy = try Policies.written("example \"seven are shown\" given 7 expect 8")
    #expect(PolicyExamples.run(policy).map(\.passes) == [false])
  }

  @Test(
    "the rules for counts fit in a sentence",
    arguments: [
      (
        "opensafely",
        "Counts of 1 to 7 are hidden, others are to the nearest 5, totals add up what is shown."
      ),
      (
        "nhs-england",
        "Counts of 1 to 7 are hidden, others are to the nearest 5, totals add up what is shown."
      ),
      ("acro", "Counts of 0 to 9 are hidden, others are exact, totals add up what is shown."),
      ("cms", "Counts of 1 to 10 are hidden, others are exact, totals add up what is shown."),
      ("exact", "Nothing is hidden or rounded: these rules are for invented people only."),
    ])
  func sentence(name: String, sentence: String) throws {
    #expect(try Policies.named(name).sentence == sentence)
  }
}
