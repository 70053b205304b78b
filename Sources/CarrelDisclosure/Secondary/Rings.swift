/// What cross-classifications share, where it goes round in a ring: age by sex, sex by region, region
/// by age.
///
/// Where they are crossed like the branches of a tree, counts of equal margins always fit one table
/// of everything (Vorob'ev, 1962), so that equal margins are all that can be said of them. In a ring
/// they need not, and three tables can determine what no two of them do.
enum Rings {
  /// The groupings of each ring, which are to be crossed in full; none where there is no ring.
  ///
  /// What only one cross-classification has is cut off, and one that another holds all of, until
  /// neither is left (Graham; Yu and Özsoyoğlu, 1979). What is left goes round.
  static func crossings(of keys: [Set<Int>]) -> [Set<Int>] {
    var edges = keys
    while true {
      let cut = withoutParts(withoutLooseEnds(edges))
      if cut == edges { return joined(edges) }
      edges = cut
    }
  }

  private static func withoutLooseEnds(_ edges: [Set<Int>]) -> [Set<Int>] {
    var counts: [Int: Int] = [:]
    for thing in edges.joined() { counts[thing, default: 0] += 1 }
    return edges.map { edge in edge.filter { counts[$0, default: 0] > 1 } }
  }

  private static func withoutParts(_ edges: [Set<Int>]) -> [Set<Int>] {
    edges.enumerated().filter { number, edge in
      !edge.isEmpty
        && !edges.enumerated().contains { other, whole in
          other != number && edge.isSubset(of: whole) && (edge != whole || other < number)
        }
    }.map(\.element)
  }

  /// Everything that is connected together.
  private static func joined(_ edges: [Set<Int>]) -> [Set<Int>] {
    edges.reduce(into: []) { rings, edge in
      let touched = rings.filter { !$0.isDisjoint(with: edge) }
      rings.removeAll { !$0.isDisjoint(with: edge) }
      rings.append(touched.reduce(edge) { $0.union($1) })
    }
  }
}
