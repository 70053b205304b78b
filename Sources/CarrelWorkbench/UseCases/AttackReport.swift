public import CarrelJSON
import CarrelPolicy
import CarrelRehearsal

/// What the known attacks come to under a policy.
public struct AttackReport {
  private let title: String
  private let rehearsal: Rehearsal

  /// Plays attacks under a policy that is named, or of its file.
  ///
  /// - Parameters:
  ///   - numbers: The numbers of the attacks, as in `A1`; every attack if there are none.
  ///   - policy: The name of a policy, or the path of its file.
  /// - Throws: A ``Failure`` where there is no such attack or policy.
  public init(_ numbers: [String], under policy: String) throws(Failure) {
    let file = try PolicyFile(policy)
    title = file.title
    let known = Rehearsal.attacks.map(\.number)
    for number in numbers where !known.contains(number.uppercased()) {
      throw Failure(
        "U024", "there is no attack `\(number)`",
        help: "write one of \(Set(known).sorted().joined(separator: ", "))",
        status: .wrongCommandLine)
    }
    let wanted = numbers.map { $0.uppercased() }
    rehearsal = Rehearsal(
      wanted.isEmpty
        ? Rehearsal.attacks : Rehearsal.attacks.filter { wanted.contains($0.number) },
      under: file.policy)
  }

  /// Whether every attack that the policy promises to stop is stopped.
  public var keepsPromises: Bool { rehearsal.keepsPromises }

  /// A line for each attack; what gets through is explained below.
  public func text(width: Int) -> String {
    var lines = [
      "attacks on invented people under \(title), through the gate and the guard", "",
      Columns(
        rehearsal.scenes.map { scene in
          [scene.attack.name, scene.word, scene.outcome.measured]
        }
      ).text,
    ]
    for scene in rehearsal.scenes where scene.outcome.getsThrough {
      lines += [
        "", scene.isClaimed ? "\(scene.attack.name), against the policy" : scene.attack.name,
      ]
      lines += [
        "\(scene.attack.method).", "Best known: \(scene.attack.best).",
        "Bits in a release: \(scene.attack.bits).", "Needs to know: \(scene.attack.knowledge).",
      ].map { $0.wrapped(to: width, indent: "  ") }
    }
    return (lines + ["", verdict]).joined(separator: "\n")
  }

  private var verdict: String {
    let through = rehearsal.scenes.count { $0.outcome.getsThrough }
    let broken = rehearsal.scenes.count(where: \.breaksPromise)
    let stopped = "\(rehearsal.scenes.count - through) of \(rehearsal.scenes.count) attacks stopped"
    return broken == 0
      ? "\(stopped); none gets through that the policy promises to stop"
      : "\(stopped); \(broken) of those that the policy promises to stop get through"
  }

  /// The same for programs.
  public var json: JSON {
    .object([
      .init("carrel", 1), .init("command", "attack"), .init("ok", .boolean(keepsPromises)),
      .init("policy", .string(rehearsal.policy.name)),
      .init("version", .integer(rehearsal.policy.version)),
      .init("attacks", .array(rehearsal.scenes.map(\.json))),
    ])
  }
}

extension Rehearsal.Scene {
  fileprivate var word: String {
    outcome.getsThrough ? isClaimed ? "GETS THROUGH" : "gets through" : "stopped"
  }

  fileprivate var json: JSON {
    .object([
      .init("attack", .string(attack.number)), .init("name", .string(attack.name)),
      .init("method", .string(attack.method)), .init("stopped", .boolean(!outcome.getsThrough)),
      .init("promised", .boolean(isClaimed)), .init("measured", .string(outcome.measured)),
      .init("best_known", .string(attack.best)), .init("bits_per_release", .string(attack.bits)),
      .init("prior_knowledge", .string(attack.knowledge)),
    ])
  }
}
