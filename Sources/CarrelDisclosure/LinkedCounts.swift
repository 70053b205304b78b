import CarrelPlan
import CarrelPolicy

/// Counts of the same people that share groupings, as sums over the cross-classification of those.
///
/// They may stand in several tables of a study. Counts with no grouping in common share nothing but
/// the number of all people; as that is taken to be known whether it is shown or not, they can be
/// looked at one set after the other.
struct LinkedCounts {
  /// A count: some levels of some groupings, as positions; none for everybody.
  struct Figure: Hashable {
    /// For each grouping in order its position and the level.
    var levels: [Level]

    struct Level: Hashable {
      var grouping: Int
      var level: Int
    }
  }

  /// The numbers of levels of the groupings, which are numbered as in the figures.
  let sizes: [Int]
  /// The groupings that are crossed, rising.
  let groupings: [Int]
  /// Every figure with its people, in an order that counts have no part in; the first is everybody.
  let figures: [(figure: Figure, people: Int)]

  /// The most atoms that are looked at together; a release with more is held.
  static let atomLimit = 20_000

  /// How many atoms there are; `nil` beyond the limit.
  var atomCount: Int? {
    var count = 1
    for grouping in groupings {
      count *= sizes[grouping]
      if count > Self.atomLimit { return nil }
    }
    return count
  }

  /// The atoms that a figure sums, the last grouping's level moving fastest.
  func atoms(of figure: Figure) -> [Int] {
    groupings.reduce([0]) { atoms, grouping in
      let fixed = figure.levels.first { $0.grouping == grouping }?.level
      let levels = fixed.map { $0...$0 } ?? 0...sizes[grouping] - 1
      return atoms.flatMap { atom in levels.map { atom * sizes[grouping] + $0 } }
    }
  }

  /// What the keyed order goes by: no name, and nothing of the rest of the study, so that asking for
  /// the same table under another name hides the same groups.
  func place(of figure: Figure) -> [Int] {
    figure.levels.flatMap { [sizes[$0.grouping], $0.level] }
  }

  /// Whether another figure's people are counted in finer groups as well.
  func isRefined(_ figure: Figure) -> Bool { refined.contains(figure.levels.map(\.grouping)) }

  /// The sets of groupings that are crossed with more elsewhere.
  private let refined: Set<[Int]>

  init(sizes: [Int], groupings: [Int], figures: [Figure: Int], everybody: Int) {
    self.sizes = sizes
    self.groupings = groupings
    let keys = Set(figures.keys.map { $0.levels.map(\.grouping) })
    refined = keys.filter { key in
      keys.contains { $0.count > key.count && key.allSatisfy($0.contains) }
    }
    let rest = figures.filter { !$0.key.levels.isEmpty }.sorted { $0.key < $1.key }
    self.figures =
      [(Figure(levels: []), everybody)] + rest.map { ($0.key, $0.value) }
  }
}

extension LinkedCounts.Figure: Comparable {
  static func < (one: Self, other: Self) -> Bool {
    let (ours, theirs) = (one.numbers, other.numbers)
    return ours.count == theirs.count
      ? ours.lexicographicallyPrecedes(theirs) : ours.count < theirs.count
  }

  /// The positions of groupings and levels.
  var numbers: [Int] { levels.flatMap { [$0.grouping, $0.level] } }
}
