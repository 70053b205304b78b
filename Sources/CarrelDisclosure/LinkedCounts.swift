import CarrelPlan

/// Numbers of the same people as sums over atoms: what ties them together, and nothing else.
///
/// Figures that share groupings form a block, whose groups are the cross-classification of those.
/// A characteristic that is counted in one way only cannot give anything away, and is left out. What
/// blocks have in common is the number of all people, and of all with a characteristic; one further
/// atom for each of these makes their sums equal: people and atom together are one large number.
struct LinkedCounts {
  /// Figures that share groupings.
  struct Block {
    /// The groupings that are crossed, rising.
    let groupings: [Int]
    /// The characteristics that its groups are divided by, rising.
    let characteristics: [Int]
    /// How many groups there are.
    let groupCount: Int
    /// The first atom.
    let firstAtom: Int
  }

  let fates: [CountFigure: CountFate]
  /// Every figure that is tied to another, in an order that counts have no part in.
  let figures: [CountFigure]
  let blocks: [Block]
  let atomCount: Int
  /// What sums are made equal: everybody, and each state of some characteristics.
  private let links: [CountFigure.Part?]
  private let firstLink: Int
  private let levelCounts: [Int]
  private let stateCounts: [Int]
  /// More people than there are.
  private let plenty: Int

  /// The most atoms that are looked at together; a release with more is held.
  static let atomLimit = 20_000

  /// `nil` where no figure is tied to another, so that none can be worked out from others.
  ///
  /// - Throws: ``ReleaseHeld`` where there are too many atoms.
  init?(_ fates: [CountFigure: CountFate], by index: StudyIndex) throws(ReleaseHeld) {
    let keys = Set(fates.keys.filter { $0.part == nil }.map(\.groupings))
    let isEverybodyShown = fates[.everybody]?.shown != nil
    guard keys.subtracting([[]]).count + (isEverybodyShown ? 1 : 0) > 1 else { return nil }
    self.fates = fates
    (levelCounts, stateCounts) = (index.levelCounts, index.stateCounts)
    let tied = Self.tied(fates.keys)
    figures = fates.keys.filter { $0.part.map { tied.contains($0.characteristic) } ?? true }
      .sorted()
    var blocks: [Block] = []
    var count = 0
    for groupings in Self.sets(of: keys) {
      let used = figures.filter { !$0.levels.isEmpty && groupings.contains($0.levels[0].grouping) }
      let block = Block(
        groupings: groupings,
        characteristics: Set(used.compactMap { $0.part?.characteristic }).sorted(),
        groupCount: try Self.product(groupings.map { index.levelCounts[$0] }), firstAtom: count)
      count += block.atomCount(stateCounts: index.stateCounts)
      guard count <= Self.atomLimit else { throw ReleaseHeld() }
      blocks.append(block)
    }
    self.blocks = blocks
    firstLink = count
    let shared = tied.sorted().filter { characteristic in
      blocks.count { $0.characteristics.contains(characteristic) } > 1
    }
    links =
      (blocks.count > 1 ? [nil] : [])
      + shared.flatMap { characteristic in
        (0..<index.stateCounts[characteristic]).map {
          CountFigure.Part(characteristic: characteristic, states: [$0])
        }
      }
    atomCount = count + links.count
    plenty = 2 * fates.values.reduce(0) { $0 + $1.people } + 64
  }

  /// The characteristics that are counted in more than one cross-classification.
  private static func tied(_ figures: some Sequence<CountFigure>) -> Set<Int> {
    var keys: [Int: Set<[Int]>] = [:]
    for figure in figures {
      if let part = figure.part { keys[part.characteristic, default: []].insert(figure.groupings) }
    }
    return Set(keys.filter { $0.value.count > 1 }.keys)
  }

