import CarrelDisclosure
import CarrelValues

/// What a line of a file must say: whom it is of, and its figures.
struct PrintedLine {
  /// The texts that say whom it is of, by column.
  var key: [String: String]
  /// The figures by column, in the order in which the JSON has them.
  var figures: [(column: String, figure: ReleasedFigure)]
}

extension ReleasedOutput {
  /// The lines of its files; worked out from the released figures, and not from how they are written.
  var printedLines: [PrintedLine] {
    switch self {
    case .table(let table): table.printedLines
    case .flow(let flow): flow.printedLines
    case .summary(let summary): summary.printedLines
    case .histogram(let histogram): histogram.printedLines
    case .deciles(let deciles): deciles.printedLines
    }
  }
}

extension ReleasedTable {
  fileprivate var printedLines: [PrintedLine] {
    // A study may give the number of people a name of its own.
    let count = statistics.first { $0.kind == .count }?.name ?? "count"
    return lines { group in
      zip(statistics, group.statistics).reduce(into: [(count, group.count)]) { figures, entry in
        let (heading, statistic) = entry
        let parts = [
          ("", statistic.value), ("_numerator", statistic.numerator),
          ("_denominator", statistic.denominator), ("_lower", statistic.interval?.lower),
          ("_upper", statistic.interval?.upper),
        ]
        figures += parts.compactMap { suffix, figure in figure.map { (heading.name + suffix, $0) } }
      }
    }
  }

  /// A line for each group.
  fileprivate func lines(
    _ figures: (ReleasedGroup) -> [(column: String, figure: ReleasedFigure)]
  ) -> [PrintedLine] {
    breakdowns.flatMap { breakdown in
      breakdown.groups.map { group in
        PrintedLine(key: key(of: group, in: breakdown), figures: figures(group))
      }
    }
  }

  fileprivate func key(
    of group: ReleasedGroup, in breakdown: ReleasedBreakdown
  ) -> [String: String] {
    var key = ["line": breakdown.isTotal ? "total" : "group"]
    for (position, grouping) in groupings.enumerated() {
      let place = breakdown.groupings.firstIndex(of: position)
      key[grouping.name] = place.map { grouping.levels[group.levels[$0]].fileText } ?? ""
    }
    return key.merging(intervals.key(of: group.interval)) { $1 }
  }
}

extension ReleasedIntervals? {
  /// The texts that name an interval.
  fileprivate func key(of interval: Int?) -> [String: String] {
    guard let extent = self?.extent, let interval else { return [:] }
    switch extent {
    case .calendar(let all):
      return [
        "interval_start": "\(all[interval].start)", "interval_end": "\(all[interval].end)",
      ]
    case .followUp: return ["interval": "\(interval + 1)"]
    }
  }
}

extension ReleasedFigure {
  /// The digits of the figure; empty where there is none.
  var printedNumber: String { number?.description ?? "" }
}

extension ReleasedFlow {
  fileprivate var printedLines: [PrintedLine] {
    let start = PrintedLine(
      key: ["line": "start", "criterion": ""], figures: [("remaining", start)])
    return [start]
      + steps.map { step in
        PrintedLine(
          key: ["line": step.isExclusion ? "exclude" : "include", "criterion": step.label],
          figures: [("left_out", step.leftOut), ("remaining", step.remaining)])
      }
  }
}

extension ReleasedSummary {
  fileprivate var printedLines: [PrintedLine] {
    table.breakdowns.flatMap { breakdown in
      breakdown.groups.flatMap { group in
        let key = table.key(of: group, in: breakdown)
        let people = PrintedLine(
          key: key.merging(["variable": "", "level": ""]) { $1 },
          figures: [("count", group.count)])
        return [people]
          + variables.flatMap { variable in
            variable.printedLines(of: group).map { level, figures in
              PrintedLine(
                key: key.merging(["variable": variable.name, "level": level]) { $1 },
                figures: figures)
            }
          }
      }
    }
  }
}

extension ReleasedVariable {
  fileprivate func printedLines(
    of group: ReleasedGroup
  ) -> [(level: String, figures: [(column: String, figure: ReleasedFigure)])] {
    func share(_ statistic: Int) -> [(column: String, figure: ReleasedFigure)] {
      let figures = group.statistics[statistic]
      return [
        ("count", figures.numerator ?? figures.value),
        ("denominator", figures.denominator ?? figures.value), ("percent", figures.value),
      ]
    }
    switch kind {
    case .holds(let percentage): return [("", share(percentage))]
    case .levels(let levels): return levels.map { ($0.fileText, share($0.percentage)) }
    case .number(let mean, let deviation):
      let figures = group.statistics[mean]
      return [
        (
          "",
          [
            ("known", figures.denominator ?? .missing), ("mean", figures.value),
            ("sd", group.statistics[deviation].value),
          ]
        )
      ]
    }
  }
}

extension ReleasedHistogram {
  fileprivate var printedLines: [PrintedLine] {
    groups.flatMap { group in
      let levels = zip(groupings, group.levels).map { grouping, level in
        (grouping.name, level.map { grouping.levels[$0].fileText } ?? "")
      }
      let key = Dictionary(uniqueKeysWithValues: levels)
      let bins = group.bars.map { bar in
        PrintedLine(
          key: key.merging([
            "line": "bin", "from": bar.from?.plainText ?? "", "below": bar.below?.plainText ?? "",
          ]) { $1 }, figures: [("count", bar.count)])
      }
      let missing = group.missing.map { figure in
        PrintedLine(
          key: key.merging(["line": "missing", "from": "", "below": ""]) { $1 },
          figures: [("count", figure)])
      }
      return bins + [missing].compactMap(\.self)
    }
  }
}

extension ReleasedDeciles {
  fileprivate var printedLines: [PrintedLine] {
    lines.map { line in
      PrintedLine(
        key: ["line": "percentile", "percentile": "\(line.percentile)"]
          .merging(intervals.key(of: line.interval)) { $1 },
        figures: zip(statistics, line.figures).map { ($0.name, $1) })
    }
  }
}
