import CarrelPlan

extension Breakdown {
  /// A table by all groupings, with a total for every way of leaving out one or more of some.
  ///
  /// The groups come first, then totals that leave out fewer groupings before those that leave out
  /// more; among equally many, those that leave out later groupings first.
  static func all(of count: Int, leavingOut margins: [Int]) -> [Breakdown] {
    let groupings = Array(0..<count)
    let totals = subsets(of: margins).sorted { left, right in
      left.count != right.count
        ? left.count < right.count : right.lexicographicallyPrecedes(left)
    }
    return [Breakdown(groupings: groupings, isTotal: false)]
      + totals.map { out in
        Breakdown(groupings: groupings.filter { !out.contains($0) }, isTotal: true)
      }
  }

  /// A table by each grouping alone, with a total over everything where it is asked for.
  static func each(of count: Int, withTotal: Bool) -> [Breakdown] {
    (0..<count).map { Breakdown(groupings: [$0], isTotal: false) }
      + (withTotal ? [Breakdown(groupings: [], isTotal: true)] : [])
  }

  /// Every way of taking one or more of some positions.
  private static func subsets(of positions: [Int]) -> [[Int]] {
    var subsets: [[Int]] = [[]]
    for position in positions { subsets += subsets.map { $0 + [position] } }
    return Array(subsets.dropFirst())
  }
}

extension TableSummary {
  /// How many groups a table has, totals included, without making them.
  static func cellCount(
    _ groupings: [Lowered.Grouping], leavingOut margins: [Int], isEachOf: Bool
  ) -> Int {
    if isEachOf {
      return groupings.reduce(margins.isEmpty ? 0 : 1) { $0.saturatingAdd($1.levels.count) }
    }
    return groupings.indices.reduce(1) { product, index in
      product.saturatingMultiply(groupings[index].levels.count + (margins.contains(index) ? 1 : 0))
    }
  }
}
