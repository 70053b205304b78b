import CarrelAudit
import CarrelPolicy
import CarrelWitness

/// Chooses figures to hide beside hidden ones without looking at a count: only at which ones the
/// policy hides, which are nobody where that is shown, and a keyed order.
struct CompanionChoice {
  let counts: LinkedCounts
  let policy: Policy
  let protection: WitnessChecker.Protection
  let order: SuppressionOrder

  /// As few figures as can be found that keep some numbers whatever the counts are; `nil` where
  /// none were found.
  ///
  /// Groups first; then, among those that stay, parts of them.
  func few(for open: [CountFigure]) -> Set<CountFigure>? {
    var hidden: Set<CountFigure> = []
    for block in blocks(of: open) {
      if let companions = companions(in: block, hidden: hidden) {
        hidden.formUnion(companions)
      } else if block.part != nil {
        hidden.formUnion(all(in: block))
      } else {
        return nil
      }
    }
    return hidden
  }

  /// Every figure that is tied to some numbers, but not everybody, and nobody where that is shown.
  func all(for open: [CountFigure]) -> Set<CountFigure> {
    blocks(of: open).reduce(into: []) { $0.formUnion(all(in: $1)) }
  }

  private func all(in block: LinkedCounts.Block) -> Set<CountFigure> {
    Set(figures(of: block).filter { !$0.levels.isEmpty && mayBeHidden($0) })
  }

  /// Whether there are so many people that it says nothing of a group that all groups are hidden.
  ///
  /// Where it was no use to choose, perhaps most groups are ones that the policy hides; of few people
  /// in all, that could say how many each has.
  func areMany(in open: [CountFigure]) -> Bool {
    let most = policy.hiddenCounts?.upperBound ?? 0
    return blocks(of: open).allSatisfy { block in
      let groups = counts.allGroups(of: block.groupings)
      let people = groups.reduce(0) { $0 + (counts.fates[$1]?.people ?? 0) }
      return people > 2 * most * block.groupCount
    }
  }

  /// The blocks that count some figures, those of all people first.
  private func blocks(of open: [CountFigure]) -> [LinkedCounts.Block] {
    counts.blocks.filter { block in
      open.contains { $0.part == block.part && block.covers($0.groupings) }
    }
  }

  /// The figures that a block counts.
  private func figures(of block: LinkedCounts.Block) -> [CountFigure] {
    counts.figures.filter { $0.part == block.part && block.covers($0.groupings) }
  }

  private func mayBeHidden(_ figure: CountFigure) -> Bool {
    policy.zero == .hide || (counts.fates[figure]?.people ?? 0) > 0
  }

  /// Whether a figure holds somebody who could be elsewhere, whatever its number is.
  private func isLarge(_ figure: CountFigure) -> Bool {
    guard let fate = counts.fates[figure] else { return false }
    // A part that is hidden for the sake of the rest of its group holds more than are hidden.
    return fate.people > 0 && policy.shows(fate.people) && (fate.shown != nil || figure.part != nil)
  }

  /// Whether somebody of a group is not in a part of it, whatever the numbers are.
  private func hasLargeRest(_ figure: CountFigure) -> Bool {
    guard let fate = counts.fates[figure], let group = counts.fates[figure.group],
      group.shown != nil
    else { return false }
    return fate.shown != nil ? group.people > fate.people : !policy.shows(fate.people)
  }

  private func companions(
    in block: LinkedCounts.Block, hidden: Set<CountFigure>
  ) -> Set<CountFigure>? {
    let rows = rows(of: block, hidden: hidden)
    guard rows.contains(where: { $0.role == .primary }) else { return [] }
    let keys = Set(figures(of: block).map(\.groupings))
    for mayHideSums in [false, true] {
      let cells = rows.map { row in
        let isSum = keys.contains {
          $0.count > row.figure.levels.count && row.figure.groupings.allSatisfy($0.contains)
        }
        return SuppressionProblem.Cell(
          row.atoms, row.role == .eligible && isSum && !mayHideSums ? .shown : row.role,
          order: order.place(of: counts.place(of: row.figure)), canFall: row.canFall)
      }
      let suppression = Suppression(
        SuppressionProblem(atomCount: block.atomCount, cells: cells, protection: protection))
      if suppression.unprotected.isEmpty {
        return Set(suppression.companions.map { rows[$0].figure })
      }
    }
    return nil
  }

  /// A figure in the choice.
  private struct Row {
    let figure: CountFigure
    let atoms: [Int]
    let role: SuppressionProblem.Role
    let canFall: Bool
  }

  /// The figures of a block, and all that is known of it from elsewhere.
  private func rows(of block: LinkedCounts.Block, hidden: Set<CountFigure>) -> [Row] {
    var rows = figures(of: block).map { figure in
      Row(
        figure: figure, atoms: atoms(of: figure, in: block), role: role(of: figure, hidden: hidden),
        canFall: isLarge(figure))
    }
    for link in counts.links where block.covers(link.groupings) && block.counts(link.part) {
      if block.part != nil, link.groupings == block.groupings, link.part == nil { continue }
      rows += counts.allGroups(of: link.groupings).compactMap { group in
        let figure = CountFigure(levels: group.levels, part: link.part)
        // What is a figure of this block already has its own place.
        if block.part == link.part, counts.fates[figure] != nil { return nil }
        let isHidden = counts.fates[figure].map { $0.shown == nil } ?? false
        return Row(
          figure: figure, atoms: atoms(of: figure, in: block),
          role: isHidden || hidden.contains(figure) ? .hidden : .shown, canFall: isLarge(figure))
      }
    }
    guard block.part != nil else { return rows }
    for group in counts.allGroups(of: block.groupings) {
      let part = CountFigure(levels: group.levels, part: block.part)
      let isShown = counts.fates[group]?.shown != nil && !hidden.contains(group)
      rows.append(
        Row(
          figure: group, atoms: atoms(of: group, in: block), role: isShown ? .shown : .hidden,
          canFall: isLarge(group)))
      // Those who are not in the part are published nowhere.
      rows.append(
        Row(
          figure: group, atoms: atoms(of: part, in: block).map { $0 + 1 }, role: .hidden,
          canFall: hasLargeRest(part)))
    }
    return rows
  }

  private func role(
    of figure: CountFigure, hidden: Set<CountFigure>
  ) -> SuppressionProblem.Role {
    guard let fate = counts.fates[figure] else { return .shown }
    if fate.isProtected { return .primary }
    if fate.shown == nil || hidden.contains(figure.group) { return .hidden }
    return !figure.levels.isEmpty && mayBeHidden(figure) ? .eligible : .shown
  }

  /// The atoms of a figure, counted from the first of the block.
  private func atoms(of figure: CountFigure, in block: LinkedCounts.Block) -> [Int] {
    counts.groups(of: figure, in: block).flatMap { group in
      block.part == nil
        ? [group] : figure.part == nil ? [2 * group, 2 * group + 1] : [2 * group]
    }
  }
}
