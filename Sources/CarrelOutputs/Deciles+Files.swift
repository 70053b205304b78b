import CarrelDisclosure
import CarrelJSON
import CarrelValues

extension ReleasedDeciles {
  /// The percentiles as CSV: a line for each percentile of each interval.
  var csv: String {
    var csv = CSVWriter()
    csv.append(
      [.literal("line")] + (intervals?.csvColumns ?? []) + [.literal("percentile")]
        + statistics.flatMap { [.literal($0.name), .literal($0.name + "_status")] })
    for line in lines {
      csv.append(
        [.literal("percentile")]
          + (line.interval.flatMap { intervals?.csvFields(of: $0) } ?? [])
          + [.literal("\(line.percentile)")] + line.figures.flatMap(\.csvFields))
    }
    return csv.text
  }

  /// The members of the JSON after those that every output has.
  var jsonMembers: [JSON.Member] {
    [.init("kind", "deciles")] + (intervals.map { [.init("intervals", $0.json)] } ?? []) + [
      .init("statistics", .array(statistics.map(\.json))),
      .init("percentiles", .array(lines.map(json))),
    ]
  }

  private func json(of line: Line) -> JSON {
    let figures = zip(statistics, line.figures).map { JSON.Member($0.name, $1.json) }
    let interval = line.interval.flatMap { position in
      intervals.map { JSON.Member("interval", $0.json(of: position)) }
    }
    return .object(
      (interval.map { [$0] } ?? []) + [
        .init("percentile", .integer(line.percentile)), .init("figures", .object(figures)),
      ])
  }

  /// A line for each percentile; with intervals one for each interval, the percentiles in columns.
  var grid: TextGrid {
    let rows = Dictionary(grouping: lines) { $0.interval ?? 0 }.sorted { $0.key < $1.key }
    guard let intervals, let first = rows.first?.value else {
      return grid(
        ["Percentile"], statistics.map { [$0.label] },
        lines.map { (["\($0.percentile)"], $0.figures) })
    }
    return grid(
      [intervals.heading],
      statistics.flatMap { statistic in
        first.map { (statistics.count == 1 ? [] : [statistic.label]) + ["\($0.percentile)"] }
      },
      rows.map { interval, lines in
        (
          [intervals.label(of: interval)],
          statistics.indices.flatMap { index in
            lines.map { $0.figures[index] }
          }
        )
      })
  }

  private func grid(
    _ headings: [String], _ figureHeadings: [[String]],
    _ rows: [(labels: [String], figures: [ReleasedFigure])]
  ) -> TextGrid {
    TextGrid(
      labelHeadings: headings, figureHeadings: figureHeadings, areLevels: true,
      rows: rows.map { row in
        TextGrid.Row(
          labels: row.labels, cells: row.figures.map { .figure($0.percentText) }, isTotal: false)
      }, fileName: OutputFiles.csvName(of: name))
  }

  /// A line of names and values for each percentile of each interval.
  var linesByName: [String] {
    lines.map { line in
      let interval = line.interval.flatMap { position in
        intervals.map { "\($0.heading): \($0.label(of: position))" }
      }
      let figures = zip(statistics, line.figures).map { "\($0.label): \($1.percentText)" }
      return ([interval].compactMap(\.self) + ["percentile: \(line.percentile)"] + figures)
        .joined(separator: ", ")
    }
  }
}

extension ReleasedFigure {
  /// A percentage as people read it, with its one decimal.
  fileprivate var percentText: String { text(decimals: 1) + (number == nil ? "" : "%") }
}
