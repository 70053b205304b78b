import CarrelDisclosure
import CarrelJSON
import CarrelValues

extension ReleasedHistogram {
  /// The histogram as CSV: a line for each bin of each group, and one for those without a value.
  ///
  /// A bin holds its lower edge and not its upper one; the first has no lower edge and the last no
  /// upper one.
  var csv: String {
    var csv = CSVWriter()
    csv.append(
      texts: ["line"] + groupings.map(\.name) + ["from", "below", "count", "count_status"])
    for group in groups {
      let levels = zip(groupings, group.levels).map { grouping, level in
        level.map { grouping.levels[$0].csvField } ?? .literal("")
      }
      for bar in group.bars {
        csv.append(
          [.literal("bin")] + levels
            + [.literal(bar.from?.plainText ?? ""), .literal(bar.below?.plainText ?? "")]
            + bar.count.csvFields)
      }
      if let missing = group.missing {
        csv.append(
          [.literal("missing")] + levels + [.literal(""), .literal("")] + missing.csvFields)
      }
    }
    return csv.text
  }

  /// The members of the histogram's JSON after those that every output has.
  var jsonMembers: [JSON.Member] {
    [
      .init("kind", "histogram"), .init("value", .string(value)),
      .init("edges", .array(edges.map(\.json))),
      .init("groupings", .array(groupings.map(\.json))),
      .init("groups", .array(groups.map(json))),
    ]
  }

  private func json(of group: Group) -> JSON {
    let levels = zip(groupings, group.levels).compactMap { grouping, level in
      level.map { JSON.Member(grouping.name, grouping.levels[$0].json) }
    }
    let bins = group.bars.map { bar -> JSON in
      [
        "from": bar.from?.json ?? .null, "below": bar.below?.json ?? .null,
        "count": bar.count.json,
      ]
    }
    return .object(
      [.init("levels", .object(levels)), .init("bins", .array(bins))]
        + (group.missing.map { [.init("missing", $0.json)] } ?? []))
  }

  /// A line for each bin of each group.
  var grid: TextGrid {
    TextGrid(
      labelHeadings: groupings.map(\.heading) + [value], figureHeadings: [["people"]],
      areLevels: true,
      rows: groups.flatMap { group in
        let levels = zip(groupings, group.levels).map { grouping, level in
          level.map { grouping.levels[$0].label } ?? TableLayout.all
        }
        let bars = group.bars.map { ($0.label, $0.count) }
        return (bars + (group.missing.map { [("missing", $0)] } ?? [])).map { label, count in
          TextGrid.Row(
            labels: levels + [label], cells: [.figure(count.text())], isTotal: false)
        }
      }, fileName: OutputFiles.csvName(of: name))
  }

  /// A line of names and values for each bin of each group.
  var linesByName: [String] {
    grid.rows.map { row in
      let labels = zip(grid.labelHeadings, row.labels).map { "\($0): \($1)" }
      return (labels + ["people: \(row.cells[0].sentence)"]).joined(separator: ", ")
    }
  }
}

extension ReleasedHistogram.Bar {
  /// What people read: `under 5`, `5-9`, `12.5 to under 15`, `60+`.
  fileprivate var label: String {
    switch (from, below) {
    case (nil, nil): "any"
    case (nil, let upper?): "under \(upper.edge)"
    case (let lower?, nil): "\(lower.edge)+"
    case (.integer(let lower)?, .integer(let upper)?) where upper - lower == 1: "\(lower)"
    case (.integer(let lower)?, .integer(let upper)?) where lower >= 0: "\(lower)-\(upper - 1)"
    case (.integer(let lower)?, .integer(let upper)?): "\(lower) to \(upper - 1)"
    case (let lower?, let upper?): "\(lower.edge) to under \(upper.edge)"
    }
  }
}

extension Value {
  /// An edge as people write it: a whole decimal without its point.
  fileprivate var edge: String {
    if case .decimal(let decimal) = self, let whole = Int(exactly: decimal) { return "\(whole)" }
    return plainText
  }
}
