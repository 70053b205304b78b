import CarrelPlan
import CarrelPolicy
import CarrelValues

/// Takes a histogram through the gate.
///
/// A bin is shown where its count may be: nobody, or more people than the policy hides. Any other is
/// counted with its neighbours: from either end inwards, so that a long tail becomes one bin, and
/// towards the middle of the declared bins. The edges are always some of those that the study
/// declares, and the first and the last bin are open, so that no edge is anybody's value.
struct HistogramGate {
  let output: HistogramOutput
  let policy: Policy
  /// Whether nothing may be shown because of earlier releases.
  var isWithheld = false

  func released(_ raw: RawTable) -> ReleasedHistogram {
    let table = output.table
    let groupings = Array(table.groupings.dropLast())
    return ReleasedHistogram(
      name: table.name, groupings: groupings.map(ReleasedGrouping.init),
      value: table.groupings.last?.heading ?? "", edges: output.edges,
      groups: zip(table.breakdowns, raw.breakdowns).flatMap { breakdown, cells in
        groups(by: breakdown.groupings.filter { $0 < groupings.count }, of: groupings, cells)
      })
  }

  private func groups(
    by kept: [Int], of groupings: [Grouping], _ cells: [RawCell]
  ) -> [ReleasedHistogram.Group] {
    let size = output.table.groupings.last?.levels.count ?? 1
    let keys = kept.reduce([[]]) { keys, grouping in
      keys.flatMap { key in groupings[grouping].levels.indices.map { key + [$0] } }
    }
    precondition(cells.count == keys.count * size, "a cell for each bin of each group")
    return keys.enumerated().map { index, key in
      let people = cells[index * size..<(index + 1) * size].map(\.patients)
      let levels = Dictionary(uniqueKeysWithValues: zip(kept, key))
      return ReleasedHistogram.Group(
        levels: groupings.indices.map { levels[$0] },
        bars: bars(of: Array(people.prefix(output.binCount))),
        missing: size > output.binCount ? figure(people[output.binCount]) : nil)
    }
  }

  private func bars(of people: [Int]) -> [ReleasedHistogram.Bar] {
    let all = Run(bins: people.indices, people: people.reduce(0, +))
    let runs = isWithheld ? [] : runs(of: people)
    return (runs.isEmpty ? [all] : runs).map { run in
      ReleasedHistogram.Bar(
        from: run.bins.lowerBound == 0 ? nil : output.edges[run.bins.lowerBound - 1],
        below: run.bins.upperBound == people.count ? nil : output.edges[run.bins.upperBound - 1],
        count: figure(run.people))
    }
  }

  private func figure(_ people: Int) -> ReleasedFigure {
    ReleasedFigure(count: isWithheld ? nil : policy.release(of: people).number)
  }

  /// Bins side by side that are counted together.
  private struct Run {
    var bins: Range<Int>
    var people: Int

    /// These bins and others beside them.
    func joined(with other: Run) -> Run {
      Run(
        bins: min(
          bins.lowerBound, other.bins.lowerBound)..<max(bins.upperBound, other.bins.upperBound),
        people: people + other.people)
    }
  }

  /// Runs that may all be shown, in order; empty where all bins together may not be.
  private func runs(of people: [Int]) -> [Run] {
    let bins = people.indices.map { Run(bins: $0..<$0 + 1, people: people[$0]) }
    let middle = bins.count / 2
    var (left, leftRest) = collected(Array(bins[..<middle]))
    var (right, rightRest) = collected(Array(bins[middle...].reversed()))
    let rests = [leftRest, rightRest].compactMap(\.self)
    guard var rest = rests.first else { return left + right.reversed() }
    if rests.count == 2 { rest = rest.joined(with: rests[1]) }
    // What is left at the middle takes neighbours until it may be shown, those on the left first.
    while !policy.shows(rest.people) {
      guard let neighbour = left.popLast() ?? right.popLast() else { return [] }
      rest = rest.joined(with: neighbour)
    }
    return left + [rest] + right.reversed()
  }

  /// Runs that may be shown, each with the small ones before it, and what is left at the end.
  private func collected(_ bins: [Run]) -> (runs: [Run], rest: Run?) {
    var runs: [Run] = []
    var rest: Run?
    for bin in bins {
      let run = rest.map { $0.joined(with: bin) } ?? bin
      rest = policy.shows(run.people) ? nil : run
      if rest == nil { runs.append(run) }
    }
    return (runs, rest)
  }
}
