import CarrelChecker
import CarrelSyntax
import CarrelValues

/// Says in a sentence what each output of a study would release.
struct OutputSentences {
  private let statements: [Statement]
  private let wording: Wording

  /// The sentences of a study's outputs.
  init(_ statements: [Statement], _ wording: Wording) {
    self.statements = statements
    self.wording = wording
  }

  /// What one output releases.
  func sentence(_ output: OutputSummary) -> String {
    let people = "the people counted as \(output.population.spoken)"
    let written = statements.first { $0.declaredName?.text == output.name }
    switch output.kind {
    case .flow(let criteria):
      let each = criteria == 1 ? "the criterion" : "each of the \(criteria) criteria"
      return "\(output.name.spoken): how many people remain after \(each) of being counted as "
        + output.population.spoken
    case .table(let table):
      guard case .table(let written)? = written else { return output.name.spoken }
      let shown = written.statistics.map(wording.words).listed
      let groups = groups(table.groupings, table.groupCount, written.grouping)
      let intervals = table.intervals.map { words($0, written.intervals) } ?? ""
      return "\(output.name.spoken): of \(people)\(groups)\(intervals), \(shown)"
    case .summary(let variables, let groupings, _, let columns):
      guard case .summary(let written)? = written else { return output.name.spoken }
      return "\(output.name.spoken): of \(people)\(groups(groupings, columns, written.grouping)), "
        + "how many there are, and \(variables.map(\.spoken).listed): of a number the mean and "
        + "standard deviation, of anything else how many have each value"
    case .histogram(let value, let bins, let groupings, let groups):
      guard case .histogram(let written)? = written else { return output.name.spoken }
      return "\(output.name.spoken): of \(people)"
        + "\(self.groups(groupings, groups, written.grouping)), how many there are in each "
        + "of \(bins) bins of \(value.spoken); bins of few people are joined"
    case .deciles(_, let intervals):
      guard case .deciles(let written)? = written else { return output.name.spoken }
      let shown = written.statistics.map(wording.words).listed
      return "\(output.name.spoken): of \(people)"
        + "\(intervals.map { words($0, written.intervals) } ?? ""), \(shown), worked out for each "
        + "\(wording.words(written.unit)): the percentiles from 10 to 90 across them, with none of "
        + "them named or counted"
    }
  }

  private func groups(
    _ names: [String], _ count: Int, _ written: CarrelSyntax.Grouping?
  ) -> String {
    guard !names.isEmpty else { return "" }
    let by = written?.isEachOf == true ? "by " : ""
    let words = names.enumerated().map { ($0 == 0 ? "by " : by) + $1.spoken }
    return ", in \(count.grouped) groups \(words.listed)"
  }

  /// What the intervals of an output are.
  private func words(
    _ intervals: IntervalsSummary, _ written: CarrelSyntax.Intervals?
  ) -> String {
    if let first = intervals.firstDay, let last = intervals.lastDay {
      return ", in each of \(intervals.words) from \(first.inWords) to \(last.inWords)"
    }
    guard case .followUp(_, let origin)? = written?.extent else { return "" }
    return ", in each of \(intervals.words) from each person's own date, \(wording.words(origin))"
  }
}
