import CarrelAudit
import CarrelPlan
import CarrelPolicy
import CarrelWitness

/// Hides figures beside hidden ones until no number that the policy hides can be worked out from all
/// that leaves, and proves it.
///
/// What would leave is audited as a reader knows it: a rounded figure as the numbers that it can
/// stand for, a mark as somebody where zeros are shown. The proof is pairs of tables that show the
/// same, and the checker confirms it. Where it is not safe, more is hidden (``CompanionChoice``).
/// Where counts are rounded that is only done if the published figures ask for it; where they are
/// exact it always is, so that nothing about the choice says anything of a count. Last, all that
/// is tied to a number without proof is hidden, and where that does not help either, the release held.
struct SecondaryRules {
  let policy: Policy
  let order: SuppressionOrder

  /// The figures to hide beside those that the policy hides.
  func companions(of raw: RawResults, _ counts: StudyCounts) throws(ReleaseHeld) -> CompanionFigures
  {
    var companions = CompanionFigures()
    guard let protection = policy.secondary else { return companions }
    let goal = goal(protection)
    for fates in counts.fates(of: raw, hiding: companions) {
      let figures = try hidden(fates, counts.index, goal)
      if !figures.isEmpty { companions.hidden[fates.people] = figures }
    }
    // What was chosen is audited once more, as it would leave.
    for fates in counts.fates(of: raw, hiding: companions)
    where companions.hidden[fates.people] != nil {
      guard
        let tied = try LinkedCounts(fates.figures, by: counts.index, crossingRings: true)
      else { continue }
      let audit = CountAudit(counts: tied, policy: policy, protection: goal)
      guard audit.unproved(hiding: []).isEmpty else { throw ReleaseHeld() }
    }
    return companions
  }

  /// How far a reader must stay from a hidden count.
  private func goal(_ protection: SecondaryProtection) -> WitnessChecker.Protection {
    guard protection == .hiddenRange, let hidden = policy.hiddenCounts else { return .notExact }
    return .covers((policy.zero == .show ? hidden.lowerBound : 0)...hidden.upperBound)
  }

  private func hidden(
    _ fates: StudyCounts.Fates, _ index: StudyIndex, _ goal: WitnessChecker.Protection
  ) throws(ReleaseHeld) -> Set<CountFigure> {
    guard fates.figures.values.contains(where: \.isProtected),
      let crossed = try LinkedCounts(fates.figures, by: index, crossingRings: true)
    else { return [] }
    let audit = CountAudit(counts: crossed, policy: policy, protection: goal)
    let open = policy.rounding == .none ? audit.protected : audit.unproved(hiding: [])
    // Figures are chosen among those that there are; whether they are enough in a ring, the audit says.
    guard !open.isEmpty,
      let counts = crossed.ringAtomCount == 0
        ? crossed : try LinkedCounts(fates.figures, by: index, crossingRings: false)
    else { return [] }
    let choice = CompanionChoice(counts: counts, policy: policy, protection: goal, order: order)
    if let few = choice.few(for: open), audit.unproved(hiding: few).isEmpty { return few }
    let all = choice.all(for: open)
    guard policy.rounding != .none || choice.areMany(in: open),
      audit.unproved(hiding: all).isEmpty
    else { throw ReleaseHeld() }
    return all
  }
}

/// Whether all that would leave keeps the numbers that the policy hides.
struct CountAudit {
  let counts: LinkedCounts
  let policy: Policy
  let protection: WitnessChecker.Protection

  /// The figures that nobody may work out.
  var protected: [CountFigure] {
    counts.figures.filter { counts.fates[$0]?.isProtected == true }
  }

  /// Those for which there is no proof that two tables show the same and differ enough in them.
  func unproved(hiding companions: Set<CountFigure>) -> [CountFigure] {
    let figures = protected
    guard isFeasible(hiding: companions) else { return figures }
    let facts = facts(hiding: companions)
    let cells = figures.map(counts.atoms)
    guard let people = counts.people else { return figures }
    let problem = AuditProblem(
      atomCount: counts.atomCount, facts: facts, cells: cells, table: people)
    guard let audit = try? Audit(problem) else { return figures }
    let checker = WitnessChecker(facts: facts, protecting: cells.map { .init($0, protection) })
    let faults = checker.faults(in: audit.witnesses)
    let open = faults.map { fault -> Int? in
      if case .unprotected(let cell) = fault { cell } else { nil }
    }
    // A proof that disagrees with what is published proves nothing of any figure.
    if open.contains(nil) { return figures }
    return figures.indices.filter { open.contains($0) }
      .filter { !isNobody(figures[$0], within: audit.intervals[$0]) }.map { figures[$0] }
  }

  /// Whether what is published says that a part is nobody, under a policy that shows as much.
  ///
  /// Where every other group has none of a characteristic, a reader knows that a hidden group has
  /// none either, and may. It is so for every table that shows the same, as nothing else is looked at.
  private func isNobody(_ figure: CountFigure, within interval: CellInterval) -> Bool {
    policy.zero == .show && figure.part != nil && interval.isDecided && interval.high == 0
  }

  /// The most that can be unknown at once; more would take the search minutes, and is not proved.
  private static let mostUnknown = 4_500

  /// Whether no more is unknown: where counts are exact, only what is hidden is, or not counted.
  private func isFeasible(hiding companions: Set<CountFigure>) -> Bool {
    guard policy.rounding == .none else { return counts.atomCount <= Self.mostUnknown }
    let hidden = counts.figures.count { figure in
      counts.fates[figure]?.shown == nil || companions.contains(figure)
        || companions.contains(figure.group)
    }
    return 2 * hidden + counts.ringAtomCount <= Self.mostUnknown
  }

  /// What a reader knows at most.
  private func facts(hiding companions: Set<CountFigure>) -> [PublishedFact] {
    let equations = counts.equations().map { PublishedFact($0, is: counts.sumOfEquals) }
    return equations
      + counts.figures.compactMap { figure in
        guard let fate = counts.fates[figure] else { return nil }
        let isHidden = companions.contains(figure) || companions.contains(figure.group)
        if let shown = fate.shown, !isHidden {
          return PublishedFact(
            counts.atoms(of: figure), from: shown.lowerBound, to: shown.upperBound)
        }
        // A part may be hidden because its group is, and nothing follows from that.
        if figure.part != nil, !fate.isProtected || fate.people == 0 { return nil }
        // Everybody is never hidden beside others.
        return PublishedFact(
          counts.atoms(of: figure), from: policy.zero == .show ? 1 : 0,
          to: figure == .everybody ? policy.hiddenCounts?.upperBound ?? 0 : nil)
      }
  }
}
