/// A new table beside another: who shares their cells, and how their figures overlap.
///
/// All that is judged of the two reads this; what is published of them by then is kept elsewhere.
struct TablePair {
  /// The patients who share a label of each, the new table's first.
  let shared: CrossTabulation
  /// The new table as it overlaps with the other, and the other as it overlaps with the new one.
  let new: PairSide
  let other: PairSide

  init(
    _ new: GuardedTable, _ vector: LabelVector, _ other: GuardedTable, _ otherVector: LabelVector
  ) {
    shared = CrossTabulation(vector, otherVector)
    self.new = PairSide(new.figures, vector.labelCount, shared.entries)
    self.other = PairSide(other.figures, otherVector.labelCount, shared.transposedEntries)
  }

  /// Whether the two tables have anybody in common.
  var isConnected: Bool { shared.entries.contains { $0.first != 0 && $0.second != 0 } }
}

/// One table of a pair: the sizes of its figures and how the labels of the other table divide them.
struct PairSide {
  /// A label of the other table and how many people of a group have it.
  struct Touch {
    var label: Int
    var count: Int
  }

  /// The people of each figure.
  private(set) var sizes: [Int] = []
  /// For each figure the labels of the other table that its people have; 0 is outside of that.
  private(set) var touches: [[Touch]] = []
  /// The same for all people of the table together.
  let cohortTouches: [Touch]
  let cohortSize: Int
  /// For each label of this table the figures that sum it.
  let figuresOfLabel: [[Int]]
  /// Whether some figures share a label.
  let hasTotals: Bool

  /// A table from the entries of a cross-tabulation in which it comes first.
  init(_ figures: [GuardedFigure], _ labelCount: Int, _ entries: [CrossTabulation.Entry]) {
    var rows = [[Touch]](repeating: [], count: labelCount + 1)
    for entry in entries {
      rows[entry.first].append(Touch(label: entry.second, count: entry.count))
    }
    var figuresOfLabel = [[Int]](repeating: [], count: labelCount + 1)
    for (number, figure) in figures.enumerated() {
      let labels = figure.labels.filter(rows.indices.contains)
      for label in labels { figuresOfLabel[label].append(number) }
      let touched = labels.count == 1 ? rows[labels[0]] : Self.sum(labels.map { rows[$0] })
      touches.append(touched)
      sizes.append(touched.reduce(0) { $0 + $1.count })
    }
    self.figuresOfLabel = figuresOfLabel
    hasTotals = figuresOfLabel.contains { $0.count > 1 }
    cohortTouches = Self.sum(rows.dropFirst())
    cohortSize = cohortTouches.reduce(0) { $0 + $1.count }
  }

  /// Adds up what groups without a person in common have, by label.
  private static func sum(_ rows: some Sequence<[Touch]>) -> [Touch] {
    var counts: [Int] = []
    for row in rows {
      for touch in row {
        while counts.count <= touch.label { counts.append(0) }
        counts[touch.label] += touch.count
      }
    }
    return counts.indices.compactMap { label in
      counts[label] == 0 ? nil : Touch(label: label, count: counts[label])
    }
  }

  /// Figures from those given, each taken if it shares no label with one taken before.
  func disjoint(_ figures: [Int], of table: JudgedTable) -> [Int] {
    guard hasTotals else { return figures }
    var used: Set<Int> = []
    return figures.filter { figure in
      let labels = table.figures[figure].labels
      guard used.isDisjoint(with: labels) else { return false }
      used.formUnion(labels)
      return true
    }
  }

  /// How many people of a group each figure of this table has, for those that have any.
  func overlaps(_ group: [Touch], scratch: inout [Int]) -> [(figure: Int, count: Int)] {
    if scratch.count < sizes.count { scratch = [Int](repeating: 0, count: sizes.count) }
    var touched: [Int] = []
    for touch in group {
      for figure in figuresOfLabel[touch.label] {
        if scratch[figure] == 0 { touched.append(figure) }
        scratch[figure] += touch.count
      }
    }
    return touched.map { figure in
      defer { scratch[figure] = 0 }
      return (figure, scratch[figure])
    }
  }
}

extension CrossTabulation {
  /// The entries with the tables exchanged, by the second label and then the first.
  var transposedEntries: [Entry] {
    var ends = [Int](repeating: 0, count: (entries.map(\.second).max() ?? 0) + 2)
    for entry in entries { ends[entry.second + 1] += 1 }
    for label in ends.indices.dropFirst() { ends[label] += ends[label - 1] }
    var turned = [Entry](repeating: Entry(0, 0, count: 0), count: entries.count)
    for entry in entries {
      turned[ends[entry.second]] = Entry(entry.second, entry.first, count: entry.count)
      ends[entry.second] += 1
    }
    return turned
  }
}
