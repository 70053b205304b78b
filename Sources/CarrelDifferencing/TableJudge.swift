/// Judges one new table: what becomes of each of its figures, and what no repair resolves.
struct TableJudge {
  /// The new table with what is left of it.
  private(set) var settled: JudgedTable
  let others: [JudgedTable]
  let rules: DifferencingRules
  /// The new table beside each of the others, in their order.
  private(set) var pairs: [TablePair] = []
  private(set) var verdicts: [FigureVerdict]
  private(set) var unresolved: [DifferencingFinding] = []
  private(set) var repaired: [DifferencingFinding] = []
  /// For each other table how many figures of the new one divide its cohort.
  private(set) var dividedBy: [Int] = []
  /// How many facts divide the cohort of the new table.
  private(set) var dividing = 0
  /// The people of each figure of the new table.
  let sizes: [Int]
  /// The people of the new table.
  let cohortSize: Int
  /// How many figures say something of their members before anything is hidden.
  private var proposed = 0
  /// The pair in which a difference was found last.
  private var lastPair = 0
  /// Pairs of which it is known that they determine nothing: less is published with each repair.
  var settledPairs: Set<Int> = []
  private let vector: LabelVector
  /// What the values of the new table's members give away beside those of others.
  private var valueResidues: [Repairable] = []

  init(
    _ table: JudgedTable, _ vector: LabelVector, among others: [JudgedTable],
    _ rules: DifferencingRules
  ) {
    settled = table
    self.vector = vector
    self.others = others
    self.rules = rules
    verdicts = table.figures.map { _ in .fine }
    let tally = vector.tally
    cohortSize = tally.dropFirst().reduce(0, +)
    sizes = table.figures.map { figure in
      figure.labels.reduce(0) { $0 + (tally.indices.contains($1) ? tally[$1] : 0) }
    }
  }

  /// Sets the new table beside the next of the others.
  mutating func compare(with other: Int, _ otherVector: LabelVector) {
    pairs.append(TablePair(settled.table, vector, others[other].table, otherVector))
  }

  /// Whether values may say something beside those of another table.
  func mayCompareValues(with other: Int) -> Bool {
    settled.showsValues.contains(true) && others[other].showsValues.contains(true)
      && pairs[other].isConnected && !others[other].isSibling(of: settled)
      && ValueResidues(minimum: rules.minimum).mayBeAny(settled, others[other], pairs[other])
  }

  /// Sets the values of the new table's members beside those of another's.
  mutating func compareValues(_ values: ValuePair, with other: Int) {
    valueResidues += ValueResidues(minimum: rules.minimum).all(
      settled, others[other], pairs[other], values)
  }

  /// Hides what pairs of tables would give away, once earlier facts are taken.
  mutating func judgePairs() {
    proposed = known.count
    repairAll { $0.firstInPairs() }
  }

  /// Hides what all tables taken together would give away.
  mutating func judgeJointly(_ groups: JointGroups) {
    repairAll { $0.firstInPairs() ?? $0.firstJoint(groups) }
    let hiddenCount = verdicts.count { $0 == .hide }
    if 2 * hiddenCount > proposed {
      unresolved.append(DifferencingFinding(.emptied(settled.place)))
    }
  }

  /// Counts the facts that divide each cohort, and finds those that leave too few people for each.
  mutating func judgeBudget(_ crowd: Crowd) {
    dividing = crowd.facts[0]
    dividedBy = crowd.newFacts
    unresolved += crowd.findings(in: self, patientsPerFact: rules.patientsPerFact)
    for number in unresolved.indices { unresolved[number].nearestEarlier = nearestEarlier }
    settled.table.dividingFactCount = dividing
  }

  /// Repairs what is found until nothing is, or what is cannot be repaired.
  private mutating func repairAll(_ first: (inout TableJudge) -> Repairable?) {
    while unresolved.isEmpty, let finding = first(&self) { repair(finding) }
  }
}

// MARK: Near is the same

