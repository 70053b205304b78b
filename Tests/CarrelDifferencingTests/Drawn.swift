import CarrelDifferencing

/// A table drawn by the index numbers of the people in each cell, with its label vector.
struct Drawn {
  var table: GuardedTable
  var vector: LabelVector

  /// Cells in the order of their names; 1 to 7 people are hidden, and others rounded to `base`.
  init(
    _ patientCount: Int, cells: KeyValuePairs<String, Range<Int>>, base: Int = 5, name: String = "",
    series: SeriesPlace? = nil
  ) throws {
    self.init(
      patientCount, cells: cells.map { (name + $0.key, Array($0.value)) }, base: base,
      series: series)
  }

  init(
    _ patientCount: Int, cells: [(name: String, people: [Int])], base: Int = 5,
    hiding hidden: ClosedRange<Int> = 1...7, series: SeriesPlace? = nil
  ) {
    var labels = [UInt32](repeating: 0, count: patientCount)
    for (number, cell) in cells.enumerated() {
      for person in cell.people { labels[person] = UInt32(number + 1) }
    }
    vector = .of(labels)
    table = GuardedTable(
      series: series,
      figures: cells.enumerated().map { number, cell in
        GuardedFigure(
          labels: [number + 1],
          published: Self.published(cell.people.count, base: base, hiding: hidden),
          identity: cell.name, key: Self.key(cell.name))
      })
  }

  /// What a policy says of a count that hides a range and rounds to the nearest multiple of a base.
  static func published(
    _ count: Int, base: Int, hiding hidden: ClosedRange<Int> = 1...7
  ) -> PublishedCount {
    if hidden.contains(count) { return .hidden }
    if base == 1 || count == 0 { return .exact(count) }
    let middle = (2 * count + base) / (2 * base) * base
    return .interval(max(hidden.upperBound + 1, middle - base / 2)...(middle + (base - 1) / 2))
  }

  /// A key from a name alone.
  static func key(_ name: String) -> UInt64 {
    var generator = Seeded(name.utf8.reduce(5381) { ($0 &* 33) ^ UInt64($1) })
    return generator.next()
  }
}

extension DifferencingGuard {
  /// Judges one table against others drawn.
  func judgement(of new: Drawn, against earlier: [Drawn]) -> GuardJudgement {
    judgement(of: [new], against: earlier)
  }

  /// Judges the tables of a run against others drawn.
  func judgement(of new: [Drawn], against earlier: [Drawn]) -> GuardJudgement {
    judgement(
      of: new.map(\.table), vectors: new.map(\.vector), against: earlier.map(\.table),
      earlierVector: { earlier[$0].vector })
  }
}
