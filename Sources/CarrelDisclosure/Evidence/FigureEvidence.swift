import CarrelPolicy

/// Looks at the figures of an output whose marks have no single reason.
///
/// They are bins that were merged, and percentiles across units. Guardians are told how many there
/// are, and to look themselves.
struct FigureEvidence {
  let name: String
  let figures: [ReleasedFigure]
  /// Whether the figures are numbers of people.
  let areCounts: Bool
  let policy: Policy

  init(of histogram: ReleasedHistogram, under policy: Policy) {
    name = histogram.name
    figures = histogram.groups.flatMap { group in
      group.bars.map(\.count) + [group.missing].compactMap(\.self)
    }
    areCounts = true
    self.policy = policy
  }

  init(of deciles: ReleasedDeciles, under policy: Policy) {
    name = deciles.name
    figures = deciles.lines.flatMap(\.figures)
    areCounts = false
    self.policy = policy
  }

  var evidence: OutputEvidence {
    let shown = figures.compactMap { $0.number.map { Int($0.approximation) } }.filter { $0 > 0 }
    let smallest = areCounts ? shown.min().map(policy.people) : nil
    let small: OutputEvidence.Verdict =
      smallest.map { policy.hiddenCounts?.overlaps($0) == true ? .fail : .pass } ?? .look
    return OutputEvidence(
      name: name, figureCount: figures.count, hiddenCount: figures.count { $0 == .redacted },
      marks: [], smallestShown: smallest,
      verdicts: [
        .smallCounts: small, .rounding: .look, .totals: .notApplicable, .wholeGroups: .look,
      ])
  }
}
