import CarrelDisclosure
import CarrelValues

extension ReleasedTable {
  /// The table as CSV, a line for each group and each total.
  ///
  /// `line` says which, so that adding up a column counts nobody twice. Intervals are named by
  /// their first and last day, or numbered from 1 where each patient has their own. A grouping that a line does
  /// not use is empty. Every figure has a status beside it, and is empty unless shown or zero.
  var csv: String {
    var csv = CSVWriter()
    let figures = figureColumns
    csv.append(
      [.literal("line")] + (intervals?.csvColumns ?? []) + groupings.map { .literal($0.name) }
        + figures.flatMap { [.literal($0.name), .literal($0.name + "_status")] })
    for breakdown in breakdowns {
      for group in breakdown.groups {
        csv.append(
          [.literal(breakdown.isTotal ? "total" : "group")]
            + (group.interval.flatMap { intervals?.csvFields(of: $0) } ?? [])
            + groupings.indices.map { field(of: group, in: breakdown, grouping: $0) }
            + figures.flatMap { $0.figure(group).csvFields })
      }
    }
    return csv.text
  }

  /// The level of a group in a grouping; empty where its line does not use it.
  func field(
    of group: ReleasedGroup, in breakdown: ReleasedBreakdown, grouping: Int
  ) -> CSVWriter.Cell {
    guard let position = breakdown.groupings.firstIndex(of: grouping) else { return .literal("") }
    return groupings[grouping].levels[group.levels[position]].csvField
  }

  /// The columns of figures; the count is always among them.
  private var figureColumns: [FigureColumn] {
    let count = FigureColumn(name: "count") { $0.count }
    let hasCount = statistics.contains { $0.kind == .count }
    return (hasCount ? [] : [count])
      + statistics.indices.flatMap { statistics[$0].columns(at: $0) }
  }
}

extension ReleasedIntervals {
  /// The columns that name an interval.
  var csvColumns: [CSVWriter.Cell] {
    switch extent {
    case .calendar: [.literal("interval_start"), .literal("interval_end")]
    case .followUp: [.literal("interval")]
    }
  }

  /// What those columns hold for one of the intervals.
  func csvFields(of position: Int) -> [CSVWriter.Cell] {
    switch extent {
    case .calendar(let all):
      [.literal(all[position].start.description), .literal(all[position].end.description)]
    case .followUp: [.literal("\(position + 1)")]
    }
  }
}

/// A column of figures in a file.
private struct FigureColumn {
  let name: String
  let figure: (ReleasedGroup) -> ReleasedFigure
}

extension ReleasedStatisticHeading {
  /// The columns of a statistic: the parts it is worked out from, itself, and its interval.
  fileprivate func columns(at index: Int) -> [FigureColumn] {
    var columns: [FigureColumn] = []
    func add(_ suffix: String, _ figure: @escaping (ReleasedStatistic) -> ReleasedFigure?) {
      columns.append(
        FigureColumn(name: name + suffix) { figure($0.statistics[index]) ?? .missing })
    }
    if kind.hasNumerator { add("_numerator", \.numerator) }
    if kind.hasDenominator { add("_denominator", \.denominator) }
    add("", \.value)
    if intervalPercent != nil {
      add("_lower") { $0.interval?.lower }
      add("_upper") { $0.interval?.upper }
    }
    return columns
  }
}

extension ReleasedFlow {
  /// The flow as CSV: the people at the start, then a line for each criterion.
  var csv: String {
    var csv = CSVWriter()
    csv.append(texts: [
      "line", "criterion", "left_out", "left_out_status", "remaining", "remaining_status",
    ])
    csv.append([.literal("start"), .literal(""), .literal(""), .literal("")] + start.csvFields)
    for step in steps {
      csv.append(
        [.literal(step.isExclusion ? "exclude" : "include"), .text(step.label)]
          + step.leftOut.csvFields + step.remaining.csvFields)
    }
    return csv.text
  }
}

extension ReleasedFigure {
  /// The number, empty where there is none, and the status.
  var csvFields: [CSVWriter.Cell] {
    [number.map { .literal($0.description) } ?? .literal(""), .literal(status)]
  }
}

extension Level {
  /// What files say of the level.
  var csvField: CSVWriter.Cell {
    switch value {
    case .integer, .decimal, .boolean, .date, .missing:
      fileText.utf8.elementsEqual(value.plainText.utf8) ? .literal(fileText) : .text(fileText)
    case .text: .text(fileText)
    }
  }
}