  /// Sets of groupings that occur together, each rising.
  private static func sets(of keys: Set<[Int]>) -> [[Int]] {
    var sets: [Set<Int>] = []
    for key in keys where !key.isEmpty {
      let joined = sets.filter { !$0.isDisjoint(with: key) }
      sets.removeAll { !$0.isDisjoint(with: key) }
      sets.append(joined.reduce(Set(key)) { $0.union($1) })
    }
    return sets.map { $0.sorted() }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private static func product(_ sizes: [Int]) throws(ReleaseHeld) -> Int {
    var product = 1
    for size in sizes {
      product *= size
      if product > atomLimit { throw ReleaseHeld() }
    }
    return product
  }
}

extension LinkedCounts {
  /// The block of a group; `nil` for everybody.
  func block(of figure: CountFigure) -> Int? {
    figure.levels.first.flatMap { level in
      blocks.firstIndex { $0.groupings.contains(level.grouping) }
    }
  }

  /// The groups of a block that a figure is made of, the last grouping's level moving fastest.
  func groups(of figure: CountFigure, in block: Block) -> [Int] {
    block.groupings.reduce([0]) { groups, grouping in
      let fixed = figure.levels.first { $0.grouping == grouping }?.level
      let levels = fixed.map { $0...$0 } ?? 0...levelCounts[grouping] - 1
      return groups.flatMap { group in levels.map { group * levelCounts[grouping] + $0 } }
    }
  }

  /// The atoms that a figure sums; everybody is summed in the first block that tells them apart.
  func atoms(of figure: CountFigure) -> [Int] {
    let home =
      block(of: figure)
      ?? blocks.firstIndex { block in
        figure.part.map { block.characteristics.contains($0.characteristic) } ?? true
      }
    return home.map { atoms(of: figure, in: blocks[$0]) } ?? []
  }

  func atoms(of figure: CountFigure, in block: Block) -> [Int] {
    groups(of: figure, in: block).flatMap { atoms(of: $0, figure.part, in: block) }
  }

  private func atoms(of group: Int, _ part: CountFigure.Part?, in block: Block) -> [Int] {
    guard let first = block.characteristics.first else { return [block.firstAtom + group] }
    let part =
      part ?? CountFigure.Part(characteristic: first, states: Array(0..<stateCounts[first]))
    let before = block.characteristics.prefix { $0 != part.characteristic }.map { stateCounts[$0] }
    let start = block.firstAtom + before.reduce(0, +) * block.groupCount
    return part.states.map { start + group * stateCounts[part.characteristic] + $0 }
  }

  /// Sums that are equal by what atoms are, each with the atom that makes it one large number.
  func equations() -> [[Int]] {
    var sums: [[Int]] = []
    for block in blocks where block.characteristics.count > 1 {
      let end = block.firstAtom + block.atomCount(stateCounts: stateCounts)
      for group in 0..<block.groupCount {
        for characteristic in block.characteristics {
          let all = CountFigure.Part(
            characteristic: characteristic, states: Array(0..<stateCounts[characteristic]))
          sums.append(atoms(of: group, all, in: block) + [end - block.groupCount + group])
        }
      }
    }
    for (number, part) in links.enumerated() {
      let figure = CountFigure(levels: [], part: part)
      for block in blocks
      where part.map({ block.characteristics.contains($0.characteristic) }) ?? true {
        sums.append(atoms(of: figure, in: block) + [firstLink + number])
      }
    }
    return sums
  }

  /// What each of the equal sums comes to.
  var sumOfEquals: Int { plenty }

  /// What the keyed order goes by: no name, and nothing of the rest of the study, so that asking for
  /// the same table under another name hides the same groups.
  func place(of figure: CountFigure) -> [Int] {
    figure.levels.flatMap { [levelCounts[$0.grouping], $0.level] } + (figure.part?.states ?? [])
  }

  /// The states that a characteristic can have.
  func states(of characteristic: Int) -> Int { stateCounts[characteristic] }
}

extension LinkedCounts.Block {
  /// The atoms of each characteristic of each group, and where there are several, one that makes
  /// their sums equal.
  fileprivate func atomCount(stateCounts: [Int]) -> Int {
    let states = characteristics.map { stateCounts[$0] }.reduce(0, +)
    return groupCount
      * (characteristics.isEmpty ? 1 : characteristics.count > 1 ? states + 1 : states)
  }
}
