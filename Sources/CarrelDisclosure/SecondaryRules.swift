import CarrelAudit
import CarrelPolicy
import CarrelWitness

/// Hides groups beside hidden ones until no count that the policy hides can be worked out, and proves
/// it.
///
/// Which ones are hidden is chosen without a count (``Suppression``). What would leave is then audited
/// as if every shown count stood there exactly: rounding only ever leaves a reader with less. A count
/// behind a mark is at least 1 where zeros are shown, and any number where they are not. The proof is
/// pairs of tables that show the same, and the checker confirms it. Where there is none, every count
/// but that of everybody is hidden, and where that does not help either, the release is held.
struct SecondaryRules {
  let policy: Policy
  let order: SuppressionOrder

  /// The figures to hide, those that the policy hides included.
  func hidden(
    among counts: LinkedCounts, protection: SecondaryProtection
  ) throws(ReleaseHeld) -> Set<LinkedCounts.Figure> {
    let primaries = counts.figures.indices.filter { !policy.shows(counts.figures[$0].people) }
    if primaries.isEmpty { return [] }
    guard let atomCount = counts.atomCount else { throw ReleaseHeld() }
    let table = Table(counts, atomCount: atomCount, primaries: Set(primaries))
    let asked = goal(protection)
    var suppression = Suppression(problem(table, asked, mayHideSums: false))
    if !suppression.unprotected.isEmpty {
      suppression = Suppression(problem(table, asked, mayHideSums: true))
    }
    // A choice that is not safe whatever the counts are is not tried on them: that it was kept would
    // say something of them.
    let few = table.primaries.union(suppression.companions)
    if suppression.unprotected.isEmpty, isProved(table, hiding: few, asked, by: suppression) {
      return table.figures(few)
    }
    // That all are hidden says that the counts which the policy hides protect no other, and so perhaps
    // which ones they are: a reader is taken to know.
    let all = table.primaries.union(counts.figures.indices.dropFirst())
    let range = policy.hiddenCounts?.upperBound ?? 0
    if isProved(table, hiding: all, asked, by: nil, mostHidden: range) { return table.figures(all) }
    throw ReleaseHeld()
  }

  /// How far a reader must stay from a hidden count.
  private func goal(_ protection: SecondaryProtection) -> WitnessChecker.Protection {
    guard protection == .hiddenRange, let hidden = policy.hiddenCounts else { return .notExact }
    return .covers((policy.zero == .show ? hidden.lowerBound : 0)...hidden.upperBound)
  }

  private func problem(
    _ table: Table, _ protection: WitnessChecker.Protection, mayHideSums: Bool
  ) -> SuppressionProblem {
    let cells = table.counts.figures.enumerated().map { number, entry in
      let isPrimary = table.primaries.contains(number)
      let isOpen = number > 0 && (mayHideSums || !table.counts.isRefined(entry.figure))
      let role: SuppressionProblem.Role =
        isPrimary ? .primary : isOpen && entry.people > 0 ? .eligible : .shown
      // Of a hidden count nothing is taken for granted, not even that it is above the least one.
      return SuppressionProblem.Cell(
        table.atoms[number], role, order: order.place(of: table.counts.place(of: entry.figure)),
        canFall: !isPrimary)
    }
    return SuppressionProblem(atomCount: table.atomCount, cells: cells, protection: protection)
  }

  /// Whether two tables show the same and differ enough, for each count that the policy hides.
  private func isProved(
    _ table: Table, hiding hidden: Set<Int>, _ protection: WitnessChecker.Protection,
    by suppression: Suppression?, mostHidden: Int? = nil
  ) -> Bool {
    let facts = table.facts(hiding: hidden, under: policy, mostHidden: mostHidden)
    let cells = table.primaries.sorted().map { table.atoms[$0] }
    let checker = WitnessChecker(facts: facts, protecting: cells.map { .init($0, protection) })
    if let truth = table.truth, let suppression,
      checker.faults(in: suppression.witnesses(at: truth)).isEmpty
    {
      return true
    }
    let problem = AuditProblem(
      atomCount: table.atomCount, facts: facts, cells: cells, table: table.truth)
    guard let audit = try? Audit(problem) else { return false }
    return checker.faults(in: audit.witnesses).isEmpty
  }

  /// Counts as sums of atoms.
  private struct Table {
    let counts: LinkedCounts
    let atomCount: Int
    /// The figures that the policy hides.
    let primaries: Set<Int>
    /// The atoms of each figure.
    let atoms: [[Int]]

    init(_ counts: LinkedCounts, atomCount: Int, primaries: Set<Int>) {
      self.counts = counts
      self.atomCount = atomCount
      self.primaries = primaries
      atoms = counts.figures.map { counts.atoms(of: $0.figure) }
    }

    /// The people in each atom, where every atom is counted.
    var truth: [Int]? {
      var people = [Int?](repeating: nil, count: atomCount)
      for (atoms, entry) in zip(atoms, counts.figures) where atoms.count == 1 {
        people[atoms[0]] = entry.people
      }
      let known = people.compactMap(\.self)
      return known.count == atomCount ? known : nil
    }

    /// What a reader knows at most, perhaps also that the policy hides a count.
    func facts(
      hiding hidden: Set<Int>, under policy: Policy, mostHidden: Int?
    ) -> [PublishedFact] {
      let least = policy.zero == .show ? 1 : 0
      return counts.figures.indices.map { number in
        guard hidden.contains(number) else {
          return PublishedFact(atoms[number], is: counts.figures[number].people)
        }
        // Everybody is never hidden beside others.
        let most = number == 0 ? policy.hiddenCounts?.upperBound ?? 0 : mostHidden
        return PublishedFact(
          atoms[number], from: least, to: primaries.contains(number) ? most : nil)
      }
    }

    func figures(_ numbers: Set<Int>) -> Set<LinkedCounts.Figure> {
      Set(numbers.map { counts.figures[$0].figure })
    }
  }
}
