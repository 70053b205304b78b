import CarrelDisclosure
import CarrelJSON
import CarrelValues

extension ReleasedSummary {
  /// The figures that a line may have; those that do not suit its variable are empty.
  private static let figures = ["count", "denominator", "percent", "known", "mean", "sd"]

  /// The summary as CSV: a line for each group and each variable, or each of its levels.
  ///
  /// The people of a group are the line without a variable.
  var csv: String {
    var csv = CSVWriter()
    csv.append(
      texts: ["line", "variable", "level"] + table.groupings.map(\.name)
        + Self.figures.flatMap { [$0, "\($0)_status"] })
    for breakdown in table.breakdowns {
      for group in breakdown.groups {
        for line in lines(of: group) {
          csv.append(
            [.literal(breakdown.isTotal ? "total" : "group"), .literal(line.variable)]
              + [.text(line.level)]
              + table.groupings.indices.map { table.field(of: group, in: breakdown, grouping: $0) }
              + Self.figures.flatMap { name in
                line.figures.first { $0.name == name }?.figure.csvFields
                  ?? [.literal(""), .literal("")]
              })
        }
      }
    }
    return csv.text
  }

  /// The lines of a group: the people, then each variable or each of its levels.
  private func lines(of group: ReleasedGroup) -> [SummaryLine] {
    [SummaryLine(variable: "", level: "", figures: [("count", group.count)])]
      + variables.flatMap { $0.lines(of: group) }
  }

  /// The members of the summary's JSON after those that every output has.
  var jsonMembers: [JSON.Member] {
    [
      .init("kind", "summary"), .init("groupings", .array(table.groupings.map(\.json))),
      .init(
        "variables",
        .array(
          variables.map { ["name": .string($0.name), "heading": .string($0.heading)] })),
      .init(
        "groups",
        .array(
          table.breakdowns.flatMap { breakdown in
            breakdown.groups.map { json(of: $0, in: breakdown) }
          })),
    ]
  }

  private func json(of group: ReleasedGroup, in breakdown: ReleasedBreakdown) -> JSON {
    let levels = zip(breakdown.groupings, group.levels).map { position, level in
      JSON.Member(table.groupings[position].name, table.groupings[position].levels[level].json)
    }
    let rows = lines(of: group).dropFirst().map { line -> JSON in
      .object(
        [.init("variable", .string(line.variable))]
          + (line.level.isEmpty ? [] : [.init("level", .string(line.level))])
          + line.figures.map { JSON.Member($0.name, $0.figure.json) })
    }
    return .object([
      .init("line", breakdown.isTotal ? "total" : "group"), .init("levels", .object(levels)),
      .init("count", group.count.json), .init("rows", .array(Array(rows))),
    ])
  }
}

/// A variable of a group, or one of its levels, with its figures by name.
private struct SummaryLine {
  let variable: String
  let level: String
  let figures: [(name: String, figure: ReleasedFigure)]
}

extension ReleasedVariable {
  fileprivate func lines(of group: ReleasedGroup) -> [SummaryLine] {
    func share(_ index: Int, _ level: String) -> SummaryLine {
      let figures = group.statistics[index]
      return SummaryLine(
        variable: name, level: level,
        figures: [
          ("count", figures.numerator ?? figures.value),
          ("denominator", figures.denominator ?? figures.value), ("percent", figures.value),
        ])
    }
    switch kind {
    case .holds(let percentage): return [share(percentage, "")]
    case .levels(let levels): return levels.map { share($0.percentage, $0.fileText) }
    case .number(let mean, let deviation):
      let figures = group.statistics[mean]
      return [
        SummaryLine(
          variable: name, level: "",
          figures: [
            ("known", figures.denominator ?? .missing), ("mean", figures.value),
            ("sd", group.statistics[deviation].value),
          ])
      ]
    }
  }
}
