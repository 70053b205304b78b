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
  /// Groups first; then, among those that stay, people with each characteristic.
  func few(for open: [CountFigure]) -> Set<CountFigure>? {
    var hidden: Set<CountFigure> = []
    for block in blocks(of: open) {
      guard let groups = companions(in: block, of: nil, hidden: []) else {
        return nil
      }
      hidden.formUnion(groups)
      for characteristic in block.characteristics {
        hidden.formUnion(
          companions(in: block, of: characteristic, hidden: groups)
            ?? all(of: characteristic, in: block))
      }
    }
    return hidden
  }

  /// Every figure that is tied to some numbers, but not everybody, and nobody where that is shown.
  func all(for open: [CountFigure]) -> Set<CountFigure> {
    let blocks = blocks(of: open)
    return Set(
      counts.figures.filter { figure in
        !figure.levels.isEmpty && mayBeHidden(figure)
          && blocks.contains { $0.groupings.contains(figure.levels[0].grouping) }
      })
  }

  /// Every part of the groups of a block that has a characteristic.
  private func all(of characteristic: Int, in block: LinkedCounts.Block) -> Set<CountFigure> {
    Set(
      counts.figures.filter { figure in
        figure.part?.characteristic == characteristic && mayBeHidden(figure)
          && figure.levels.first.map { block.groupings.contains($0.grouping) } == true
      })
  }

  /// Whether there are so many people that it says nothing of a group that all groups are hidden.
  ///
  /// Where it was no use to choose, perhaps most groups are ones that the policy hides; of few people
  /// in all, that could say how many each has.
  func areMany(in open: [CountFigure]) -> Bool {
    let most = policy.hiddenCounts?.upperBound ?? 0
    return blocks(of: open).allSatisfy { block in
      let keys = Dictionary(
        grouping: counts.figures.filter { figure in
          figure.part == nil
            && figure.levels.first.map { block.groupings.contains($0.grouping) } == true
        }, by: \.groupings)
      let people =
        keys.values.map { figures in
          figures.reduce(0) { $0 + (counts.fates[$1]?.people ?? 0) }
        }.max() ?? 0
      return people > 2 * most * block.groupCount
    }
  }

  /// The blocks of some figures; those of all people are in each.
  private func blocks(of figures: [CountFigure]) -> [LinkedCounts.Block] {
    let homes = Set(figures.map(counts.block))
    return counts.blocks.indices.filter { homes.contains($0) || homes.contains(nil) }
      .map { counts.blocks[$0] }
  }

  private func mayBeHidden(_ figure: CountFigure) -> Bool {
    policy.zero == .hide || (counts.fates[figure]?.people ?? 0) > 0
  }

  /// Those of a group who are not in a part of it; they are published nowhere.
  private func restFigure(_ figure: CountFigure) -> CountFigure? {
    guard let part = figure.part, counts.states(of: part.characteristic) == 2, part.states == [0]
    else { return nil }
    return CountFigure(
      levels: figure.levels, part: .init(characteristic: part.characteristic, states: [1]))
  }

  /// Whether a figure holds somebody who could be elsewhere, whatever its number is.
  private func isLarge(_ figure: CountFigure) -> Bool {
    if let fate = counts.fates[figure] {
      // A part that is hidden for the sake of the rest of its group holds more than are hidden.
      return fate.people > 0 && policy.shows(fate.people)
        && (fate.shown != nil || figure.part != nil)
    }
    // The rest of a shown group is not few, or its part is and it is most of the group.
    guard let part = figure.part, part.states == [1], let group = counts.fates[figure.group],
      group.shown != nil,
      let fate = counts.fates[
        CountFigure(
          levels: figure.levels, part: .init(characteristic: part.characteristic, states: [0]))]
    else { return false }
    return fate.shown != nil ? group.people > fate.people : !policy.shows(fate.people)
  }

  private func companions(
    in block: LinkedCounts.Block, of characteristic: Int?, hidden: Set<CountFigure>
  ) -> Set<CountFigure>? {
    let table = Table(block: block, characteristic: characteristic, choice: self, hidden: hidden)
    guard table.hasPrimaries else { return [] }
    for mayHideSums in [false, true] {
      let suppression = Suppression(table.problem(mayHideSums: mayHideSums))
      if suppression.unprotected.isEmpty {
        return Set(suppression.companions.map { table.figures[$0] })
      }
    }
    return nil
  }

  /// The figures of a block, of people or of those with a characteristic.
  private struct Table {
    let block: LinkedCounts.Block
    let characteristic: Int?
    let choice: CompanionChoice
    let figures: [CountFigure]
    private let roles: [SuppressionProblem.Role]
    /// Figures that hold more people than the policy hides, whatever their number is.
    private let areLarge: [Bool]
    private let isRefined: [Bool]

    init(
      block: LinkedCounts.Block, characteristic: Int?, choice: CompanionChoice,
      hidden: Set<CountFigure>
    ) {
      self.block = block
      self.characteristic = characteristic
      self.choice = choice
      let counts = choice.counts
      var figures = counts.figures.filter { figure in
        figure.levels.first.map { block.groupings.contains($0.grouping) } ?? false
          && (figure.part == nil || figure.part?.characteristic == characteristic)
      }
      let rests = figures.compactMap(choice.restFigure)
      // All people, and all with the characteristic, are taken to be known from elsewhere.
      figures.append(.everybody)
      if let characteristic {
        figures += (0..<counts.states(of: characteristic)).map {
          CountFigure(levels: [], part: .init(characteristic: characteristic, states: [$0]))
        }
      }
      figures += rests
      self.figures = figures
      areLarge = figures.map(choice.isLarge)
      roles = figures.map { figure in
        let fate = counts.fates[figure]
        let isChosen = (figure.part == nil) == (characteristic == nil)
        if figure.levels.isEmpty { return .shown }
        if fate?.isProtected == true { return isChosen ? .primary : .hidden }
        if fate?.shown == nil || hidden.contains(figure.group) { return .hidden }
        return isChosen && choice.mayBeHidden(figure) ? .eligible : .shown
      }
      let keys = Set(figures.map(\.groupings))
      isRefined = figures.map { figure in
        keys.contains { $0.count > figure.levels.count && figure.groupings.allSatisfy($0.contains) }
      }
    }

    var hasPrimaries: Bool { roles.contains(.primary) }

    func problem(mayHideSums: Bool) -> SuppressionProblem {
      let counts = choice.counts
      let cells = figures.indices.map { number in
        let isOpen = mayHideSums || !isRefined[number]
        return SuppressionProblem.Cell(
          atoms(of: figures[number]),
          roles[number] == .eligible && !isOpen ? .shown : roles[number],
          order: choice.order.place(of: counts.place(of: figures[number])),
          // Of a hidden count nothing is taken for granted, not even that it is above the least one.
          canFall: areLarge[number])
      }
      return SuppressionProblem(
        atomCount: block.groupCount * (characteristic.map(counts.states) ?? 1), cells: cells,
        protection: choice.protection)
    }

    private func atoms(of figure: CountFigure) -> [Int] {
      let groups = choice.counts.groups(of: figure, in: block)
      guard let characteristic else { return groups }
      let all = choice.counts.states(of: characteristic)
      return groups.flatMap { group in
        (figure.part?.states ?? Array(0..<all)).map { group * all + $0 }
      }
    }
  }
}
