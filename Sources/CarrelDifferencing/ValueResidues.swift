/// The few people whose values two tables tell apart that else show the same of the same people: test
/// T1 of values (`attacks`, A4).
///
/// For one figure, those of the other table that lie wholly inside of it are taken together, as for
/// differences in members. What disagrees after the best match, and who is left out, is few people.
struct ValueResidues {
  /// Values of up to this many people may not be told apart.
  let minimum: Int

  /// Every such group, with the figures of the new table of which one is hidden to undo it.
  func all(
    _ new: JudgedTable, _ other: JudgedTable, _ pair: TablePair, _ values: ValuePair
  ) -> [TableJudge.Repairable] {
    found(new, pair.new, around: other, pair.other) { values.points(new: $0, other: $1) }
      .map { Self.finding($0, of: new, other, culprits: [$0.figure]) }
      + found(other, pair.other, around: new, pair.new) { values.points(new: $1, other: $0) }
      .map { Self.finding($0, of: other, new, culprits: $0.inside) }
  }

  /// Whether figures of the two tables are of so nearly the same people that values may tell few of
  /// them apart; it takes no values to say so.
  func mayBeAny(_ new: JudgedTable, _ other: JudgedTable, _ pair: TablePair) -> Bool {
    !nearlyWhole(new, pair.new, around: other, pair.other).isEmpty
      || !nearlyWhole(other, pair.other, around: new, pair.new).isEmpty
  }

  /// A figure, and those of the other table inside of it that leave few of its people out.
  private struct NearlyWhole {
    var figure: Int
    var inside: [Int]
    var left: Int
  }

  private struct Found {
    var figure: Int
    /// The figures of the other table inside of it.
    var inside: [Int]
    var people: Int
  }

  private static func finding(
    _ found: Found, of one: JudgedTable, _ other: JudgedTable, culprits: [Int]
  ) -> TableJudge.Repairable {
    TableJudge.Repairable(
      finding: DifferencingFinding(
        .values(of: one.place(of: found.figure)), figures: found.inside.map(other.place(of:)),
        people: found.people),
      culprits: culprits)
  }

  /// What the figures of one table, and those of the other inside of each, tell apart.
  private func found(
    _ one: JudgedTable, _ side: PairSide, around other: JudgedTable, _ otherSide: PairSide,
    _ points: (_ one: Set<Int>, _ other: Set<Int>) -> [ValuePoint]
  ) -> [Found] {
    nearlyWhole(one, side, around: other, otherSide).compactMap { whole in
      let match = LinearMatch(
        points(
          Set(one.figures[whole.figure].labels),
          Set(whole.inside.flatMap { other.figures[$0].labels })))
      guard let apart = match.disagreeing(upTo: minimum - whole.left), apart > 0 else { return nil }
      return Found(figure: whole.figure, inside: whole.inside, people: whole.left + apart)
    }
  }

  private func nearlyWhole(
    _ one: JudgedTable, _ side: PairSide, around other: JudgedTable, _ otherSide: PairSide
  ) -> [NearlyWhole] {
    var scratch: [Int] = []
    return one.figures.indices.compactMap { figure in
      guard one.showsValues[figure], side.sizes[figure] > 0 else { return nil }
      let inside = otherSide.disjoint(
        otherSide.overlaps(side.touches[figure], scratch: &scratch).filter {
          other.showsValues[$0.figure] && otherSide.sizes[$0.figure] == $0.count
        }.map(\.figure).sorted { (-otherSide.sizes[$0], $0) < (-otherSide.sizes[$1], $1) },
        of: other)
      let left = side.sizes[figure] - inside.reduce(0) { $0 + otherSide.sizes[$1] }
      guard !inside.isEmpty, left < minimum else { return nil }
      return NearlyWhole(figure: figure, inside: inside, left: left)
    }
  }
}
