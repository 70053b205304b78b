import CarrelJSON
import CarrelPolicy
import CarrelRehearsal
import Foundation
import TestSupport
import Testing

@Suite("Attack rehearsal") struct RehearsalTests {
  private static let page = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "docs/attacks.md")

  /// Every policy that is shipped, by name.
  private static func policies() throws -> [Policy] { try Policies.names.map(Policies.named) }

  /// Every attack under each policy: played by the optimised program where there is one, because
  /// here they take minutes.
  private static func rehearsals() throws -> [Rehearsal] {
    try policies().map { policy in
      guard Program.isOptimised else { return Rehearsal(under: policy) }
      let told = try Program.carrel.run(["attack", "--policy", policy.name, "--json"])
      let attacks = try #require(JSON(parsing: told.text)["attacks"]?.array)
      return Rehearsal(under: policy, scenes: try attacks.map(scene))
    }
  }

  private static func scene(_ told: JSON) throws -> Rehearsal.Scene {
    let name = try #require(told["name"]?.string)
    let attack = try #require(Rehearsal.attacks.first { $0.name == name }, "\(name)")
    return Rehearsal.Scene(
      attack: attack,
      outcome: AttackOutcome(
        getsThrough: told["stopped"] != true, try #require(told["measured"]?.string)),
      isClaimed: told["promised"] == true)
  }

  @Test func `the page of attacks is what comes out of playing them`() throws {
    let text = RehearsalPage(of: try Self.rehearsals()).text
    if ProcessInfo.processInfo.environment["CARREL_REWRITE"] != nil {
      try text.write(to: Self.page, atomically: true, encoding: .utf8)
    }
    #expect(
      try String(contentsOf: Self.page, encoding: .utf8) == text,
      "CARREL_REWRITE=1 makes docs/attacks.md anew")
  }

  @Test func `every attack has a number and a name of its own`() {
    let names = Rehearsal.attacks.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.contains(/^[A-Z]\d+ [a-z]/) })
  }

  @Test func `attacks get through where nothing is hidden`() throws {
    let rehearsal = Rehearsal(under: try Policies.named("exact"))
    let stopped = rehearsal.scenes.filter { !$0.outcome.getsThrough }.map(\.attack.name)
    // All but the one that is none: it asks whether honest figures leave.
    #expect(stopped == ["C7 false alarms"])
    #expect(rehearsal.keepsPromises)
  }

  @Test func `a promise that is broken is said`() throws {
    let open = try #require(Rehearsal.attacks.first { $0.number == "D2" })
    let rehearsal = Rehearsal([Promised(attack: open)], under: try Policies.named("opensafely"))
    #expect(rehearsal.scenes[0].breaksPromise)
    #expect(!rehearsal.keepsPromises)
  }
}

/// An attack that gets through, as if the policy had promised to stop it.
private struct Promised: Attack {
  let attack: any Attack
  var name: String { attack.name }
  var method: String { attack.method }
  var best: String { attack.best }
  var bits: String { attack.bits }
  var knowledge: String { attack.knowledge }

  func isClaimed(by policy: Policy) -> Bool { true }
  func play(against policy: Policy) -> AttackOutcome { attack.play(against: policy) }
}
