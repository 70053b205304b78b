import CarrelPolicy
import TestSupport
import Testing

@Suite("Comparing two policies") struct PolicyComparisonTests {
  private func relations(
    _ first: Policy, _ second: Policy
  ) -> [PolicyRule: PolicyComparison.Relation] {
    let comparison = PolicyComparison(first, second)
    let all = PolicyRule.allCases.map { ($0, comparison.relation(in: $0)) }
    return Dictionary(uniqueKeysWithValues: all).filter { $0.value != .same }
  }

  private func relations(
    _ first: String, _ second: String
  ) throws -> [PolicyRule: PolicyComparison.Relation] {
    relations(try Policies.named(first), try Policies.named(second))
  }

  @Test("a policy is as strict as itself", arguments: Policies.names)
  func itself(name: String) throws {
    #expect(try relations(name, name) == [:])
  }

  /// Of parts, each keeps something back.
  ///
  /// Where nothing is rounded, 37 of 40 is hidden like 3 of
  /// 40, and rounding tells the two apart; where everybody is hidden, 40 of 40 is told from 38.
  @Test func `the kinds of figure that change are told apart`() throws {
    #expect(
      try relations("opensafely", "omop") == [
        .smallCounts: .firstIsStricter, .counts: .firstIsStricter, .parts: .neither,
        .percentages: .firstIsStricter, .means: .firstIsStricter, .steps: .firstIsStricter,
      ])
    #expect(
      try relations("nhse-sde", "ons") == [
        .nobody: .secondIsStricter, .smallCounts: .secondIsStricter, .parts: .neither,
      ])
    #expect(try relations("opensafely", "nhs-england") == [:])
  }

  /// 3 of a midpoint says 1 to 6, of which a hidden 1 to 7 keeps one number more; a hidden 8 does
  /// not say less than a shown 9, which stands for 7 to 12.
  @Test func `hiding and rounding are held against each other number by number`() throws {
    let relations = try relations("opensafely", "opensafely-midpoint6")
    #expect(relations[.smallCounts] == .neither)
    #expect(relations[.counts] == .neither)
  }

  @Test func `every policy is at least as strict as exact, and only exact as every policy`() throws
  {
    let exact = try Policies.named("exact")
    for name in Policies.names {
      let policy = try Policies.named(name)
      #expect(PolicyComparison(policy, exact).firstIsAtLeastAsStrict)
      #expect(PolicyComparison(exact, policy).firstIsAtLeastAsStrict == (name == "exact"))
    }
  }

  @Test func `a policy that lets a layer of the sandbox be absent is less strict`() throws {
    let whole = try Policies.written("sandbox needs all")
    let lacking = try Policies.written("sandbox may lack landlock")
    #expect(relations(whole, lacking) == [.sandbox: .firstIsStricter])
    #expect(
      relations(lacking, try Policies.written("sandbox may lack seccomp")) == [.sandbox: .neither])
  }

  @Test func `what a few may contribute is told in words`() throws {
    #expect(
      PolicyRule.dominance.statement(of: try Policies.named("acro"))
        == "hidden where the largest 2 make more than 90% of a total "
        + "or all but the largest 2 make less than 10% of the largest")
    let one = try Policies.written(
      "means need 9 patients", "dominance largest 1 at most 50 percent")
    #expect(
      PolicyRule.dominance.statement(of: one)
        == "hidden where the largest makes more than 50% of a total")
    #expect(PolicyRule.dominance.statement(of: try Policies.named("omop")) == "not limited")
  }

  @Test func `more of the largest and a smaller share make a stricter limit`() throws {
    let policy = try Policies.written(
      "means need 9 patients", "dominance largest 2 at most 90 percent")
    let others: [(String, PolicyComparison.Relation?)] = [
      ("dominance largest 2 at most 90 percent", nil),
      ("dominance largest 3 at most 90 percent", .secondIsStricter),
      ("dominance largest 2 at most 91 percent", .firstIsStricter),
      ("dominance largest 3 at most 91 percent", .neither),
      ("dominance largest 1 at most 91 percent", .firstIsStricter),
    ]
    for (line, relation) in others {
      let other = try Policies.written("means need 9 patients", line)
      #expect(relations(policy, other)[.dominance] == relation, "\(line)")
    }
  }

  @Test(
    "one parameter that changes is found, and which way",
    arguments: [
      ("hide 1 to 5", PolicyRule.smallCounts), ("zero hide", .nobody), ("round to 5", .counts),
      ("percentages to 0 decimals", .percentages), ("means need 9 patients", .means),
      ("dominance largest 2 at most 90 percent", .dominance),
      ("remainder at least 10 percent of the largest", .dominance),
      ("resolution 2", .steps), ("units need 6 beyond", .units),
      ("narrowest window 7 days", .windows), ("outputs at most 60", .sizes),
      ("groups at most 60", .sizes), ("dimensions at most 6", .sizes),
    ] as [(String, PolicyRule)])
  func single(line: String, rule: PolicyRule) throws {
    let plain = try Policies.written("means need 6 patients", "hide 1 to 3", "resolution 1")
    let changed = try Policies.written(
      "means need 6 patients", "hide 1 to 3", "resolution 1", line)
    #expect(PolicyComparison(changed, plain).relation(in: rule) == .firstIsStricter)
    #expect(PolicyComparison(plain, changed).relation(in: rule) == .secondIsStricter)
    #expect(!PolicyComparison(plain, changed).firstIsAtLeastAsStrict)
  }

  @Test func `bases that do not divide each other leave neither stricter`() throws {
    let fives = try Policies.written("hide 1 to 7", "means need 8 patients", "round to 5")
    let sevens = try Policies.written("hide 1 to 10", "means need 11 patients", "round to 7")
    #expect(relations(fives, sevens)[.counts] == .neither)
  }
}