extension TableJudge {
  /// Gives each figure the fact of an earlier one that has nearly the same members.
  mutating func takeNearFacts() {
    for figure in settled.figures.indices where sizes[figure] > 0 {
      guard let near = nearFact(to: figure) else { continue }
      verdicts[figure] = .takes(near.place)
      settled.published[figure] = .taken
      // Of the very same people another question shows other values, which are their own.
      if !near.isOfSame { settled.showsValues[figure] = false }
    }
  }

  /// The earlier figure whose fact a new one takes: one asked for by the same words if it is near,
  /// else the first released of those that are.
  ///
  /// It is of the same if another question asked about the very same people.
  private func nearFact(to figure: Int) -> (place: FigurePlace, isOfSame: Bool)? {
    let tolerance = rules.minimum + settled.figures[figure].margin
    var scratch: [Int] = []
    var found: (FigurePlace, Bool)?
    for (other, pair) in zip(others, pairs) where !other.isSibling(of: settled) {
      let overlaps = pair.other.overlaps(pair.new.touches[figure], scratch: &scratch)
      for (candidate, shared) in overlaps.sorted(by: { $0.figure < $1.figure }) {
        let difference = sizes[figure] + pair.other.sizes[candidate] - 2 * shared
        guard difference <= tolerance, other.published[candidate] != .taken else { continue }
        let isSameQuestion = other.figures[candidate].identity == settled.figures[figure].identity
        if isSameQuestion { return (other.place(of: candidate), false) }
        found = found ?? (other.place(of: candidate), difference == 0)
      }
    }
    return found
  }
}

// MARK: Pairs of tables

extension TableJudge {
  /// A finding with the figures of the new table of which one is hidden to undo it.
  struct Repairable {
    var finding: DifferencingFinding
    var culprits: [Int]
  }

  /// The first difference that is too small, between different definitions (T1).
  private mutating func firstResidue() -> Repairable? {
    var residues = Residues(minimum: rules.minimum)
    // Where one was found there are often more: the search goes on from there, and once round.
    for step in others.indices {
      let other = (lastPair + step) % others.count
      guard !others[other].isSibling(of: settled),
        let found = residues.all(settled, others[other], pairs[other]).first
      else { continue }
      lastPair = other
      return Repairable(finding: found.finding, culprits: found.culprits ?? known)
    }
    return nil
  }

  /// The figures of the new table that say something of their members.
  var known: [Int] { settled.figures.indices.filter { settled.isKnown($0) && sizes[$0] > 0 } }

  /// The others that share a patient and say something, those first that divide the fewest groups.
  var informative: [Int] {
    others.indices.filter { other in
      pairs[other].isConnected
        && others[other].figures.indices.contains { others[other].isKnown($0) }
    }.sorted { left, right in
      (pairs[left].shared.entries.count, left) < (pairs[right].shared.entries.count, right)
    }
  }

  private mutating func firstInPairs() -> Repairable? {
    firstResidue() ?? firstValueResidue() ?? firstShared()
  }

  /// The first values that are an edition of others, all figures of which are still shown.
  private func firstValueResidue() -> Repairable? {
    valueResidues.first { $0.culprits.allSatisfy { settled.showsValues[$0] } }
  }

  /// The earlier table that has most people in common with the new one.
  private var nearestEarlier: Int? {
    let common = zip(others, pairs).enumerated().compactMap { number, other -> (Int, Int)? in
      guard case .earlier = other.0.place else { return nil }
      let shared = other.1.shared.entries.reduce(0) {
        $0 + ($1.first != 0 && $1.second != 0 ? $1.count : 0)
      }
      return shared == 0 ? nil : (number, shared)
    }
    return common.max { ($0.1, $1.0) < ($1.1, $0.0) }?.0
  }

  /// Hides one of the figures that make a finding, the first in the keyed order.
  private mutating func repair(_ found: Repairable) {
    let figures = settled.figures
    guard
      let hidden = found.culprits.min(by: { (figures[$0].key, $0) < (figures[$1].key, $1) })
    else { return unresolved.append(found.finding) }
    repaired.append(found.finding)
    verdicts[hidden] = .hide
    settled.published[hidden] = .hidden
    settled.showsValues[hidden] = false
    // A few people who are hidden by now were not asked about before.
    if sizes[hidden] <= rules.minimum { settledPairs = [] }
  }
}
