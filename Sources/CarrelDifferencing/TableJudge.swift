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
  private let vector: LabelVector

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
    sizes = table.figures.map { figure in
      figure.labels.reduce(0) { $0 + (tally.indices.contains($1) ? tally[$1] : 0) }
    }
  }

  /// Sets the new table beside the next of the others.
  mutating func compare(with other: Int, _ otherVector: LabelVector) {
    pairs.append(TablePair(settled.table, vector, others[other].table, otherVector))
  }

  /// Takes earlier facts, then hides what pairs of tables would give away.
  mutating func judgePairs() {
    takeNearFacts()
    while let finding = firstResidue() ?? firstShared() { repair(finding) }
  }
}

// MARK: Near is the same

extension TableJudge {
  /// Gives each figure the fact of an earlier one that has nearly the same members.
  private mutating func takeNearFacts() {
    for figure in settled.figures.indices where sizes[figure] > 0 {
      guard let near = nearFact(to: figure) else { continue }
      verdicts[figure] = .takes(near)
      settled.published[figure] = .taken
    }
  }

  /// The earlier figure whose fact a new one takes: one asked for by the same words if it is near,
  /// else the first released of those that are.
  private func nearFact(to figure: Int) -> FigurePlace? {
    let tolerance = rules.minimum + settled.figures[figure].margin
    var scratch: [Int] = []
    var found: FigurePlace?
    for (other, pair) in zip(others, pairs) where !other.isSibling(of: settled) {
      let overlaps = pair.other.overlaps(pair.new.touches[figure], scratch: &scratch)
      for (candidate, shared) in overlaps.sorted(by: { $0.figure < $1.figure }) {
        let difference = sizes[figure] + pair.other.sizes[candidate] - 2 * shared
        guard difference <= tolerance, other.published[candidate] != .taken else { continue }
        let isSameQuestion = other.figures[candidate].identity == settled.figures[figure].identity
        if isSameQuestion { return other.place(of: candidate) }
        found = found ?? other.place(of: candidate)
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
  private func firstResidue() -> Repairable? {
    var residues = Residues(minimum: rules.minimum)
    for (other, pair) in zip(others, pairs) where !other.isSibling(of: settled) {
      let own = Residues.Side(table: settled, pair: pair.new)
      let its = Residues.Side(table: other, pair: pair.other)
      if let found = residues.found(own, against: its).first {
        return Repairable(
          finding: finding(found, of: settled, against: other),
          culprits: found.figure.map { [$0] } ?? known)
      }
      if let found = residues.found(its, against: own).first {
        return Repairable(
          finding: finding(found, of: other, against: settled), culprits: found.others)
      }
    }
    return nil
  }

  private func finding(
    _ found: Residues.Found, of one: JudgedTable, against other: JudgedTable
  ) -> DifferencingFinding {
    let figure = found.figure.map(one.place(of:))
    let kind: DifferencingFinding.Kind =
      switch (found.isInside, figure) {
      case (true, let figure?): .inside(of: figure)
      case (false, let figure?): .around(figure)
      case (true, nil): .insideCohort(of: one.place)
      case (false, nil): .aroundCohort(of: one.place)
      }
    return DifferencingFinding(
      kind, figures: found.others.map(other.place(of:)), people: found.people)
  }

  /// The figures of the new table that say something of their members.
  var known: [Int] { settled.figures.indices.filter { settled.isKnown($0) && sizes[$0] > 0 } }

  private func firstShared() -> Repairable? { nil }

  /// Hides one of the figures that make a finding, the first in the keyed order.
  private mutating func repair(_ found: Repairable) {
    let figures = settled.figures
    guard
      let hidden = found.culprits.min(by: { (figures[$0].key, $0) < (figures[$1].key, $1) })
    else { return unresolved.append(found.finding) }
    repaired.append(found.finding)
    verdicts[hidden] = .hide
    settled.published[hidden] = .hidden
  }
}
