/// The small differences between the figures of two tables: test T1.
///
/// For one figure, the figures of the other table that lie wholly inside of it are subtracted, or it
/// is subtracted from those that together hold all its members. That gives the smallest differences
/// over all unions, so that no union is looked for. The cohort of a table whose figures are all known
/// counts as a figure.
struct Residues {
  /// A difference that may not be derived.
  private struct Found {
    var isInside: Bool
    /// The figure of the one table; `nil` for its whole cohort.
    var figure: Int?
    /// The figures of the other table.
    var others: [Int]
    var people: Int
  }

  /// A table with what is published of it by now.
  private struct Side {
    var table: JudgedTable
    var pair: PairSide

    func isUsed(_ figure: Int) -> Bool { table.isKnown(figure) && pair.sizes[figure] > 0 }

    /// Whether known figures that do not overlap hold everyone of the table.
    var isWhole: Bool {
      let known = table.figures.indices.filter(isUsed)
      let chosen = disjoint(known.sorted { (-pair.sizes[$0], $0) < (-pair.sizes[$1], $1) })
      return chosen.reduce(0) { $0 + pair.sizes[$1] } == pair.cohortSize
    }

    func disjoint(_ figures: [Int]) -> [Int] { pair.disjoint(figures, of: table) }
  }

  /// A group of people of up to this many may not be derived.
  let minimum: Int
  private var scratch: [Int] = []

  init(minimum: Int) { self.minimum = minimum }

  /// Every small difference between a new table and another, with the figures of the new one of which
  /// one may be hidden to undo it; `nil` for any.
  mutating func all(
    _ new: JudgedTable, _ other: JudgedTable, _ pair: TablePair
  ) -> [(finding: DifferencingFinding, culprits: [Int]?)] {
    let own = Side(table: new, pair: pair.new)
    let its = Side(table: other, pair: pair.other)
    let ofNew = found(own, against: its).map { found in
      (finding(found, of: new, against: other), found.figure.map { [$0] })
    }
    let ofOther = found(its, against: own).map { found in
      (finding(found, of: other, against: new), Optional(found.others))
    }
    return ofNew + ofOther
  }

  private func finding(
    _ found: Found, of one: JudgedTable, against other: JudgedTable
  ) -> DifferencingFinding {
    let kind: DifferencingFinding.Kind =
      switch (found.isInside, found.figure.map(one.place(of:))) {
      case (true, let figure?): .inside(of: figure)
      case (false, let figure?): .around(figure)
      case (true, nil): .insideCohort(of: one.place)
      case (false, nil): .aroundCohort(of: one.place)
      }
    return DifferencingFinding(
      kind, figures: found.others.map(other.place(of:)), people: found.people)
  }

  /// The differences of the figures of one table, and of its cohort, with those of the other.
  private mutating func found(_ one: Side, against other: Side) -> [Found] {
    var found: [Found] = []
    for figure in one.table.figures.indices where one.isUsed(figure) {
      found += differences(
        of: figure, one.pair.touches[figure], size: one.pair.sizes[figure], other)
    }
    if one.isWhole {
      found += differences(of: nil, one.pair.cohortTouches, size: one.pair.cohortSize, other)
    }
    return found
  }

  private mutating func differences(
    of figure: Int?, _ group: [PairSide.Touch], size: Int, _ other: Side
  ) -> [Found] {
    var touching = other.pair.overlaps(group, scratch: &scratch).filter { other.isUsed($0.figure) }
    if other.pair.hasTotals {
      // Those that reach least beyond the group first, and of them the largest.
      touching.sort {
        let (left, right) = (other.pair.sizes[$0.figure], other.pair.sizes[$1.figure])
        return (left - $0.count, -left, $0.figure) < (right - $1.count, -right, $1.figure)
      }
    }
    let inside = other.disjoint(
      touching.filter { other.pair.sizes[$0.figure] == $0.count }.map(\.figure))
    let left = size - inside.reduce(0) { $0 + other.pair.sizes[$1] }
    var found: [Found] = []
    if !inside.isEmpty, (1...minimum).contains(left) {
      found.append(Found(isInside: true, figure: figure, others: inside, people: left))
    }
    let around = other.disjoint(touching.map(\.figure))
    let beyond = around.reduce(0) { $0 + other.pair.sizes[$1] } - size
    if (1...minimum).contains(beyond), holdsAll(of: group, in: around, of: other) {
      found.append(Found(isInside: false, figure: figure, others: around, people: beyond))
    }
    return found
  }

  /// Whether everyone of a group is in one of some figures.
  private func holdsAll(of group: [PairSide.Touch], in figures: [Int], of other: Side) -> Bool {
    let labels = Set(figures.flatMap { other.table.figures[$0].labels })
    return group.allSatisfy { labels.contains($0.label) }
  }
}
