import CarrelPlan
import CarrelPolicy

/// Takes an inclusion flow through the gate.
///
/// The cells are the people left out at each step and those who remain in the end. A cell that may
/// not be shown is counted with the next, the last ones with those before them; what remains at a
/// step is the sum of the published cells that follow it, so it says nothing new.
struct FlowGate {
  let population: Population
  let policy: Policy
  /// Whether nothing may be shown because of earlier releases.
  var isWithheld = false

  func released(_ raw: RawFlow, name: String) -> ReleasedFlow {
    precondition(raw.remaining.count == population.criteria.count, "a number for each criterion")
    let runs = isWithheld ? [] : runs(of: raw)
    let steps = population.criteria.enumerated().map { index, criterion in
      ReleasedFlow.Step(
        label: criterion.label, isExclusion: criterion.isExclusion,
        leftOut: ReleasedFigure(count: runs.first { $0.cells == index..<index + 1 }.map(published)),
        remaining: ReleasedFigure(count: sum(of: runs, from: index + 1)))
    }
    return ReleasedFlow(
      name: name, population: population.name,
      start: ReleasedFigure(count: sum(of: runs, from: 0)), steps: steps)
  }

  /// Consecutive cells that are published as one number.
  struct Run: Equatable {
    var cells: Range<Int>
    var patients: Int

    /// These cells and those of a run that follows.
    func joined(with next: Run) -> Run {
      Run(
        cells: cells.lowerBound..<next.cells.upperBound, patients: patients + next.patients)
    }
  }

  /// The runs in order; empty where even all cells together may not be shown.
  private func runs(of raw: RawFlow) -> [Run] {
    var runs: [Run] = []
    var before = raw.universe
    var waiting: Run?
    for (index, remaining) in raw.remaining.enumerated() {
      let cell = Run(cells: index..<index + 1, patients: before - remaining)
      let run = waiting.map { $0.joined(with: cell) } ?? cell
      waiting = policy.shows(run.patients) ? nil : run
      if waiting == nil { runs.append(run) }
      before = remaining
    }
    let end = Run(cells: raw.remaining.count..<raw.remaining.count + 1, patients: before)
    guard let waiting else { return settled(runs, with: end) }
    let earlier = settled(runs, with: waiting)
    return earlier.isEmpty
      ? settled(runs, with: waiting.joined(with: end)) : settled(earlier, with: end)
  }

  /// Runs that may be shown with one more at the end, joined to as many before it as it needs;
  /// empty where that does not help.
  private func settled(_ runs: [Run], with last: Run) -> [Run] {
    var runs = runs
    var last = last
    while !policy.shows(last.patients) {
      guard let previous = runs.popLast() else { return [] }
      last = previous.joined(with: last)
    }
    return runs + [last]
  }

  private func published(_ run: Run) -> Int { policy.rounding.rounded(run.patients) }

  /// The sum of the runs from a cell on; `nil` where no run begins there.
  private func sum(of runs: [Run], from cell: Int) -> Int? {
    guard runs.contains(where: { $0.cells.lowerBound == cell }) else { return nil }
    return runs.filter { $0.cells.lowerBound >= cell }.map(published).reduce(0, +)
  }
}
