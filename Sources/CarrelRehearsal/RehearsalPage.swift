public import CarrelPolicy

/// The page that says of every policy which known attacks it stops and which it does not.
public struct RehearsalPage: Sendable {
  private let rehearsals: [Rehearsal]

  /// Plays every attack under some policies.
  public init(of policies: [Policy]) { self.init(of: policies.map { Rehearsal(under: $0) }) }

  /// The page of rehearsals that were held.
  package init(of rehearsals: [Rehearsal]) { self.rehearsals = rehearsals }

  /// The page as Markdown.
  public var text: String {
    ([Self.introduction, ""] + attacks + rehearsals.flatMap(table)).joined(separator: "\n") + "\n"
  }

  private static let introduction = """
    # Known attacks, and what each policy stops

    Made by `carrel attack`, which plays each attack on invented people through the disclosure gate
    and the guard across releases that sites use; a test holds this page to it. What is measured is
    what came out, not what was hoped for. *Gets through* where a policy makes no promise is what it
    leaves open; the command fails if an attack gets through that the policy promises to stop.

    ## The attacks
    """

  private var attacks: [String] {
    Rehearsal.attacks.flatMap { attack in
      [
        "**\(attack.name)**: \(attack.method).",
        "Best known: \(attack.best). Bits in a release: \(attack.bits).",
        "Needs to know: \(attack.knowledge).", "",
      ]
    }
  }

  private func table(_ rehearsal: Rehearsal) -> [String] {
    [
      "## \(rehearsal.policy.name) \(rehearsal.policy.version)", "",
      "| attack | outcome | promised | measured |", "|---|---|---|---|",
    ]
      + rehearsal.scenes.map { scene in
        let outcome = scene.outcome.getsThrough ? "**gets through**" : "stopped"
        return "| \(scene.attack.name) | \(outcome) | \(scene.isClaimed ? "yes" : "no") "
          + "| \(scene.outcome.measured) |"
      } + [""]
  }
}
