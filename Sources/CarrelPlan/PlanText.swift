internal import CarrelValues

extension Plan {
  /// The plan as a person reads it: its tables, lists, values, populations and outputs in turn.
  ///
  /// Values are called `v0`, `v1` and so on here and in generated SQL. The text is for reading; no
  /// program reads it back.
  public var text: String {
    let sections = [
      ("tables", tables.map(text(of:))), ("lists", codelists.map(text(of:))),
      ("values", values.indices.map(text(ofValue:))), ("populations", populations.map(text(of:))),
      ("outputs", outputs.map(text(of:))),
    ]
    return sections.filter { !$1.isEmpty }.map { title, lines in
      "\(title)\n" + lines.joined()
    }.joined()
  }

  private func text(of table: TableUse) -> String {
    let columns = table.columns.filter(\.isMentioned).map { "\($0.name) \($0.type)" }
    let rows = table.hasOneRowPerPatient ? "one row a patient" : "many rows a patient"
    return "  \(table.name), \(rows): \(columns.joined(separator: ", "))\n"
  }

  private func text(of codelist: CodelistUse) -> String {
    let codes = "\(codelist.codes.count) \(codelist.codes.count == 1 ? "code" : "codes")"
    let categories = Set(codelist.categories.map { Value.text($0) }).count
    return "  \(codelist.name): \(codes)\(categories == 0 ? "" : ", \(categories) categories")\n"
  }

  private func text(ofValue index: Int) -> String {
    let value = values[index]
    let name = value.name.isEmpty ? "" : " \(value.name)"
    return "  v\(index)\(name), \(value.type): \(text(of: value.expression))\n"
  }

  private func text(of population: Population) -> String {
    let criteria = population.criteria.map { criterion in
      let verb = criterion.isExclusion ? "exclude" : "include"
      return "    \(verb) \(text(of: criterion.condition))  # \(criterion.label)\n"
    }
    return "  \(population.name)\n\(criteria.joined())"
  }

  private func text(of output: Output) -> String {
    switch output {
    case .flow(let flow): "  flow \(flow.name) of \(populations[flow.population].name)\n"
    case .table(let table): text(of: table, as: "table")
    case .summary(let summary): text(of: summary.table, as: "summary")
    case .histogram(let histogram): text(of: histogram.table, as: "histogram")
    case .deciles(let deciles):
      "  deciles \(deciles.name) of \(populations[deciles.population].name)\n"
        + (deciles.intervals.map(text(of:)) ?? "")
        + "    across \(text(of: deciles.unit))\n"
        + deciles.statistics.map(text(of:)).joined()
    }
  }

  private func text(of table: TableOutput, as kind: String) -> String {
    "  \(kind) \(table.name) of \(populations[table.population].name)\n"
      + ([table.intervals.map(text(of:)) ?? ""] + table.groupings.map(text(of:))
      + [breakdowns(of: table)]
      + table.statistics.map(text(of:))).joined()
  }

  private func text(of intervals: Intervals) -> String {
    let length = intervals.length == 1 ? "" : "\(intervals.length) "
    let extent =
      switch intervals.extent {
      case .calendar(let all):
        all.map { "\($0.start) to \($0.end)" }.joined(separator: " | ")
      case .followUp(let start, let count): "\(count) from \(text(of: start))"
      }
    return "    each \(length)\(intervals.unit): \(extent)\n"
  }

  private func text(of grouping: Grouping) -> String {
    let levels = grouping.levels.map(\.label).joined(separator: " | ")
    return "    by \(grouping.name): \(text(of: grouping.expression)), levels \(levels)\n"
  }

  private func breakdowns(of table: TableOutput) -> String {
    table.breakdowns.map { breakdown in
      let names = breakdown.groupings.map { table.groupings[$0].name }
      let cells = names.isEmpty ? "everyone" : names.joined(separator: " and ")
      return "    \(breakdown.isTotal ? "total" : "cells"): \(cells)\n"
    }.joined()
  }

  private func text(of statistic: Statistic) -> String {
    "    show \(statistic.name): \(text(of: statistic.kind))"
      + (statistic.interval.map { ", with interval \($0.percent)%" } ?? "") + "\n"
  }

  private func text(of kind: Statistic.Kind) -> String {
    switch kind {
    case .count: "count"
    case .percent(let condition): "percent \(text(of: condition))"
    case .sum(let measure): "sum \(text(of: measure))"
    case .mean(let measure): "mean \(text(of: measure))"
    case .rate(let measure, let per): "rate \(text(of: measure)), per \(per) patients"
    case .personTimeRate(let measure, let per, let days):
      "rate \(text(of: measure)), per \(per) years of the days \(text(of: days))"
    case .ratio(let measure, let other): "ratio \(text(of: measure)), to \(text(of: other))"
    case .standardDeviation(let measure): "sd \(text(of: measure))"
    case .quantile(let quantile, let measure, _):
      "quantile \(quantile.hundredths)% of \(text(of: measure))"
    }
  }

  private func text(of measure: Measure) -> String {
    let bounds = measure.bounds.map { ", from \($0.lowest) to \($0.highest)" } ?? ", unbounded"
    return text(of: measure.expression) + bounds
  }
}
