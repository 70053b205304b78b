import CarrelWitness

/// A table that any tool made, as its file describes it: what is published, and the true counts
/// where they are known.
struct TableDescription {
  /// One way of dividing people: disjoint leaves, and sums of them.
  struct Dimension {
    let name: String
    let leaves: [String]
    /// Every level by name, with its leaves: the leaves themselves, the groups, and `Total`.
    var levels: [String: [Int]]

    init(name: String, leaves: [String]) {
      self.name = name
      self.leaves = leaves
      levels = Dictionary(leaves.enumerated().map { ($1, [$0]) }) { first, _ in first }
      levels[total] = Array(leaves.indices)
    }
  }

  /// One figure of the table.
  struct Cell {
    /// A level of each dimension.
    var key: [String]
    /// The combinations of leaves that it sums.
    var atoms: [Int]
    /// What is published.
    var figure: Figure
    /// The true count, where the file gives it.
    var count: Int?
  }

  /// How a figure is published.
  enum Figure: Hashable {
    case shown(Int)
    /// Rounded, or a range in words.
    case between(Int, Int?)
    /// Behind a mark; a mark that tells a range has bounds.
    case suppressed(low: Int, high: Int?)
  }

  var dimensions: [Dimension] = []
  var cells: [Cell] = []

  /// The level that stands for all leaves of a dimension.
  static let total = "Total"

  /// The most combinations of leaves that are audited.
  static let atomLimit = 400_000

  /// How many combinations of leaves there are; `nil` where they are too many.
  var atomCount: Int? {
    var count = 1
    for dimension in dimensions {
      count *= dimension.leaves.count
      if count > Self.atomLimit { return nil }
    }
    return count
  }

  /// The combinations of leaves that a key sums; `nil` where a level is unknown.
  func atoms(of key: [String]) -> [Int]? {
    guard key.count == dimensions.count else { return nil }
    var atoms = [0]
    for (level, dimension) in zip(key, dimensions) {
      guard let leaves = dimension.levels[level] else { return nil }
      atoms = atoms.flatMap { atom in leaves.map { atom * dimension.leaves.count + $0 } }
    }
    return atoms
  }

  /// The leaves of an atom.
  func key(ofAtom atom: Int) -> [String] {
    var rest = atom
    var key: [String] = []
    for dimension in dimensions.reversed() {
      key.append(dimension.leaves[rest % dimension.leaves.count])
      rest /= dimension.leaves.count
    }
    return key.reversed()
  }

  /// The true table, where the file gives the count of every combination of leaves.
  var truth: [Int]? {
    guard let atomCount else { return nil }
    var table = [Int?](repeating: nil, count: atomCount)
    for cell in cells where cell.atoms.count == 1 && cell.count != nil {
      table[cell.atoms[0]] = cell.count
    }
    let known = table.compactMap { $0 }
    return known.count == atomCount ? known : nil
  }
}

extension TableDescription.Cell {
  /// How a key is written in one text.
  var name: String { key.joined(separator: "|") }

  /// What a reader knows; nothing behind a plain mark.
  var fact: PublishedFact? {
    switch figure {
    case .shown(let count): PublishedFact(atoms, is: count)
    case .between(let low, let high): PublishedFact(atoms, from: low, to: high)
    case .suppressed(0, nil): nil
    case .suppressed(let low, let high): PublishedFact(atoms, from: low, to: high)
    }
  }

  /// Whether the exact count is not published.
  var isHidden: Bool {
    switch figure {
    case .shown: false
    case .between(let low, let high): low != high
    case .suppressed: true
    }
  }

  var isSuppressed: Bool {
    if case .suppressed = figure { true } else { false }
  }
}

private let total = TableDescription.total
